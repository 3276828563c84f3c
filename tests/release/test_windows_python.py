"""Of the embedded Python stays what the program needs."""

from release import windows_python
from release.windows_python import kept, search_path


def test_what_speaks_to_the_network_and_starts_python_is_left_out():
    names = [
        "cp313/python313.dll", "cp313/python3.dll", "cp313/python313.zip", "cp313/_socket.pyd",
        "cp313/LICENSE.txt", "cp313/vcruntime140.dll", "cp313/unicodedata.pyd",
        "cp313/python.exe", "cp313/pythonw.exe", "cp313/python313._pth", "cp313/python.cat",
        "cp313/_ssl.pyd", "cp313/_hashlib.pyd", "cp313/libcrypto-3.dll", "cp313/libssl-3.dll",
        "cp313/_sqlite3.pyd", "cp313/sqlite3.dll",
    ]  # fmt: skip
    assert kept(names) == [
        "LICENSE.txt", "_socket.pyd", "python3.dll", "python313.dll", "python313.zip",
        "unicodedata.pyd", "vcruntime140.dll",
    ]  # fmt: skip


def test_modules_are_looked_for_in_the_bundle_only():
    assert search_path().splitlines() == ["python313.zip", ".", "..\\app", "..\\site"]


def test_the_versions_agree():
    assert windows_python.VERSION.startswith(f"{windows_python.SERIES}.")
    assert windows_python.SERIES.replace(".", "") == windows_python.TAG

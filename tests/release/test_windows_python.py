"""Of the embedded Python stays what the program needs."""

from release import windows_python
from release.windows_python import kept, search_path


def test_what_speaks_to_the_network_and_starts_python_is_left_out():
    names = [
        "python313.dll", "python3.dll", "python313.zip", "_socket.pyd",
        "LICENSE.txt", "vcruntime140.dll", "unicodedata.pyd",
        "python.exe", "pythonw.exe", "python313._pth", "python.cat",
        "_ssl.pyd", "_hashlib.pyd", "libcrypto-3.dll", "libssl-3.dll",
        "_sqlite3.pyd", "sqlite3.dll",
    ]  # fmt: skip
    assert kept(names) == [
        "LICENSE.txt", "_socket.pyd", "python3.dll", "python313.dll", "python313.zip",
        "unicodedata.pyd", "vcruntime140.dll",
    ]  # fmt: skip


def test_modules_are_looked_for_in_the_bundle_only():
    assert search_path("app", "site").splitlines() == [
        "python313.zip", ".", "..\\app", "..\\site",
    ]  # fmt: skip
    assert search_path().splitlines() == ["python313.zip", "."]


def test_the_versions_agree():
    assert windows_python.VERSION.startswith(f"{windows_python.SERIES}.")
    assert windows_python.SERIES.replace(".", "") == windows_python.TAG

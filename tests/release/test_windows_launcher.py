"""The two programs of the Windows bundle, compiled as on the machine that makes releases."""

import shutil

import pytest
from release.portable_executable import AMD64, Subsystem, read_executable
from release.windows_launcher import LAUNCHERS, compile_launchers, four_numbers, values
from release.work import Stopped

from tests.release.room import work_in

needs_compiler = pytest.mark.skipif(
    shutil.which("x86_64-w64-mingw32-gcc") is None, reason="no compiler for Windows is at hand"
)
OF_EVERY_WINDOWS = {"kernel32.dll", "msvcrt.dll", "user32.dll"}


@pytest.mark.parametrize(
    ("version", "numbers"),
    [("0.1.0", "0.1.0.0"), ("1.2", "1.2.0.0"), ("2.0.0rc1", "2.0.0.0"), ("1.2.3.4.5", "1.2.3.4")],
)
def test_windows_counts_with_four_numbers(version, numbers):
    assert four_numbers(version) == numbers


def test_what_is_written_into_a_program():
    told = values(LAUNCHERS[0], version="1.2.3").splitlines()
    assert '#define PYTHON_LIBRARY L"python313.dll"' in told
    assert "#define VERSION_NUMBERS 1,2,3,0" in told
    assert '#define FILE_TEXT "Nishan.exe"' in told


def compiled_in(folder):
    """Both programs, by name, with the smallest icon there is."""
    icon = folder / "nishan.ico"
    icon.write_bytes(
        bytes([0, 0, 1, 0, 1, 0, 1, 1, 0, 0, 1, 0, 32, 0, 48, 0, 0, 0, 22, 0, 0, 0])
        + bytes([40, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 1, 0, 32, 0, 0, 0, 0, 0, 8, 0, 0, 0])
        + bytes(24)
    )
    bundle = folder / "bundle"
    bundle.mkdir()
    compile_launchers(work_in(folder), icon, bundle)
    return {path.name: path.read_bytes() for path in bundle.iterdir()}


@needs_compiler
def test_both_programs_are_small_and_need_nothing(tmp_path):
    made = compiled_in(tmp_path)
    told = {name: read_executable(content) for name, content in made.items()}
    assert {name: one.subsystem for name, one in told.items()} == {
        "Nishan.exe": Subsystem.WINDOW.value,
        "annotator.exe": Subsystem.CONSOLE.value,
    }
    for one in told.values():
        assert (one.machine, one.timestamp, one.has_resources) == (AMD64, 0, True)
        assert one.imports <= OF_EVERY_WINDOWS
    for content in made.values():
        assert len(content) < 100_000
        assert "1.2.3".encode("utf-16-le") in content
        assert "IDI_ICON1".encode("utf-16-le") in content  # the name by which Qt asks for it
        assert b"PerMonitorV2" in content


@needs_compiler
@pytest.mark.heavy
def test_they_are_the_same_each_time(tmp_path):
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()
    first, second = map(compiled_in, folders)
    assert first == second


def test_without_a_compiler_the_build_stops_with_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Stopped, match="gcc-mingw-w64-x86-64-win32"):
        compile_launchers(work_in(tmp_path), tmp_path / "nishan.ico", tmp_path)

"""PyInstaller is run under Wine in a room of its own, and what it drops is not overlooked."""

import pytest
from release import windows_freeze
from release.trim import NEEDED_PLUGINS
from release.windows_freeze import (
    CHECKOUT,
    PACKAGES,
    freeze_under_wine,
    make_room,
    require_nothing_dropped,
)
from release.windows_launcher import ICON, LOOKS_OF_FROZEN
from release.work import Stopped

from tests.release.room import DATE, work_in
from tests.release.stand_in import StandInWine, put

MADE = [f"_internal/PySide6/plugins/{name}.dll" for name in NEEDED_PLUGINS["windows"]]


@pytest.fixture
def work(tmp_path):
    return work_in(tmp_path, system="windows-frozen")


@pytest.fixture
def room(tmp_path):
    return put(tmp_path / "room", "python/python.exe", f"{CHECKOUT}/build/annotator.spec")


def wine_that_makes(tmp_path, *names, code=0, told=""):
    """A Wine in which PyInstaller makes these files."""

    def does(*_words):
        put(tmp_path / "wine" / "drive_c" / "room" / "made" / "annotator", *names)
        return code, told

    return StandInWine(tmp_path / "wine", does)


def test_the_room_holds_all_that_is_read(work, tmp_path, monkeypatch):
    files = {"python.exe": b"", "python313.zip": b"", "python313._pth": b"of python.org"}
    monkeypatch.setattr(windows_freeze.windows_python, "whole_python", lambda _: files)
    locks = []
    monkeypatch.setattr(windows_freeze, "download", lambda _, *, lock: locks.append(lock))
    monkeypatch.setattr(windows_freeze, "whole_files_of", lambda _: {"PyInstaller/x.py": b"x"})
    icon = tmp_path / "an icon.ico"
    icon.write_bytes(b"icon")
    monkeypatch.setattr(windows_freeze, "windows_icon", lambda _: icon)
    monkeypatch.setattr(
        windows_freeze, "compile_launchers", lambda _work, _icon, folder: put(folder, "Nishan.exe")
    )
    monkeypatch.setattr(windows_freeze, "_OURS", ("build",))
    room = make_room(work)
    assert locks == ["requirements-build.lock"]
    assert (room / PACKAGES / "PyInstaller" / "x.py").read_bytes() == b"x"
    path = (room / "python" / "python313._pth").read_text().splitlines()
    assert path == ["python313.zip", ".", "import site"]
    assert (room / CHECKOUT / "build" / "annotator.spec").is_file()
    assert not [*room.rglob("__pycache__")]
    looks = room.joinpath(CHECKOUT, *LOOKS_OF_FROZEN)
    assert sorted(path.name for path in looks.iterdir()) == ["Nishan.exe", ICON]


def test_the_program_is_frozen_by_the_one_specification(work, room, tmp_path):
    wine = wine_that_makes(tmp_path, "annotator.exe", *MADE)
    bundle = freeze_under_wine(work, wine, room)
    (words,) = wine.asked
    assert words[:3] == (r"C:\room\python\python.exe", "-m", "PyInstaller")
    assert words[-1] == r"C:\room\checkout\build\annotator.spec"
    assert r"--distpath=C:\room\made" in words
    assert wine.environments == [{"PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": str(DATE)}]
    assert (bundle / "annotator.exe").read_text() == "annotator.exe"


@pytest.mark.parametrize(
    ("made", "code", "told", "reason"),
    [
        (MADE, 1, "a module is missing", "ended with 1 under Wine:\na module is missing"),
        (MADE[1:], 0, "", "plugins missing"),
        (MADE, 0, "9 WARNING: Excluding Wine built-in DLL: C:\\x\\msvcp140.dll", "msvcp140"),
    ],
)
def test_what_went_wrong_is_told(work, room, tmp_path, made, code, told, reason):
    wine = wine_that_makes(tmp_path, *made, code=code, told=told)
    with pytest.raises(Stopped, match=reason):
        freeze_under_wine(work, wine, room)


def test_only_what_wine_itself_has_is_named():
    require_nothing_dropped('1 WARNING: Hidden import "tzdata" not found!\n')
    with pytest.raises(Stopped, match=r"needs: a\.dll, b\.dll\."):
        require_nothing_dropped(
            "2 WARNING: Excluding Wine built-in DLL: b.dll\n"
            "3 WARNING: Excluding Wine built-in DLL: a.dll\n"
        )

"""The Windows program by PyInstaller itself, which runs under Wine with the Python for Windows.

Everything it reads is put into one folder, the room, with no Windows needed for that: Python, the
wheels of the build's lock, and our sources. So it is known of each file where it came from.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from release import windows_python
from release.freeze import SETTINGS, SPECIFICATION, command_for, require_plugins, require_whole
from release.icons import windows_icon
from release.windows_bundle import NOT_OURS, PYTHON, write_files
from release.windows_launcher import ICON, LOOKS_OF_FROZEN, compile_launchers
from release.windows_wheels import download, whole_files_of
from release.wine import Wine
from release.work import PROGRAM, Stopped, Work, say

LOCK = "requirements-build.lock"
CHECKOUT, MADE = "checkout", "made"
PACKAGES = f"{PYTHON}/Lib/site-packages"
"""Where Windows has them; of a library elsewhere PyInstaller does not see the package it is in."""

_ROOM = "room"
_AT_WINE = rf"C:\{_ROOM}"
_OURS = (PROGRAM, "resources", "build")


def make_room(work: Work) -> Path:
    """Put together what PyInstaller needs; gives the folder. Raises `Stopped`."""
    room = work.empty_folder(_ROOM)
    write_files(room / PYTHON, windows_python.whole_python(work.cache / "windows"))
    path = f"{windows_python.search_path()}import site\r\n"  # which finds `PACKAGES`
    (room / PYTHON / f"python{windows_python.TAG}._pth").write_bytes(path.encode("ascii"))
    write_files(room / PACKAGES, whole_files_of(download(work, lock=LOCK)))
    for name in _OURS:
        shutil.copytree(work.checkout / name, room / CHECKOUT / name, ignore=NOT_OURS)
    launchers = room.joinpath(CHECKOUT, *LOOKS_OF_FROZEN)
    launchers.mkdir(parents=True)
    icon = windows_icon(work)
    compile_launchers(work, icon, launchers)
    shutil.copy(icon, launchers / ICON)
    return room


def freeze_under_wine(work: Work, wine: Wine, room: Path) -> Path:
    """Freeze the program in the room; gives the folder of the bundle.

    Raises `Stopped` where PyInstaller fails, or says that a library is missing or Wine's own.
    """
    within = wine.drive / _ROOM
    shutil.copytree(room, within)
    words = command_for(
        rf"{_AT_WINE}\{PYTHON}\python.exe",
        source=rf"{_AT_WINE}\{CHECKOUT}\build\{SPECIFICATION}",
        into=rf"{_AT_WINE}\{MADE}",
        while_working=rf"{_AT_WINE}\work",
    )
    answer = wine.run(*words, environment=environment_of(work))
    (work.folder("log") / "pyinstaller.txt").write_text(answer.text, encoding="utf-8")
    if answer.code != 0:
        last = "\n".join(answer.text.splitlines()[-30:])
        raise Stopped(f"PyInstaller ended with {answer.code} under Wine:\n{last}")
    require_whole(answer.text)
    require_nothing_dropped(answer.text)
    bundle = work.empty_folder("bundle")
    shutil.copytree(within / MADE / PROGRAM, bundle, dirs_exist_ok=True)
    require_plugins((path.as_posix() for path in bundle.rglob("*")), "windows")
    files = sum(path.is_file() for path in bundle.rglob("*"))
    say(f"  PyInstaller made a folder of {files} files under Wine")
    return bundle


def environment_of(work: Work) -> dict[str, str]:
    """What PyInstaller is told by its environment, so that the same commit gives the same files."""
    return {**SETTINGS, "SOURCE_DATE_EPOCH": str(work.source_date)}


def require_nothing_dropped(told: str) -> None:
    """Raise `Stopped` where PyInstaller wanted a library and found only Wine's own.

    It leaves such a library out with a warning, and the program would miss it on Windows.
    """
    sign = "Excluding Wine built-in DLL: "
    dropped = sorted({line.partition(sign)[2] for line in told.splitlines() if sign in line})
    if dropped:
        raise Stopped(f"Only Wine has what the program needs: {', '.join(dropped)}.")

"""The frozen program: a folder with the program, Python and Qt, by PyInstaller."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable
from pathlib import Path, PurePath

from release.trim import absent_plugins, is_left_to_system, is_wanted
from release.work import PROGRAM, Stopped, Work

INTERNAL = "_internal"
"""Where in a bundle PyInstaller puts all but the programs."""

SPECIFICATION = "annotator.spec"
SETTINGS = {"PYTHONHASHSEED": "0"}
"""The environment of PyInstaller: the order of what is packed is then always the same."""

MISSING_LIBRARY = re.compile(
    r"Library not found: could not resolve '([^']+)', dependency of '([^']+)'"
)


def freeze(work: Work) -> Path:
    """Freeze the program for the system this runs on; gives the folder of the bundle.

    Raises `Stopped` where PyInstaller fails, or says that a library is missing: it would go on
    and make a program that cannot open a window on another computer.
    """
    work.empty_folder("dist")
    told = work.run(
        command_for(
            sys.executable,
            source=os.fspath(work.source(SPECIFICATION)),
            into=os.fspath(work.folder("dist")),
            while_working=os.fspath(work.empty_folder("freeze")),
        ),
        "The program cannot be frozen",
        environment=SETTINGS,
    )
    require_whole(told)
    bundle = work.folder("dist") / PROGRAM
    require_plugins((path.as_posix() for path in bundle.rglob("*")), work.system)
    if sys.platform == "linux":
        strip(bundle, work)
    return bundle


def command_for(python: str, *, source: str, into: str, while_working: str) -> tuple[str, ...]:
    """How PyInstaller is asked to freeze, with paths as the system names them that it runs on."""
    words = ("-m", "PyInstaller", "--noconfirm", "--clean", "--log-level=WARN")
    return (python, *words, f"--distpath={into}", f"--workpath={while_working}", source)


def strip(bundle: Path, work: Work) -> None:
    """Take the debugging symbols out of Python itself.

    Not out of everything: libraries that were linked in a special way do not load afterwards.
    """
    internal = bundle / INTERNAL
    files = [*internal.glob("libpython3*"), *internal.glob("python3*/lib-dynload/*.so")]
    if files:
        work.run(("strip", "--strip-unneeded", *files), "Python cannot be stripped")


def missing_libraries(told: str) -> tuple[str, ...]:
    """What PyInstaller did not find for something that is in the bundle."""
    found = {
        f"{library}, for {PurePath(user).name}"
        for library, user in MISSING_LIBRARY.findall(told)
        if is_wanted(user) and not is_left_to_system(library)
    }
    return tuple(sorted(found))


def require_plugins(paths: Iterable[str], system: str) -> None:
    """Raise `Stopped` where a plugin of Qt is missing that no self-test would miss."""
    absent = absent_plugins(paths, system)
    if absent:
        raise Stopped(f"The bundle would not be whole; plugins missing: {', '.join(absent)}.")


def require_whole(told: str) -> None:
    """Raise `Stopped` where PyInstaller said that a library is missing."""
    missing = missing_libraries(told)
    if missing:
        raise Stopped(f"The bundle would not be whole; missing: {'; '.join(missing)}.")

"""The frozen program: a folder with the program, Python and Qt, by PyInstaller."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from release.work import PROGRAM, Stopped, Work

MISSING_LIBRARY = re.compile(r"WARNING: (Library not found: .+|.*could not be resolved.*)")


def freeze(work: Work) -> Path:
    """Freeze the program for the system this runs on; gives the folder of the bundle.

    Raises `Stopped` where PyInstaller fails, or says that a library is missing: it would go on
    and make a program that cannot open a window on another computer.
    """
    work.empty_folder("dist")
    told = work.run(
        (
            sys.executable,
            "-m",
            "PyInstaller",
            "--noconfirm",
            "--clean",
            "--log-level=WARN",
            f"--distpath={work.folder('dist')}",
            f"--workpath={work.empty_folder('freeze')}",
            work.source("annotator.spec"),
        ),
        "The program cannot be frozen",
    )
    require_whole(told)
    return work.folder("dist") / PROGRAM


def require_whole(told: str) -> None:
    """Raise `Stopped` where PyInstaller said that a library is missing."""
    missing = sorted(set(MISSING_LIBRARY.findall(told)))
    if missing:
        raise Stopped("The bundle is not whole:\n" + "\n".join(missing))

"""The folder that is the program on Windows: launchers, Python, packages and our own modules.

It is put together from files alone, on any system, and the same files come out each time.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from release import windows_python
from release.icons import windows_icon
from release.windows_launcher import compile_launchers
from release.windows_wheels import download, files_of
from release.work import PROGRAM, Work, say

PYTHON, APP, SITE = "python", "app", "site"
_OURS = ((PROGRAM, PROGRAM), ("resources", "resources"))
NOT_OURS = shutil.ignore_patterns("__pycache__", "*.pyc")
_WHICH = "import sys; print('{}.{}'.format(*sys.version_info))"


def make_bundle(work: Work) -> Path:
    """Put the program together; gives its folder. Raises `Stopped`."""
    bundle = work.empty_folder("bundle")
    write_files(bundle / PYTHON, windows_python.python_files(work.cache / "windows"))
    pth = bundle / PYTHON / f"python{windows_python.TAG}._pth"
    pth.write_bytes(windows_python.search_path(APP, SITE).encode("ascii"))
    write_files(bundle / SITE, files_of(download(work)))
    for source, home in _OURS:
        shutil.copytree(work.checkout / source, bundle / APP / home, ignore=NOT_OURS)
    for first in (work.source("windows", "launched.py"), work.source("start.py")):
        shutil.copy(first, bundle / APP)
    compile_launchers(work, windows_icon(work), bundle)
    _compile_modules(work, bundle)
    return bundle


def set_dates(work: Work, bundle: Path) -> None:
    """Date everything to the commit, so that packages differ only where the program does."""
    for path in sorted(bundle.rglob("*")):
        os.utime(path, (work.source_date, work.source_date))


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files by their paths below a folder."""
    for name, content in sorted(files.items()):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _compile_modules(work: Work, bundle: Path) -> None:
    """Compile our modules and those of packages, so that the first start is as fast as others.

    Only the same series of Python can; without one, Windows compiles them when it first needs
    them, and keeps that where it may write.
    """
    python = same_series()
    if python is None:
        say(f"  no Python {windows_python.SERIES} here: Windows compiles at the first start")
        return
    options = ("-q", "--invalidation-mode", "unchecked-hash", "-s", bundle)
    for folder in (APP, SITE):
        command = (python, "-I", "-m", "compileall", *options, bundle / folder)
        work.run(command, "The modules cannot be compiled")


def same_series() -> str | None:
    """A Python of this computer whose compiled modules that of Windows understands."""
    for name in (sys.executable, f"python{windows_python.SERIES}"):
        found = shutil.which(name)
        if found is None:
            continue
        done = subprocess.run((found, "-I", "-c", _WHICH), capture_output=True, text=True)
        if done.stdout.strip() == windows_python.SERIES:
            return found
    return None

"""Where things lie: the bundled resources, and the user's own settings and state folders.

This is the only module that knows it, from a checkout, from an installed wheel and from a frozen
program.
"""

from __future__ import annotations

import os
import sys
import tempfile
from functools import cache
from pathlib import Path

from annotator.foundation.errors import Defect


def resources_folder() -> Path:
    """The folder with schemes, fonts, translations and samples."""
    return _resources_of(getattr(sys, "_MEIPASS", None), __file__)


@cache
def _resources_of(bundle: str | None, here: str) -> Path:
    """The folder as it is found from a frozen program's own folder, and from this module."""
    package = Path(here).resolve().parent.parent
    candidates = (
        (package if bundle is None else Path(bundle)) / "resources",
        package / "_resources",
        package.parent / "resources",
    )
    for candidate in candidates:
        if (candidate / "schemas").is_dir():
            return candidate
    raise Defect("defect.resources_missing", searched=", ".join(map(str, candidates)))


def resource(*parts: str) -> Path:
    """The path of one bundled file, e.g. ``resource("schemes", "ckb-news.json")``."""
    return resources_folder().joinpath(*parts)


def is_bundled() -> bool:
    """Whether the program was installed with its own Python, to which nothing can be added."""
    return bool(getattr(sys, "frozen", False))


PORTABLE_MARK, PORTABLE_FOLDER = "portable.txt", "NishanData"


def portable_folder() -> Path | None:
    """The folder beside a bundled program that keeps everything to itself, or None.

    It does so where the file `PORTABLE_MARK` lies beside it, as on a stick that goes from one
    computer to another; where nothing can be written there, the user's own folders serve.
    """
    if not is_bundled():
        return None
    home = Path(sys.executable).absolute().parent
    if home.name == "MacOS":
        home = home.parents[2]  # what the user sees is the .app
    return _writable(home / PORTABLE_FOLDER) if (home / PORTABLE_MARK).is_file() else None


@cache
def _writable(folder: Path) -> Path | None:
    """The folder, made if it is not there, or None; permissions alone do not tell."""
    try:
        folder.mkdir(exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError:
        return None


def state_folder() -> Path:
    """The folder for logs and window state; the caller creates it when it writes there."""
    override = os.environ.get("NISHAN_STATE_DIR")
    if override:
        return Path(override)
    portable = portable_folder()
    if portable is not None:
        return portable / "state"
    if sys.platform == "win32":
        root = os.environ.get("LOCALAPPDATA")
        return (Path(root) if root else Path.home() / "AppData" / "Local") / "Nishan"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "Nishan"
    root = os.environ.get("XDG_STATE_HOME")
    return (Path(root) if root else Path.home() / ".local" / "state") / "nishan"


def settings_folder() -> Path:
    """The folder for what the user chooses: settings and keys; created when written to.

    Where a state folder was named, the settings lie in it, so that nothing is left elsewhere.
    """
    override = os.environ.get("NISHAN_STATE_DIR")
    if override:
        return Path(override) / "settings"
    portable = portable_folder()
    if portable is not None:
        return portable / "settings"
    if sys.platform == "win32":
        root = os.environ.get("APPDATA")
        return (Path(root) if root else Path.home() / "AppData" / "Roaming") / "Nishan"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Preferences" / "Nishan"
    root = os.environ.get("XDG_CONFIG_HOME")
    return (Path(root) if root else Path.home() / ".config") / "nishan"

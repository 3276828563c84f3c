"""Which versions are at work: of the program, of what is in it, of the computer under it."""

from __future__ import annotations

import platform
import sys
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version

from annotator import __version__
from annotator.store.migrations import load_migrations
from annotator.store.versions import sqlite_version


def program_versions() -> Mapping[str, str]:
    """What a report on a problem begins with; Qt is not loaded for it."""
    return {
        "annotator": __version__,
        "python": f"{platform.python_version()} {platform.python_implementation()}",
        "pyside": installed_toolkit().get("pyside", "–"),
        "sqlite": sqlite_version(),
        "schema": str(load_migrations().newest),
        "system": f"{platform.system()} {platform.release()}",
        "machine": platform.machine(),
        "form": "bundle" if getattr(sys, "frozen", False) else "source",
    }


def installed_toolkit() -> Mapping[str, str]:
    """The version of the window's toolkit, where it can be told without loading it."""
    try:
        return {"pyside": version("PySide6_Essentials")}
    except PackageNotFoundError:
        return {}

"""Tells Qt for Python that no module of ours uses its optional features, before they are loaded.

Once it is loaded it reads the source of every module that is imported, and looks whether it names
Qt: by that it decides whether `snake_case` and `true_property` concern the module (its
`feature.py`, "Need to inspect imported modules for PySide usage"). What its dictionary of features
says of a module already is not looked for. Whoever loads the window imports this module first.
Where Qt for Python has no such dictionary it reads the sources, as before.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import Final

import PySide6.QtCore  # noqa: F401  # with it comes the dictionary

_PACKAGE: Final = __package__
_NO_FEATURE: Final = 0


def modules_below(folder: str, package: str) -> Iterator[str]:
    """The names of all modules of a package, which lies in a folder."""
    for entry in os.scandir(folder):
        if entry.name.endswith(".py"):
            yield f"{package}.{entry.name[:-3]}"
        elif entry.name.isidentifier() and entry.name[0] != "_" and entry.is_dir():
            yield f"{package}.{entry.name}"
            yield from modules_below(entry.path, f"{package}.{entry.name}")


def use_no_features() -> None:
    """Say of the modules of the window, and of all that are loaded, that they use no feature."""
    with suppress(KeyError, AttributeError, OSError):
        known = sys.modules["PySide6.support.feature"].pyside_feature_dict
        for name in (*sys.modules, *modules_below(os.path.dirname(__file__), _PACKAGE)):
            known.setdefault(name, _NO_FEATURE)


if not getattr(sys, "frozen", False):  # there are no sources that could be read
    use_no_features()

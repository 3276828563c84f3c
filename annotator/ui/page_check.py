"""Whether the window paints: a picture of the open page, and what can be told of it."""

from __future__ import annotations

from msgspec import Struct
from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QApplication

from annotator.foundation.errors import Defect
from annotator.ui.shell import Shell

SIZE = (1000, 700)
_STEP = 3
"""Pixels between those that are looked at; a letter is wider."""


class Picture(Struct, frozen=True):
    """A picture of a window: its size in pixels, and how many colours were met in it."""

    width: int
    height: int
    colours: int


def take_picture(shell: Shell) -> Picture:
    """Look at the window as it paints itself with an open project, and close it."""
    window = shell.window
    if window is None:
        raise Defect("selftest.no_window")
    window.resize(*SIZE)
    QApplication.processEvents()
    image = window.grab().toImage()
    shell.quit()
    width, height = image.width(), image.height()
    places = ((x, y) for y in range(0, height, _STEP) for x in range(0, width, _STEP))
    return Picture(width, height, len({image.pixel(x, y) for x, y in places}))


def qt_version() -> str:
    """The version of the Qt that runs."""
    return qVersion()

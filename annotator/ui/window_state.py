"""What the window is called, and the sizes the next one begins with."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QMainWindow, QSplitter

from annotator.foundation.catalogue import Catalogue

GEOMETRY_SETTING, SPLITTER_SETTING = "window/geometry", "window/splitter"
LETTERS_SETTING = "window/letters"

TITLE_BAR = 40
"""Pixels that a title bar takes at most."""


def save_state(window: QMainWindow, columns: QSplitter, *, points: float) -> None:
    """Remember the sizes; `points` is that of the letters on the page."""
    settings = QSettings()
    settings.setValue(GEOMETRY_SETTING, window.saveGeometry())
    settings.setValue(SPLITTER_SETTING, columns.saveState())
    settings.setValue(LETTERS_SETTING, points)


def restore_state(window: QMainWindow, columns: QSplitter) -> float | None:
    """Give the window the remembered size, else a fitting one; the size of letters remembered."""
    # The frame of the window needs room on a small screen as well.
    room = window.screen().availableSize()
    window.resize(min(1280, room.width()), min(800, room.height() - TITLE_BAR))
    settings = QSettings()
    geometry, splitter = settings.value(GEOMETRY_SETTING), settings.value(SPLITTER_SETTING)
    if isinstance(geometry, QByteArray):
        window.restoreGeometry(geometry)
    if isinstance(splitter, QByteArray):
        columns.restoreState(splitter)
    with suppress(TypeError, ValueError):
        return float(str(settings.value(LETTERS_SETTING)))
    return None


def window_title(catalogue: Catalogue, project: Path) -> str:
    """The name of the project and of the program."""
    # Qt takes [*] for the place of a sign of unsaved changes, unless it is doubled.
    name = project.stem.replace("[*]", "[*][*]")
    return catalogue.text("window.title", name=name, program=catalogue.text("app.name"))

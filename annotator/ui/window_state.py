"""Sizes of the window that the next one begins with: geometry, columns, size of the letters."""

from __future__ import annotations

from contextlib import suppress

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QMainWindow, QSplitter

GEOMETRY_SETTING, SPLITTER_SETTING = "window/geometry", "window/splitter"
LETTERS_SETTING = "window/letters"


def save_state(window: QMainWindow, columns: QSplitter, *, points: float) -> None:
    """Remember the sizes; `points` is that of the letters on the page."""
    settings = QSettings()
    settings.setValue(GEOMETRY_SETTING, window.saveGeometry())
    settings.setValue(SPLITTER_SETTING, columns.saveState())
    settings.setValue(LETTERS_SETTING, points)


def restore_state(window: QMainWindow, columns: QSplitter) -> float | None:
    """Give the window the sizes that were remembered; the size of the letters, if one was."""
    settings = QSettings()
    geometry, splitter = settings.value(GEOMETRY_SETTING), settings.value(SPLITTER_SETTING)
    if isinstance(geometry, QByteArray):
        window.restoreGeometry(geometry)
    if isinstance(splitter, QByteArray):
        columns.restoreState(splitter)
    with suppress(TypeError, ValueError):
        return float(str(settings.value(LETTERS_SETTING)))
    return None

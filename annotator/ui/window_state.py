"""What the window is called, and the sizes the next one begins with."""

from __future__ import annotations

from contextlib import suppress
from math import isfinite

from PySide6.QtCore import QByteArray, QSettings, Qt
from PySide6.QtWidgets import QMainWindow, QSplitter

from annotator.foundation.catalogue import Catalogue
from annotator.workbench.workspace import Workspace

GEOMETRY_SETTING, SPLITTER_SETTING = "window/geometry", "window/splitter"
LETTERS_SETTING, LEGEND_SETTING = "window/letters", "window/legend"

TITLE_BAR = 40
"""Pixels that a title bar takes at most."""

LINE_MARGIN = 3
"""Pixels over and under the letters of the status line, for which room is kept from the start."""


def save_state(window: QMainWindow, columns: QSplitter, *, points: float, legend: float) -> None:
    """Remember the sizes: `points` of the letters on the page, pixels of the `legend`."""
    settings = QSettings()
    settings.setValue(GEOMETRY_SETTING, window.saveGeometry())
    settings.setValue(SPLITTER_SETTING, columns.saveState())
    settings.setValue(LETTERS_SETTING, points)
    settings.setValue(LEGEND_SETTING, legend)


def restore_state(window: QMainWindow, columns: QSplitter) -> tuple[float | None, float | None]:
    """Give the window the remembered size, else a fitting one.

    Gives the sizes that are remembered of letters and legend, as `save_state` has got them.
    """
    # The frame of the window needs room on a small screen as well.
    room = window.screen().availableSize()
    window.resize(min(1280, room.width()), min(800, room.height() - TITLE_BAR))
    settings = QSettings()
    geometry, splitter = settings.value(GEOMETRY_SETTING), settings.value(SPLITTER_SETTING)
    if isinstance(geometry, QByteArray):
        window.restoreGeometry(geometry)
    if isinstance(splitter, QByteArray):
        columns.restoreState(splitter)
    return _number(settings.value(LETTERS_SETTING)), _number(settings.value(LEGEND_SETTING))


def _number(stored: object) -> float | None:
    """The number that was kept, if it is one."""
    with suppress(ValueError):
        number = float(str(stored))
        return number if isfinite(number) else None
    return None


def come_forward(window: QMainWindow) -> None:
    """Show a window that is there already before the others, also one that is minimized."""
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.activateWindow()


def window_title(catalogue: Catalogue, workspace: Workspace) -> str:
    """The name of the project and of the program, and whether one can only look at it."""
    # Qt takes [*] for the place of a sign of unsaved changes, unless it is doubled.
    name = workspace.path.stem.replace("[*]", "[*][*]")
    program = catalogue.text("app.name")
    if workspace.project.taken is not None:
        taken = workspace.project.taken
        return catalogue.text("window.title_copy", name=name, program=program, moment=taken)
    if workspace.is_read_only:
        return catalogue.text("window.title_read_only", name=name, program=program)
    return catalogue.text("window.title", name=name, program=program)

"""What the window is called, and the sizes the next one begins with."""

from __future__ import annotations

from contextlib import suppress

from PySide6.QtCore import QByteArray, QSettings, Qt
from PySide6.QtWidgets import QMainWindow, QSplitter

from annotator.core.ids import SetId
from annotator.core.set_header import SetKind
from annotator.foundation.catalogue import Catalogue
from annotator.workbench.workspace import Workspace

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


def annotator_text(catalogue: Catalogue, workspace: Workspace) -> str:
    """Who works; on gold, that it is gold and who adjudicates it."""
    opened = workspace.open_document
    if opened is None or opened.header.kind is not SetKind.ADJUDICATED:
        return catalogue.text("status.annotator", name=workspace.annotator.name)
    adjudicator = workspace.person_of(SetId(opened.header.adjudicator or ""))
    return catalogue.text("status.gold", name=(adjudicator or workspace.annotator).name)

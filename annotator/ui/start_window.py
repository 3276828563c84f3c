"""The window while no project is open: the start page under a menu bar, with the usual keys."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMainWindow

from annotator.ui.desk import Desk
from annotator.ui.dialogs.start import StartPage
from annotator.ui.keyboard.from_qt import key_press_from
from annotator.ui.menu_table import START_MENUS
from annotator.ui.menus import fill_menu_bar

SIZE = (900, 600)


class StartWindow(QMainWindow):
    """`action_wanted` carries the id of an act of the program, `project_chosen` a path."""

    action_wanted = Signal(str)
    project_chosen = Signal(str)

    def __init__(self, desk: Desk, recent: Sequence[Path]) -> None:
        super().__init__()
        self._desk = desk
        self.page = StartPage(desk.catalogue, recent=recent, parent=self)
        self.page.action_wanted.connect(self.action_wanted)
        self.page.project_chosen.connect(self.project_chosen)
        self.setWindowTitle(desk.catalogue.text("app.name"))
        self.setCentralWidget(self.page)
        self.menu_actions = fill_menu_bar(
            self.menuBar(), desk, self.action_wanted.emit, START_MENUS
        )
        self.resize(*SIZE)
        self.page.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of what the menus offer here."""
        press = key_press_from(event, self._desk.platform)
        action = self._desk.keymap.action_for(press) if press is not None else None
        if action in self.menu_actions:
            self.action_wanted.emit(action)
        else:
            super().keyPressEvent(event)

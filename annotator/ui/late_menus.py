"""The menus of a window: their titles are there at once, their entries a moment later.

Making some ninety entries takes a tenth of the time that the whole window takes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QMenuBar

from annotator.ui.desk import Desk
from annotator.ui.first_pause import FIRST_PAUSE_MS
from annotator.ui.menu_table import MENUS
from annotator.ui.menus import add_menus, fill_menus


class LateMenus(Mapping[str, QAction]):
    """The actions of a menu bar by their ids: made soon, or when one is asked for or a menu opens.

    `run` is called with the id of the action that is chosen.
    """

    def __init__(self, bar: QMenuBar, desk: Desk, run: Callable[[str], None]) -> None:
        self._desk = desk
        self._run = run
        self._menus = add_menus(bar, desk, MENUS)
        # Qt for Python holds the object of a method only weakly, and calls it when it has gone.
        for menu, _ in self._menus:
            menu.aboutToShow.connect(lambda: self.fill())
        QTimer.singleShot(FIRST_PAUSE_MS, bar, lambda: self.fill())

    def fill(self) -> None:
        """Make the entries, unless they are there."""
        assert self._actions  # they are made when they are asked for

    @cached_property
    def _actions(self) -> Mapping[str, QAction]:
        actions = fill_menus(self._menus, self._desk, self._run)
        for step in ("edit.undo", "edit.redo"):
            actions[step].setEnabled(False)  # until it is known that there is one
        return actions

    def __getitem__(self, identifier: str) -> QAction:
        return self._actions[identifier]

    def __iter__(self) -> Iterator[str]:
        return iter(self._actions)

    def __len__(self) -> int:
        return len(self._actions)


def open_menus(window: QMainWindow | None) -> None:
    """Open the first menu of a window, from where the arrows lead to all of them.

    The focus stays where it is, so that the keys go on there afterwards.
    """
    if window is not None:
        bar = window.menuBar()
        bar.setActiveAction(bar.actions()[0])

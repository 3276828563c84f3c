"""The menu entries of undo and redo, which say what they are about."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QAction

from annotator.core.history import Step
from annotator.ui.desk import Desk
from annotator.ui.menus import entitle


class StepTitles:
    """Names in the menu what can be undone and redone; touches it only when that is another."""

    def __init__(self, actions: Mapping[str, QAction], desk: Desk) -> None:
        self._actions = actions
        self._desk = desk
        self._shown: tuple[Step | None, Step | None] | None = None

    def show(self, undo: Step | None, redo: Step | None) -> None:
        """Show what the next undo and the next redo are about."""
        if (undo, redo) == self._shown:
            return
        self._shown = undo, redo
        text = self._desk.catalogue.text
        for direction, step in (("undo", undo), ("redo", redo)):
            action = self._actions[f"edit.{direction}"]
            action.setEnabled(step is not None)
            title = text(f"action.edit.{direction}")
            if step is not None:
                title = text(f"menu.{direction}", what=text(step.edit.name))
            entitle(action, self._desk, title)

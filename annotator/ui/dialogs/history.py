"""The history of a project: every step of it, to be taken back and brought back by itself."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from annotator.core.history import Act
from annotator.core.project_edits import ProjectStep
from annotator.foundation.catalogue import Catalogue
from annotator.ui.dialogs.controls import push_button
from annotator.ui.dialogs.list_dialog import ListDialog, ListFrame
from annotator.workbench.history_wording import (
    result_sentence,
    state_word,
    step_sentence,
    time_told,
)
from annotator.workbench.label_titles import NO_TITLES, Titles
from annotator.workbench.project_changes import PURGE, ProjectChanged

_COLUMNS = ("time", "step", "state")

Turn = Callable[[ProjectStep, Act], ProjectChanged | None]
"""Takes a step back or brings it back; None where the user thought better of it."""


class HistoryDialog(ListDialog[ProjectStep]):
    """The steps as rows, the newest first.

    Enter on a row does what can be done there: undo where the step stands, else redo.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        steps: Callable[[], tuple[ProjectStep, ...]],
        turn: Turn,
        parent: QWidget | None,
        *,
        titles: Titles = NO_TITLES,
    ) -> None:
        text = catalogue.text
        frame = ListFrame(
            title=text("history.title"),
            note=text("history.note"),
            name=text("history.steps"),
            columns=[text(f"history.column.{column}") for column in _COLUMNS],
            wide=1,
            widths=(150, 0, 130),
            size=(760, 520),
        )
        self._titles = titles
        super().__init__(catalogue, frame, steps, parent)
        self._turn = turn
        self.table.wrap()
        self.table.lead_on = True
        self.undo_button = push_button(text("history.undo"), self)
        self.redo_button = push_button(text("history.redo"), self)
        self.table.row_chosen.connect(self._on_row)
        self.table.itemSelectionChanged.connect(self._show_buttons)
        self.undo_button.clicked.connect(lambda: self._do(Act.UNDO))
        self.redo_button.clicked.connect(lambda: self._do(Act.REDO))
        self._begin(self.undo_button, self.redo_button, empty=text("history.empty"))

    def _row(self, step: ProjectStep) -> tuple[str, str, str]:
        catalogue = self._catalogue
        return (
            time_told(catalogue, step.at),
            step_sentence(catalogue, step.edit, self._titles),
            state_word(catalogue, step),
        )

    def _show_buttons(self) -> None:
        step = self._chosen
        can_turn = step is not None and step.edit.name != PURGE
        for button, act in ((self.undo_button, Act.UNDO), (self.redo_button, Act.REDO)):
            is_possible = can_turn and step is not None and step.is_done is (act is Act.UNDO)
            self._enable(button, is_possible=is_possible)

    def _on_row(self, _: int) -> None:
        step = self._chosen
        if step is not None:
            self._do(Act.UNDO if step.is_done else Act.REDO)

    def _do(self, act: Act) -> None:
        step = self._chosen
        if step is not None:
            self._perform(partial(self._turned, step, act))

    def _turned(self, step: ProjectStep, act: Act) -> str | None:
        done = self._turn(step, act)
        return None if done is None else result_sentence(self._catalogue, done, self._titles)

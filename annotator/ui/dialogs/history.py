"""The history of a project: every step of it, to be taken back and brought back by itself."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from annotator.core.history import Act
from annotator.core.project_edits import ProjectStep
from annotator.foundation.catalogue import Catalogue
from annotator.foundation.errors import AnnotatorError
from annotator.ui.dialogs.controls import (
    Table,
    fit_to_screen,
    push_button,
    say,
    say_error,
    wrapped_label,
)
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


class HistoryDialog(QDialog):
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
        super().__init__(parent)
        self._catalogue = catalogue
        self._read = steps
        self._turn = turn
        self._titles = titles
        self._steps: tuple[ProjectStep, ...] = ()
        text = catalogue.text
        self.setWindowTitle(text("history.title"))
        columns = [text(f"history.column.{column}") for column in _COLUMNS]
        self.table = Table(text("history.steps"), columns, self, wide=1)
        self.table.set_widths((150, 0, 130))
        self.table.wrap()
        self.table.lead_on = True
        self._message = wrapped_label("", self)
        self.undo_button = push_button(text("history.undo"), self)
        self.redo_button = push_button(text("history.redo"), self)
        self.close_button = push_button(text("dialog.close"), self)
        self._lay_out()
        self.table.row_chosen.connect(self._on_row)
        self.table.itemSelectionChanged.connect(self._show_buttons)
        self.undo_button.clicked.connect(lambda: self._do(Act.UNDO))
        self.redo_button.clicked.connect(lambda: self._do(Act.REDO))
        self.close_button.clicked.connect(self.reject)
        fit_to_screen(self, 760, 520)
        self._refresh()
        say(self._message, "" if self._steps else text("history.empty"))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def message(self) -> str:
        """What is said below the steps."""
        return self._message.text()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self.undo_button)
        buttons.addWidget(self.redo_button)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.addWidget(wrapped_label(self._catalogue.text("history.note"), self, role="faint"))
        layout.addWidget(self.table, 1)
        layout.addWidget(self._message)
        layout.addLayout(buttons)

    def _refresh(self) -> None:
        self._steps = self._read()
        self.table.show_rows([self._row(step) for step in self._steps])
        self._show_buttons()

    def _row(self, step: ProjectStep) -> tuple[str, str, str]:
        catalogue = self._catalogue
        return (
            time_told(catalogue, step.at),
            step_sentence(catalogue, step.edit, self._titles),
            state_word(catalogue, step),
        )

    @property
    def _chosen(self) -> ProjectStep | None:
        row = self.table.currentRow()
        return self._steps[row] if 0 <= row < len(self._steps) else None

    def _show_buttons(self) -> None:
        step = self._chosen
        can_turn = step is not None and step.edit.name != PURGE
        for button, act in ((self.undo_button, Act.UNDO), (self.redo_button, Act.REDO)):
            is_possible = can_turn and step is not None and step.is_done is (act is Act.UNDO)
            if not is_possible and button.hasFocus():
                self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            button.setEnabled(is_possible)

    def _on_row(self, _: int) -> None:
        step = self._chosen
        if step is not None:
            self._do(Act.UNDO if step.is_done else Act.REDO)

    def _do(self, act: Act) -> None:
        step = self._chosen
        if step is None:
            return
        try:
            done = self._turn(step, act)
        except AnnotatorError as error:
            say_error(self._message, self._catalogue, error)
            return
        if done is not None:
            self._refresh()
            say(self._message, result_sentence(self._catalogue, done, self._titles))

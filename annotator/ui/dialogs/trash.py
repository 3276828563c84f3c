"""The trash: what was taken out of the project, how to get it back, and how to be rid of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QTableWidget, QVBoxLayout, QWidget

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
from annotator.workbench.history_wording import time_told

_COLUMNS = ("kind", "name", "went", "annotations")


class Kind(Enum):
    """What a thing in the trash is."""

    DOCUMENT = "document"
    PERSON = "person"
    LABEL = "label"


@dataclass(frozen=True, slots=True)
class Thrown:
    """One thing in the trash. `annotations` is None where they did not go with it."""

    kind: Kind
    id: str
    name: str
    went: str | None
    annotations: int | None


class TrashDialog(QDialog):
    """Things as rows, of which several may be chosen. Enter on a row restores what is chosen.

    `restore` and `purge` do it and give the sentence to show, or None where nothing was done.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        things: Callable[[], Sequence[Thrown]],
        *,
        restore: Callable[[Sequence[Thrown]], str | None],
        purge: Callable[[Sequence[Thrown]], str | None],
        parent: QWidget | None,
    ) -> None:
        super().__init__(parent)
        self._catalogue = catalogue
        self._read = things
        self._things: Sequence[Thrown] = ()
        text = catalogue.text
        self.setWindowTitle(text("trash.title"))
        titles = [text(f"trash.column.{column}") for column in _COLUMNS]
        self.table = Table(text("trash.things"), titles, self, wide=1)
        self.table.setSelectionMode(QTableWidget.SelectionMode.ExtendedSelection)
        self.table.set_widths((110, 0, 160, 110))
        self.table.lead_on = True
        self._message = wrapped_label("", self)
        self.restore_button = push_button(text("trash.restore"), self)
        self.purge_button = push_button(text("trash.purge"), self)
        self.close_button = push_button(text("dialog.close"), self)
        self._lay_out()
        self.table.row_chosen.connect(lambda _: self._do(restore))
        self.table.itemSelectionChanged.connect(self._show_buttons)
        self.restore_button.clicked.connect(lambda: self._do(restore))
        self.purge_button.clicked.connect(lambda: self._do(purge))
        self.close_button.clicked.connect(self.reject)
        fit_to_screen(self, 760, 460)
        self._refresh()
        say(self._message, "" if self._things else text("trash.empty"))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def message(self) -> str:
        """What is said below the rows."""
        return self._message.text()

    @property
    def chosen(self) -> list[Thrown]:
        """The chosen things, in the order of the rows."""
        rows = {index.row() for index in self.table.selectedIndexes()}
        return [self._things[row] for row in sorted(rows) if row < len(self._things)]

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self.restore_button)
        buttons.addWidget(self.purge_button)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.addWidget(wrapped_label(self._catalogue.text("trash.note"), self, role="faint"))
        layout.addWidget(self.table, 1)
        layout.addWidget(self._message)
        layout.addLayout(buttons)

    def _refresh(self) -> None:
        self._things = self._read()
        self.table.clearSelection()
        self.table.show_rows([self._row(thing) for thing in self._things])
        self._show_buttons()

    def _row(self, thing: Thrown) -> tuple[str, ...]:
        catalogue = self._catalogue
        return (
            catalogue.text(f"trash.kind.{thing.kind.value}"),
            thing.name,
            time_told(catalogue, thing.went) if thing.went else "–",
            "–" if thing.annotations is None else catalogue.number(thing.annotations),
        )

    def _show_buttons(self) -> None:
        chosen = self.chosen
        are_documents = all(thing.kind is Kind.DOCUMENT for thing in chosen)
        for button, is_possible in (
            (self.restore_button, bool(chosen)),
            (self.purge_button, bool(chosen) and are_documents),
        ):
            if not is_possible and button.hasFocus():
                self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            button.setEnabled(is_possible)

    def _do(self, act: Callable[[Sequence[Thrown]], str | None]) -> None:
        chosen = self.chosen
        if not chosen:
            return
        try:
            told = act(chosen)
        except AnnotatorError as error:
            self._refresh()
            say_error(self._message, self._catalogue, error)
            return
        if told is not None:
            self._refresh()
            say(self._message, told)

"""The annotators of a project, with how much they have annotated, and the way to the trash."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from annotator.core.set_header import Annotator
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

_COLUMNS = ("name", "sets", "annotations")


@dataclass(frozen=True, slots=True)
class PersonLine:
    """An annotator as a row; `is_present` for the one who works now."""

    person: Annotator
    sets: int
    annotations: int
    is_present: bool


class PeopleDialog(QDialog):
    """Annotators as rows. `remove` moves one to the trash and gives the sentence to show, or None
    where nothing was done.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        people: Callable[[], Sequence[PersonLine]],
        remove: Callable[[Annotator], str | None],
        parent: QWidget | None,
    ) -> None:
        super().__init__(parent)
        self._catalogue = catalogue
        self._read = people
        self._remove = remove
        self._people: Sequence[PersonLine] = ()
        text = catalogue.text
        self.setWindowTitle(text("people.title"))
        titles = [text(f"people.column.{column}") for column in _COLUMNS]
        self.table = Table(text("people.table"), titles, self, wide=0)
        self.table.set_widths((0, 150, 130))
        self._message = wrapped_label("", self)
        self.remove_button = push_button(text("people.remove"), self)
        self.close_button = push_button(text("dialog.close"), self)
        buttons = QHBoxLayout()
        buttons.addWidget(self.remove_button)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.addWidget(wrapped_label(text("people.note"), self, role="faint"))
        layout.addWidget(self.table, 1)
        layout.addWidget(self._message)
        layout.addLayout(buttons)
        self.remove_button.clicked.connect(self._on_remove)
        self.close_button.clicked.connect(self.reject)
        fit_to_screen(self, 600, 400)
        self._refresh()
        say(self._message, "")
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def message(self) -> str:
        """What is said below the rows."""
        return self._message.text()

    def _refresh(self) -> None:
        self._people = self._read()
        self.table.show_rows([self._row(line) for line in self._people])

    def _row(self, line: PersonLine) -> tuple[str, str, str]:
        number = self._catalogue.number
        name = line.person.name
        if line.is_present:
            name = self._catalogue.text("people.present", name=name)
        return name, number(line.sets), number(line.annotations)

    def _on_remove(self) -> None:
        row = self.table.currentRow()
        if not 0 <= row < len(self._people):
            return
        try:
            told = self._remove(self._people[row].person)
        except AnnotatorError as error:
            say_error(self._message, self._catalogue, error)
            return
        if told is not None:
            self._refresh()
            say(self._message, told)

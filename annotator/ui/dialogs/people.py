"""The annotators of a project, with how much they have annotated, and the way to the trash."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from msgspec import Struct
from PySide6.QtWidgets import QWidget

from annotator.core.set_header import Annotator
from annotator.foundation.catalogue import Catalogue
from annotator.ui.dialogs.controls import push_button
from annotator.ui.dialogs.list_dialog import ListDialog, ListFrame

_COLUMNS = ("name", "sets", "annotations")


class PersonLine(Struct, frozen=True):
    """An annotator as a row; `is_present` for the one who works now."""

    person: Annotator
    sets: int
    annotations: int
    is_present: bool


class PeopleDialog(ListDialog[PersonLine]):
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
        text = catalogue.text
        frame = ListFrame(
            title=text("people.title"),
            note=text("people.note"),
            name=text("people.table"),
            columns=[text(f"people.column.{column}") for column in _COLUMNS],
            wide=0,
            widths=(0, 150, 130),
            size=(600, 400),
        )
        super().__init__(catalogue, frame, people, parent)
        self._remove = remove
        self.remove_button = push_button(text("people.remove"), self)
        self.remove_button.clicked.connect(self._on_remove)
        self._begin(self.remove_button)

    def _row(self, line: PersonLine) -> tuple[str, str, str]:
        number = self._catalogue.number
        name = line.person.name
        if line.is_present:
            name = self._catalogue.text("people.present", name=name)
        return name, number(line.sets), number(line.annotations)

    def _on_remove(self) -> None:
        line = self._chosen
        if line is not None:
            self._perform(partial(self._remove, line.person))

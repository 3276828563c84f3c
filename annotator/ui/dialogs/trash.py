"""The trash: what was taken out of the project, how to get it back, and how to be rid of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum
from functools import partial

from msgspec import Struct
from PySide6.QtWidgets import QTableWidget, QWidget

from annotator.foundation.catalogue import Catalogue
from annotator.ui.dialogs.controls import push_button
from annotator.ui.dialogs.list_dialog import ListDialog, ListFrame
from annotator.workbench.history_wording import time_told

_COLUMNS = ("kind", "name", "went", "annotations")


class Kind(Enum):
    """What a thing in the trash is."""

    DOCUMENT = "document"
    PERSON = "person"
    LABEL = "label"


class Thrown(Struct, frozen=True):
    """One thing in the trash. `annotations` is None where they did not go with it."""

    kind: Kind
    id: str
    name: str
    went: str | None
    annotations: int | None


class TrashDialog(ListDialog[Thrown]):
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
        text = catalogue.text
        frame = ListFrame(
            title=text("trash.title"),
            note=text("trash.note"),
            name=text("trash.things"),
            columns=[text(f"trash.column.{column}") for column in _COLUMNS],
            wide=1,
            widths=(110, 0, 160, 110),
            size=(760, 460),
        )
        super().__init__(catalogue, frame, things, parent)
        self.table.setSelectionMode(QTableWidget.SelectionMode.ExtendedSelection)
        self.table.lead_on = True
        self.restore_button = push_button(text("trash.restore"), self)
        self.purge_button = push_button(text("trash.purge"), self)
        self.table.row_chosen.connect(lambda _: self._do(restore))
        self.table.itemSelectionChanged.connect(self._show_buttons)
        self.restore_button.clicked.connect(lambda: self._do(restore))
        self.purge_button.clicked.connect(lambda: self._do(purge))
        self._begin(self.restore_button, self.purge_button, empty=text("trash.empty"))

    @property
    def chosen(self) -> list[Thrown]:
        """The chosen things, in the order of the rows."""
        rows = {index.row() for index in self.table.selectedIndexes()}
        return [self._things[row] for row in sorted(rows) if row < len(self._things)]

    def _refresh(self) -> None:
        self.table.clearSelection()
        super()._refresh()

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
        self._enable(self.restore_button, is_possible=bool(chosen))
        self._enable(self.purge_button, is_possible=bool(chosen) and are_documents)

    def _do(self, act: Callable[[Sequence[Thrown]], str | None]) -> None:
        chosen = self.chosen
        if chosen:
            self._perform(partial(act, chosen), may_be_half_done=True)

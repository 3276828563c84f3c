"""The entity labels of a project: how often each is used, which are offered, and changing one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from annotator.foundation.catalogue import Catalogue
from annotator.ui.dialogs.controls import push_button
from annotator.ui.dialogs.list_dialog import ListDialog, ListFrame
from annotator.workbench.label_lines import LabelLine, LabelState

_COLUMNS = ("id", "name", "count", "state")

LabelAct = Callable[[LabelLine], str | None]
"""Does something with a label and gives the sentence to show; None where nothing was done."""


class LabelsDialog(ListDialog[LabelLine]):
    """Labels as rows. `switch` offers a label no more, or again; `change` makes it another one.

    Enter on a row changes it to another.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        labels: Callable[[], Sequence[LabelLine]],
        *,
        switch: LabelAct,
        change: LabelAct,
        parent: QWidget | None,
    ) -> None:
        text = catalogue.text
        frame = ListFrame(
            title=text("labels.title"),
            note=text("labels.note"),
            name=text("labels.table"),
            columns=[text(f"labels.column.{column}") for column in _COLUMNS],
            wide=1,
            widths=(110, 0, 110, 150),
            size=(680, 560),
        )
        super().__init__(catalogue, frame, labels, parent)
        self.table.lead_on = True
        self.switch_button = push_button(text("labels.drop"), self)
        self.change_button = push_button(text("labels.change"), self)
        self.table.row_chosen.connect(lambda _: self.change_button.click())
        self.table.itemSelectionChanged.connect(self._show_buttons)
        self.switch_button.clicked.connect(lambda: self._do(switch))
        self.change_button.clicked.connect(lambda: self._do(change))
        self._begin(self.switch_button, self.change_button)

    def _row(self, line: LabelLine) -> tuple[str, ...]:
        state = self._catalogue.text(f"labels.state.{line.state.value}")
        return line.id, line.name, self._catalogue.number(line.count), state

    def _show_buttons(self) -> None:
        line = self._chosen
        is_offered = line is None or line.state is not LabelState.NOT_OFFERED
        self.switch_button.setText(
            self._catalogue.text("labels.drop" if is_offered else "labels.offer")
        )
        can_switch = line is not None and line.state is not LabelState.UNKNOWN
        self._enable(self.switch_button, is_possible=can_switch)
        self._enable(self.change_button, is_possible=line is not None and line.count > 0)

    def _do(self, act: LabelAct) -> None:
        line = self._chosen
        if line is not None:
            self._perform(partial(act, line))

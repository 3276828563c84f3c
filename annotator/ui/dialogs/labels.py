"""The entity labels of a project: how often each is used, which are offered, and changing one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from annotator.foundation.catalogue import Catalogue
from annotator.foundation.errors import AnnotatorError
from annotator.ui.dialogs.controls import Table, fit_to_screen, push_button, say, wrapped_label
from annotator.workbench.label_lines import LabelLine, LabelState

_COLUMNS = ("id", "name", "count", "state")

LabelAct = Callable[[LabelLine], str | None]
"""Does something with a label and gives the sentence to show; None where nothing was done."""


class LabelsDialog(QDialog):
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
        super().__init__(parent)
        self._catalogue = catalogue
        self._read = labels
        self._labels: Sequence[LabelLine] = ()
        text = catalogue.text
        self.setWindowTitle(text("labels.title"))
        titles = [text(f"labels.column.{column}") for column in _COLUMNS]
        self.table = Table(text("labels.table"), titles, self, wide=1)
        self.table.set_widths((110, 0, 110, 150))
        self.table.lead_on = True
        self._message = wrapped_label("", self)
        self.switch_button = push_button(text("labels.drop"), self)
        self.change_button = push_button(text("labels.change"), self)
        self.close_button = push_button(text("dialog.close"), self)
        self._lay_out()
        self.table.row_chosen.connect(lambda _: self.change_button.click())
        self.table.itemSelectionChanged.connect(self._show_buttons)
        self.switch_button.clicked.connect(lambda: self._do(switch))
        self.change_button.clicked.connect(lambda: self._do(change))
        self.close_button.clicked.connect(self.reject)
        fit_to_screen(self, 680, 560)
        self._refresh()
        say(self._message, "")
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def message(self) -> str:
        """What is said below the rows."""
        return self._message.text()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self.switch_button)
        buttons.addWidget(self.change_button)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.addWidget(wrapped_label(self._catalogue.text("labels.note"), self, role="faint"))
        layout.addWidget(self.table, 1)
        layout.addWidget(self._message)
        layout.addLayout(buttons)

    def _refresh(self) -> None:
        self._labels = self._read()
        self.table.show_rows([self._row(line) for line in self._labels])
        self._show_buttons()

    def _row(self, line: LabelLine) -> tuple[str, ...]:
        state = self._catalogue.text(f"labels.state.{line.state.value}")
        return line.id, line.name, self._catalogue.number(line.count), state

    @property
    def _chosen(self) -> LabelLine | None:
        row = self.table.currentRow()
        return self._labels[row] if 0 <= row < len(self._labels) else None

    def _show_buttons(self) -> None:
        line = self._chosen
        is_offered = line is None or line.state is not LabelState.NOT_OFFERED
        self.switch_button.setText(
            self._catalogue.text("labels.drop" if is_offered else "labels.offer")
        )
        for button, is_possible in (
            (self.switch_button, line is not None and line.state is not LabelState.UNKNOWN),
            (self.change_button, line is not None and line.count > 0),
        ):
            if not is_possible and button.hasFocus():
                self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            button.setEnabled(is_possible)

    def _do(self, act: LabelAct) -> None:
        line = self._chosen
        if line is None:
            return
        try:
            told = act(line)
        except AnnotatorError as error:
            say(self._message, self._catalogue.error(error), is_refusal=True)
            return
        if told is not None:
            self._refresh()
            say(self._message, told)

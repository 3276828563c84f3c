"""The frame of the dialogs that list things of a project: a table, acts on its rows, a message."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from msgspec import Struct
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

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

_T = TypeVar("_T")


class ListFrame(Struct, frozen=True):
    """What a list dialog says and how large it is.

    `name` is what screen readers call the table; the column `wide` takes the room that the
    `widths` of the others leave, in pixels like `size`.
    """

    title: str
    note: str
    name: str
    columns: Sequence[str]
    wide: int
    widths: Sequence[int]
    size: tuple[int, int]


class ListDialog(QDialog, Generic[_T]):
    """Things as rows, read anew after each act. A subclass says what a row shows.

    It makes the buttons of its acts, connects them, and then calls `_begin`.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        frame: ListFrame,
        read: Callable[[], Sequence[_T]],
        parent: QWidget | None,
    ) -> None:
        super().__init__(parent)
        self._catalogue = catalogue
        self._read = read
        self._things: Sequence[_T] = ()
        self.setWindowTitle(frame.title)
        self.table = Table(frame.name, frame.columns, self, wide=frame.wide)
        self.table.set_widths(frame.widths)
        self._message = wrapped_label("", self)
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(wrapped_label(frame.note, self, role="faint"))
        self._layout.addWidget(self.table, 1)
        self._layout.addWidget(self._message)
        fit_to_screen(self, *frame.size)

    @property
    def message(self) -> str:
        """What is said below the rows."""
        return self._message.text()

    def _row(self, thing: _T) -> Sequence[str]:
        """What a thing shows in the columns."""
        raise NotImplementedError

    def _show_buttons(self) -> None:
        """Let the buttons be pressed that mean something for what is chosen."""

    def _begin(self, *acts: QPushButton, empty: str = "") -> None:
        """Put the buttons below the table and show the things, or say that there are none."""
        self.close_button = push_button(self._catalogue.text("dialog.close"), self)
        self.close_button.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        for button in acts:
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        self._layout.addLayout(buttons)
        self._refresh()
        say(self._message, "" if self._things else empty)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refresh(self) -> None:
        self._things = self._read()
        self.table.show_rows([self._row(thing) for thing in self._things])
        self._show_buttons()

    @property
    def _chosen(self) -> _T | None:
        row = self.table.currentRow()
        return self._things[row] if 0 <= row < len(self._things) else None

    def _enable(self, button: QPushButton, *, is_possible: bool) -> None:
        """Let a button be pressed or not; the keys do not stay where they mean nothing."""
        if not is_possible and button.hasFocus():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        button.setEnabled(is_possible)

    def _perform(self, act: Callable[[], str | None], *, may_be_half_done: bool = False) -> None:
        """Do something and say its sentence, or why it was not done; None for nothing done."""
        try:
            told = act()
        except AnnotatorError as error:
            if may_be_half_done:
                self._refresh()
            say_error(self._message, self._catalogue, error)
            return
        if told is not None:
            self._refresh()
            say(self._message, told)

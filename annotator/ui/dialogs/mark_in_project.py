"""The places of a name in the other documents, decided about one by one or all at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from enum import Enum
from functools import partial
from time import monotonic

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from annotator.foundation.catalogue import Catalogue
from annotator.foundation.errors import UserError
from annotator.ui.dialogs.controls import (
    Table,
    fit_to_screen,
    push_button,
    say,
    snug_label,
    wrapped_label,
)
from annotator.ui.keyboard.from_qt import key_press_from
from annotator.workbench.marking_in_project import FoundPlace, MarkingInProject

_MOMENT = 0.15
"""Seconds."""
_COLUMNS = ("decision", "document", "context")


class Verdict(Enum):
    """What has been decided about a place."""

    OPEN = ""
    TAKEN = "✓"
    LEFT = "✗"


class MarkInProjectDialog(QDialog):
    """Looks through the project document by document while one decides.

    Enter takes the present place, Backspace leaves it out, A takes all that are left and ends, as
    in the review of one document; but here only when somebody has gone through the list or decided
    about a place, for the same A leads here from the page. Shift+Enter and the button take them at
    any time. No key decides while it is held, and nothing is taken that is not found yet. `taken`
    is what shall be marked once the dialog is accepted; `trouble` says that a document could not
    be looked into.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        search: MarkingInProject,
        *,
        heading: str,
        platform: str,
        parent: QWidget | None,
    ) -> None:
        super().__init__(parent)
        self._catalogue = catalogue
        self._platform = platform
        self._search = search
        self._documents = search.documents()
        self._to_come = iter(self._documents)
        self._looked_into = 0
        self.trouble = ""
        self._is_seen = False
        self._places: list[FoundPlace] = []
        self._verdicts: list[Verdict] = []
        self.setWindowTitle(catalogue.text("action.mark_all.project"))
        self._heading = snug_label(heading, self)
        titles = [catalogue.text(f"marking.column.{column}") for column in _COLUMNS]
        self.table = Table(catalogue.text("marking.places"), titles, self, wide=2)
        self.table.set_widths((70, 200))
        self.table.installEventFilter(self)
        self.table.currentCellChanged.connect(self._on_moved)
        self.table.verticalScrollBar().valueChanged.connect(self._on_seen)
        self.message = wrapped_label("", self)
        self.ok = push_button("", self)
        self.rest = push_button("", self)
        self.cancel = push_button(catalogue.text("dialog.cancel"), self)
        self._lay_out()
        self.ok.clicked.connect(self.accept)
        self.rest.clicked.connect(self.take_rest)
        self.cancel.clicked.connect(self.reject)
        self._looking = QTimer(self)
        self._looking.setInterval(0)
        self._looking.timeout.connect(self._on_looking)
        self._looking.start()
        self._tell()
        fit_to_screen(self, 900, 600)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def is_looking(self) -> bool:
        """Whether there are documents that have not been looked into."""
        return self._looking.isActive()

    @property
    def places(self) -> tuple[FoundPlace, ...]:
        """The places that have been found so far."""
        return tuple(self._places)

    @property
    def taken(self) -> tuple[FoundPlace, ...]:
        """The places that were taken."""
        pairs = zip(self._places, self._verdicts, strict=True)
        return tuple(place for place, verdict in pairs if verdict is Verdict.TAKEN)

    def look_at_once(self) -> None:
        """Look into as many documents as one waits for without noticing."""
        end = monotonic() + _MOMENT
        while self.is_looking and monotonic() < end:
            self._on_looking()

    def decide(self, verdict: Verdict) -> None:
        """Decide about the present place and go on to the next open one."""
        row = self.table.currentRow()
        if row < 0:
            return
        self._is_seen = True
        self._decide(row, verdict)
        following = next(self._open_rows(row + 1), None)
        following = next(self._open_rows(0), None) if following is None else following
        if following is not None:
            self.table.setCurrentCell(following, 0)
        self._tell()
        if following is None and not self.is_looking:
            self.accept()

    def take_rest(self) -> None:
        """Take every place that is not decided about, and end; not before all are found."""
        if self.is_looking:
            return
        for row in self._open_rows(0):
            self._decide(row, Verdict.TAKEN)
        self.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys of the review, which a list would take for a search by letters."""
        if watched is self.table and isinstance(event, QKeyEvent) and self._answer(event):
            return True
        return super().eventFilter(watched, event)

    def _answer(self, event: QKeyEvent) -> bool:
        is_press = event.type() == QEvent.Type.KeyPress
        press = key_press_from(event, self._platform) if is_press else None
        acts: dict[str, Callable[[], None]] = {
            "Enter": partial(self._enter, is_all=press is not None and press.shift),
            "Backspace": partial(self.decide, Verdict.LEFT),
            "Delete": partial(self.decide, Verdict.LEFT),
            "A": self._take_seen,
        }
        act = acts.get(press.key) if press is not None and not press.ctrl else None
        if act is not None and press is not None and not press.is_repeat:
            act()
        return act is not None

    def _enter(self, *, is_all: bool) -> None:
        if is_all:
            self.take_rest()
        else:
            self.decide(Verdict.TAKEN)

    def _take_seen(self) -> None:
        """Take the rest, unless it may be that nobody has looked at it."""
        if self._is_seen:
            self.take_rest()
        else:
            self._tell(self._catalogue.text("marking.look_first"))

    def _on_moved(self, _row: int, _column: int, row_before: int, _column_before: int) -> None:
        self._is_seen = self._is_seen or row_before >= 0

    def _on_seen(self) -> None:
        self._is_seen = True

    def done(self, result: int) -> None:
        """Stop looking."""
        self._looking.stop()
        super().done(result)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        for button in (self.ok, self.rest, self.cancel):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.addWidget(self._heading)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.message)
        layout.addLayout(buttons)

    def _on_looking(self) -> None:
        identifier = next(self._to_come, None)
        if identifier is None:
            self._looking.stop()
            if not self._places and not self.trouble and self.isVisible():
                self.reject()
        else:
            self._looked_into += 1
            try:
                self._add(self._search.look_into(identifier))
            except UserError as error:  # the others are looked into all the same
                self.trouble = self.trouble or self._catalogue.error(error)
        self._tell()

    def _add(self, places: Sequence[FoundPlace]) -> None:
        for place in places:
            row = len(self._places)
            self._places.append(place)
            self._verdicts.append(Verdict.OPEN)
            self.table.setRowCount(row + 1)
            self._show_row(row)
        if self._places and self.table.currentRow() < 0:
            self.table.setCurrentCell(0, 0)

    def _decide(self, row: int, verdict: Verdict) -> None:
        self._verdicts[row] = verdict
        self._show_row(row)

    def _show_row(self, row: int) -> None:
        place = self._places[row]
        context = f"{place.before}【{place.words}】{place.after}"
        self.table.show_row(row, (self._verdicts[row].value, place.name, context))

    def _open_rows(self, first: int) -> Iterator[int]:
        rows = range(first, len(self._verdicts))
        return (row for row in rows if self._verdicts[row] is Verdict.OPEN)

    def _tell(self, request: str = "") -> None:
        text, taken = self._catalogue.text, len(self.taken)
        self.ok.setText(text("marking.take", count=taken))
        self.ok.setEnabled(taken > 0)
        self.rest.setText(text("marking.take_rest", count=sum(1 for _ in self._open_rows(0))))
        self.rest.setEnabled(not self.is_looking and any(True for _ in self._open_rows(0)))
        key = "marking.looking" if self.is_looking else "marking.found"
        told = text(
            key,
            count=len(self._places),
            done=self._looked_into,
            total=len(self._documents),
            approved=self._search.approved,
        )
        parts = [told, *filter(None, (request, self.trouble))]
        say(self.message, "\n".join(parts), is_refusal=len(parts) > 1)

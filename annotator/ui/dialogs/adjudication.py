"""Adjudication of one document: the text with what each annotator marked, and unit after unit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QSplitter, QVBoxLayout, QWidget

from annotator.adjudication.choices import Choice, Keep, Leave, Take
from annotator.adjudication.units import Unit
from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import Entity, Event, Mention, Quote, Record, anchor_of
from annotator.core.ids import RecordId, SetId
from annotator.core.span import Span
from annotator.foundation.errors import AnnotatorError
from annotator.ui.adjudication_scene import adjudication_scene
from annotator.ui.desk import Desk
from annotator.ui.dialogs.adjudication_buttons import MOST_KEYS, adjudication_buttons
from annotator.ui.dialogs.adjudication_table import unit_row, unit_table
from annotator.ui.dialogs.controls import (
    fit_to_screen,
    say,
    say_error,
    snug_label,
    wrapped_label,
)
from annotator.ui.keyboard.from_qt import key_press_from
from annotator.ui.keyboard.physical import KeyPress
from annotator.ui.labels import plain_label
from annotator.ui.page_look import page_style
from annotator.ui.textview.paper import Paper
from annotator.workbench.adjudicating import Adjudication
from annotator.workbench.adjudication_sayings import Sayings


class AdjudicationDialog(QDialog):
    """Decides about the units of one document with keys; each decision is written at once.

    `wanted` is the record of gold that shall be edited in the page once the dialog is accepted.
    No key decides while it is held.
    """

    def __init__(
        self,
        desk: Desk,
        adjudication: Adjudication,
        sayings: Sayings,
        *,
        names: Sequence[tuple[SetId, str]],
        note: str,
        points: float,
        parent: QWidget | None,
    ) -> None:
        super().__init__(parent)
        self._catalogue, self._platform = desk.catalogue, desk.platform
        self._adjudication = adjudication
        self._sayings = sayings
        self._names = names
        self._units: tuple[Unit, ...] = ()
        self.wanted: RecordId | None = None
        text = desk.catalogue.text
        opened = adjudication.gold
        self.setWindowTitle(text("adjudicating.title", name=opened.document.name))
        self.progress = plain_label(self, name="panelTitle")
        self.note = snug_label(note, self)
        self.note.setVisible(bool(note))
        self.paper = Paper(style=page_style(desk, points), parent=self)
        self.paper.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.paper.show_document(opened.document, opened.segmentation)
        self.table = unit_table(sayings, names, self)
        self.detail = wrapped_label("", self, role="faint")
        self.message = wrapped_label("", self)
        self._acts = self._acts_by_key()
        self._lay_out()
        self.table.installEventFilter(self)
        self.table.currentCellChanged.connect(self._on_moved)
        self.paper.scrolled.connect(self._draw)
        self._show_units()
        self._begin_at(adjudication.place)
        fit_to_screen(self, 1240, 740)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def unit(self) -> Unit | None:
        """The present unit."""
        row = self.table.currentRow()
        return self._units[row] if 0 <= row < len(self._units) else None

    def choose(self, choice: Callable[[str], Choice]) -> None:
        """Make a choice about the present unit, and go on to the next open one.

        One that could do nothing, or would follow somebody without a vote, is told instead.
        """
        if self.unit is None:
            return
        made = choice(self.unit.key)
        if isinstance(made, Keep) and self.unit.gold is None and self.unit.refusal is None:
            self._tell("adjudicating.nothing_to_keep")
        elif isinstance(made, Take) and made.side not in self.unit.voters:
            self._tell("adjudicating.no_vote", name=dict(self._names)[made.side])
        else:
            self._decide([made])

    def take_agreed(self) -> None:
        """Take everything on which all agree, and go to what is open."""
        if self._attempt(self._adjudication.take_agreed):
            self.go(1, first=0)

    def edit(self) -> None:
        """Take what is there, and ask for the page."""
        unit = self.unit
        if unit is None:
            return
        if unit.gold is None and unit.records:
            side = next(side for side in unit.voters if side in unit.records)
            if not self._attempt(lambda: self._adjudication.decide([Take(unit.key, side)])):
                return
        gold = self._adjudication.units.all[unit.key].gold
        if gold is not None:
            self.wanted = _in_text(gold, self._adjudication.gold.annotations)
            self.accept()

    def turn(self, act: Callable[[], object]) -> None:
        """Take a step back or bring it again, and go to what it changed."""
        before = {unit.key: (unit.state, unit.gold) for unit in self._units}
        if self._attempt(act):
            changed = (
                row
                for row, unit in enumerate(self._units)
                if before.get(unit.key) != (unit.state, unit.gold)
            )
            row = next(changed, None)
            if row is not None:
                self.table.setCurrentCell(row, 0)

    def go(self, step: int, *, first: int = 1) -> None:
        """Go to the next (1) or previous (-1) open unit, going round; looks `first` rows away."""
        count, here = len(self._units), max(self.table.currentRow(), 0)
        rows = ((here + step * away) % count for away in range(first, first + count))
        row = next((row for row in rows if not self._units[row].is_decided), None)
        if row is not None:
            self.table.setCurrentCell(row, 0)

    def _begin_at(self, place: int) -> None:
        """Go to the first open unit behind the last decision, going round."""
        starts = (row for row, unit in enumerate(self._units) if unit.start >= place)
        self.table.setCurrentCell(next(starts, 0), 0)
        self.go(1, first=0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys of adjudication, which a list would take for a search by letters."""
        if watched is self.table and isinstance(event, QKeyEvent) and self._answer(event):
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The same keys, where a button has the focus."""
        if not self._answer(event):
            super().keyPressEvent(event)

    def _acts_by_key(self) -> dict[str, Callable[[], None]]:
        adjudication = self._adjudication
        return {
            "N": partial(self.go, 1),
            "P": partial(self.go, -1),
            "Home": lambda: self.table.setCurrentCell(0, 0),
            "End": lambda: self.table.setCurrentCell(len(self._units) - 1, 0),
            "Ctrl+Z": partial(self.turn, adjudication.undo),
            "Ctrl+Y": partial(self.turn, adjudication.redo),
            "Ctrl+Shift+Z": partial(self.turn, adjudication.redo),
            "A": self.take_agreed,
            **dict.fromkeys(("X", "Backspace", "Delete"), partial(self.choose, Leave)),
            "Enter": partial(self.choose, Keep),
            "E": self.edit,
            "Escape": self.reject,
            **{
                str(number): partial(self.choose, partial(Take, side=side))
                for number, (side, _) in enumerate(self._names[:MOST_KEYS], 1)
            },
        }

    def _answer(self, event: QKeyEvent) -> bool:
        is_press = event.type() == QEvent.Type.KeyPress
        press = key_press_from(event, self._platform) if is_press else None
        act = None if press is None else self._acts.get(press.chord)
        if act is None or press is None:
            return False
        if not press.is_repeat or _only_moves(press):
            act()
        return True

    def _decide(self, choices: Sequence[Choice]) -> None:
        before = self._adjudication.units

        def act() -> None:
            decided = self._adjudication.decide(choices)
            if decided.along or decided.left_out:
                along, left_out = len(decided.along), decided.left_out
                self._tell("adjudicating.beside", along=along, left_out=left_out)

        self._tell("")
        if self._attempt(act, keeps=True) and self._adjudication.units is not before:
            self.go(1, first=0)

    def _attempt(self, act: Callable[[], object], *, keeps: bool = False) -> bool:
        """Do it and show what came of it; say why where it cannot be done."""
        if not keeps:
            self._tell("")
        try:
            act()
        except AnnotatorError as error:
            say_error(self.message, self._catalogue, error)
            return False
        self._show_units()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _tell(self, key: str, **values: object) -> None:
        say(self.message, self._catalogue.text(key, **values) if key else "")

    def _show_units(self) -> None:
        """Show the units as they are now; the present one stays the present one."""
        before, here = self._units, self.unit
        row_of = partial(unit_row, self._sayings, names=self._names)
        units = self._units = self._adjudication.units.listed
        if [unit.key for unit in before] != [unit.key for unit in units]:
            self.table.blockSignals(True)
            self.table.show_rows([row_of(unit) for unit in units])
            self.table.blockSignals(False)
            rows = {unit.key: row for row, unit in enumerate(units)}
            if here is not None and here.key in rows:
                self.table.setCurrentCell(rows[here.key], 0)
        else:
            for row, (old, unit) in enumerate(zip(before, units, strict=True)):
                if old != unit:
                    self.table.show_row(row, row_of(unit))
        decided, total = self._adjudication.units.decided, len(units)
        key = "adjudicating.progress" if total else "adjudicating.nothing"
        shown = self._catalogue.text(key, decided=decided, total=total)
        if total and decided == total:
            shown = self._catalogue.text("adjudicating.all_decided", progress=shown)
        self.progress.setText(shown)
        self._show_present()

    def _on_moved(self, row: int, _column: int, _before: int, _column_before: int) -> None:
        self._show_present()

    def _show_present(self) -> None:
        """Scroll to the present unit, and say in full what the list may cut."""
        unit = self.unit
        if unit is not None and unit.spans:
            self.paper.ensure_visible(Span(unit.spans[0].start, unit.spans[0].end))
        self.detail.setText("" if unit is None else self._sayings.in_full(unit, self._names))
        self._draw()

    def _draw(self) -> None:
        current = None if self.unit is None else self.unit.key
        visible = self.paper.visible_span()
        scene = adjudication_scene(self._units, self._sayings, visible=visible, current=current)
        self.paper.show_scene(scene)

    def _lay_out(self) -> None:
        halves = QSplitter(Qt.Orientation.Vertical, self)
        halves.addWidget(self.paper)
        halves.addWidget(self.table)
        halves.setChildrenCollapsible(False)
        halves.setSizes([380, 240])
        layout = QVBoxLayout(self)
        layout.addWidget(self.progress)
        layout.addWidget(self.note)
        layout.addWidget(halves, 1)
        layout.addWidget(self.detail)
        layout.addWidget(self.message)
        layout.addLayout(adjudication_buttons(self._catalogue, self._names, self._acts, self))


def _in_text(gold: Record, annotations: AnnotationSet) -> RecordId:
    """What stands for a record in the text: of an entity, what refers to it first."""
    users = annotations.referring_to(gold.id) if isinstance(gold, Entity) else ()
    standing = [user for user in users if isinstance(user, Mention | Event | Quote)]
    return min(standing, key=lambda user: anchor_of(user).start, default=gold).id


def _only_moves(press: KeyPress) -> bool:
    return press.chord in ("N", "P")

"""Undo and redo as a view of the journal: every edit, undo and redo of a set, in order.

The journal in the project file is the truth; replaying it gives the two stacks, so undo works
across restarts and without a limit. It is read from its end, and only as far as somebody undoes:
opening a document does not wait for all that was ever done in it. Entries that *join* the step
before them (nudging a boundary, typing in a field) are undone together with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from typing import assert_never

from msgspec import Struct

from annotator.core.edits import Edit, merged
from annotator.foundation.errors import Defect


class Act(Enum):
    """What a journal entry did."""

    DO = "do"
    UNDO = "undo"
    REDO = "redo"


class JournalEntry(Struct, frozen=True):
    """One act on a set. `edit` is what was applied: for an undo, the inverse.

    `seq` orders the entries of a project; `target` is the `seq` of the step that an undo or redo
    concerns; `at` is UTC in ISO 8601, for people and never for ordering. `project` is the `seq` of
    the project edit that this is part of (`core.project_edits`).
    """

    seq: int
    act: Act
    edit: Edit
    at: str
    target: int | None = None
    joins: bool = False
    project: int | None = None


class Step(Struct, frozen=True):
    """What one undo takes back: the `seq` of its first entry, and the whole edit.

    A step that is part of the project edit `project` is taken back together with the rest of it.
    """

    seq: int
    edit: Edit
    project: int | None = None


class History:
    """The two stacks of one annotation set."""

    def __init__(
        self, entries: Iterable[JournalEntry] = (), *, older: Iterator[JournalEntry] | None = None
    ) -> None:
        """`older` are entries before those, the newest first, read only as far as need be."""
        self._older = _Older(older if older is not None else iter(()))
        self._done: list[Step] = []
        self._undone: list[Step] | None = None
        for entry in entries:
            self.record(entry)

    @property
    def next_undo(self) -> Step | None:
        """The step that undo would take back."""
        if not self._done:
            step = self._older.next_step()
            if step is not None:
                self._done.append(step)
        return self._done[-1] if self._done else None

    @property
    def next_redo(self) -> Step | None:
        """The step that redo would bring back."""
        undone = self._redoable()
        return undone[-1] if undone else None

    @property
    def depth(self) -> int:
        """How many steps can be undone. Reads all of the older entries."""
        below = []
        while (step := self._older.next_step()) is not None:
            below.append(step)
        self._done[:0] = reversed(below)
        return len(self._done)

    def record(self, entry: JournalEntry) -> None:
        """Take an entry into account. A new edit clears what could be redone."""
        match entry.act:
            case Act.DO:
                self._do(entry)
            case Act.UNDO:
                step = self._expected(self.next_undo, entry)
                self._done.pop()
                self._redoable().append(step)
            case Act.REDO:
                self._done.append(self._expected(self.next_redo, entry))
                self._redoable().pop()
            case _:
                assert_never(entry.act)

    def _do(self, entry: JournalEntry) -> None:
        self._undone = []
        last = self.next_undo if entry.joins else None
        if last is not None:
            self._done[-1] = Step(last.seq, merged(last.edit, entry.edit), last.project)
        else:
            self._done.append(Step(entry.seq, entry.edit, entry.project))

    def _redoable(self) -> list[Step]:
        if self._undone is None:
            self._undone = self._older.undone()
        return self._undone

    @staticmethod
    def _expected(step: Step | None, entry: JournalEntry) -> Step:
        if step is None or step.seq != entry.target:
            raise Defect("defect.journal_order", seq=entry.seq)
        return step


class _Older:
    """The older part of a journal, read from its end, as far as is needed.

    Going back, an undo takes away the next step that is met, and a redo gives one back.
    """

    def __init__(self, entries: Iterator[JournalEntry]) -> None:
        self._entries = entries
        self._after: list[JournalEntry] = []
        self._first: JournalEntry | None = None
        self._is_begun = False
        self._taken = 0
        self._joining: list[JournalEntry] = []

    def undone(self) -> list[Step]:
        """What can be redone: told by the undos and redos behind the last edit, oldest first."""
        self._begin()
        undone: list[Step] = []
        for entry in reversed(self._after):
            if entry.act is Act.UNDO and entry.target is not None:
                undone.append(Step(entry.target, entry.edit.inverse, entry.project))
            elif undone and undone[-1].seq == entry.target:
                undone.pop()
            else:
                raise Defect("defect.journal_order", seq=entry.seq)
        return undone

    def next_step(self) -> Step | None:
        """The next older step that was done and not undone."""
        self._begin()
        while (entry := self._next()) is not None:
            match entry.act:
                case Act.UNDO:
                    self._taken += 1
                case Act.REDO:
                    self._taken -= 1
                case Act.DO if entry.joins:
                    if not self._taken:
                        self._joining.append(entry)
                case Act.DO if self._taken:
                    self._take_away(entry)
                case Act.DO:
                    return self._joined(entry)
                case _:
                    assert_never(entry.act)
        # The first of all entries joins nothing, whatever it says.
        return self._joined(self._joining.pop()) if self._joining else None

    def _take_away(self, entry: JournalEntry) -> None:
        if self._taken < 0:
            raise Defect("defect.journal_order", seq=entry.seq)
        self._taken -= 1

    def _joined(self, entry: JournalEntry) -> Step:
        step = Step(entry.seq, entry.edit, entry.project)
        while self._joining:
            step = Step(step.seq, merged(step.edit, self._joining.pop().edit), step.project)
        return step

    def _begin(self) -> None:
        """Read back to the last edit."""
        if self._is_begun:
            return
        self._is_begun = True
        for entry in self._entries:
            if entry.act is Act.DO:
                self._first = entry
                return
            self._after.append(entry)
            self._taken += 1 if entry.act is Act.UNDO else -1

    def _next(self) -> JournalEntry | None:
        if self._first is not None:
            entry, self._first = self._first, None
            return entry
        return next(self._entries, None)

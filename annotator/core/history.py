"""Undo and redo as a view of the journal: every edit, undo and redo of a set, in order.

The journal in the project file is the truth; replaying it gives the two stacks, so undo works
across restarts and without a limit. Entries that *join* the step before them (nudging a boundary,
typing in a field) are undone together with it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import assert_never

from annotator.core.edits import Edit, merged
from annotator.foundation.errors import Defect


class Act(Enum):
    """What a journal entry did."""

    DO = "do"
    UNDO = "undo"
    REDO = "redo"


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One act on a set. `edit` is what was applied: for an undo, the inverse.

    `seq` orders the entries of a project; `target` is the `seq` of the step that an undo or redo
    concerns; `at` is UTC in ISO 8601, for people and never for ordering.
    """

    seq: int
    act: Act
    edit: Edit
    at: str
    target: int | None = None
    joins: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """What one undo takes back: the `seq` of its first entry, and the whole edit."""

    seq: int
    edit: Edit


class History:
    """The two stacks of one annotation set."""

    def __init__(self, entries: Iterable[JournalEntry] = ()) -> None:
        self._done: list[Step] = []
        self._undone: list[Step] = []
        for entry in entries:
            self.record(entry)

    @property
    def next_undo(self) -> Step | None:
        """The step that undo would take back."""
        return self._done[-1] if self._done else None

    @property
    def next_redo(self) -> Step | None:
        """The step that redo would bring back."""
        return self._undone[-1] if self._undone else None

    @property
    def depth(self) -> int:
        """How many steps can be undone."""
        return len(self._done)

    def record(self, entry: JournalEntry) -> None:
        """Take an entry into account. A new edit clears what could be redone."""
        match entry.act:
            case Act.DO:
                self._do(entry)
            case Act.UNDO:
                self._undone.append(self._pop(self._done, entry))
            case Act.REDO:
                self._done.append(self._pop(self._undone, entry))
            case _:
                assert_never(entry.act)

    def _do(self, entry: JournalEntry) -> None:
        self._undone.clear()
        if entry.joins and self._done:
            last = self._done[-1]
            self._done[-1] = Step(last.seq, merged(last.edit, entry.edit))
        else:
            self._done.append(Step(entry.seq, entry.edit))

    @staticmethod
    def _pop(stack: list[Step], entry: JournalEntry) -> Step:
        if not stack or stack[-1].seq != entry.target:
            raise Defect("defect.journal_order", seq=entry.seq)
        return stack.pop()

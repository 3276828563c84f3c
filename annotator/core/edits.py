"""Edits: one undoable step as a value, made of before/after pairs."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from annotator.core.annotations import Record
from annotator.core.ids import RecordId
from annotator.foundation.errors import Defect


class Change(Struct, frozen=True):
    """One record before and after; None on one side means added or removed."""

    before: Record | None
    after: Record | None

    def __post_init__(self) -> None:
        if self.before is None and self.after is None:
            raise Defect("defect.empty_change")
        if self.before is not None and self.after is not None and self.before.id != self.after.id:
            raise Defect("defect.change_of_id", before=self.before.id, after=self.after.id)

    @property
    def id(self) -> RecordId:
        """The id of the record that changes."""
        return self.record.id

    @property
    def record(self) -> Record:
        """The record as it is afterwards, or as it was before it went."""
        record = self.after if self.after is not None else self.before
        assert record is not None  # the constructor refuses two empty sides
        return record

    @property
    def inverse(self) -> Change:
        """The change that takes this one back."""
        return Change(self.after, self.before)


class Focus(Struct, frozen=True):
    """Where the eye was: selection from `anchor` to `caret` and the selected annotation."""

    anchor: int
    caret: int
    selected: RecordId | None = None


class Edit(Struct, frozen=True):
    """One undoable step. `name` is a catalogue key (``edit.add_mention``).

    The changes concern different records; their order is that in which they apply.
    """

    name: str
    changes: tuple[Change, ...]
    focus: Focus | None = None

    @property
    def inverse(self) -> Edit:
        """The edit that takes this one back."""
        return Edit(self.name, tuple(c.inverse for c in reversed(self.changes)), self.focus)

    @property
    def is_empty(self) -> bool:
        """Whether the edit changes nothing."""
        return not self.changes

    def written(self) -> Iterator[Record]:
        """The records that are new or different after the edit."""
        return (c.after for c in self.changes if c.after is not None)

    def added(self) -> Iterator[Record]:
        """The records that are new after the edit."""
        return (c.after for c in self.changes if c.before is None and c.after is not None)

    def removed(self) -> Iterator[Record]:
        """The records that are gone after the edit."""
        return (c.before for c in self.changes if c.after is None and c.before is not None)


def merged(first: Edit, second: Edit) -> Edit:
    """One edit with the effect of `first` and then `second`; what cancels out disappears."""
    states: dict[RecordId, tuple[Record | None, Record | None]] = {}
    for change in (*first.changes, *second.changes):
        before = states[change.id][0] if change.id in states else change.before
        states[change.id] = (before, change.after)
    changes = tuple(Change(b, a) for b, a in states.values() if b != a)
    return Edit(second.name, changes, first.focus)

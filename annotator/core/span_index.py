"""Which annotations cover, overlap or surround an offset, without walking the whole set."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable

from annotator.core.annotations import Annotation, Event, Mention, Quote, Record, anchor_of
from annotator.core.edits import Edit
from annotator.core.ids import RecordId
from annotator.core.span import Span

_Entry = tuple[int, int, RecordId]


class SpanIndex:
    """Envelopes of mentions, triggers and quote contents, sorted by start.

    A query looks back from the offset by the longest envelope, so its cost follows how densely the
    neighbourhood is annotated and not the size of the set.
    """

    def __init__(self, annotations: Iterable[Annotation] = ()) -> None:
        self._entries: list[_Entry] = sorted(_entry(record) for record in annotations)
        self._longest = max((end - start for start, end, _ in self._entries), default=0)

    def __len__(self) -> int:
        return len(self._entries)

    def update(self, edit: Edit) -> None:
        """Follow an edit that has been applied to the set."""
        for change in edit.changes:
            if _is_annotation(change.before):
                entry = _entry(change.before)
                index = bisect_left(self._entries, entry)
                if index < len(self._entries) and self._entries[index] == entry:
                    del self._entries[index]
            if _is_annotation(change.after):
                entry = _entry(change.after)
                insort(self._entries, entry)
                self._longest = max(self._longest, entry[1] - entry[0])

    def overlapping(self, span: Span) -> list[RecordId]:
        """The annotations whose envelope shares a code point with `span`, by start."""
        first = bisect_left(self._entries, (span.start - self._longest, -1, RecordId("")))
        last = bisect_left(self._entries, (span.end, -1, RecordId("")))
        return [i for start, end, i in self._entries[first:last] if end > span.start]

    def covering(self, offset: int) -> list[RecordId]:
        """The annotations whose envelope holds the code point at `offset`, shortest first."""
        first = bisect_left(self._entries, (offset - self._longest, -1, RecordId("")))
        last = bisect_left(self._entries, (offset + 1, -1, RecordId("")))
        found = [(end - start, i) for start, end, i in self._entries[first:last] if end > offset]
        return [identifier for _, identifier in sorted(found)]

    def next_after(self, position: tuple[int, int, str]) -> RecordId | None:
        """The annotation that follows `position` (start, end, id), or None."""
        key = (position[0], position[1], RecordId(position[2]))
        index = bisect_right(self._entries, key)
        return self._entries[index][2] if index < len(self._entries) else None

    def last_before(self, position: tuple[int, int, str]) -> RecordId | None:
        """The annotation that precedes `position` (start, end, id), or None."""
        key = (position[0], position[1], RecordId(position[2]))
        index = bisect_left(self._entries, key)
        return self._entries[index - 1][2] if index else None


def _is_annotation(record: Record | None) -> bool:
    return isinstance(record, Mention | Event | Quote)


def _entry(record: Record | None) -> _Entry:
    assert isinstance(record, Mention | Event | Quote)  # callers ask _is_annotation first
    anchor = anchor_of(record)
    return anchor.start, anchor.end, record.id

"""Which annotations cover, overlap or surround an offset, without walking the whole set."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable
from typing import TypeAlias

from annotator.core.annotations import Annotation, Event, Mention, Quote, anchor_of
from annotator.core.edits import Change
from annotator.core.ids import RecordId, layer_and_number
from annotator.core.span import Span

Entry: TypeAlias = tuple[int, int, str, int, RecordId]
"""Start, end with a minus, layer, number and id: the order of reading."""


class SpanIndex:
    """Envelopes of mentions, triggers and quote contents, in reading order; a value.

    A query looks back from the offset by the longest envelope, so its cost follows how densely the
    neighbourhood is annotated and not the size of the set.
    """

    __slots__ = ("_entries", "_longest")

    def __init__(self, annotations: Iterable[Annotation] = ()) -> None:
        self._fill(sorted(map(_entry, annotations)))

    @classmethod
    def of_entries(cls, entries: Iterable[Entry], *, longest: int | None = None) -> SpanIndex:
        """The index of annotations of which only this is known.

        `longest` is the length of the longest envelope in code points, where it is known.
        """
        made = cls()
        if longest is None:
            made._fill(sorted(entries))
        else:
            made._entries, made._longest = sorted(entries), longest
        return made

    def _fill(self, entries: list[Entry]) -> None:
        self._entries = entries
        self._longest = max((-entry[1] - entry[0] for entry in entries), default=0)

    def __len__(self) -> int:
        return len(self._entries)

    def updated(self, changes: Iterable[Change]) -> SpanIndex:
        """The index after these changes of the set."""
        after = SpanIndex()
        after._entries, after._longest = self._entries.copy(), self._longest
        for change in changes:
            after._take(change)
        return after

    def _take(self, change: Change) -> None:
        if isinstance(change.before, Mention | Event | Quote):
            del self._entries[bisect_left(self._entries, _entry(change.before))]
        if isinstance(change.after, Mention | Event | Quote):
            entry = _entry(change.after)
            insort(self._entries, entry)
            self._longest = max(self._longest, _end(entry) - entry[0])

    def overlapping(self, span: Span) -> list[RecordId]:
        """The annotations whose envelope shares a code point with `span`, in reading order."""
        near = self._starting(span.start - self._longest, span.end)
        return [entry[-1] for entry in near if _end(entry) > span.start]

    def at(self, span: Span) -> list[RecordId]:
        """The annotations whose envelope is `span`."""
        key = (span.start, -span.end)
        found = []
        index = bisect_left(self._entries, key)
        while index < len(self._entries) and self._entries[index][:2] == key:
            found.append(self._entries[index][-1])
            index += 1
        return found

    def covering(self, offset: int) -> list[RecordId]:
        """The annotations whose envelope holds the code point at `offset`, shortest first.

        Of those as long as each other, events come before mentions before quotes, and of one
        layer the last that was made comes first.
        """
        near = self._starting(offset - self._longest, offset + 1)
        found = [entry for entry in near if _end(entry) > offset]
        found.sort(key=lambda entry: (_end(entry) - entry[0], entry[2], -entry[3]))
        return [entry[-1] for entry in found]

    def next_after(self, place: Annotation | int) -> RecordId | None:
        """The annotation that follows another, or the first that starts at an offset or later."""
        index = bisect_right(self._entries, _key(place))
        return self._entries[index][-1] if index < len(self._entries) else None

    def last_before(self, place: Annotation | int) -> RecordId | None:
        """The annotation that precedes another, or the last that starts before an offset."""
        index = bisect_left(self._entries, _key(place))
        return self._entries[index - 1][-1] if index else None

    def _starting(self, first: int, limit: int) -> list[Entry]:
        return self._entries[
            bisect_left(self._entries, (first,)) : bisect_left(self._entries, (limit,))
        ]


def reading_key(record: Annotation) -> tuple[int, int, str, int]:
    """Sort key: start, longer first, layer, number."""
    anchor = anchor_of(record)
    layer, number = layer_and_number(record.id)
    return anchor.start, -anchor.end, layer.value, number


def _entry(record: Annotation) -> Entry:
    return (*reading_key(record), record.id)


def _end(entry: Entry) -> int:
    return -entry[1]


def _key(place: Annotation | int) -> tuple[int] | Entry:
    return (place,) if isinstance(place, int) else _entry(place)

"""Which annotations cover, overlap or surround an offset, without walking the whole set."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable

from annotator.core.annotation_set import reading_key
from annotator.core.annotations import Annotation, Event, Mention, Quote
from annotator.core.edits import Edit
from annotator.core.ids import RecordId
from annotator.core.span import Span

_Entry = tuple[int, int, str, int, RecordId]


class SpanIndex:
    """Envelopes of mentions, triggers and quote contents, in reading order.

    A query looks back from the offset by the longest envelope, so its cost follows how densely the
    neighbourhood is annotated and not the size of the set.
    """

    def __init__(self, annotations: Iterable[Annotation] = ()) -> None:
        self._entries: list[_Entry] = sorted(map(_entry, annotations))
        self._longest = max((_end(entry) - entry[0] for entry in self._entries), default=0)

    def __len__(self) -> int:
        return len(self._entries)

    def update(self, edit: Edit) -> None:
        """Follow an edit that has been applied to the set."""
        for change in edit.changes:
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

    def _starting(self, first: int, limit: int) -> list[_Entry]:
        return self._entries[
            bisect_left(self._entries, (first,)) : bisect_left(self._entries, (limit,))
        ]


def _entry(record: Annotation) -> _Entry:
    return (*reading_key(record), record.id)


def _end(entry: _Entry) -> int:
    return -entry[1]


def _key(place: Annotation | int) -> tuple[int] | _Entry:
    return (place,) if isinstance(place, int) else _entry(place)

"""The pieces of text that annotations stand on, and sweeps over them in near linear time."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from itertools import accumulate
from typing import assert_never

from msgspec import Struct

from annotator.core.annotations import Event, Mention, Quote, SpanTarget, Target, parties_of
from annotator.core.findings import Facts
from annotator.core.ids import RecordId
from annotator.core.span import Fragments, Span


class Part(Enum):
    """What a piece of text is to its annotation."""

    MENTION = "mention"
    TRIGGER = "trigger"
    CONTENT = "content"
    CUE = "cue"
    MARK = "mark"
    TARGET = "target"


class Piece(Struct, frozen=True):
    """One piece of text of an annotation: a mention, trigger, cue, free argument …"""

    record: RecordId
    part: Part
    fragments: Fragments


def pieces(facts: Facts) -> Sequence[Piece]:
    """Every piece of every annotation, those that reach past the text too."""
    return facts.shared(_pieces)


def readable_pieces(facts: Facts) -> Sequence[Piece]:
    """The pieces that lie wholly inside the text."""
    return facts.shared(_readable)


def letters_of(facts: Facts) -> Letters:
    """The letters and digits of the text."""
    return facts.shared(_letters)


def _letters(facts: Facts) -> Letters:
    return Letters(facts.document.text)


def _readable(facts: Facts) -> tuple[Piece, ...]:
    length = len(facts.document.text)
    return tuple(piece for piece in pieces(facts) if piece.fragments.end <= length)


def _pieces(facts: Facts) -> tuple[Piece, ...]:
    return tuple(_each_piece(facts))


def _each_piece(facts: Facts) -> Iterator[Piece]:
    for record in facts.annotations.annotations():
        match record:
            case Mention():
                yield Piece(record.id, Part.MENTION, record.fragments)
            case Event():
                yield Piece(record.id, Part.TRIGGER, record.trigger)
                yield from _targets(record.id, (a.target for a in record.arguments))
            case Quote():
                yield from _quote_pieces(record)
            case _:
                assert_never(record)


def _quote_pieces(quote: Quote) -> Iterator[Piece]:
    yield Piece(quote.id, Part.CONTENT, quote.content)
    for mark in quote.marks:
        yield Piece(quote.id, Part.MARK, Fragments((mark,)))
    if quote.cue is not None:
        yield Piece(quote.id, Part.CUE, quote.cue)
    yield from _targets(quote.id, parties_of(quote))


def _targets(record: RecordId, targets: Iterable[Target]) -> Iterator[Piece]:
    for target in targets:
        if isinstance(target, SpanTarget):
            yield Piece(record, Part.TARGET, target.fragments)


class Letters:
    """How many letters and digits a span of one text holds, told in constant time."""

    def __init__(self, text: str) -> None:
        self._before = list(accumulate(map(str.isalnum, text), initial=0))

    def within(self, spans: Iterable[Span]) -> int:
        """The number of letters and digits in spans that do not overlap."""
        last = len(self._before) - 1
        return sum(
            self._before[min(span.end, last)] - self._before[min(span.start, last)]
            for span in spans
        )


class Reach:
    """How far to the end of the text the spans go that start at or before an offset."""

    def __init__(self, spans: Iterable[Span]) -> None:
        ordered = sorted(spans)
        self._starts = [span.start for span in ordered]
        self._ends = list(accumulate((span.end for span in ordered), max))

    def of(self, offset: int) -> int:
        """The furthest end among the spans that start at or before `offset`; 0 without any."""
        count = bisect_right(self._starts, offset)
        return self._ends[count - 1] if count else 0

    def covers(self, span: Span) -> bool:
        """Whether one of the spans contains `span`."""
        return self.of(span.start) >= span.end

    def meets(self, span: Span) -> bool:
        """Whether one of the spans shares a code point with `span`."""
        return self.of(span.end - 1) > span.start


def first_after(units: Sequence[Span], offset: int) -> int:
    """The index of the first unit that ends after `offset`; the units are in order."""
    return bisect_right(units, offset, key=lambda unit: unit.end)


def crosses_units(units: Sequence[Span], span: Span) -> bool:
    """Whether a span shares code points with two of the units, which are in order."""
    following = first_after(units, span.start) + 1
    return following < len(units) and units[following].start < span.end


def common_parts(left: Sequence[Span], right: Sequence[Span]) -> Iterator[Span]:
    """Where spans of both sequences overlap; each is in order and without overlap."""
    i = j = 0
    while i < len(left) and j < len(right):
        shared = left[i].clip(right[j])
        if shared is not None:
            yield shared
        if left[i].end <= right[j].end:
            i += 1
        else:
            j += 1


def closing_links(
    graph: Mapping[RecordId, Sequence[RecordId]],
) -> Iterator[tuple[RecordId, RecordId]]:
    """The links from one record to another that close a cycle, found depth first."""
    done: set[RecordId] = set()
    for root in graph:
        path: dict[RecordId, Iterator[RecordId]] = {}
        node: RecordId | None = None if root in done else root
        while node is not None:
            links = path.setdefault(node, iter(graph[node]))
            step: RecordId | None = None
            for target in links:
                if target in path:
                    yield node, target
                elif target in graph and target not in done:
                    step = target
                    break
            if step is None:
                done.add(node)
                del path[node]
                step = next(reversed(path), None)
            node = step

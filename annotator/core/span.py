"""Spans: half-open intervals of code points, and the algebra of one or several of them.

Offsets everywhere below ``ui/textview/offsets.py`` are *code points* of the stored text, 0-based,
in logical order, end excluded: exactly Python's slicing.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from annotator.foundation.errors import Refused


class Span(Struct, frozen=True, order=True, gc=False, array_like=True):
    """The code points ``start <= i < end`` of a document; never empty."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise Refused("refused.span_empty", start=self.start, end=self.end)

    def __len__(self) -> int:
        return self.end - self.start

    def contains(self, other: Span) -> bool:
        """Whether every code point of `other` is in this span."""
        return self.start <= other.start and other.end <= self.end

    def covers(self, offset: int) -> bool:
        """Whether the code point at `offset` is in this span."""
        return self.start <= offset < self.end

    def touches(self, offset: int) -> bool:
        """Whether a caret at `offset` stands in or at an edge of this span."""
        return self.start <= offset <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a code point."""
        return self.start < other.end and other.start < self.end

    def crosses(self, other: Span) -> bool:
        """Whether the two overlap and neither contains the other."""
        return self.overlaps(other) and not self.contains(other) and not other.contains(self)

    def clip(self, to: Span) -> Span | None:
        """The part of this span inside `to`, or None."""
        start, end = max(self.start, to.start), min(self.end, to.end)
        return Span(start, end) if start < end else None

    def of(self, text: str) -> str:
        """The text of this span."""
        return text[self.start : self.end]


class Fragments(Struct, frozen=True):
    """One or more spans in order, not touching, with an optional head.

    Triggers, cues and quote contents of Sorani light verbs are often discontinuous
    (``جەختی لە … کردووەتەوە``); the *head* is the one contiguous piece that trainers take.
    The head lies inside one of the spans.
    """

    spans: tuple[Span, ...]
    head: Span | None = None

    def __post_init__(self) -> None:
        if len(self.spans) == 1 and self.head is None:
            return
        if not self.spans:
            raise Refused("refused.fragments_empty")
        for left, right in zip(self.spans, self.spans[1:], strict=False):
            if right.start <= left.end:
                raise Refused("refused.fragments_order", start=right.start, end=right.end)
        if self.head is not None and not any(span.contains(self.head) for span in self.spans):
            raise Refused("refused.head_outside", start=self.head.start, end=self.head.end)

    @classmethod
    def at(cls, start: int, end: int) -> Fragments:
        """A single contiguous span without a head."""
        return cls((Span(start, end),))

    @classmethod
    def merged(cls, spans: Iterable[Span], head: Span | None = None) -> Fragments:
        """Fragments from spans in any order; overlapping and touching ones become one."""
        joined: list[Span] = []
        for span in sorted(spans):
            if joined and span.start <= joined[-1].end:
                joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
            else:
                joined.append(span)
        return cls(tuple(joined), head)

    @property
    def start(self) -> int:
        """Where the first fragment starts."""
        return self.spans[0].start

    @property
    def end(self) -> int:
        """Where the last fragment ends."""
        return self.spans[-1].end

    @property
    def envelope(self) -> Span:
        """The smallest span that contains every fragment."""
        return self.spans[0] if self.is_contiguous else Span(self.start, self.end)

    @property
    def is_contiguous(self) -> bool:
        """Whether there is only one fragment."""
        return len(self.spans) == 1

    def overlaps(self, other: Span) -> bool:
        """Whether any fragment shares a code point with `other`."""
        return any(span.overlaps(other) for span in self.spans)

    def contains(self, other: Span) -> bool:
        """Whether one fragment contains `other`."""
        return any(span.contains(other) for span in self.spans)

    def of(self, text: str) -> str:
        """The text of the fragments, joined by one space (the rule of brat and of gold JSON)."""
        if self.is_contiguous:
            return self.spans[0].of(text)
        return " ".join(span.of(text) for span in self.spans)

"""Annotations of a text on the same text with other spaces.

Formats of tokens tell no spaces: what is read from them has one between any two tokens. Such a text
has the same letters in the same order as the one it was made of, so each place has its place there.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TypeVar

from msgspec.structs import replace

from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import Argument, Event, Mention, Quote, Record, SpanTarget, Target
from annotator.core.span import Fragments, Span

_T = TypeVar("_T", bound=Target)


def letters_of(text: str) -> str:
    """The text without white space; two with the same letters may be compared."""
    return "".join(text.split())


class Respacing:
    """Carries places from one text over to another one with the same letters."""

    def __init__(self, theirs: str, ours: str) -> None:
        self._before = list(accumulate((not each.isspace() for each in theirs), initial=0))
        self._places = [place for place, each in enumerate(ours) if not each.isspace()]

    def carried(self, annotations: AnnotationSet) -> AnnotationSet:
        """The set as it is on our text."""
        records = {each.id: self._record(each) for each in annotations.records.values()}
        return AnnotationSet(records, annotations.last_numbers)

    def span(self, span: Span) -> Span:
        """The same letters on our text, without spaces at the edges; one of spaces is the letter
        behind them, else the last one.
        """
        first = min(self._before[span.start], len(self._places) - 1)
        last = max(self._before[span.end] - 1, first)
        return Span(self._places[first], self._places[last] + 1)

    def _fragments(self, fragments: Fragments) -> Fragments:
        head = fragments.head
        return Fragments.merged(map(self.span, fragments.spans), head and self.span(head))

    def _record(self, record: Record) -> Record:
        match record:
            case Mention():
                return replace(record, fragments=self._fragments(record.fragments))
            case Event():
                arguments = (Argument(a.role, self._target(a.target)) for a in record.arguments)
                trigger = self._fragments(record.trigger)
                return replace(record, trigger=trigger, arguments=tuple(arguments))
            case Quote():
                return self._quote(record)
            case _:
                return record

    def _quote(self, quote: Quote) -> Quote:
        who = quote.speaker.who
        return replace(
            quote,
            content=self._fragments(quote.content),
            marks=tuple(map(self.span, quote.marks)),
            cue=None if quote.cue is None else self._fragments(quote.cue),
            speaker=quote.speaker if who is None else replace(quote.speaker, who=self._target(who)),
            addressees=tuple(map(self._target, quote.addressees)),
        )

    def _target(self, target: _T) -> _T:
        if isinstance(target, SpanTarget):
            return replace(target, fragments=self._fragments(target.fragments))
        return target

"""What of all suggestions is shown: nothing on hand work, nothing refused, the best at each place.

Layers do not get in each other's way, except that a trigger inside a mention is part of a name.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Generic, TypeVar

from msgspec import Struct

from annotator.core.annotations import Annotation, Event, Mention, Quote, anchor_of
from annotator.core.categories import MentionLevel
from annotator.core.ids import Layer
from annotator.core.scheme import Scheme
from annotator.core.span import Fragments, Span
from annotator.suggest.base import Suggestion

LEAST_SCORE = 0.5
"""What is less likely than this is not shown."""

_WHOLE_NAMES = frozenset({"PER", "GPE", "LOC", "NORP"})

_CELL = 64
"""Code points of text whose things are kept together."""

_T = TypeVar("_T")

Place = tuple[Layer, tuple[Span, ...]]
_KINDS = {Layer.MENTION: Mention, Layer.EVENT: Event, Layer.QUOTE: Quote}


class Marks(Struct, frozen=True):
    """What is settled near a passage: its annotations, and the places of what was refused."""

    annotations: Sequence[Annotation] = ()
    refused: Collection[Place] = ()


def ranked(
    suggestions: Iterable[Suggestion], marks: Marks, scheme: Scheme
) -> tuple[Suggestion, ...]:
    """The suggestions to show, in reading order; of those that overlap in a layer only the best.

    The longer one is better, for the shorter is a part of it; of equally long ones the one with
    the higher score.
    """
    taken: _Neighbours[Annotation] = _Neighbours()
    for record in marks.annotations:
        taken.add(anchor_of(record), record)
    free = [
        one
        for one in suggestions
        if one.score >= LEAST_SCORE
        and one.proposal.place not in marks.refused
        and not any(_is_taken(one, other, scheme) for other in _rivals(one, taken))
    ]
    free.sort(
        key=lambda one: (
            one.proposal.layer is Layer.EVENT,
            -_length(one.fragments),
            -one.score,
            one.id,
        )
    )
    chosen: list[Suggestion] = []
    places: _Neighbours[Suggestion] = _Neighbours()
    for suggestion in free:
        near = places.near(suggestion.fragments)
        if not any(_excludes(better, suggestion) for better in near):
            chosen.append(suggestion)
            places.add(suggestion.fragments, suggestion)
    chosen.sort(key=lambda one: (one.fragments.start, -one.fragments.end, one.id))
    return tuple(chosen)


class _Neighbours(Generic[_T]):
    """Things by place, so that each is compared only with those around it.

    A passage that is full of names has hundreds of both.
    """

    def __init__(self) -> None:
        self._cells: dict[int, list[tuple[int, int, _T]]] = {}

    def add(self, place: Fragments, thing: _T) -> None:
        """Put a thing at the envelope of its pieces."""
        for cell in _cells(place):
            self._cells.setdefault(cell, []).append((place.start, place.end, thing))

    def near(self, place: Fragments) -> Iterator[_T]:
        """The things whose envelopes overlap that of a place; some more than once."""
        start, end = place.start, place.end
        for cell in _cells(place):
            for first, last, thing in self._cells.get(cell, ()):
                if first < end and start < last:
                    yield thing


def _cells(place: Fragments) -> range:
    return range(place.start // _CELL, (place.end - 1) // _CELL + 1)


def _length(fragments: Fragments) -> int:
    return sum(map(len, fragments.spans))


def _rivals(suggestion: Suggestion, taken: _Neighbours[Annotation]) -> Iterator[Annotation]:
    """The annotations that may stand in the way: those of its layer, for a trigger mentions too."""
    layer = suggestion.proposal.layer
    kind = _KINDS[layer]
    for record in taken.near(suggestion.fragments):
        if isinstance(record, kind) or (layer is Layer.EVENT and isinstance(record, Mention)):
            yield record


def _is_taken(suggestion: Suggestion, other: Annotation, scheme: Scheme) -> bool:
    """Whether an annotation takes the place of a suggestion.

    A name may be suggested inside a longer mention where the scheme lets it lie there, but not in
    a name of a person, place or people, which is one whole; and a quote inside a longer quote.
    Nothing is suggested around or across what is marked.
    """
    anchor = anchor_of(other)
    spans = suggestion.fragments.spans
    if not any(anchor.overlaps(span) for span in spans):
        return False
    if isinstance(other, Event) or suggestion.proposal.layer is Layer.EVENT:
        return True
    is_inside = anchor.spans != spans and all(anchor.contains(span) for span in spans)
    if isinstance(other, Mention):
        is_whole = other.label in _WHOLE_NAMES and other.level is MentionLevel.NAM
        may_nest = scheme.may_nest(other.label, suggestion.proposal.label)
        return is_whole or not (is_inside and may_nest)
    return not is_inside


def _excludes(better: Suggestion, other: Suggestion) -> bool:
    """Whether of two suggestions whose envelopes overlap only the better one is shown."""
    if not any(better.fragments.overlaps(span) for span in other.fragments.spans):
        return False
    layer, other_layer = better.proposal.layer, other.proposal.layer
    if layer is Layer.QUOTE and other_layer is Layer.QUOTE:
        return not better.span.contains(other.span)
    return layer is other_layer or (layer is Layer.MENTION and other_layer is Layer.EVENT)

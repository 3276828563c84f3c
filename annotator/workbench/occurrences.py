"""Where else in its document the text of a mention stands, and what is marked there already."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from enum import Enum

from msgspec import Struct

from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import Mention
from annotator.core.document import Document
from annotator.core.ids import RecordId
from annotator.core.scheme import LabelGroup, Scheme
from annotator.core.span import Span
from annotator.foundation.errors import Refused
from annotator.kurdish.normalize import FoldLevel
from annotator.kurdish.search import SearchIndex

_STEM_POLICY = "stem"


class PlaceState(Enum):
    """What stands at a place where a mention could be marked."""

    SAME = "same"
    """A mention of the same label: the place is done."""

    LABELLED = "labelled"
    """A mention of the same text with another label."""

    NESTED = "nested"
    """Another mention that lies around it or in it, as the scheme lets them."""

    OVERLAPPING = "overlapping"
    """Another mention that shares text with it, as the scheme does not let them."""

    FREE = "free"
    """No mention."""


class Occurrence(Struct, frozen=True):
    """One place of a text, its state, and the mention that makes it so."""

    span: Span
    state: PlaceState
    other: Mention | None = None


def occurrences(
    document: Document,
    annotations: AnnotationSet,
    mention: Mention,
    *,
    scheme: Scheme,
    index: SearchIndex,
    near: int | None = None,
) -> tuple[Occurrence, ...]:
    """Every place of the document where the text of `mention` stands, its own among them.

    Compared as whole words in the spelling fold, and where the guideline cuts at the stem, final
    clitics stay outside. `index` is the index of the text of the document. In reading order, or
    the nearest to the offset `near` first. Raises `Refused` for a mention in several pieces.
    """
    if not mention.fragments.is_contiguous:
        raise Refused("refused.mark_all_in_pieces")
    own = mention.fragments.spans[0]
    text = own.of(document.text)
    places = _places(index, [own], text, with_clitics=_cuts_at_stems(scheme))
    found = _with_states(places, annotations, mention.label, scheme)
    if near is None:
        return tuple(found)
    return tuple(sorted(found, key=lambda one: (_distance(one.span, near), one.span)))


def occurrences_of(
    text: str, annotations: AnnotationSet, *, label: str, scheme: Scheme, index: SearchIndex
) -> tuple[Occurrence, ...]:
    """Every place of another document where `text` stands, and what marking it so would mean.

    `index` is the index of the text of that document, `annotations` the set on it.
    """
    places = _places(index, [], text, with_clitics=_cuts_at_stems(scheme))
    return tuple(_with_states(places, annotations, label, scheme))


def _cuts_at_stems(scheme: Scheme) -> bool:
    return scheme.guideline.boundary_policy == _STEM_POLICY


def _with_states(
    places: list[Span], annotations: AnnotationSet, label: str, scheme: Scheme
) -> Iterator[Occurrence]:
    neighbours = _Neighbours(annotations.mentions())
    return (_occurrence(place, label, neighbours, scheme) for place in places)


def _places(index: SearchIndex, own: list[Span], text: str, *, with_clitics: bool) -> list[Span]:
    """The span itself, then what is written alike, then what is only spelled alike.

    What comes later gives way: in بارزانیی the looser fold takes both ی for one letter of the
    name, the stricter one leaves the second outside as a clitic.
    """
    places = own.copy()
    for level in (FoldLevel.ENCODING, FoldLevel.ORTHOGRAPHIC):
        hits = index.find_all(text, level=level, whole_words=True, with_clitics=with_clitics)
        taken = sorted(places)
        places += [hit for hit in hits if not _meets(taken, hit)]
    return sorted(places)


def _meets(taken: list[Span], hit: Span) -> bool:
    """Whether `hit` overlaps one of the spans, which are in order and without overlap."""
    after = bisect_left(taken, hit.end, key=lambda span: span.start)
    return after > 0 and taken[after - 1].overlaps(hit)


def _distance(span: Span, offset: int) -> int:
    return max(span.start - offset, offset - span.end, 0)


class _Neighbours:
    """The fragments of mentions in order, to be asked which of them meet a span."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        pieces = ((span, mention) for mention in mentions for span in mention.fragments.spans)
        self._pieces = sorted(pieces, key=lambda piece: piece[0])
        self._longest = max((len(span) for span, _ in self._pieces), default=0)

    def meeting(self, span: Span) -> Iterator[Mention]:
        """The mentions that share text with `span`, by the start of the piece that does."""
        first = bisect_left(
            self._pieces, span.start - self._longest, key=lambda piece: piece[0].start
        )
        seen: set[RecordId] = set()
        for piece, mention in self._pieces[first:]:
            if piece.start >= span.end:
                return
            if piece.overlaps(span) and mention.id not in seen:
                seen.add(mention.id)
                yield mention


def _occurrence(place: Span, label: str, neighbours: _Neighbours, scheme: Scheme) -> Occurrence:
    """The place with the weightiest of what stands there."""
    found: dict[PlaceState, Mention] = {}
    for other in neighbours.meeting(place):
        found.setdefault(_state(place, label, other, scheme), other)
    for state in PlaceState:
        if state in found:
            return Occurrence(place, state, None if state is PlaceState.FREE else found[state])
    return Occurrence(place, PlaceState.FREE)


def _state(place: Span, label: str, other: Mention, scheme: Scheme) -> PlaceState:
    """What `other`, which shares text with the place, means for marking it with a label."""
    if other.fragments.spans == (place,):
        if other.label == label:
            return PlaceState.SAME
        lies_over = LabelGroup.OVERLAY in (_group(scheme, other.label), _group(scheme, label))
        return PlaceState.FREE if lies_over else PlaceState.LABELLED
    outer, inner = other.label, label
    if place.contains(other.fragments.envelope):
        outer, inner = label, other.label
    elif not other.fragments.contains(place):
        return PlaceState.OVERLAPPING
    return PlaceState.NESTED if scheme.may_nest(outer, inner) else PlaceState.OVERLAPPING


def _group(scheme: Scheme, label: str) -> LabelGroup | None:
    return scheme.label(label).group if scheme.has_label(label) else None

"""Where spans of layers stand, when they are made of pieces, and what they are called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from functools import lru_cache
from typing import TypeVar

from annotator.core.span import Fragments
from annotator.formats.layer_spans import FRAGMENTS, HEAD, VALUE, LayerSpan, Link

_E = TypeVar("_E", bound=Enum)
_LABELS = (VALUE, "label", "type", "category", "kind", "class", "name")
"""Features whose value is the label of a span, in the order in which they are looked for."""


def label_of(one: LayerSpan) -> tuple[str, tuple[str, ...]]:
    """The label of a span, and the feature that tells it; else its layer, and none."""
    for feature in _LABELS:
        told = one.values.get(feature)
        if told:
            return told, (feature,)
    return one.name, ()


def one_of(kind: type[_E], told: str | None) -> _E | None:
    """The member of an enum with this value."""
    return None if told is None else _members(kind).get(told)


@lru_cache
def _members(kind: type[_E]) -> dict[str, _E]:
    return {member.value: member for member in kind}


def fragments_of(one: LayerSpan, spans: Mapping[str, LayerSpan]) -> Fragments:
    """The pieces of a span that is not empty: those it links to, else what it covers."""
    links = one.links.get(FRAGMENTS, ())
    pieces = pieces_of(links, spans) if links else None
    if pieces is not None:
        return pieces
    whole = Fragments(one.spans) if len(one.spans) == 1 else Fragments.merged(one.spans)
    return with_head(whole, _head(links, spans)) if links else whole


def pieces_of(links: Sequence[Link], spans: Mapping[str, LayerSpan]) -> Fragments | None:
    """The pieces that are linked to, without the head, which is a part of one of them."""
    told = [spans.get(link.target) for link in links if link.role != HEAD]
    found = [span for one in told if one is not None for span in one.spans]
    if not found:
        return None
    return with_head(Fragments.merged(found), _head(links, spans))


def with_head(fragments: Fragments, head: LayerSpan | None) -> Fragments:
    """The fragments with this head, where it lies inside of one of them."""
    if head is None or not head.spans or not fragments.contains(head.spans[0]):
        return fragments
    return Fragments(fragments.spans, head.spans[0])


def _head(links: Sequence[Link], spans: Mapping[str, LayerSpan]) -> LayerSpan | None:
    return next((spans.get(link.target) for link in links if link.role == HEAD), None)

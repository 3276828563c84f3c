"""The labelling configuration for Label Studio: what of a scheme can be marked there, and how."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator

from annotator.core.scheme import Scheme
from annotator.formats.span_graph import (
    ADDRESSEE,
    ARGUMENT,
    CUE,
    NEXT,
    PARENT,
    SPEAKER,
    NodeKind,
)

TEXT = "text"
"""The name of the text in the configuration, and of its field in the data of a task."""

PARTS = (ARGUMENT, CUE, SPEAKER, ADDRESSEE)
_PART_COLOR = "#8a8f98"


def labelling_config(scheme: Scheme) -> bytes:
    """The configuration as XML: a row of labels for each kind of span, and the relations.

    The text runs from right to left, which Label Studio does not see by itself.
    """
    return "".join(f"{line}\n" for line in _lines(scheme)).encode()


def _lines(scheme: Scheme) -> Iterator[str]:
    yield "<View>"
    yield '  <View style="direction: rtl; text-align: right">'
    yield f'    <Text name="{TEXT}" value="${TEXT}" granularity="symbol"/>'
    yield "  </View>"
    labels = ((label.id, label.name.en, label.color) for label in scheme.labels)
    yield from _labels(NodeKind.MENTION, labels)
    events = ((kind.id, kind.name.en, kind.color) for kind in scheme.event_types)
    yield from _labels(NodeKind.EVENT, events)
    quotes = ((kind.id, kind.name.en, scheme.quote_color) for kind in scheme.quote_types)
    yield from _labels(NodeKind.QUOTE, quotes)
    yield from _labels(NodeKind.PART, ((part, part, _PART_COLOR) for part in PARTS))
    yield "  <Relations>"
    for role in relation_labels(scheme):
        yield f'    <Relation value="{role}"/>'
    yield "  </Relations>"
    yield "</View>"


def _labels(kind: NodeKind, labels: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    yield f'  <Labels name="{kind.value}" toName="{TEXT}">'
    for identifier, name, color in labels:
        hint = html.escape(name)
        yield f'    <Label value="{identifier}" hint="{hint}" background="{color}"/>'
    yield "  </Labels>"


def relation_labels(scheme: Scheme) -> tuple[str, ...]:
    """Every role of the scheme, and what leads from a quote and from a piece to the next."""
    roles = (role.id for kind in scheme.event_types for role in kind.roles)
    return tuple(dict.fromkeys((*roles, CUE, SPEAKER, ADDRESSEE, PARENT, NEXT)))

"""What an annotation says, part by part, so that annotations of two sets can be compared.

Records of other sets have other ids, so what is referred to is told by the key of its unit: two
events have the same argument where the mentions in it are one unit, whatever their edges.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from types import MappingProxyType
from typing import TypeAlias, assert_never

from annotator.core.annotations import (
    Annotation,
    Attributes,
    Entity,
    Event,
    EventTarget,
    ImplicitTarget,
    Mention,
    MentionTarget,
    Quote,
    QuoteTarget,
    SpanTarget,
    Target,
)
from annotator.core.ids import RecordId


class Difference(Enum):
    """In what annotators differ about one unit; ``adjudication.differs.<value>`` is its word."""

    MISSING = "missing"
    BOUNDARY = "boundary"
    LABEL = "label"
    NAME = "name"
    ATTRIBUTE = "attribute"
    ENTITY = "entity"
    ARGUMENT = "argument"
    CUE = "cue"
    SPEAKER = "speaker"
    ADDRESSEE = "addressee"
    PARENT = "parent"


KeyOf: TypeAlias = Callable[[RecordId], str]
"""Gives the key of the unit that a record of the same set belongs to."""

Saying: TypeAlias = Mapping[Difference, object]
"""What is compared, by the difference it makes."""


def saying_of(record: Annotation | Entity, key_of: KeyOf, cluster: object) -> Saying:
    """What a record says; `cluster` tells which units are one happening, or one saying, with it."""
    match record:
        case Mention():
            said: dict[Difference, object] = {
                Difference.BOUNDARY: record.fragments,
                Difference.LABEL: record.label,
                Difference.ATTRIBUTE: (record.level, _pairs(record.attrs)),
                Difference.ENTITY: None if record.entity is None else key_of(record.entity),
            }
        case Entity():
            said = {
                Difference.LABEL: record.label,
                Difference.NAME: (record.name, _pairs(record.kb)),
            }
        case Event():
            arguments = ((a.role, target_key(a.target, key_of)) for a in record.arguments)
            said = {
                Difference.BOUNDARY: record.trigger,
                Difference.LABEL: record.type,
                Difference.ATTRIBUTE: (
                    record.realis,
                    record.polarity,
                    _pairs(record.attrs),
                    cluster,
                ),
                Difference.ARGUMENT: tuple(sorted(arguments)),
            }
        case Quote():
            said = _of_quote(record, key_of, cluster)
        case _:
            assert_never(record)
    return MappingProxyType(said)


def _of_quote(quote: Quote, key_of: KeyOf, cluster: object) -> dict[Difference, object]:
    speaker = quote.speaker
    who = None if speaker.who is None else target_key(speaker.who, key_of)
    return {
        Difference.BOUNDARY: (quote.content, tuple(sorted(quote.marks))),
        Difference.LABEL: quote.type,
        Difference.ATTRIBUTE: (_pairs(quote.attrs), cluster),
        Difference.CUE: quote.cue,
        Difference.SPEAKER: (who, speaker.form, speaker.evidence),
        Difference.ADDRESSEE: tuple(sorted(target_key(each, key_of) for each in quote.addressees)),
        Difference.PARENT: None if quote.parent is None else key_of(quote.parent),
    }


def _pairs(told: Attributes) -> Attributes:
    """Named values in one order: that in which they came to a set says nothing."""
    return tuple(sorted(told))


def target_key(target: Target, key_of: KeyOf) -> str:
    """What a target comes to: the unit it names, or its text and the unit of its entity."""
    match target:
        case MentionTarget(identifier) | EventTarget(identifier) | QuoteTarget(identifier):
            return key_of(identifier)
        case ImplicitTarget(entity):
            return key_of(entity)
        case SpanTarget(fragments, entity):
            places = ",".join(f"{span.start}-{span.end}" for span in fragments.spans)
            return f"text:{places}" if entity is None else f"text:{places}={key_of(entity)}"
        case _:
            assert_never(target)

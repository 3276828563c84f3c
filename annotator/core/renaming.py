"""Records under other ids: what a merge needs to bring two sets into one numbering."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar, assert_never

from msgspec.structs import replace

from annotator.core.annotations import (
    Argument,
    Entity,
    Event,
    EventTarget,
    ImplicitTarget,
    Mention,
    MentionTarget,
    Quote,
    QuoteTarget,
    Record,
    StatusRecord,
    SuggestionDecision,
    Target,
)
from annotator.core.ids import RecordId
from annotator.core.provenance import BY_HAND

_T = TypeVar("_T", bound=Target)

_NOBODY = RecordId("")


def renamed(record: Record, ids: Mapping[RecordId, RecordId]) -> Record:
    """The record with its id and all it refers to under new ids; an id not in `ids` stays."""
    own = ids.get(record.id, record.id)
    match record:
        case Mention():
            return replace(record, id=own, entity=_known(record.entity, ids))
        case Event():
            arguments = tuple(Argument(a.role, _target(a.target, ids)) for a in record.arguments)
            return replace(record, id=own, arguments=arguments)
        case Quote():
            return replace(
                record,
                id=own,
                speaker=record.speaker
                if record.speaker.who is None
                else replace(record.speaker, who=_target(record.speaker.who, ids)),
                addressees=tuple(_target(party, ids) for party in record.addressees),
                parent=_known(record.parent, ids),
            )
        case Entity() | StatusRecord() | SuggestionDecision():
            return replace(record, id=own)
        case _:
            assert_never(record)


def content_of(record: Record) -> Record:
    """What a record says, whatever its id and wherever it comes from; to compare two."""
    match record:
        case Mention() | Entity() | Event() | Quote():
            return replace(record, id=_NOBODY, provenance=BY_HAND)
        case StatusRecord() | SuggestionDecision():
            return replace(record, id=_NOBODY)
        case _:
            assert_never(record)


def _known(identifier: RecordId | None, ids: Mapping[RecordId, RecordId]) -> RecordId | None:
    return None if identifier is None else ids.get(identifier, identifier)


def _target(target: _T, ids: Mapping[RecordId, RecordId]) -> _T:
    if isinstance(target, MentionTarget):
        return replace(target, mention=ids.get(target.mention, target.mention))
    if isinstance(target, EventTarget):
        return replace(target, event=ids.get(target.event, target.event))
    if isinstance(target, QuoteTarget):
        return replace(target, quote=ids.get(target.quote, target.quote))
    if isinstance(target, ImplicitTarget):
        return replace(target, entity=ids.get(target.entity, target.entity))
    return replace(target, entity=_known(target.entity, ids))

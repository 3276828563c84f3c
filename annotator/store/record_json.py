"""Records as JSON: every field, always, in one order, so that equal records give equal bytes.

The bodies in the project file are what this module writes. Pairs of attributes stay lists of pairs,
because their order is part of the record.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, TypeAlias, assert_never

import orjson

from annotator.core.annotations import (
    Argument,
    Attributes,
    Coverage,
    Entity,
    Event,
    EventTarget,
    Evidence,
    ImplicitTarget,
    Mention,
    MentionLevel,
    MentionTarget,
    Party,
    Polarity,
    Quote,
    QuoteTarget,
    QuoteType,
    Realis,
    Record,
    SetStatus,
    SpanTarget,
    Speaker,
    SpeakerForm,
    StatusRecord,
    SuggestionDecision,
    Target,
)
from annotator.core.ids import Layer, RecordId, layer_and_number
from annotator.core.proposals import Proposal, Verdict
from annotator.core.provenance import Origin, Provenance
from annotator.core.span import Fragments, Span

Json: TypeAlias = dict[str, Any]


def canonical(value: object) -> str:
    """JSON with sorted keys and no spaces."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode("utf-8")


def record_to_json(record: Record) -> Json:
    """A record as values that JSON can hold."""
    match record:
        case Mention():
            return {
                "layer": Layer.MENTION.value,
                "id": record.id,
                "label": record.label,
                "fragments": _fragments_out(record.fragments),
                "level": record.level.value,
                "entity": record.entity,
                "attrs": record.attrs,
                "provenance": _provenance_out(record.provenance),
            }
        case Entity():
            return {
                "layer": Layer.ENTITY.value,
                "id": record.id,
                "label": record.label,
                "name": record.name,
                "kb": record.kb,
                "provenance": _provenance_out(record.provenance),
            }
        case Event():
            return _event_out(record)
        case Quote():
            return _quote_out(record)
        case StatusRecord():
            return {
                "layer": Layer.STATUS.value,
                "id": record.id,
                "status": record.status.value,
                "mentions": record.mentions.value,
                "events": record.events.value,
                "quotes": record.quotes.value,
            }
        case SuggestionDecision():
            return _decision_out(record)
        case _:
            assert_never(record)


def record_from_json(body: Json) -> Record:
    """The record that `record_to_json` wrote.

    Raises `KeyError`, `TypeError`, `ValueError` or an `AnnotatorError` for anything else; `rows`
    turns them into a sentence that names the record.
    """
    layer, _ = layer_and_number(_text(body["id"]))
    if layer is not Layer(body["layer"]):
        raise ValueError(body["layer"])
    match layer:
        case Layer.MENTION:
            return _mention_in(body)
        case Layer.ENTITY:
            return Entity(
                id=RecordId(body["id"]),
                label=_text(body["label"]),
                name=_text(body["name"]),
                kb=_pairs_in(body["kb"]),
                provenance=_provenance_in(**body["provenance"]),
            )
        case Layer.EVENT:
            return _event_in(body)
        case Layer.QUOTE:
            return _quote_in(body)
        case Layer.STATUS:
            return StatusRecord(
                id=RecordId(body["id"]),
                status=SetStatus(body["status"]),
                mentions=Coverage(body["mentions"]),
                events=Coverage(body["events"]),
                quotes=Coverage(body["quotes"]),
            )
        case Layer.DECISION:
            return _decision_in(body)
        case _:
            assert_never(layer)


def _event_out(event: Event) -> Json:
    return {
        "layer": Layer.EVENT.value,
        "id": event.id,
        "type": event.type,
        "trigger": _fragments_out(event.trigger),
        "arguments": [
            {"role": argument.role, "target": _target_out(argument.target)}
            for argument in event.arguments
        ],
        "realis": event.realis.value,
        "polarity": event.polarity.value,
        "cluster": event.cluster,
        "attrs": event.attrs,
        "provenance": _provenance_out(event.provenance),
    }


def _quote_out(quote: Quote) -> Json:
    speaker = quote.speaker
    return {
        "layer": Layer.QUOTE.value,
        "id": quote.id,
        "type": quote.type.value,
        "content": _fragments_out(quote.content),
        "marks": [_span_out(mark) for mark in quote.marks],
        "cue": None if quote.cue is None else _fragments_out(quote.cue),
        "speaker": {
            "who": None if speaker.who is None else _target_out(speaker.who),
            "form": speaker.form.value,
            "evidence": speaker.evidence.value,
        },
        "addressees": [_target_out(party) for party in quote.addressees],
        "parent": quote.parent,
        "cluster": quote.cluster,
        "attrs": quote.attrs,
        "provenance": _provenance_out(quote.provenance),
    }


def _decision_out(decision: SuggestionDecision) -> Json:
    proposal = decision.proposal
    return {
        "layer": Layer.DECISION.value,
        "id": decision.id,
        "verdict": decision.verdict.value,
        "proposal": {
            "suggester": proposal.suggester,
            "layer": proposal.layer.value,
            "label": proposal.label,
            "fragments": _fragments_out(proposal.fragments),
        },
    }


def _target_out(target: Target) -> Json:
    match target:
        case MentionTarget(mention):
            return {"mention": mention}
        case EventTarget(event):
            return {"event": event}
        case QuoteTarget(quote):
            return {"quote": quote}
        case ImplicitTarget(entity):
            return {"implicit": entity}
        case SpanTarget(fragments, entity):
            return {"span": _fragments_out(fragments), "entity": entity}
        case _:
            assert_never(target)


def _span_out(span: Span) -> list[int]:
    return [span.start, span.end]


def _fragments_out(fragments: Fragments) -> Json:
    head = fragments.head
    return {
        "spans": [_span_out(span) for span in fragments.spans],
        "head": None if head is None else _span_out(head),
    }


def _provenance_out(provenance: Provenance) -> Json:
    return {"origin": provenance.origin.value, "detail": provenance.detail}


def _mention_in(body: Json) -> Mention:
    return Mention(
        id=RecordId(body["id"]),
        label=_text(body["label"]),
        fragments=_fragments_in(body["fragments"]),
        level=MentionLevel(body["level"]),
        entity=_reference_in(body["entity"], Layer.ENTITY),
        attrs=_pairs_in(body["attrs"]),
        provenance=_provenance_in(**body["provenance"]),
    )


def _event_in(body: Json) -> Event:
    return Event(
        id=RecordId(body["id"]),
        type=_text(body["type"]),
        trigger=_fragments_in(body["trigger"]),
        arguments=tuple(
            Argument(_text(item["role"]), _target_in(item["target"])) for item in body["arguments"]
        ),
        realis=Realis(body["realis"]),
        polarity=Polarity(body["polarity"]),
        cluster=_optional_text(body["cluster"]),
        attrs=_pairs_in(body["attrs"]),
        provenance=_provenance_in(**body["provenance"]),
    )


def _quote_in(body: Json) -> Quote:
    cue, speaker = body["cue"], body["speaker"]
    who = speaker["who"]
    return Quote(
        id=RecordId(body["id"]),
        type=QuoteType(body["type"]),
        content=_fragments_in(body["content"]),
        marks=tuple(_span_in(mark) for mark in body["marks"]),
        cue=None if cue is None else _fragments_in(cue),
        speaker=Speaker(
            who=None if who is None else _party_in(who),
            form=SpeakerForm(speaker["form"]),
            evidence=Evidence(speaker["evidence"]),
        ),
        addressees=tuple(_party_in(party) for party in body["addressees"]),
        parent=_reference_in(body["parent"], Layer.QUOTE),
        cluster=_optional_text(body["cluster"]),
        attrs=_pairs_in(body["attrs"]),
        provenance=_provenance_in(**body["provenance"]),
    )


def _decision_in(body: Json) -> SuggestionDecision:
    proposal = body["proposal"]
    return SuggestionDecision(
        id=RecordId(body["id"]),
        verdict=Verdict(body["verdict"]),
        proposal=Proposal(
            suggester=_text(proposal["suggester"]),
            layer=Layer(proposal["layer"]),
            label=_text(proposal["label"]),
            fragments=_fragments_in(proposal["fragments"]),
        ),
    )


def _target_in(value: Json) -> Target:
    match value:
        case {"event": event}:
            return EventTarget(_id_in(event, Layer.EVENT))
        case {"quote": quote}:
            return QuoteTarget(_id_in(quote, Layer.QUOTE))
    return _party_in(value)


def _party_in(value: Json) -> Party:
    match value:
        case {"mention": mention}:
            return MentionTarget(_id_in(mention, Layer.MENTION))
        case {"implicit": entity}:
            return ImplicitTarget(_id_in(entity, Layer.ENTITY))
        case {"span": fragments, "entity": entity}:
            return SpanTarget(_fragments_in(fragments), _reference_in(entity, Layer.ENTITY))
    raise ValueError(value)


def _span_in(value: object) -> Span:
    match value:
        case [int(start), int(end)] if not isinstance(start, bool) and not isinstance(end, bool):
            return Span(start, end)
    raise ValueError(value)


def _fragments_in(value: Json) -> Fragments:
    head = value["head"]
    return Fragments(
        tuple(_span_in(span) for span in value["spans"]),
        None if head is None else _span_in(head),
    )


@lru_cache(maxsize=64)
def _provenance_in(origin: str, detail: str) -> Provenance:
    return Provenance(Origin(origin), _text(detail))


def _pairs_in(value: list[list[str]]) -> Attributes:
    return tuple((_text(name), _text(text)) for name, text in value)


def _reference_in(value: object, layer: Layer) -> RecordId | None:
    return None if value is None else _id_in(value, layer)


def _id_in(value: object, layer: Layer) -> RecordId:
    text = _text(value)
    if layer_and_number(text)[0] is not layer:
        raise ValueError(value)
    return RecordId(text)


def _optional_text(value: object) -> str | None:
    return None if value is None else _text(value)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value

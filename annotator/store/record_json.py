"""Records as JSON: every field, always, in one order, so that equal records give equal bytes.

The bodies in the project file are what this module writes. Pairs of attributes stay lists of pairs,
because their order is part of the record. A span is a list of two, and the layer stands beside the
fields, as `core.annotations` tells msgspec.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache, partial
from typing import Any, TypeAlias, assert_never, cast

from msgspec import MsgspecError, Struct, json, to_builtins
from msgspec.json import Decoder, Encoder

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
    layer_of,
)
from annotator.core.ids import Layer, RecordId, layer_and_number
from annotator.core.proposals import Proposal, Verdict
from annotator.core.provenance import Origin, Provenance
from annotator.core.span import Fragments, Span

Json: TypeAlias = dict[str, Any]


@cache
def _encoder() -> Callable[[object], bytes]:
    """What writes JSON, loaded when something is written first: a start only reads."""
    import orjson

    return partial(orjson.dumps, option=orjson.OPT_SORT_KEYS)


def canonical(value: object) -> str:
    """JSON with sorted keys and no spaces."""
    return _encoder()(value).decode("utf-8")


def parsed(text: str) -> Any:  # noqa: ANN401 - JSON, judged by its reader
    """The values of a JSON text. Raises `ValueError` where it is none, or goes too deep."""
    try:
        return json.decode(text)
    except RecursionError as error:
        raise ValueError(text) from error


class _Argument(Struct, frozen=True):
    role: str
    target: Json


class _Event(Struct, frozen=True, tag_field="layer", tag="event"):
    """An event with targets as they are stored.

    They differ by their fields, which msgspec writes, but cannot tell from each other.
    """

    id: RecordId
    type: str
    trigger: Fragments
    arguments: tuple[_Argument, ...]
    realis: Realis
    polarity: Polarity
    cluster: str | None
    attrs: Attributes
    provenance: Provenance

    def made(self) -> Event:
        """The event."""
        return Event(
            self.id,
            self.type,
            self.trigger,
            tuple([Argument(one.role, _target_in(one.target)) for one in self.arguments]),
            self.realis,
            self.polarity,
            self.cluster,
            self.attrs,
            self.provenance,
        )


class _Speaker(Struct, frozen=True):
    who: Json | None
    form: SpeakerForm
    evidence: Evidence


class _Quote(Struct, frozen=True, tag_field="layer", tag="quote"):
    """A quote with parties as they are stored."""

    id: RecordId
    type: QuoteType
    content: Fragments
    marks: tuple[Span, ...]
    cue: Fragments | None
    speaker: _Speaker
    addressees: tuple[Json, ...]
    parent: RecordId | None
    cluster: str | None
    attrs: Attributes
    provenance: Provenance

    def made(self) -> Quote:
        """The quote."""
        _reference_in(self.parent, Layer.QUOTE)
        told = self.speaker
        who = None if told.who is None else _party_in(told.who)
        return Quote(
            self.id,
            self.type,
            self.content,
            self.marks,
            self.cue,
            Speaker(who, told.form, told.evidence),
            tuple(map(_party_in, self.addressees)),
            self.parent,
            self.cluster,
            self.attrs,
            self.provenance,
        )


_ENCODER = Encoder(order="sorted")
_Stored: TypeAlias = Mention | Entity | _Event | _Quote | StatusRecord | SuggestionDecision
_DECODER: Decoder[_Stored] = Decoder(_Stored)


def record_body(record: Record) -> str:
    """A record as the project file keeps it: `canonical` of `record_to_json`, made in one go."""
    return _ENCODER.encode(record).decode("utf-8")


def record_to_json(record: Record) -> Json:
    """A record as values that JSON can hold."""
    return cast(Json, to_builtins(record))


def record_of(body: str) -> Record:
    """The record of a body. Raises like `record_from_json`.

    What `record_body` would not write may be read all the same; whoever minds compares.
    """
    try:
        stored = _DECODER.decode(body)
    except MsgspecError:
        return record_from_json(parsed(body))  # it says what is wrong
    if isinstance(stored, Mention):
        _reference_in(stored.entity, Layer.ENTITY)
    record = stored.made() if isinstance(stored, _Event | _Quote) else stored
    if layer_and_number(record.id)[0] is not layer_of(record):
        raise ValueError(record.id)
    return record


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

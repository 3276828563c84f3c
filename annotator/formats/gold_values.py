"""Gold records as values; the record obeys both schemas and passed the rules of `gold_check`."""

from __future__ import annotations

from annotator.core.annotation_set import AnnotationSet
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
    Target,
)
from annotator.core.document import Document, Metadata, Source
from annotator.core.ids import AnnotatorId, DocumentId, RecordId, SetId
from annotator.core.provenance import Provenance
from annotator.core.set_header import SetHeader, SetKind
from annotator.core.span import Fragments, Span
from annotator.formats.base import Bundle, JsonObject, SetContent


def bundle_of(record: JsonObject, provenance: Provenance) -> Bundle:
    """The document of a record with its one annotation set.

    Every record of the set gets `provenance`; times that the record does not tell are empty.
    """
    return Bundle(_document(record), (SetContent(_header(record), _set(record, provenance)),))


def _document(record: JsonObject) -> Document:
    doc = record["doc"]
    return Document(
        id=DocumentId(record["doc_id"]),
        text=record["text"],
        source=Source(
            file=doc.get("source_file"),
            sha256=doc["source_sha256"],
            encoding=doc.get("source_encoding", "utf-8"),
            newline=doc.get("source_newline", "none"),
            has_bom=doc.get("source_bom", False),
        ),
        metadata=Metadata(
            title=doc.get("title"),
            outlet=doc.get("outlet"),
            url=doc.get("url"),
            published=doc.get("published"),
            author=doc.get("author"),
            license=doc.get("license"),
            split=doc.get("split"),
        ),
    )


def _header(record: JsonObject) -> SetHeader:
    told, provenance = record["set"], record["provenance"]
    adjudicator = told.get("adjudicator")
    return SetHeader(
        id=SetId(told["id"]),
        document=DocumentId(record["doc_id"]),
        kind=SetKind(told["kind"]),
        annotators=tuple(map(AnnotatorId, told["annotators"])),
        created=provenance.get("created") or "",
        modified=provenance.get("modified") or "",
        adjudicator=None if adjudicator is None else AnnotatorId(adjudicator),
        derived_from=tuple(map(SetId, told.get("derived_from", ()))),
    )


def _set(record: JsonObject, provenance: Provenance) -> AnnotationSet:
    records: list[Record] = [
        *(_entity(entity, provenance) for entity in record["entities"]),
        *(_mention(mention, provenance) for mention in record["mentions"]),
        *(_event(event, provenance) for event in record["events"]),
        *(_quote(quote, provenance) for quote in record["quotes"]),
        _status(record),
    ]
    return AnnotationSet.of(records)


def _status(record: JsonObject) -> StatusRecord:
    layers = record["set"]["layers"]

    def coverage(layer: str) -> Coverage:
        begun = Coverage.PARTIAL if record[layer] else Coverage.NONE
        return Coverage(layers.get(layer, begun.value))

    return StatusRecord(
        status=SetStatus(record["set"]["status"]),
        mentions=coverage("mentions"),
        events=coverage("events"),
        quotes=coverage("quotes"),
    )


def _entity(told: JsonObject, provenance: Provenance) -> Entity:
    return Entity(
        id=RecordId(told["id"]),
        label=told["label"],
        name=told["name"],
        kb=_attributes(told.get("kb", {})),
        provenance=provenance,
    )


def _mention(told: JsonObject, provenance: Provenance) -> Mention:
    return Mention(
        id=RecordId(told["id"]),
        label=told["label"],
        fragments=_fragments(told),
        level=MentionLevel(told["mention"]),
        entity=_reference(told["entity"]),
        attrs=_attributes(told.get("attrs", {})),
        provenance=provenance,
    )


def _event(told: JsonObject, provenance: Provenance) -> Event:
    return Event(
        id=RecordId(told["id"]),
        type=told["type"],
        trigger=_fragments(told["trigger"]),
        arguments=tuple(Argument(a["role"], _target(a)) for a in told["arguments"]),
        realis=Realis(told["realis"]),
        polarity=Polarity(told["polarity"]),
        cluster=told["cluster"],
        attrs=_attributes(told["attrs"]),
        provenance=provenance,
    )


def _quote(told: JsonObject, provenance: Provenance) -> Quote:
    said = told["speaker"]
    return Quote(
        id=RecordId(told["id"]),
        type=QuoteType(told["type"]),
        content=_fragments(told["content"]),
        marks=tuple(_span(mark) for mark in told["marks"]),
        cue=None if told["cue"] is None else _fragments(told["cue"]),
        speaker=Speaker(
            who=_party(said) if any(said[name] for name in ("mention", "span", "entity")) else None,
            form=SpeakerForm(said["form"]),
            evidence=Evidence(said["evidence"]),
        ),
        addressees=tuple(_party(party) for party in told["addressees"]),
        parent=_reference(told["parent"]),
        cluster=told["cluster"],
        attrs=_attributes(told["attrs"]),
        provenance=provenance,
    )


def _target(told: JsonObject) -> Target:
    if told["event"] is not None:
        return EventTarget(RecordId(told["event"]))
    if told["quote"] is not None:
        return QuoteTarget(RecordId(told["quote"]))
    return _party(told)


def _party(told: JsonObject) -> Party:
    if told["mention"] is not None:
        return MentionTarget(RecordId(told["mention"]))
    if told["span"] is not None:
        return SpanTarget(_fragments(told["span"]), _reference(told["entity"]))
    return ImplicitTarget(RecordId(told["entity"]))


def _fragments(told: JsonObject) -> Fragments:
    head = told.get("head")
    pieces = told.get("fragments") or [told]
    return Fragments(tuple(map(_span, pieces)), None if head is None else _span(head))


def _span(told: JsonObject) -> Span:
    return Span(told["start"], told["end"])


def _reference(told: str | None) -> RecordId | None:
    return None if told is None else RecordId(told)


def _attributes(told: JsonObject) -> Attributes:
    return tuple(sorted(told.items()))

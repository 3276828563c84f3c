"""Writing W3C Web Annotations: one JSON-LD document, an annotation page with an item a line.

A mention, an event or a quote is an annotation of a piece of the text; an entity is one of the
whole document. An argument, a cue, a speaker, an addressee or a parent is an annotation that links
one of them to another, tagged with its role. Places are told twice, by position (in code points, as
the standard asks) and by their words with what stands around them; what is in pieces has a target
for each piece. Nothing is ever fetched: the context is only named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO, assert_never

import orjson

from annotator.core.annotations import (
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
from annotator.core.span import Fragments, Span
from annotator.formats.base import (
    ExportContext,
    ExportReport,
    Format,
    Holds,
    JsonObject,
    SegmentedBundle,
)
from annotator.formats.gold_order import (
    ordered_arguments,
    ordered_entities,
    ordered_events,
    ordered_mentions,
    ordered_quotes,
)
from annotator.formats.record_details import details_of
from annotator.formats.set_documents import SetDocument, SetDocuments

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND = 32
"""Code points before and after a place that are told with its words."""

_IRI = "urn:x-nishan"
_WIKIDATA = "http://www.wikidata.org/entity/"
_UNSAFE = re.compile(r"[^A-Za-z0-9_.~-]")


def write_web_annotation(
    items: Iterable[SegmentedBundle], target: BinaryIO, context: ExportContext
) -> ExportReport:
    """Write the annotations of every set, in the order of their documents."""
    sets = SetDocuments(items, context.lose)
    for piece in _page(sets, context):
        sets.write(target, piece)
    return sets.report()


def _page(sets: SetDocuments, context: ExportContext) -> Iterator[bytes]:
    head = {"@context": CONTEXT, "id": f"{_IRI}:annotations", "type": "AnnotationPage"}
    opening = orjson.dumps(head).removesuffix(b"}") + b',"items":[\n'
    for item in sets:
        for annotation in _AnnotationWriter(item, context).annotations():
            yield opening + orjson.dumps(annotation)
            opening = b",\n"
    yield (opening if opening != b",\n" else b"\n") + b"]}\n"


class _AnnotationWriter:
    def __init__(self, item: SetDocument, context: ExportContext) -> None:
        document, header = item.document, item.content.header
        self._text = document.text
        self._records = item.content.annotations
        self._context = context
        self._source = iri(document.id)
        self._set = iri(document.id, header.id)
        self._about: JsonObject = {}
        if header.annotators:
            people = [iri("annotator", person) for person in header.annotators]
            self._about["creator"] = [{"id": person, "type": "Person"} for person in people]
        if header.created and not context.is_reproducible:
            self._about["created"] = header.created

    def annotations(self) -> Iterator[JsonObject]:
        for entity in ordered_entities(self._records):
            yield self._entity(entity)
        for mention in ordered_mentions(self._records):
            yield self._mention(mention)
        for event in ordered_events(self._records):
            yield from self._event(event)
        for quote in ordered_quotes(self._records):
            yield from self._quote(quote)

    def _entity(self, entity: Entity) -> JsonObject:
        body = [
            *_said("entity", entity.label),
            {"type": "TextualBody", "purpose": "identifying", "value": entity.name},
            *(_link(knowledge_iri(name, value)) for name, value in entity.kb),
        ]
        return self._annotation(entity.id, "identifying", body, self._source)

    def _mention(self, mention: Mention) -> JsonObject:
        body = [*_said("mention", mention.label), *_described(mention)]
        if mention.entity is not None:
            body.append(_link(self._iri(mention.entity), "identifying"))
        target = self._targets(mention.fragments)
        return self._annotation(mention.id, "tagging", body, target)

    def _event(self, event: Event) -> Iterator[JsonObject]:
        body = [*_said("event", event.type), *_described(event)]
        yield self._annotation(event.id, "classifying", body, self._targets(event.trigger))
        arguments = ordered_arguments(event, self._records, self._context.scheme)
        for number, argument in enumerate(arguments, 1):
            yield from self._linked(event.id, argument.role, number, argument.target)

    def _quote(self, quote: Quote) -> Iterator[JsonObject]:
        body = [*_said("quote", quote.type.value), *_described(quote)]
        yield self._annotation(quote.id, "classifying", body, self._targets(quote.content))
        parts: list[tuple[str, Target]] = []
        if quote.cue is not None:
            parts.append(("cue", SpanTarget(quote.cue)))
        if quote.speaker.who is not None:
            parts.append(("speaker", quote.speaker.who))
        parts.extend(("addressee", party) for party in quote.addressees)
        if quote.parent is not None:
            parts.append(("parent", QuoteTarget(quote.parent)))
        parts.extend(("mark", SpanTarget(Fragments((mark,)))) for mark in quote.marks)
        for number, (role, target) in enumerate(parts, 1):
            yield from self._linked(quote.id, role, number, target)

    def _linked(self, owner: str, role: str, number: int, target: Target) -> Iterator[JsonObject]:
        """An annotation that links an event or a quote to what takes part in it."""
        body: list[JsonObject] = [{"type": "TextualBody", "purpose": "tagging", "value": role}]
        match target:
            case MentionTarget(identifier) | EventTarget(identifier) | QuoteTarget(identifier):
                body.append(_link(self._iri(identifier)))
            case ImplicitTarget(identifier):
                body.append(_link(self._iri(identifier)))
            case SpanTarget(place, entity):
                body.extend({**one, "purpose": "linking"} for one in self._places(place))
                if place.head is not None:
                    body.append(_description("head", f"{place.head.start}-{place.head.end}"))
                if entity is not None:
                    body.append(_link(self._iri(entity), "identifying"))
            case _:
                assert_never(target)
        yield self._annotation(f"{owner}.{number}", "linking", body, self._iri(owner))

    def _annotation(
        self, identifier: str, motivation: str, body: list[JsonObject], target: object
    ) -> JsonObject:
        return {
            "id": self._iri(identifier),
            "type": "Annotation",
            "motivation": motivation,
            **self._about,
            "body": body,
            "target": target,
        }

    def _targets(self, place: Fragments) -> JsonObject | list[JsonObject]:
        places = self._places(place)
        return places[0] if len(places) == 1 else places

    def _places(self, place: Fragments) -> list[JsonObject]:
        return [
            {"type": "SpecificResource", "source": self._source, "selector": self._selectors(span)}
            for span in place.spans
        ]

    def _selectors(self, span: Span) -> list[JsonObject]:
        start, end, text = span.start, span.end, self._text
        return [
            {"type": "TextPositionSelector", "start": start, "end": end},
            {
                "type": "TextQuoteSelector",
                "exact": text[start:end],
                "prefix": text[max(start - AROUND, 0) : start],
                "suffix": text[end : end + AROUND],
            },
        ]

    def _iri(self, identifier: str) -> str:
        return f"{self._set}:{identifier}"


def _said(layer: str, label: str) -> list[JsonObject]:
    return [
        {"type": "TextualBody", "purpose": "tagging", "value": layer},
        {"type": "TextualBody", "purpose": "classifying", "value": label},
    ]


def _described(record: Mention | Event | Quote) -> list[JsonObject]:
    return [_description(name, value) for name, value in details_of(record)]


def _description(name: str, value: str) -> JsonObject:
    return {"type": "TextualBody", "purpose": "describing", "value": f"{name}={value}"}


def _link(source: str, purpose: str = "linking") -> JsonObject:
    return {"type": "SpecificResource", "purpose": purpose, "source": source}


def iri(*names: str) -> str:
    """An IRI of ours, with everything in the names that an IRI may not hold as ``%XX``."""
    return ":".join((_IRI, *map(_escaped, names)))


def knowledge_iri(base: str, value: str) -> str:
    """The IRI of something in a knowledge base; that of Wikidata is its own."""
    if value.startswith(("http://", "https://")):
        return value
    return _WIKIDATA + _escaped(value) if base == "wikidata" else iri("kb", base, value)


def _escaped(name: str) -> str:
    return _UNSAFE.sub(lambda one: "".join(f"%{byte:02X}" for byte in one[0].encode()), name)


WEB_ANNOTATION = Format(
    id="web-annotation",
    title="formats.title_web_annotation",
    suffixes=(".jsonld",),
    write=write_web_annotation,
    holds=frozenset(Holds) - {Holds.TEXT, Holds.SETS},
)

"""Gold records: one document with one annotation set, as the JSON object of `gold-format.md`.

Building a record never looks at the clock and never leaves a key out, and everything in it is in
the order of `gold_order`; so equal values give equal bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import assert_never

import orjson
from msgspec import Struct

from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import (
    Argument,
    Attributes,
    Entity,
    Event,
    EventTarget,
    ImplicitTarget,
    Mention,
    MentionTarget,
    Party,
    Quote,
    QuoteTarget,
    SpanTarget,
    Target,
)
from annotator.core.document import Document, Segmentation
from annotator.core.scheme import Guideline, Scheme
from annotator.core.set_header import SetHeader
from annotator.core.span import Fragments, Span
from annotator.formats.base import ExportContext, JsonObject, SetContent
from annotator.formats.gold_order import (
    ordered_arguments,
    ordered_entities,
    ordered_events,
    ordered_mentions,
    ordered_quotes,
)

FORMAT = "ckb-gold"
VERSION = "1.0.0"
NORMALIZATION: JsonObject = {"id": "ckb-norm", "version": "1.0.0", "edits": []}
TOOL = "annotator"


def build_record(
    document: Document, content: SetContent, segmentation: Segmentation, context: ExportContext
) -> JsonObject:
    """The gold record of one annotation set; `segmentation` is that of the document's text."""
    places = Places(document.text, segmentation)
    return {
        "format": FORMAT,
        "version": VERSION,
        "doc_id": document.id,
        "doc": _document(document),
        "text": document.text,
        "text_info": _text_info(document),
        "normalization": NORMALIZATION,
        "scheme": scheme_identity(context.scheme),
        "guideline": guideline_identity(context.scheme.guideline),
        "set": _set(content),
        "provenance": _provenance(content.header, context),
        "tokenizer": {"id": context.tokenizer.id, "version": context.tokenizer.version},
        "tokens": places.tokens(),
        "paragraphs": [
            {"id": f"P{number}", **_range(span)}
            for number, span in enumerate(segmentation.paragraphs, 1)
        ],
        "sentences": [
            {"id": f"S{number}", **_range(span), **places.token_range(span)}
            for number, span in enumerate(segmentation.sentences, 1)
        ],
        **_layers(content.annotations, context.scheme, places),
        "relations": [],
        "flags": [],
        "notes": [],
    }


def build_annotations(
    document: Document, content: SetContent, scheme: Scheme, places: Places
) -> JsonObject:
    """What the gold record of a set says of its document and of itself, without text and tokens.

    `places` says where in the text everything is.
    """
    return {
        "doc_id": document.id,
        "doc": _document(document),
        "set": _set(content),
        **_layers(content.annotations, scheme, places),
    }


def canonical_bytes(value: object) -> bytes:
    """A JSON value as one line: UTF-8, sorted keys, no spaces, one LF at the end."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)


def content_sha256(record: JsonObject) -> str:
    """The fingerprint of what a record says: of its canonical bytes without `provenance`."""
    said = {name: value for name, value in record.items() if name != "provenance"}
    return hashlib.sha256(canonical_bytes(said)).hexdigest()


def scheme_identity(scheme: Scheme) -> JsonObject:
    """Which scheme it is, without what it says."""
    return {"id": scheme.id, "version": scheme.version, "sha256": scheme.sha256}


def guideline_identity(guideline: Guideline) -> JsonObject:
    """Which guideline it is, without what it says."""
    return {
        "id": guideline.id,
        "version": guideline.version,
        "boundary_policy": guideline.boundary_policy,
    }


def _text_info(document: Document) -> JsonObject:
    return {
        "length": len(document.text),
        "offset_unit": "codepoint",
        "sha256": document.sha256,
        "newline": "lf",
        "unicode": "as-is",
    }


def _document(document: Document) -> JsonObject:
    about, source = document.metadata, document.source
    known: JsonObject = {
        "lang": "ckb",
        "script": "Arab",
        "direction": "rtl",
        "title": about.title,
        "outlet": about.outlet,
        "url": about.url,
        "published": about.published,
        "license": about.license,
        "split": about.split,
        "source_file": source.file,
        "source_sha256": source.sha256,
        "source_encoding": source.encoding,
        "source_newline": source.newline,
        "source_bom": source.has_bom,
    }
    return known if about.author is None else {**known, "author": about.author}


def _set(content: SetContent) -> JsonObject:
    header, status = content.header, content.annotations.status
    return {
        "id": header.id,
        "kind": header.kind.value,
        "annotators": list(header.annotators),
        "adjudicator": header.adjudicator,
        "derived_from": list(header.derived_from),
        "status": status.status.value,
        "layers": {
            "mentions": status.mentions.value,
            "events": status.events.value,
            "quotes": status.quotes.value,
        },
    }


def _provenance(header: SetHeader, context: ExportContext) -> JsonObject:
    is_dated = not context.is_reproducible
    draft = {"draft": True} if context.is_draft else {}
    return {
        **draft,
        "tool": TOOL,
        "tool_version": context.tool_version,
        "created": (header.created or None) if is_dated else None,
        "modified": (header.modified or None) if is_dated else None,
    }


def _entity(entity: Entity) -> JsonObject:
    return {"id": entity.id, "label": entity.label, "name": entity.name, "kb": dict(entity.kb)}


def _range(span: Span) -> JsonObject:
    return {"start": span.start, "end": span.end}


def _ranges(spans: Sequence[Span]) -> list[JsonObject]:
    return [_range(span) for span in spans]


class Places(Struct, frozen=True):
    """Spans of one text as JSON, with the words and the tokens they cover."""

    text: str
    segmentation: Segmentation

    def tokens(self) -> list[JsonObject]:
        """All tokens."""
        text = self.text
        return [
            {"start": token.start, "end": token.end, "text": text[token.start : token.end]}
            for token in self.segmentation.tokens
        ]

    def token_range(self, span: Span) -> JsonObject:
        """The tokens of a span."""
        first, last = self.segmentation.token_range(span)
        return {"token_start": first, "token_end": last}

    def anchor(self, place: Fragments) -> JsonObject:
        """What every span carries; it is aligned when each of its fragments is."""
        envelope, known = place.envelope, None
        if place.is_contiguous:  # as nearly all are, on whole tokens
            known = self.segmentation.aligned_range(envelope)
        first, last = known or self.segmentation.token_range(envelope)
        return {
            "start": envelope.start,
            "end": envelope.end,
            "text": place.of(self.text),
            "token_start": first,
            "token_end": last,
            "token_aligned": known is not None
            or all(map(self.segmentation.is_aligned, place.spans)),
            "head": None if place.head is None else _range(place.head),
        }

    def span(self, place: Fragments) -> JsonObject:
        """What a span tells that is nothing else: what it carries, and its pieces."""
        return {**self.anchor(place), "fragments": fragments_of(place)}


def fragments_of(place: Fragments) -> list[JsonObject]:
    """The pieces of a discontinuous place; none where one span says it all."""
    return [] if place.is_contiguous else _ranges(place.spans)


def _layers(annotations: AnnotationSet, scheme: Scheme, places: Places) -> JsonObject:
    layers = _LayerWriter(annotations, scheme, places)
    return {
        "mentions": layers.mentions(),
        "entities": [_entity(entity) for entity in ordered_entities(annotations)],
        "events": layers.events(),
        "quotes": layers.quotes(),
    }


class _LayerWriter(Struct, frozen=True):
    """The layers of one annotation set as JSON."""

    annotations: AnnotationSet
    scheme: Scheme
    places: Places

    def mentions(self) -> list[JsonObject]:
        return [self._mention(mention) for mention in ordered_mentions(self.annotations)]

    def events(self) -> list[JsonObject]:
        return [self._event(event) for event in ordered_events(self.annotations)]

    def quotes(self) -> list[JsonObject]:
        return [self._quote(quote) for quote in ordered_quotes(self.annotations)]

    def _mention(self, mention: Mention) -> JsonObject:
        place = mention.fragments
        pieces = {} if place.is_contiguous else {"fragments": fragments_of(place)}
        return {
            "id": mention.id,
            "label": mention.label,
            **self.places.anchor(place),
            **pieces,
            "mention": mention.level.value,
            "entity": mention.entity,
            "attrs": _attributes(mention.attrs),
        }

    def _event(self, event: Event) -> JsonObject:
        arguments = ordered_arguments(event, self.annotations, self.scheme)
        return {
            "id": event.id,
            "type": event.type,
            "trigger": self.places.span(event.trigger),
            "realis": event.realis.value,
            "polarity": event.polarity.value,
            "arguments": [self._argument(argument) for argument in arguments],
            "cluster": event.cluster,
            "attrs": _attributes(event.attrs),
        }

    def _argument(self, argument: Argument) -> JsonObject:
        target = argument.target
        return {
            "role": argument.role,
            **self._target(target),
            "implicit": isinstance(target, ImplicitTarget),
        }

    def _quote(self, quote: Quote) -> JsonObject:
        speaker = quote.speaker
        who = _NOBODY if speaker.who is None else self._party(speaker.who)
        return {
            "id": quote.id,
            "type": quote.type.value,
            "content": self.places.span(quote.content),
            "marks": _ranges(quote.marks),
            "cue": None if quote.cue is None else self.places.span(quote.cue),
            "speaker": {**who, "form": speaker.form.value, "evidence": speaker.evidence.value},
            "addressees": [self._party(party) for party in quote.addressees],
            "parent": quote.parent,
            "cluster": quote.cluster,
            "attrs": _attributes(quote.attrs),
        }

    def _party(self, party: Party) -> JsonObject:
        said = self._target(party)
        return {name: said[name] for name in _NOBODY}

    def _target(self, target: Target) -> JsonObject:
        """What fills a role; the entity of a mention is filled in from the mention."""
        match target:
            case MentionTarget(identifier):
                entity = self.annotations.mention(identifier).entity
                return {**_NOTHING, "mention": identifier, "entity": entity}
            case SpanTarget(place, entity):
                return {**_NOTHING, "span": self.places.span(place), "entity": entity}
            case EventTarget(identifier):
                return {**_NOTHING, "event": identifier}
            case QuoteTarget(identifier):
                return {**_NOTHING, "quote": identifier}
            case ImplicitTarget(identifier):
                return {**_NOTHING, "entity": identifier}
            case _:
                assert_never(target)


_NOBODY: JsonObject = {"mention": None, "span": None, "entity": None}
_NOTHING: JsonObject = {**_NOBODY, "event": None, "quote": None}


def _attributes(pairs: Attributes) -> JsonObject:
    return dict(pairs)

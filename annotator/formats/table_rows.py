"""Annotations as rows of tables, for corpus linguists: a concordance line each.

One table holds the mentions, one the events, one the quotes; all have the columns of `COLUMNS`.
`left` and `right` are what stands around the annotation in its text, line ends as spaces.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import assert_never

from annotator.core.annotations import (
    Event,
    EventTarget,
    ImplicitTarget,
    Mention,
    MentionTarget,
    Quote,
    QuoteTarget,
    SpanTarget,
    Target,
    anchor_of,
)
from annotator.core.ids import RecordId
from annotator.core.scheme import Scheme, Wording
from annotator.core.span import Fragments, Span
from annotator.formats.base import Holds
from annotator.formats.details import tell_head
from annotator.formats.gold_order import (
    ordered_arguments,
    ordered_entities,
    ordered_events,
    ordered_mentions,
    ordered_quotes,
)
from annotator.formats.losses import LossKind
from annotator.formats.record_details import details_of
from annotator.formats.set_documents import SetDocument

AROUND = 40
"""Code points of context on each side."""

COLUMNS = (
    "document", "title", "set", "annotator", "id", "label", "name_ckb", "name_en", "text", "left",
    "right", "sentence", "start", "end", "pieces", "entity", "attributes", "arguments",
)  # fmt: skip
SAID = ("text", "entity", "attributes", "arguments")
"""The columns that hold what an annotation says, so that a change in one of them is a loss."""

HOLDS = frozenset(Holds) - {Holds.TEXT, Holds.SETS}

Row = tuple[str | int | None, ...]


class Table(Enum):
    """The tables of an export."""

    MENTIONS = "mentions"
    EVENTS = "events"
    QUOTES = "quotes"


class TableRows:
    """The rows of annotation sets in one scheme."""

    def __init__(self, scheme: Scheme) -> None:
        self._scheme = scheme
        self._labels = {label.id: label.name for label in scheme.labels}
        self._events = {kind.id: kind.name for kind in scheme.event_types}
        self._quotes = {kind.id: kind.name for kind in scheme.quote_types}

    def of(self, item: SetDocument) -> Iterator[tuple[Table, Row]]:
        """The rows of a set, table by table in the order of the text."""
        writer = _RowWriter(item)
        annotations = item.content.annotations
        for mention in ordered_mentions(annotations):
            entity = writer.entity(mention.entity)
            name = self._labels.get(mention.label)
            yield Table.MENTIONS, writer.row(mention, mention.label, name, entity, "")
        for event in ordered_events(annotations):
            arguments = ordered_arguments(event, annotations, self._scheme)
            said = writer.said(event, ((one.role, one.target) for one in arguments))
            name = self._events.get(event.type)
            yield Table.EVENTS, writer.row(event, event.type, name, "", said)
        for quote in ordered_quotes(annotations):
            kind = quote.type.value
            said = writer.said(quote, _parts(quote))
            yield Table.QUOTES, writer.row(quote, kind, self._quotes.get(kind), "", said)
        writer.lose_the_rest()


def _parts(quote: Quote) -> Iterator[tuple[str, Target]]:
    if quote.cue is not None:
        yield "cue", SpanTarget(quote.cue)
    if quote.speaker.who is not None:
        yield "speaker", quote.speaker.who
    for party in quote.addressees:
        yield "addressee", party
    if quote.parent is not None:
        yield "parent", QuoteTarget(quote.parent)
    for mark in quote.marks:
        yield "mark", SpanTarget(Fragments((mark,)))


class _RowWriter:
    """Makes the rows of one set."""

    def __init__(self, item: SetDocument) -> None:
        self._item = item
        self._text = item.document.text
        header, document = item.content.header, item.document
        title = document.metadata.title or ""
        self._whose = (document.id, title, header.id, ", ".join(header.annotators))
        self._annotations = item.content.annotations
        self._told_entities: set[RecordId] = set()

    def row(
        self,
        record: Mention | Event | Quote,
        label: str,
        name: Wording | None,
        entity: str,
        said: str,
    ) -> Row:
        place = anchor_of(record)
        start, end = place.start, place.end
        attributes = "; ".join(f"{name}={value}" for name, value in details_of(record))
        pieces = " ".join(f"{span.start}-{span.end}" for span in place.spans)
        return (
            *self._whose,
            record.id,
            label,
            "" if name is None else name.ckb,
            "" if name is None else name.en,
            place.of(self._text),
            self._flat(max(start - AROUND, 0), start),
            self._flat(end, end + AROUND),
            self._sentence(place.envelope),
            start,
            end,
            "" if place.is_contiguous else pieces,
            entity,
            attributes,
            said,
        )

    def entity(self, identifier: RecordId | None) -> str:
        """An entity as a cell tells it: its name, id and ids in knowledge bases."""
        if identifier is None:
            return ""
        self._told_entities.add(identifier)
        entity = self._annotations.entity(identifier)
        known = "".join(f", {base}={value}" for base, value in entity.kb)
        return f"{entity.name} ({identifier}{known})"

    def said(self, record: Event | Quote, parts: Iterator[tuple[str, Target]]) -> str:
        """What takes part, as ``Role: text``, of which no head is told but that of a cue."""
        said = []
        for role, target in parts:
            said.append(f"{role}: {self._target(target)}")
            if role != "cue":
                tell_head(self._item, record.id, role, target)
        return "; ".join(said)

    def _target(self, target: Target) -> str:
        match target:
            case MentionTarget(identifier):
                return self._words(self._annotations.mention(identifier).fragments, identifier)
            case EventTarget(identifier):
                return self._words(self._annotations.event(identifier).trigger, identifier)
            case QuoteTarget(identifier):
                return self._words(self._annotations.quote(identifier).content, identifier)
            case SpanTarget(place, entity):
                words = place.of(self._text)
                return words if entity is None else f"{words} = {self.entity(entity)}"
            case ImplicitTarget(identifier):
                return f"= {self.entity(identifier)}"
            case _:
                assert_never(target)

    def _words(self, place: Fragments, identifier: RecordId) -> str:
        return f"{place.of(self._text)} ({identifier})"

    def lose_the_rest(self) -> None:
        """Tell the entities that stand in no row."""
        for entity in ordered_entities(self._annotations):
            if entity.id not in self._told_entities:
                self._item.lose(entity.id, LossKind.ENTITY)

    def _sentence(self, span: Span) -> str:
        """The sentences in which a span begins and ends, and what is between."""
        segmentation = self._item.segmentation
        first = segmentation.sentence_at(span.start)
        if first is not None and first.contains(span):
            return self._flat(first.start, first.end)
        last = segmentation.sentence_at(span.end - 1)
        start = span.start if first is None else min(first.start, span.start)
        end = span.end if last is None else max(last.end, span.end)
        return self._flat(start, end)

    def _flat(self, start: int, end: int) -> str:
        return self._text[start:end].replace("\n", " ")

"""Annotation sets: one annotator's annotations of one document, as an immutable value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Self, TypeVar

from msgspec import Struct, field
from msgspec.structs import force_setattr

from annotator.core.annotations import (
    Annotation,
    Coverage,
    Entity,
    Event,
    Mention,
    Quote,
    Record,
    SetStatus,
    StatusRecord,
    anchor_of,
    references,
)
from annotator.core.edits import Edit
from annotator.core.ids import STATUS_ID, Layer, RecordId, layer_and_number, record_id
from annotator.core.records import Records
from annotator.core.span import Span
from annotator.core.span_index import SpanIndex, reading_key
from annotator.foundation.errors import Defect, Refused

_R = TypeVar("_R", Mention, Entity, Event, Quote)
_NO_NUMBERS: Mapping[Layer, int] = MappingProxyType({})


class AnnotationSet(Struct, frozen=True):
    """The records of one annotator on one document.

    Invariants: no record refers to one that is not there, no id is used twice, and
    `last_numbers` is at least the highest number ever given out in each layer.
    """

    records: Mapping[RecordId, Record] = field(default_factory=Records)
    last_numbers: Mapping[Layer, int] = field(default=_NO_NUMBERS)

    def __post_init__(self) -> None:
        if not isinstance(self.records, Records):
            force_setattr(self, "records", Records(self.records))

    @classmethod
    def of(cls, records: Iterable[Record], numbers: Mapping[Layer, int] = _NO_NUMBERS) -> Self:
        """A set of these records; `numbers` are its highest ones where records are gone.

        Raises `Defect` where an id is there twice, or a record refers to one that is not there.
        """
        known: dict[RecordId, Record] = {}
        highest = dict(numbers)
        for record in records:
            if record.id in known:
                raise Defect("defect.record_twice", identifier=record.id)
            known[record.id] = record
            layer, number = layer_and_number(record.id)
            if number > highest.get(layer, 0):
                highest[layer] = number
        for record in known.values():
            for reference in references(record):
                if reference not in known:
                    raise Defect("defect.dangling", identifier=record.id, missing=reference)
        return cls(known, MappingProxyType(highest))

    def __len__(self) -> int:
        """The number of mentions, events and quotes."""
        return sum(map(self._records.count, (Layer.MENTION, Layer.EVENT, Layer.QUOTE)))

    def __contains__(self, identifier: object) -> bool:
        return identifier in self.records

    def get(self, identifier: str | None) -> Record | None:
        """The record with this id, or None."""
        return None if identifier is None else self.records.get(RecordId(identifier))

    def mention(self, identifier: str) -> Mention:
        """The mention with this id. Raises `Refused` where there is none."""
        return self._expect(identifier, Mention)

    def entity(self, identifier: str) -> Entity:
        """The entity with this id. Raises `Refused` where there is none."""
        return self._expect(identifier, Entity)

    def event(self, identifier: str) -> Event:
        """The event with this id. Raises `Refused` where there is none."""
        return self._expect(identifier, Event)

    def quote(self, identifier: str) -> Quote:
        """The quote with this id. Raises `Refused` where there is none."""
        return self._expect(identifier, Quote)

    def _expect(self, identifier: str, kind: type[_R]) -> _R:
        record = self.get(identifier)
        if not isinstance(record, kind):
            raise Refused("refused.no_such_record", identifier=identifier)
        return record

    @property
    def places(self) -> SpanIndex:
        """Where the mentions, events and quotes stand."""
        return self._records.places

    def overlapping(self, span: Span) -> list[RecordId]:
        """What shares a code point with `span`, in reading order (`SpanIndex.overlapping`).

        Like `covering`, it costs what is there and not what the whole set holds, also where that
        has not been read.
        """
        return self._records.places_in(span).overlapping(span)

    def covering(self, offset: int) -> list[RecordId]:
        """What holds the code point at `offset`, shortest first (`SpanIndex.covering`)."""
        return self._records.places_in(Span(offset, offset + 1)).covering(offset)

    def mentions(self) -> Iterator[Mention]:
        """Every mention, in order of creation."""
        return (r for r in self._records.of_layer(Layer.MENTION) if isinstance(r, Mention))

    def entities(self) -> Iterator[Entity]:
        """Every entity, in order of creation."""
        return (r for r in self._records.of_layer(Layer.ENTITY) if isinstance(r, Entity))

    def events(self) -> Iterator[Event]:
        """Every event, in order of creation."""
        return (r for r in self._records.of_layer(Layer.EVENT) if isinstance(r, Event))

    def quotes(self) -> Iterator[Quote]:
        """Every quote, in order of creation."""
        return (r for r in self._records.of_layer(Layer.QUOTE) if isinstance(r, Quote))

    def at(self, spans: tuple[Span, ...]) -> Iterator[Annotation]:
        """The annotations that stand on exactly these spans, in reading order."""
        envelope = Span(spans[0].start, spans[-1].end)
        for identifier in self.places.at(envelope):
            record = self.records[identifier]
            if isinstance(record, Mention | Event | Quote) and anchor_of(record).spans == spans:
                yield record

    def annotations(self) -> Iterator[Annotation]:
        """Every mention, event and quote, in order of creation."""
        return (r for r in self.records.values() if isinstance(r, Mention | Event | Quote))

    def in_reading_order(self) -> list[Annotation]:
        """Mentions, events and quotes by place in the text; outer before inner."""
        return sorted(self.annotations(), key=reading_key)

    def referring_to(self, identifier: RecordId) -> Iterator[Record]:
        """The records that refer to this one."""
        return (self.records[other] for other in self._records.referring_to(identifier))

    @property
    def status(self) -> StatusRecord:
        """How far the work is: as recorded, else told from what is there."""
        recorded = self.records.get(STATUS_ID)
        if isinstance(recorded, StatusRecord):
            return recorded
        layers = {layer for layer in Layer if self._records.count(layer)}
        return StatusRecord(
            status=SetStatus.IN_PROGRESS if layers else SetStatus.NEW,
            mentions=_begun(Layer.MENTION, layers),
            events=_begun(Layer.EVENT, layers),
            quotes=_begun(Layer.QUOTE, layers),
        )

    def next_id(self, layer: Layer, after: int = 0) -> RecordId:
        """A fresh id in the layer; `after` skips that many, for edits that add several."""
        return record_id(layer, self.last_numbers.get(layer, 0) + 1 + after)

    def apply(self, edit: Edit) -> AnnotationSet:
        """The set after the edit.

        Raises `Refused` when a record is not as the edit saw it (a stale edit never overwrites)
        and `Defect` when the result would hold a reference to nothing.
        """
        records = self._records.changed(edit.changes)
        numbers = dict(self.last_numbers)
        for record in edit.written():
            layer, number = layer_and_number(record.id)
            if number > numbers.get(layer, 0):
                numbers[layer] = number
        _refuse_dangling(edit, records)
        return AnnotationSet(records, MappingProxyType(numbers))

    @property
    def _records(self) -> Records:
        assert isinstance(self.records, Records)  # the constructor sees to that
        return self.records


def _refuse_dangling(edit: Edit, records: Records) -> None:
    for record in edit.written():
        for reference in references(record):
            if reference not in records:
                raise Defect("defect.dangling", identifier=record.id, missing=reference)
    for change in edit.changes:
        if change.id not in records:
            for identifier in records.referring_to(change.id):
                raise Defect("defect.dangling", identifier=identifier, missing=change.id)


def _begun(layer: Layer, present: set[Layer]) -> Coverage:
    return Coverage.PARTIAL if layer in present else Coverage.NONE

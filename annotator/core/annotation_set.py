"""Annotation sets: one annotator's annotations of one document, as an immutable value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeVar

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
    layer_of,
    references,
)
from annotator.core.edits import Edit
from annotator.core.ids import STATUS_ID, Layer, RecordId, layer_and_number, record_id
from annotator.foundation.errors import Defect, Refused

_R = TypeVar("_R", Mention, Entity, Event, Quote)


@dataclass(frozen=True, slots=True)
class AnnotationSet:
    """The records of one annotator on one document.

    Invariants: no record refers to one that is not there, no id is used twice, and
    `last_numbers` is at least the highest number ever given out in each layer.
    """

    records: Mapping[RecordId, Record] = field(default_factory=lambda: MappingProxyType({}))
    last_numbers: Mapping[Layer, int] = field(default_factory=lambda: MappingProxyType({}))

    def __len__(self) -> int:
        """The number of mentions, events and quotes."""
        return sum(1 for _ in self.annotations())

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

    def mentions(self) -> Iterator[Mention]:
        """Every mention, in order of creation."""
        return (r for r in self.records.values() if isinstance(r, Mention))

    def entities(self) -> Iterator[Entity]:
        """Every entity, in order of creation."""
        return (r for r in self.records.values() if isinstance(r, Entity))

    def events(self) -> Iterator[Event]:
        """Every event, in order of creation."""
        return (r for r in self.records.values() if isinstance(r, Event))

    def quotes(self) -> Iterator[Quote]:
        """Every quote, in order of creation."""
        return (r for r in self.records.values() if isinstance(r, Quote))

    def annotations(self) -> Iterator[Annotation]:
        """Every mention, event and quote, in order of creation."""
        return (r for r in self.records.values() if isinstance(r, Mention | Event | Quote))

    def in_reading_order(self) -> list[Annotation]:
        """Mentions, events and quotes by place in the text; outer before inner."""
        return sorted(self.annotations(), key=reading_key)

    def referring_to(self, identifier: RecordId) -> Iterator[Record]:
        """The records that refer to this one."""
        return (r for r in self.records.values() if identifier in references(r))

    @property
    def status(self) -> StatusRecord:
        """How far the work is: as recorded, else told from what is there."""
        recorded = self.records.get(STATUS_ID)
        if isinstance(recorded, StatusRecord):
            return recorded
        layers = {layer_of(record) for record in self.records.values()}
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
        records = dict(self.records)
        numbers = dict(self.last_numbers)
        removed: set[RecordId] = set()
        for change in edit.changes:
            if records.get(change.id) != change.before:
                raise Refused("refused.stale_edit", identifier=change.id)
            if change.after is None:
                del records[change.id]
                removed.add(change.id)
                continue
            records[change.id] = change.after
            removed.discard(change.id)
            layer, number = layer_and_number(change.id)
            if number > numbers.get(layer, 0):
                numbers[layer] = number
        self._refuse_dangling(edit, records, removed)
        return AnnotationSet(MappingProxyType(records), MappingProxyType(numbers))

    @staticmethod
    def _refuse_dangling(
        edit: Edit, records: Mapping[RecordId, Record], removed: set[RecordId]
    ) -> None:
        touched = (c.after for c in edit.changes if c.after is not None)
        suspects = records.values() if removed else touched
        for record in suspects:
            for reference in references(record):
                if reference not in records:
                    raise Defect("defect.dangling", identifier=record.id, missing=reference)


def _begun(layer: Layer, present: set[Layer]) -> Coverage:
    return Coverage.PARTIAL if layer in present else Coverage.NONE


def reading_key(record: Annotation) -> tuple[int, int, str, int]:
    """Sort key: start, longer first, layer, number."""
    anchor = anchor_of(record)
    layer, number = layer_and_number(record.id)
    return anchor.start, -anchor.end, layer.value, number

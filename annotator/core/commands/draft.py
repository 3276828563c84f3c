"""A draft: the state of a set while a command is writing its edit.

Commands change records on the draft and ask it for the edit at the end; the draft keeps the
before/after pairs, mints ids and takes away entities that nothing refers to any more.
"""

from __future__ import annotations

from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import (
    Annotation,
    Entity,
    Event,
    Mention,
    Quote,
    Record,
    detached,
    references,
)
from annotator.core.edits import Change, Edit
from annotator.core.ids import Layer, RecordId
from annotator.foundation.errors import Refused


class Draft:
    """Collects the changes of one edit over an unchanging set."""

    def __init__(self, annotations: AnnotationSet) -> None:
        self._base = annotations
        self._after: dict[RecordId, Record | None] = {}
        self._minted: dict[Layer, int] = {}

    def get(self, identifier: RecordId) -> Record | None:
        """The record as the draft has it now."""
        if identifier in self._after:
            return self._after[identifier]
        return self._base.get(identifier)

    def annotation(self, identifier: RecordId) -> Annotation:
        """The mention, event or quote with this id. Raises `Refused` where there is none."""
        record = self.get(identifier)
        if not isinstance(record, Mention | Event | Quote):
            raise Refused("refused.no_such_record", identifier=identifier)
        return record

    def mint(self, layer: Layer) -> RecordId:
        """A fresh id in the layer."""
        taken = self._minted.get(layer, 0)
        self._minted[layer] = taken + 1
        return self._base.next_id(layer, taken)

    def put(self, record: Record) -> None:
        """Add the record, or replace the one with its id."""
        self._after[record.id] = record

    def remove(self, identifier: RecordId) -> None:
        """Remove the record and every reference to it, then the entities left without a use."""
        gone = self.get(identifier)
        if gone is None:
            raise Refused("refused.no_such_record", identifier=identifier)
        self._after[identifier] = None
        for record in self._records():
            if identifier in references(record):
                self.put(detached(record, identifier))
        self.drop_unused(*references(gone))

    def drop_unused(self, *candidates: RecordId) -> None:
        """Remove those of the candidates that are entities nothing refers to.

        An entity with ids in a knowledge base stays: somebody looked them up.
        """
        wanted = {c for c in candidates if isinstance(self.get(c), Entity)}
        if not wanted:
            return
        for record in self._records():
            wanted.difference_update(references(record))
        for identifier in wanted:
            entity = self.get(identifier)
            if isinstance(entity, Entity) and not entity.kb:
                self._after[identifier] = None

    def edit(self, name: str) -> Edit:
        """The edit so far. Additions come before what refers to them, removals last."""
        changes = []
        for identifier, after in self._after.items():
            before = self._base.get(identifier)
            if before != after:
                changes.append(Change(before, after))
        changes.sort(key=lambda change: change.after is None)
        return Edit(name, tuple(changes))

    def _records(self) -> list[Record]:
        untouched = [r for i, r in self._base.records.items() if i not in self._after]
        return untouched + [r for r in self._after.values() if r is not None]

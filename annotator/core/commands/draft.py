"""A draft: the state of a set while a command is writing its edit.

Commands change records on the draft and ask it for the edit at the end; the draft keeps the
before/after pairs, mints ids and takes away entities that nothing refers to any more.
"""

from __future__ import annotations

from msgspec.structs import replace

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
        self._users: dict[RecordId, dict[RecordId, None]] = {}
        """By a record the records written here that refer to it."""
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

    def entity(self, identifier: RecordId) -> Entity:
        """The entity with this id. Raises `Refused` where there is none."""
        record = self.get(identifier)
        if not isinstance(record, Entity):
            raise Refused("refused.no_such_record", identifier=identifier)
        return record

    def mint(self, layer: Layer) -> RecordId:
        """A fresh id in the layer."""
        taken = self._minted.get(layer, 0)
        self._minted[layer] = taken + 1
        return self._base.next_id(layer, taken)

    def put(self, record: Record) -> None:
        """Add the record, or replace the one with its id."""
        self._write(record.id, record)

    def supersede(self, record: Record) -> None:
        """Replace the one with its id; entities to which it alone referred go."""
        before = self.get(record.id)
        self.put(record)
        if before is not None:
            self.drop_unused(*references(before))

    def remove(self, identifier: RecordId) -> None:
        """Remove the record and every reference to it, then the entities left without a use.

        The quotes inside a quote that goes come to stand in the one around it.
        """
        gone = self.get(identifier)
        if gone is None:
            raise Refused("refused.no_such_record", identifier=identifier)
        self._write(identifier, None)
        for record in self._referring_to(identifier):
            self.put(_without(record, gone))
        self.drop_unused(*references(gone))

    def drop_unused(self, *candidates: RecordId) -> None:
        """Remove those of the candidates that are entities nothing refers to.

        An entity with ids in a knowledge base stays: somebody looked them up.
        """
        found = (self.get(identifier) for identifier in dict.fromkeys(candidates))
        unused = [e for e in found if isinstance(e, Entity) and not e.kb]
        for entity in unused:
            if not self._referring_to(entity.id):
                self._write(entity.id, None)

    def uses_of(self, identifier: RecordId) -> int:
        """How often records refer to this one as the draft has them now."""
        users = self._referring_to(identifier)
        return sum(list(references(user)).count(identifier) for user in users)

    def edit(self, name: str) -> Edit:
        """The edit so far. Additions come before what refers to them, removals last."""
        changes = []
        for identifier, after in self._after.items():
            before = self._base.get(identifier)
            if before != after:
                changes.append(Change(before, after))
        changes.sort(key=lambda change: change.after is None)
        return Edit(name, tuple(changes))

    def _referring_to(self, identifier: RecordId) -> list[Record]:
        """The records that refer to this one as the draft has them now."""
        base = self._base.referring_to(identifier)
        untouched = [record for record in base if record.id not in self._after]
        written = (self._after[user] for user in self._users.get(identifier, ()))
        return untouched + [record for record in written if record is not None]

    def _write(self, identifier: RecordId, after: Record | None) -> None:
        before = self._after.get(identifier)
        for reference in () if before is None else references(before):
            self._users[reference].pop(identifier, None)
        self._after[identifier] = after
        for reference in () if after is None else references(after):
            self._users.setdefault(reference, {})[identifier] = None


def _without(record: Record, gone: Record) -> Record:
    freed = detached(record, gone.id)
    if isinstance(gone, Quote) and isinstance(record, Quote) and isinstance(freed, Quote):
        return replace(freed, parent=gone.parent if record.parent == gone.id else freed.parent)
    return freed

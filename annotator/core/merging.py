"""Merging: one edit that brings into our set what was done in another copy of it.

How to think about it: three states of one set are compared record by record: *ours*, *theirs*, and
the *base* from which both come. What only they changed is taken over, what only we changed stays.
Where both changed the same thing differently, or one deleted what the other changed, nobody's work
is thrown away: ours stays where it is, with everything that refers to it, and theirs comes as a
further annotation beside it, marked by its provenance. So the one who decides has both on the page,
and whichever is deleted takes nothing else along.

Both sides may have given one number to different records; theirs then get fresh ids. Nothing that
is referred to goes, on whichever side the reference is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from types import MappingProxyType

from msgspec import Struct, field
from msgspec.structs import replace

from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import (
    Coverage,
    Entity,
    Record,
    SetStatus,
    StatusRecord,
    SuggestionDecision,
    references,
)
from annotator.core.edits import Change, Edit
from annotator.core.ids import STATUS_ID, Layer, RecordId, layer_and_number, record_id
from annotator.core.matching import Pool, by_place, match, place_of
from annotator.core.provenance import Origin, Provenance
from annotator.core.renaming import content_of, renamed

MERGE = "edit.merge"
"""The name of a merge, in the journal of the project and in those of sets."""

_MARK = "merge:"
_ORDER = {Layer.ENTITY: 0, Layer.MENTION: 1, Layer.QUOTE: 2, Layer.EVENT: 3}


def copy_provenance(name: str) -> Provenance:
    """What marks the other side of a conflict; `name` is that of the other project file."""
    return Provenance(Origin.IMPORT, f"{_MARK}{name}")


class Clash(Enum):
    """In which way two sides contradict each other."""

    BOTH_CHANGED = "both_changed"
    """Changed differently; theirs stands beside ours. Of two statuses the lower one holds."""

    BOTH_ADDED = "both_added"
    """Added at the same place, with different contents; both stand there."""

    DELETED_HERE = "deleted_here"
    """Deleted here and changed, or still in use, there; it is back."""

    DELETED_THERE = "deleted_there"
    """Deleted there and changed, or still in use, here; it stays."""


class Conflict(Struct, frozen=True):
    """One contradiction: both sides under our ids; `copy` is what stands beside ours now."""

    clash: Clash
    ours: Record | None
    theirs: Record | None
    copy: RecordId | None = None


class Split(Struct, frozen=True):
    """Where two sets parted: the records of then by our ids, and our ids of theirs."""

    base: Mapping[RecordId, Record] = field(default_factory=lambda: MappingProxyType({}))
    known: Mapping[RecordId, RecordId] = field(default_factory=lambda: MappingProxyType({}))


NOTHING_SHARED = Split()


class Merged(Struct, frozen=True):
    """What a merge does to our set; `ids` gives our id for every record of theirs."""

    edit: Edit
    ids: Mapping[RecordId, RecordId]
    conflicts: tuple[Conflict, ...]


def merge(split: Split, ours: AnnotationSet, theirs: AnnotationSet, copied: Provenance) -> Merged:
    """Bring `theirs` into `ours`; `copied` is the provenance of what comes beside a conflict.

    Doing it twice changes nothing the second time.
    """
    return _Merge(split, ours, theirs, copied).result()


class _Merge:
    """One merge under way: what is to be under each of our ids, where that is not as it was."""

    def __init__(
        self, split: Split, ours: AnnotationSet, theirs: AnnotationSet, copied: Provenance
    ) -> None:
        self._base = split.base
        self._ours = ours
        self._theirs = theirs
        self._copied = copied
        self._after: dict[RecordId, Record | None] = {}
        self._conflicts: list[Conflict] = []
        self._copies: dict[RecordId, RecordId] = {}
        self._minted: dict[Layer, int] = {}
        linked = {each: here for each, here in split.known.items() if each in theirs}
        self._ids: dict[RecordId, RecordId] = {**linked, STATUS_ID: STATUS_ID}
        known = {*split.base, STATUS_ID}
        self._pool = Pool(record for i, record in ours.records.items() if i not in known)
        self._new = match(self._pool, ours.records, theirs.records, self._ids)
        self._number(self._new)
        self._there = {
            self._ids[record.id]: renamed(record, self._ids) for record in theirs.records.values()
        }

    def result(self) -> Merged:
        """Compare everything, see to it that nothing dangles, and write the edit."""
        self._add()
        for identifier in sorted((*self._base, STATUS_ID), key=_layer_order):
            self._compare(identifier)
        self._hold_together()
        self._drop_unused()
        return Merged(self._edit(), MappingProxyType(self._known_ids()), tuple(self._conflicts))

    def _known_ids(self) -> dict[RecordId, RecordId]:
        return {each: here for each, here in self._ids.items() if each in self._theirs}

    def _number(self, records: Iterable[Record]) -> None:
        """Their ids stay where this set has never used the number, else they get fresh ones."""
        last = self._ours.last_numbers
        for identifier in (*self._base, *self._theirs.records, *self._ours.records):
            self._reserve(identifier)
        for layer, number in (*last.items(), *self._theirs.last_numbers.items()):
            self._minted[layer] = max(self._minted.get(layer, 0), number)
        taken = {*self._base, *self._ids.values()}
        for record in records:
            layer, number = layer_and_number(record.id)
            is_free = number > last.get(layer, 0) and record.id not in taken
            self._ids[record.id] = record.id if is_free else self._mint(layer)

    def _reserve(self, identifier: RecordId) -> None:
        layer, number = layer_and_number(identifier)
        self._minted[layer] = max(self._minted.get(layer, 0), number)

    def _mint(self, layer: Layer) -> RecordId:
        self._minted[layer] = self._minted.get(layer, 0) + 1
        return record_id(layer, self._minted[layer])

    def _add(self) -> None:
        """Take over what only they added; what both have put at one place is told."""
        beside = by_place(self._pool.records())
        for record in self._new:
            added = self._there[self._ids[record.id]]
            self._after[added.id] = added
            place = place_of(added)
            if place is not None and place in beside:
                self._tell(Clash.BOTH_ADDED, beside[place], added, added.id)

    def _compare(self, identifier: RecordId) -> None:
        """Judge one record of the base, or the status."""
        before = self._base.get(identifier)
        ours, theirs = self._ours.get(identifier), self._there.get(identifier)
        if _says(theirs) == _says(ours):
            return
        if _says(theirs) == _says(before):
            self._find_copy(theirs)
            return
        if _says(ours) == _says(before):
            self._after[identifier] = theirs
        elif theirs is None:
            self._tell(Clash.DELETED_THERE, ours, None)
        elif ours is None:
            self._after[identifier] = theirs
            self._tell(Clash.DELETED_HERE, None, theirs)
        elif isinstance(ours, StatusRecord) and isinstance(theirs, StatusRecord):
            self._compare_statuses(ours, theirs)
        else:
            self._keep_both(before, ours, theirs)

    def _compare_statuses(self, ours: StatusRecord, theirs: StatusRecord) -> None:
        lower = _lower(ours, theirs)
        if lower != ours:
            self._after[STATUS_ID] = lower
        self._tell(Clash.BOTH_CHANGED, ours, theirs)

    def _find_copy(self, theirs: Record | None) -> None:
        """Remember what stands beside ours since an earlier merge."""
        earlier = None if theirs is None else self._pool.find(self._as_copy(theirs, theirs.id))
        if theirs is not None and earlier is not None and _is_copy(earlier):
            self._copies[theirs.id] = earlier.id
            self._pool.take(earlier.id)

    def _keep_both(self, before: Record | None, ours: Record, theirs: Record) -> None:
        """Theirs comes beside ours, unless it stands there from an earlier merge."""
        there = self._pool.find(self._as_copy(theirs, theirs.id))
        if there is None and before is not None:
            earlier = self._pool.find(self._as_copy(before, before.id))
            there = earlier if earlier is not None and _is_copy(earlier) else None
            if there is not None:
                self._after[there.id] = self._as_copy(theirs, there.id)
        if there is None:
            there = self._as_copy(theirs, self._mint(layer_and_number(theirs.id)[0]))
            self._after[there.id] = there
        else:
            self._pool.take(there.id)
        self._copies[theirs.id] = there.id
        self._tell(Clash.BOTH_CHANGED, ours, theirs, there.id)

    def _as_copy(self, record: Record, identifier: RecordId) -> Record:
        """What stands beside ours: it refers to other such copies, of the layers below."""
        own, _ = _layer_order(record.id)
        ids = {each: here for each, here in self._copies.items() if _layer_order(each)[0] < own}
        copy = renamed(record, {**ids, record.id: identifier})
        if isinstance(copy, StatusRecord | SuggestionDecision):
            return copy
        return replace(copy, provenance=self._copied)

    def _hold_together(self) -> None:
        """Bring back, or let stay, whatever something that is there refers to."""
        queue = [record for record in self._after.values() if record is not None]
        for identifier, after in self._after.items():
            if after is None:
                referrers = self._ours.referring_to(identifier)
                queue.extend(record for record in referrers if record.id not in self._after)
        while queue:
            for reference in references(queue.pop()):
                if self._now(reference) is None:
                    queue.append(self._bring_back(reference))

    def _bring_back(self, identifier: RecordId) -> Record:
        record = self._ours.get(identifier)
        if record is not None:
            del self._after[identifier]
            conflict = Conflict(Clash.DELETED_THERE, record, None)
        else:
            record = self._after[identifier] = self._there[identifier]
            conflict = Conflict(Clash.DELETED_HERE, None, record)
        if not isinstance(record, Entity):  # an entity is but what its mentions refer to
            self._conflicts.append(conflict)
        return record

    def _drop_unused(self) -> None:
        """Take away the entities to which nothing refers after what the merge took over.

        One with ids in a knowledge base stays, one about which the sides disagree, and one that
        they keep without any use.
        """
        in_use = {each for record in self._there.values() for each in references(record)}
        kept = self._there.keys() - in_use
        told = {side.id for each in self._conflicts for side in (each.ours, each.theirs) if side}
        left = (self._ours.get(identifier) for identifier in tuple(self._after))
        candidates = {each for record in left if record is not None for each in references(record)}
        for identifier in candidates:
            entity = self._now(identifier)
            if not isinstance(entity, Entity) or entity.kb or identifier in told | kept:
                continue
            if not self._is_used(identifier):
                self._after[identifier] = None

    def _is_used(self, identifier: RecordId) -> bool:
        others = self._ours.referring_to(identifier)
        if any(record.id not in self._after for record in others):
            return True
        written = (record for record in self._after.values() if record is not None)
        return any(identifier in references(record) for record in written)

    def _now(self, identifier: RecordId) -> Record | None:
        if identifier in self._after:
            return self._after[identifier]
        return self._ours.get(identifier)

    def _tell(
        self, clash: Clash, ours: Record | None, theirs: Record | None, copy: RecordId | None = None
    ) -> None:
        self._conflicts.append(Conflict(clash, ours, theirs, copy))

    def _edit(self) -> Edit:
        """What is new comes before what refers to it, in order of number; what goes is last."""
        changes = (Change(self._ours.get(each), after) for each, after in self._after.items())
        return Edit(MERGE, tuple(sorted(changes, key=_in_order)))


def _in_order(change: Change) -> tuple[bool, tuple[int, int]]:
    return change.after is None, _layer_order(change.id)


def _layer_order(identifier: RecordId) -> tuple[int, int]:
    layer, number = layer_and_number(identifier)
    return _ORDER.get(layer, len(_ORDER)), number


def _says(record: Record | None) -> Record | None:
    return None if record is None else content_of(record)


def _is_copy(record: Record) -> bool:
    provenance = getattr(record, "provenance", None)
    return isinstance(provenance, Provenance) and provenance.detail.startswith(_MARK)


_STATUSES = tuple(SetStatus)
_COVERAGES = tuple(Coverage)


def _lower(left: StatusRecord, right: StatusRecord) -> StatusRecord:
    """What both sides can say: work is only done where both call it done."""
    return StatusRecord(
        status=min(left.status, right.status, key=_STATUSES.index),
        mentions=min(left.mentions, right.mentions, key=_COVERAGES.index),
        events=min(left.events, right.events, key=_COVERAGES.index),
        quotes=min(left.quotes, right.quotes, key=_COVERAGES.index),
    )

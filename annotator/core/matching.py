"""Which records of two sets are one: what both sides added and what says the same.

How to think about it: records of both sides that come from one record are told by their ids; the
rest was added by one side or by both. Two additions are one when they say the same, and what they
refer to is one as well; where it comes from does not matter. Each record is one with at most one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import TypeAlias

from annotator.core.annotations import (
    Entity,
    Event,
    Mention,
    Quote,
    Record,
    anchor_of,
    references,
)
from annotator.core.ids import RecordId
from annotator.core.renaming import content_of, renamed
from annotator.core.span import Span

_ANY = RecordId("")


class Pool:
    """Records of one side that have not been found on the other yet, by what they say."""

    def __init__(self, records: Iterable[Record]) -> None:
        self._free = {record.id: record for record in records}
        self._alike: dict[Record, list[RecordId]] = {}
        for record in self._free.values():
            self._alike.setdefault(content_of(record), []).append(record.id)

    def find(self, record: Record) -> Record | None:
        """The first free one that says the same as `record`."""
        for identifier in self._alike.get(content_of(record), ()):
            if identifier in self._free:
                return self._free[identifier]
        return None

    def take(self, identifier: RecordId) -> None:
        """Let this one be found no more."""
        del self._free[identifier]

    def get(self, identifier: RecordId) -> Record | None:
        """The free one with this id, or None."""
        return self._free.get(identifier)

    def records(self) -> tuple[Record, ...]:
        """Those that are still free, in order."""
        return tuple(self._free.values())


def match(
    pool: Pool,
    ours: Mapping[RecordId, Record],
    theirs: Mapping[RecordId, Record],
    ids: dict[RecordId, RecordId],
) -> tuple[Record, ...]:
    """Find what they added in the pool of what we added; the rest, in their order.

    `ids` gives our id for records that are known to be one, and is filled with what is found.
    """
    _match_entities(pool, ours, theirs, ids)
    pending = tuple(record for record in theirs.values() if record.id not in ids)
    while True:
        rest = tuple(record for record in pending if not _is_found(pool, record, ids))
        if len(rest) == len(pending):
            return rest
        pending = rest


def _match_entities(
    pool: Pool,
    ours: Mapping[RecordId, Record],
    theirs: Mapping[RecordId, Record],
    ids: dict[RecordId, RecordId],
) -> None:
    """Two entities of one name are told apart by what refers to them: most in common first."""
    users: dict[object, list[RecordId]] = {}
    linked = frozenset(ids.values())
    for record in ours.values():
        for entity in _entities_of(record, pool.get):
            users.setdefault(_use(record, {}, linked), []).append(entity)
    shared: Counter[tuple[RecordId, RecordId]] = Counter()
    fresh = {i: record for i, record in theirs.items() if i not in ids}
    for record in theirs.values():
        for entity in _entities_of(record, fresh.get):
            for here in users.get(_use(record, ids, ids), ()):
                shared[entity, here] += 1
    for (there, here), _ in shared.most_common():
        found = pool.get(here)
        if there not in ids and found and content_of(found) == content_of(theirs[there]):
            ids[there] = here
            pool.take(here)


def _entities_of(record: Record, get: Callable[[RecordId], Record | None]) -> Iterator[RecordId]:
    return (each for each in references(record) if isinstance(get(each), Entity))


def _use(record: Record, ids: Mapping[RecordId, RecordId], linked: Collection[RecordId]) -> object:
    """What uses an entity, told in a way that is the same on both sides."""
    if record.id in linked:
        return ids.get(record.id, record.id)
    return content_of(renamed(record, dict.fromkeys(references(record), _ANY)))


def _is_found(pool: Pool, record: Record, ids: dict[RecordId, RecordId]) -> bool:
    if any(reference not in ids for reference in references(record)):
        return False
    found = pool.find(renamed(record, ids))
    if found is None:
        return False
    ids[record.id] = found.id
    pool.take(found.id)
    return True


Place: TypeAlias = tuple[type[Record], tuple[Span, ...]]


def place_of(record: Record) -> Place | None:
    """Kind and spans of a mention, an event or a quote; None for what stands nowhere."""
    if not isinstance(record, Mention | Event | Quote):
        return None
    return type(record), anchor_of(record).spans


def by_place(records: Iterable[Record]) -> Mapping[Place, Record]:
    """Mentions, events and quotes by where they stand, the first of each place."""
    places: dict[Place, Record] = {}
    for record in records:
        place = place_of(record)
        if place is not None:
            places.setdefault(place, record)
    return places

"""Which annotations of several sets are about the same thing: groups with at most one of each set.

Sets are joined one after the other. What stands on the same text under the same name goes together
first; of the rest, what overlaps closely enough, so that the sum of closeness is the greatest, and
then what has most parts in common: two events may stand on one trigger. An entity is the one that
most of its mentions share with it, else the one of its label and name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TypeAlias, assert_never

from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import Annotation, Entity, Event, Mention, Quote, Record, anchor_of
from annotator.core.ids import RecordId, SetId
from annotator.core.one_to_one import Pair, Weight, one_to_one
from annotator.core.overlap import HALF, dice, overlapping
from annotator.core.span import Fragments

Group: TypeAlias = dict[SetId, Record]
"""What several sets say about one thing, by the set."""


def name_of(record: Annotation | Entity) -> str:
    """The label of a mention or an entity, the type of an event or a quote."""
    match record:
        case Mention() | Entity():
            return record.label
        case Event():
            return record.type
        case Quote():
            return record.type.value
        case _:
            assert_never(record)


Parts: TypeAlias = Callable[[SetId, Annotation], frozenset[object]]
"""Gives what tells annotations of a set apart that stand on one text under one name."""

_Member: TypeAlias = tuple[int, SetId, Annotation]
"""The number of its group, the set it is of, the annotation."""


def join(
    groups: Sequence[Group], side: SetId, records: Sequence[Annotation], parts: Parts
) -> list[Group]:
    """The groups with the annotations of one more set, all of one layer.

    Those that go with none of the groups make groups of their own, behind the others.
    """
    members = [
        (number, place, record)
        for number, group in enumerate(groups)
        for place, record in group.items()
        if isinstance(record, Mention | Event | Quote)
    ]
    pairs = _same(members, records)
    taken = set(pairs.values())
    others = [member for member in members if member[0] not in taken]
    rest = [(index, side, record) for index, record in enumerate(records) if index not in pairs]
    pairs |= _close(others, rest, parts)
    return _joined(groups, side, records, pairs)


def join_entities(
    groups: Sequence[Group], side: SetId, annotations: AnnotationSet, mentions: Sequence[Group]
) -> list[Group]:
    """The groups of entities with those of one more set, whose mentions are grouped already."""
    entities = list(annotations.entities())
    numbers = {
        (place, record.id): number
        for number, group in enumerate(groups)
        for place, record in group.items()
    }
    common = Counter(_shared(side, mentions, numbers))
    indices = {entity.id: index for index, entity in enumerate(entities)}
    links = {
        (number, indices[entity]): (Fraction(times),) for (number, entity), times in common.items()
    }
    pairs = {there: here for here, there in one_to_one(links, most_pairs=False)}
    pairs |= _called_alike(groups, entities, pairs)
    return _joined(groups, side, entities, pairs)


def _joined(
    groups: Sequence[Group], side: SetId, records: Sequence[Record], pairs: Mapping[int, int]
) -> list[Group]:
    joined = [dict(group) for group in groups]
    for index, record in enumerate(records):
        if index in pairs:
            joined[pairs[index]][side] = record
        else:
            joined.append({side: record})
    return joined


def _key(record: Annotation) -> object:
    return anchor_of(record).spans, name_of(record)


def _same(members: Sequence[_Member], records: Sequence[Annotation]) -> dict[int, int]:
    """What has the same text and name, where that is told of one group and one record only."""
    homes: dict[object, set[int]] = {}
    for number, _, record in members:
        homes.setdefault(_key(record), set()).add(number)
    times = Counter(map(_key, records))
    found: dict[int, int] = {}
    taken: set[int] = set()
    for index, record in enumerate(records):
        key = _key(record)
        here = homes.get(key, set()) - taken
        if times[key] == 1 and len(here) == 1:
            found[index] = next(iter(here))
            taken |= here
    return found


def _close(members: Sequence[_Member], rest: Sequence[_Member], parts: Parts) -> dict[int, int]:
    """The best pairs of what overlaps; a group is as close as its closest member.

    Where one way is as close as another, that one is better in which more parts are the same.
    """
    links: dict[Pair, Weight] = {}
    here = [anchor_of(record) for _, _, record in members]
    there = [anchor_of(record) for _, _, record in rest]
    for left, right in overlapping(here, there):
        (number, place, member), (index, side, record) = members[left], rest[right]
        closeness = _closeness(member, record)
        if closeness is not None:
            common = parts(place, member) & parts(side, record)
            weight = closeness, Fraction(len(common))
            links[number, index] = max(links.get((number, index), weight), weight)
    return {index: number for number, index in one_to_one(links, most_pairs=False)}


def _closeness(one: Annotation, other: Annotation) -> Fraction | None:
    """How well two annotations go together, None where they do not."""
    here, there = anchor_of(one), anchor_of(other)
    likeness, is_name = dice(here, there), name_of(one) == name_of(other)
    match one:
        case Mention():
            is_close = likeness >= HALF or (is_name and likeness > 0)
        case Event():
            is_close = dice(_head(here), _head(there)) > 0
        case Quote():
            is_close = likeness >= HALF
        case _:
            assert_never(one)
    return likeness + 2 * (here.spans == there.spans) + is_name if is_close else None


def _head(trigger: Fragments) -> Fragments:
    return trigger if trigger.head is None else Fragments((trigger.head,))


def _shared(
    side: SetId, mentions: Sequence[Group], numbers: Mapping[tuple[SetId, RecordId], int]
) -> Iterator[tuple[int, RecordId]]:
    """A group of entities and an entity of `side`, once for each mention that both have."""
    for group in mentions:
        mine = group.get(side)
        if isinstance(mine, Mention) and mine.entity is not None:
            found = {
                numbers[place, other.entity]
                for place, other in group.items()
                if isinstance(other, Mention)
                and other.entity is not None
                and (place, other.entity) in numbers
            }
            yield from ((number, mine.entity) for number in sorted(found))


def _called_alike(
    groups: Sequence[Group], entities: Sequence[Entity], known: Mapping[int, int]
) -> dict[int, int]:
    """Of the entities that no mention pairs, those of one label and name, in their order."""
    taken = set(known.values())
    free: dict[tuple[str, str], list[int]] = {}
    for number, group in enumerate(groups):
        if number not in taken:
            entity = next(iter(group.values()))
            assert isinstance(entity, Entity)  # groups hold one layer only
            free.setdefault((entity.label, entity.name), []).append(number)
    pairs: dict[int, int] = {}
    for index, entity in enumerate(entities):
        alike = free.get((entity.label, entity.name))
        if index not in known and alike:
            pairs[index] = alike.pop(0)
    return pairs

"""Whether two annotation sets say the same, whatever the ids of their records.

Another program numbers anew what it writes, so ids tell nothing. Records are told apart by what
they say, then by what the records say to which they refer, and so on (colour refinement): two sets
are the same where each has every kind of record as often as the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import Record, StatusRecord
from annotator.core.ids import RecordId
from annotator.core.renaming import content_of, renamed

_MOST_ROUNDS = 12
"""References lead from record to record; whoever refers further than that is taken to differ."""

_Kinds = Mapping[RecordId, RecordId]


def says_the_same(one: AnnotationSet, other: AnnotationSet) -> bool:
    """Whether both hold the same annotations, wherever these come from and whatever their ids.

    How far the work on a set is does not count.
    """
    sides = _records(one), _records(other)
    contents = [{key: content_of(record) for key, record in side.items()} for side in sides]
    if contents[0] == contents[1]:
        return True
    kinds: list[_Kinds] = [dict.fromkeys(side, RecordId("")) for side in sides]
    known = 1
    for _ in range(_MOST_ROUNDS):
        numbers: dict[Record, RecordId] = {}
        kinds = [_refined(side, told, numbers) for side, told in zip(sides, kinds, strict=True)]
        if Counter(kinds[0].values()) != Counter(kinds[1].values()):
            return False
        if len(numbers) == known:
            return True
        known = len(numbers)
    return False


def _records(annotations: AnnotationSet) -> dict[RecordId, Record]:
    records = annotations.records
    return {each: one for each, one in records.items() if not isinstance(one, StatusRecord)}


def _refined(
    records: Mapping[RecordId, Record], kinds: _Kinds, numbers: dict[Record, RecordId]
) -> _Kinds:
    """The kind of each record by what it says, and of which kinds those are that it refers to."""
    refined = {}
    for key, record in records.items():
        said = content_of(renamed(record, kinds))
        refined[key] = numbers.setdefault(said, RecordId(str(len(numbers))))
    return refined

"""Lineages: where two copies of an annotation set parted, and where they met again.

How to think about it: the journal of a set is its lineage. A copy of the project has the same
entries up to the moment it was made, so the longest common beginning of two journals is where they
parted. After a merge that beginning is no longer the last thing both knew: ours then holds all that
theirs held up to some entry. Such a *meeting* is remembered with our ids for the records of theirs,
and the next merge starts from there, on whichever side the meeting was.

A lineage is told by a chain of fingerprints, each of an entry and all before it; so one fingerprint
and a number tell a whole beginning. Nothing is ever ordered by time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from types import MappingProxyType

from msgspec import Struct, field

from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import Record
from annotator.core.history import JournalEntry
from annotator.core.ids import Layer, RecordId, layer_and_number, record_id
from annotator.core.merging import NOTHING_SHARED, Merged, Split
from annotator.core.renaming import renamed


class Meeting(Struct, frozen=True):
    """The moment when a set took in another one: the states of both, and our ids of theirs.

    `at` is how many entries this set had afterwards, `count` how many the other one had, and
    `chain` the fingerprint of those. A record of theirs that has no id here is not in `ids`.
    """

    at: int
    count: int
    chain: str
    ids: Mapping[RecordId, RecordId] = field(default_factory=lambda: MappingProxyType({}))


class Lineage(Struct, frozen=True):
    """The journal of a set as fingerprints; `undone` are project edits taken back in it alone."""

    chain: tuple[str, ...] = ()
    undone: frozenset[int] = frozenset()

    def begins_with(self, count: int, chain: str) -> bool:
        """Whether its first `count` entries have this fingerprint."""
        return 0 < count <= len(self.chain) and self.chain[count - 1] == chain


class SetCopy(Struct, frozen=True):
    """One of two copies of a set, with the meetings that it remembers.

    `backwards` are the entries of its journal, the newest first; only as many are taken as need be.
    """

    annotations: AnnotationSet
    lineage: Lineage = Lineage()
    meetings: tuple[Meeting, ...] = ()
    backwards: Iterable[JournalEntry] = ()

    def as_of(self, count: int) -> dict[RecordId, Record]:
        """The records when the journal had `count` entries."""
        records = dict(self.annotations.records)
        for entry in islice(self.backwards, len(self.lineage.chain) - count):
            for change in entry.edit.inverse.changes:
                if change.after is None:
                    del records[change.id]
                else:
                    records[change.id] = change.after
        return records


def is_known(ours: Lineage, met: tuple[Meeting, ...], theirs: Lineage) -> bool:
    """Whether ours holds everything of theirs already: it went on from it, or took it in."""
    if not theirs.chain:
        return False
    count, last = len(theirs.chain), theirs.chain[-1]
    return ours.begins_with(count, last) or any(
        (meeting.count, meeting.chain) == (count, last) for meeting in met
    )


def split_of(ours: SetCopy, theirs: SetCopy) -> Split:
    """The last state that both copies knew.

    Where each took the other in without knowing of it, there are two last states; one is taken, and
    what only the other tells is compared by what it says.
    """
    parted = _common_length(ours.lineage.chain, theirs.lineage.chain)
    here = _last(ours.meetings, theirs.lineage, parted)
    there = _last(theirs.meetings, ours.lineage, parted)
    if there is not None and (here is None or there.count >= here.at):
        # ours had taken in theirs before theirs took in ours
        return Split(ours.as_of(there.count), {their: our for our, their in there.ids.items()})
    if here is not None:
        return _named(theirs.as_of(here.count), here.ids, ours, theirs)
    if not parted:
        return NOTHING_SHARED
    base = theirs.as_of(parted)
    return _named(base, {identifier: identifier for identifier in base}, ours, theirs)


def meetings_after(
    merged: Merged, ours: SetCopy, theirs: SetCopy, *, at: int, numbers: Mapping[Layer, int]
) -> tuple[Meeting, ...]:
    """What our set remembers of a merge; `numbers` are its highest ones afterwards.

    With theirs, all that theirs had taken in before has been met, too.
    """
    ids = {each: here for each, here in merged.ids.items() if _is_given(here, numbers)}
    found = []
    if theirs.lineage.chain:
        found.append(Meeting(at, len(theirs.lineage.chain), theirs.lineage.chain[-1], ids))
    for meeting in theirs.meetings:
        if ours.lineage.begins_with(meeting.count, meeting.chain):
            continue  # that was with us
        through = {each: ids[there] for each, there in meeting.ids.items() if there in ids}
        found.append(Meeting(at, meeting.count, meeting.chain, through))
    return tuple(found)


def _common_length(left: tuple[str, ...], right: tuple[str, ...]) -> int:
    low, high = 0, min(len(left), len(right))
    while low < high:  # a fingerprint tells all before it, so half of the way can be left out
        middle = (low + high + 1) // 2
        if left[middle - 1] == right[middle - 1]:
            low = middle
        else:
            high = middle - 1
    return low


def _last(meetings: tuple[Meeting, ...], other: Lineage, parted: int) -> Meeting | None:
    """The meeting that knew most of this other lineage, where that is more than both began with."""
    found = [each for each in meetings if other.begins_with(each.count, each.chain)]
    last = max(found, key=lambda each: (each.count, -each.at), default=None)
    return None if last is None or last.count <= parted else last


def _named(
    base: Mapping[RecordId, Record],
    ids: Mapping[RecordId, RecordId],
    ours: SetCopy,
    theirs: SetCopy,
) -> Split:
    """The split at a state of theirs. What never had an id here gets one that nobody has."""
    known: dict[RecordId, RecordId] = {}
    numbers: dict[Layer, int] = {}
    for copy in (ours, theirs):
        for layer, number in copy.annotations.last_numbers.items():
            numbers[layer] = max(numbers.get(layer, 0), number)
    for identifier in base:
        if identifier in ids:
            known[identifier] = ids[identifier]
            continue
        layer, _ = layer_and_number(identifier)
        numbers[layer] = numbers.get(layer, 0) + 1
        known[identifier] = record_id(layer, numbers[layer])
    return Split({known[i]: renamed(record, known) for i, record in base.items()}, known)


def _is_given(identifier: RecordId, numbers: Mapping[Layer, int]) -> bool:
    layer, number = layer_and_number(identifier)
    return number <= numbers.get(layer, 0)

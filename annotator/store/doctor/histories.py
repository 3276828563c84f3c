"""The journal of a repaired set: what of it still holds, joined so that undo leads on.

How to think about it: of the entries that are sound, a *beginning* can be done from nothing, and
an *end* can be taken back from what is stored. Where the two do not meet, one entry of the
doctor's stands between them: it turns what the beginning leads to into what the end begins with.
"""

from __future__ import annotations

from collections.abc import Sequence

import orjson
from msgspec import Struct

from annotator.core.annotations import Record
from annotator.core.edits import Change, Edit
from annotator.core.history import Act, JournalEntry
from annotator.store.doctor.ailments import Slowly
from annotator.store.doctor.entries import (
    Bodies,
    Entry,
    Stacks,
    apply_backwards,
    apply_forwards,
)
from annotator.store.doctor.tables import Row
from annotator.store.record_json import record_from_json
from annotator.store.rows import entry_to_row

EDIT_NAME = "edit.repaired"
"""What undo calls the entry that the doctor writes."""

_LATER = 200


class Numbers(Struct):
    """The numbers of entries and records in the copy: those that are taken, and the next free."""

    seqs: set[int]
    keys: set[int]

    def next_seq(self) -> int:
        """The number after all others."""
        return self._next(self.seqs)

    def next_key(self) -> int:
        """The key after all others."""
        return self._next(self.keys)

    def seq_between(self, low: int, high: int) -> int | None:
        """A free number between two entries, or None."""
        for seq in range(high - 1, low, -1):
            if seq not in self.seqs:
                self.seqs.add(seq)
                return seq
        return None

    @staticmethod
    def _next(taken: set[int]) -> int:
        number = max(taken, default=0) + 1
        taken.add(number)
        return number


class Joined(Struct, frozen=True):
    """The rows of the repaired journal; `dropped` are sound entries that could not be kept."""

    rows: tuple[Row, ...]
    dropped: tuple[int, ...]
    is_bridged: bool


def joined(
    entries: Sequence[Entry],
    stored: Bodies,
    *,
    gaps: Sequence[int],
    numbers: Numbers,
    now: str,
    set_key: int,
) -> Slowly[Joined]:
    """The journal that leads from nothing to `stored`. `gaps` are the `seq` of lost entries."""
    numbers.seqs.difference_update(gaps)
    beginning, before = yield from _beginning(entries, min(gaps, default=None))
    rest = entries[len(beginning) :]
    if not rest and before == stored:
        return Joined(tuple(entry.row for entry in entries), (), is_bridged=False)
    start = yield from _end(rest, stored)
    first, low = tuple(e.row for e in beginning), beginning[-1].seq if beginning else 0
    while start < len(rest):
        dropped = tuple(entry.seq for entry in rest[:start])
        numbers.seqs.difference_update(dropped)
        end = rest[start:]
        last = tuple(entry.row for entry in end)
        after = yield from _taken_back(end, stored)
        if after == before:
            return Joined((*first, *last), dropped, is_bridged=False)
        seq = numbers.seq_between(low, end[0].seq)
        if seq is not None:
            bridge = _bridge(before, after, seq=seq, now=now, set_key=set_key)
            return Joined((*first, bridge, *last), dropped, is_bridged=True)
        start += 1 + _self_contained(end[1:])
    dropped = tuple(entry.seq for entry in rest)
    numbers.seqs.difference_update(dropped)
    if before == stored:
        return Joined(first, dropped, is_bridged=False)
    bridge = _bridge(before, stored, seq=numbers.next_seq(), now=now, set_key=set_key)
    return Joined((*first, bridge), dropped, is_bridged=True)


def _beginning(entries: Sequence[Entry], gap: int | None) -> Slowly[tuple[list[Entry], Bodies]]:
    """The entries that follow from nothing, as far as none is missing, and what they lead to."""
    bodies: Bodies = {}
    stacks = Stacks()
    beginning: list[Entry] = []
    for number, entry in enumerate(entries):
        if number % _LATER == 0:
            yield
        is_beyond = gap is not None and entry.seq > gap
        if is_beyond or not stacks.take(entry) or not apply_forwards(bodies, entry):
            break
        beginning.append(entry)
    return beginning, bodies


def _end(rest: Sequence[Entry], stored: Bodies) -> Slowly[int]:
    """From where on all entries can be taken back, and concern only each other."""
    bodies = dict(stored)
    start = len(rest)
    while start and apply_backwards(bodies, rest[start - 1]):
        start -= 1
        if start % _LATER == 0:
            yield
    return start + _self_contained(rest[start:])


def _self_contained(entries: Sequence[Entry]) -> int:
    """From where on undo and redo concern only what is done from there on."""
    start = 0
    stacks = Stacks()
    for number, entry in enumerate(entries):
        joins = number == start and entry.act is Act.DO and entry.joins
        if joins or not stacks.take(entry):
            start, stacks = number + 1, Stacks()
    return start


def _taken_back(end: Sequence[Entry], stored: Bodies) -> Slowly[Bodies]:
    bodies = dict(stored)
    for number, entry in enumerate(reversed(end)):
        if number % _LATER == 0:
            yield
        apply_backwards(bodies, entry)
    return bodies


def _bridge(before: Bodies, after: Bodies, *, seq: int, now: str, set_key: int) -> Row:
    changes = [
        Change(_record(before.get(identifier)), _record(after.get(identifier)))
        for identifier in dict.fromkeys((*before, *after))
        if before.get(identifier) != after.get(identifier)
    ]
    edit = Edit(EDIT_NAME, tuple(changes))
    row = entry_to_row(JournalEntry(seq, Act.DO, edit, now))
    return {
        "seq": seq,
        "set_key": set_key,
        "act": row.act,
        "target": row.target,
        "joins": row.joins,
        "made": row.made,
        "body": row.body,
        "digest": row.digest,
    }


def _record(body: str | None) -> Record | None:
    return None if body is None else record_from_json(orjson.loads(body))

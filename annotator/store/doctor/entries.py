"""One entry of the journal under examination, and the stacks of undo that entries lead to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

import orjson
from msgspec import Struct, field

from annotator.core.history import Act
from annotator.store.doctor.ailments import Ailment, Kind, Where, at
from annotator.store.doctor.digests import digest_of_bytes
from annotator.store.doctor.records import UNREADABLE
from annotator.store.doctor.tables import Row
from annotator.store.edit_json import edit_from_json, edit_to_json
from annotator.store.record_json import Json, canonical

Bodies: TypeAlias = dict[str, str]
"""Records by id as their canonical bodies, which are equal where the records are."""

Sides: TypeAlias = tuple[str, str | None, str | None]
"""A change: the id, and the body before and after."""


class Entry(Struct, frozen=True):
    """A sound entry; `changes` are those of its edit."""

    seq: int
    act: Act
    target: int | None
    joins: bool
    changes: tuple[Sides, ...]
    row: Row


class EntryCase(Struct, frozen=True):
    """A row of the journal: the entry where it is sound, and what is wrong with the row."""

    row: Row
    entry: Entry | None
    ailments: tuple[Ailment, ...] = ()


def head_of(row: Row) -> str:
    """What of a row stands before the body in its digest."""
    head = (row["act"], row["target"], row["joins"], row["made"])
    project = row.get("project")
    return canonical(head if project is None else (*head, project))


def without_act(row: Row) -> Row:
    """The entry as one that is part of no act on the project."""
    row = {**row, "project": None}
    said = head_of(row) + str(row["body"])
    return {**row, "digest": digest_of_bytes(said.encode("utf-8"))}


def is_entry_proved(row: Row) -> bool:
    """Whether the digest of an entry is that of what it says."""
    body = row["body"]
    if not isinstance(body, str):
        return False
    try:
        said = head_of(row) + body
    except TypeError:  # a cell that JSON cannot hold
        return False
    return digest_of_bytes(said.encode("utf-8")) == row["digest"]


def examine_entry(row: Row, where: Where) -> EntryCase:
    """Judge one row."""
    seq = row["seq"]
    if not isinstance(row["body"], str) or not isinstance(seq, int):
        return EntryCase(row, None)  # the check of cells has told
    if not is_entry_proved(row):
        return EntryCase(row, None, (Ailment(Kind.ENTRY_DIGEST, at(where, row)),))
    try:
        content = orjson.loads(row["body"])
        if canonical(edit_to_json(edit_from_json(content))) != row["body"]:
            raise ValueError(seq)
        entry = _entry(seq, row, content["changes"])
    except UNREADABLE:
        return EntryCase(row, None, (Ailment(Kind.ENTRY_BODY, at(where, row)),))
    return EntryCase(row, entry)


def _entry(seq: int, row: Row, changes: Iterable[Json]) -> Entry:
    act, target = Act(row["act"]), row["target"]
    if (target is None) != (act is Act.DO) or row["joins"] not in (0, 1):
        raise ValueError(seq)
    return Entry(
        seq=seq,
        act=act,
        target=target if isinstance(target, int) else None,
        joins=bool(row["joins"]),
        changes=tuple(map(_sides, changes)),
        row=row,
    )


def _sides(change: Json) -> Sides:
    before, after = change["before"], change["after"]
    return (
        (before or after)["id"],
        None if before is None else canonical(before),
        None if after is None else canonical(after),
    )


class Stacks(Struct):
    """The steps that can be undone and redone, by the `seq` of their first entries."""

    done: list[int] = field(default_factory=list)
    undone: list[int] = field(default_factory=list)

    def take(self, entry: Entry) -> bool:
        """Take an entry into account as `core.history` does; False where it cannot follow."""
        match entry.act:
            case Act.DO:
                self.undone.clear()
                if not (entry.joins and self.done):
                    self.done.append(entry.seq)
                return True
            case Act.UNDO:
                return _moved(entry.target, self.done, self.undone)
            case Act.REDO:
                return _moved(entry.target, self.undone, self.done)


def _moved(target: int | None, source: list[int], goal: list[int]) -> bool:
    if not source or source[-1] != target:
        return False
    goal.append(source.pop())
    return True


def apply_forwards(bodies: Bodies, entry: Entry) -> bool:
    """Do what an entry did; False, and nothing done, where a record is not as it was before."""
    return _apply(bodies, entry.changes)


def apply_backwards(bodies: Bodies, entry: Entry) -> bool:
    """Take back what an entry did; False, and nothing done, where it is not as it was after."""
    return _apply(bodies, [(key, after, before) for key, before, after in entry.changes])


def _apply(bodies: Bodies, changes: Iterable[Sides]) -> bool:
    listed = list(changes)
    if any(bodies.get(identifier) != before for identifier, before, _ in listed):
        return False
    for identifier, _, after in listed:
        if after is None:
            bodies.pop(identifier, None)
        else:
            bodies[identifier] = after
    return True

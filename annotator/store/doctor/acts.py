"""One entry of the journal of the project under examination, and the steps that entries make."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import orjson
from msgspec import Struct, field
from msgspec.structs import replace

from annotator.core.history import Act
from annotator.core.project_edits import Presence, ProjectEdit, ProjectEntry, Thing, steps_of
from annotator.foundation.errors import Defect
from annotator.store.doctor.ailments import Ailment, Kind, Where, at
from annotator.store.doctor.deletions import Deleted, deletions, document_of
from annotator.store.doctor.digests import digest_of_bytes
from annotator.store.doctor.records import UNREADABLE
from annotator.store.doctor.sources import Source
from annotator.store.doctor.tables import Row, Value
from annotator.store.project_journal import edit_from_json, edit_to_json
from annotator.store.record_json import canonical

TABLE = "project_journal"


class ActCase(Struct, frozen=True):
    """A row of the journal of the project: the entry where it is sound, else what is wrong."""

    row: Row
    entry: ProjectEntry | None
    ailments: tuple[Ailment, ...] = ()


def act_head(row: Row) -> str:
    """What of a row stands before the body in its digest."""
    return canonical((row["act"], row["target"], row["made"]))


def is_act_proved(row: Row) -> bool:
    """Whether the digest of an entry is that of what it says."""
    body = row["body"]
    if not isinstance(body, str):
        return False
    try:
        said = act_head(row) + body
    except TypeError:  # a cell that JSON cannot hold
        return False
    return digest_of_bytes(said.encode("utf-8")) == row["digest"]


def examine_act(row: Row) -> ActCase:
    """Judge one row."""
    seq = row["seq"]
    if not isinstance(row["body"], str) or not isinstance(seq, int):
        return ActCase(row, None)  # the check of cells has told
    place = at(Where(TABLE), row)
    if not is_act_proved(row):
        return ActCase(row, None, (Ailment(Kind.PROJECT_ENTRY_DIGEST, place),))
    try:
        return ActCase(row, _entry(seq, row, row["body"]))
    except UNREADABLE:
        return ActCase(row, None, (Ailment(Kind.PROJECT_ENTRY_BODY, place),))


def _entry(seq: int, row: Row, body: str) -> ProjectEntry:
    edit = edit_from_json(orjson.loads(body))
    act, target = Act(row["act"]), row["target"]
    if canonical(edit_to_json(edit)) != body or not _is_of_types(edit):
        raise ValueError(seq)
    if (target is None) != (act is Act.DO):
        raise ValueError(seq)
    return ProjectEntry(
        seq, act, edit, str(row["made"]), target if isinstance(target, int) else None
    )


def _is_of_types(edit: ProjectEdit) -> bool:
    """Whether an edit names things as one does, which JSON does not see to."""
    if edit.schemes is not None and not all(type(number) is int for number in edit.schemes):
        return False
    return all(
        isinstance(presence.id, str)
        and isinstance(presence.is_here, bool)
        and isinstance(presence.document, str) is (presence.thing is Thing.SET)
        for presence in edit.presences
    )


class Acts(Struct):
    """The entries that follow from each other, as `core.project_edits` judges; by their `seq`."""

    done: dict[int, ProjectEntry] = field(default_factory=dict)
    """The last entry about each step that was done, undone or not."""

    def take(self, entry: ProjectEntry) -> bool:
        """Take an entry into account; False, and nothing taken, where it does not follow."""
        step = step_of(entry)
        before = self.done.get(step)
        # What was said of a step before is one entry of it and, where it was undone, another.
        said = [] if before is None else [replace(before, seq=step, act=Act.DO, target=None)]
        if before is not None and before.act is Act.UNDO:
            said.append(before)
        try:
            steps_of([*said, entry])
        except Defect:
            return False
        self.done[step] = entry
        return True


class Things(Struct):
    """What there is that an act can concern, by the names that acts use.

    `deleted` is what was there and was deleted for ever (`learn_deletions`): to name that is right.
    """

    documents: Collection[str]
    sets: Collection[tuple[str, str]]
    people: Collection[str]
    schemes: Collection[int]
    deleted: Deleted = field(default_factory=dict)

    def learn_deletions(self, entries: Sequence[ProjectEntry]) -> None:
        """Take from acts that follow from each other what was deleted for ever."""
        self.deleted = deletions(
            entries,
            (
                (presence, step_of(entry))
                for entry in entries
                for presence in entry.edit.presences
                if not self._has(presence)
            ),
        )

    def missing(self, entry: ProjectEntry) -> Iterator[str]:
        """The names of what an act concerns, and is not there although it was not deleted."""
        edit = entry.edit
        yield from (name_of(each) for each in edit.presences if not self._knows(each, entry))
        yield from (f"schemes/{number}" for number in edit.schemes or () if self._lacks(number))

    def kept(self, entry: ProjectEntry) -> ProjectEdit:
        """The edit of an act without what is `missing`."""
        edit = entry.edit
        presences = tuple(each for each in edit.presences if self._knows(each, entry))
        schemes = edit.schemes
        if schemes is not None and any(map(self._lacks, schemes)):
            schemes = None
        return replace(edit, presences=presences, schemes=schemes)

    def _knows(self, presence: Presence, entry: ProjectEntry) -> bool:
        was_deleted = step_of(entry) < self.deleted.get(document_of(presence), 0)
        return was_deleted or self._has(presence)

    def _lacks(self, scheme: int) -> bool:
        return scheme not in self.schemes

    def _has(self, presence: Presence) -> bool:
        match presence.thing:
            case Thing.DOCUMENT:
                return presence.id.casefold() in self.documents
            case Thing.SET:
                return (str(presence.document).casefold(), presence.id) in self.sets
            case Thing.PERSON:
                return presence.id in self.people


def things_in(source: Source) -> Things:
    """What there is in a file."""
    ids = source.columns("documents", "key", "id")
    names: dict[Value, str] = {key: str(name).casefold() for key, name in ids}
    listed = source.columns("annotation_sets", "document_key", "id")
    return Things(
        documents=frozenset(names.values()),
        sets=frozenset((names[key], str(name)) for key, name in listed if key in names),
        people=frozenset(str(name) for (name,) in source.columns("people", "id")),
        schemes=frozenset(k for (k,) in source.columns("schemes", "key") if isinstance(k, int)),
    )


def name_of(presence: Presence) -> str:
    """What a sentence calls a thing."""
    return presence.id if presence.document is None else f"{presence.document}/{presence.id}"


def step_of(entry: ProjectEntry) -> int:
    """The number of the step that an act does, takes back or brings back."""
    return entry.seq if entry.target is None else entry.target

"""Project edits: what concerns more than one annotation set, undone and redone as a whole.

How to think about it: what each set gains or loses is an edit of that set, in its own journal, and
names the project edit it is part of. The project edit itself says what else changes: which
documents, sets and people are in the project or in the trash, and which scheme is in use. Nothing
that goes is deleted, so taking it back is saying that it is there again.

Project edits are no stack: each can be taken back by itself, whatever came after it. What has been
changed since in the same place stays as it is (`still_standing`).
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import TypeAlias, assert_never

from msgspec import Struct
from msgspec.structs import replace

from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import references
from annotator.core.edits import Change, Edit
from annotator.core.history import Act
from annotator.core.ids import AnnotatorId, DocumentId, RecordId, SetId
from annotator.foundation.errors import Defect

Details: TypeAlias = tuple[tuple[str, str | int], ...]
"""Named values that fill the sentence of a project edit."""

PURGE = "edit.purge_documents"
"""The one step that cannot be taken back: documents in the trash are deleted for ever."""


class Thing(Enum):
    """What can be in the project or in its trash."""

    DOCUMENT = "document"
    SET = "set"
    PERSON = "person"


class Presence(Struct, frozen=True, gc=False):
    """A document, a set of one, or a person comes (`is_here`) or goes to the trash."""

    thing: Thing
    id: str
    is_here: bool
    document: DocumentId | None = None

    @classmethod
    def of_document(cls, identifier: DocumentId, *, is_here: bool) -> Presence:
        """A document with everything in it."""
        return cls(Thing.DOCUMENT, identifier, is_here)

    @classmethod
    def of_set(cls, document: DocumentId, identifier: SetId, *, is_here: bool) -> Presence:
        """One annotation set of a document."""
        return cls(Thing.SET, identifier, is_here, document)

    @classmethod
    def of_person(cls, identifier: AnnotatorId, *, is_here: bool) -> Presence:
        """An annotator; the sets are things of their own."""
        return cls(Thing.PERSON, identifier, is_here)

    @property
    def inverse(self) -> Presence:
        """The other way round."""
        return replace(self, is_here=not self.is_here)


class ProjectEdit(Struct, frozen=True):
    """One undoable step of the project. `name` is a catalogue key that `details` fill.

    `schemes` are the numbers of the scheme before and after, where it changes.
    """

    name: str
    details: Details = ()
    presences: tuple[Presence, ...] = ()
    schemes: tuple[int, int] | None = None

    @property
    def inverse(self) -> ProjectEdit:
        """What takes this back, but for the edits of sets that belong to it."""
        schemes = None if self.schemes is None else (self.schemes[1], self.schemes[0])
        presences = tuple(presence.inverse for presence in reversed(self.presences))
        return replace(self, presences=presences, schemes=schemes)


class ProjectEntry(Struct, frozen=True):
    """One act on the project, as its journal keeps it; `target` is the entry it takes back."""

    seq: int
    act: Act
    edit: ProjectEdit
    at: str
    target: int | None = None


class ProjectStep(Struct, frozen=True):
    """A project edit with its number, when it was made, and whether it stands or was undone.

    `elsewise` is in how many sets its part does not stand although it was done, or stands although
    it was undone: undo in a document takes back what is of that document.
    """

    seq: int
    edit: ProjectEdit
    at: str
    is_done: bool
    elsewise: int = 0


def steps_of(entries: Iterable[ProjectEntry]) -> tuple[ProjectStep, ...]:
    """The steps of a journal, the newest first. Raises `Defect` where the acts do not fit."""
    steps: dict[int, ProjectStep] = {}
    for entry in entries:
        match entry.act:
            case Act.DO:
                steps[entry.seq] = ProjectStep(entry.seq, entry.edit, entry.at, is_done=True)
            case Act.UNDO | Act.REDO:
                is_done = entry.act is Act.REDO
                step = None if entry.target is None else steps.get(entry.target)
                if step is None or step.is_done is is_done:
                    raise Defect("defect.journal_order", seq=entry.seq)
                steps[step.seq] = replace(step, is_done=is_done)
            case _:
                assert_never(entry.act)
    return tuple(reversed(steps.values()))


def last_undone(entries: Iterable[ProjectEntry]) -> int | None:
    """The number of the step that was taken back last and still is, or None."""
    undone: list[int] = []
    for entry in entries:
        if entry.target in undone:
            undone.remove(entry.target)
        if entry.act is Act.UNDO and entry.target is not None:
            undone.append(entry.target)
    return undone[-1] if undone else None


def is_in_project(steps: Iterable[ProjectStep], presence: Presence) -> bool:
    """Whether the thing of `presence` is in the project by these steps, the oldest first.

    The last step that stands and lets it come or go tells; where none stands, it is as it was
    before the first.
    """
    is_here: bool | None = None
    for step in steps:
        for each in step.edit.presences:
            if replace(each, is_here=presence.is_here) == presence:
                if is_here is None:
                    is_here = not each.is_here
                if step.is_done:
                    is_here = each.is_here
    return is_here is not False


def still_standing(annotations: AnnotationSet, edit: Edit) -> Edit:
    """As much of `edit` as can be applied to a set that may have changed since.

    A change is left out where its record is not as the edit saw it, where a record it would remove
    is referred to by one that stays, and where one it would bring refers to one that is not there.
    """
    changes = [change for change in edit.changes if annotations.get(change.id) == change.before]
    while True:
        after = _after(changes)
        fitting = [change for change in changes if _fits(annotations, change, after)]
        if len(fitting) == len(changes):
            return replace(edit, changes=tuple(changes))
        changes = fitting


def _after(changes: list[Change]) -> dict[RecordId, Change]:
    return {change.id: change for change in changes}


def _fits(annotations: AnnotationSet, change: Change, after: dict[RecordId, Change]) -> bool:
    """Whether no reference is left to nothing, when all of `after` happens."""
    if change.after is None:
        others = annotations.referring_to(change.id)
        return all(_lets_go(after.get(other.id), change.id) for other in others)
    return all(_is_there(annotations, after, target) for target in references(change.after))


def _lets_go(change: Change | None, target: RecordId) -> bool:
    """Whether a record that referred to `target` does so no more."""
    if change is None:
        return False
    return change.after is None or target not in references(change.after)


def _is_there(annotations: AnnotationSet, after: dict[RecordId, Change], target: RecordId) -> bool:
    if target in after:
        return after[target].after is not None
    return target in annotations

"""How the part of one set in a project edit is taken back, or brought back.

How to think about it: the part is a step in the journal of the set. Where it is the step that undo
(redo) would take next, it is undone (redone) there. Where something came after it, what still
stands of it is taken back by a new edit on top, which says by its name that it is one; that edit
is part of the project edit, too, so whoever undoes it brings the whole step back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias, TypeGuard

from msgspec import Struct
from msgspec.structs import replace

from annotator.core.edits import Edit, merged
from annotator.core.history import Act, JournalEntry, Step
from annotator.core.ids import DocumentId, SetId
from annotator.core.project_edits import still_standing
from annotator.foundation.errors import UserError
from annotator.store.connection import Transaction
from annotator.store.project_file import ProjectFile
from annotator.workbench.open_document import OpenDocument, Written

TAKEN_BACK = "edit.taken_back"
BROUGHT_BACK = "edit.brought_back"

LATER = (TAKEN_BACK, BROUGHT_BACK)
"""The names of edits on top, which are no part of what the project edit did first."""


Door = Callable[[DocumentId, SetId], OpenDocument]
"""Gives the open document of a set: the one on the page where it is that one."""


_Place: TypeAlias = tuple[DocumentId, SetId]


class SetTurn(Struct, frozen=True):
    """What will be written of one set: the act, and the entry of its journal that it concerns."""

    document: OpenDocument
    edit: Edit
    act: Act
    project: int | None
    target: int | None = None

    @property
    def is_nothing(self) -> bool:
        """Whether nothing of the part stands, and no step has to be marked as undone."""
        return self.target is None and self.edit.is_empty

    def write(self, transaction: Transaction, *, brings_back: bool = False) -> Written:
        """Write it; nothing in memory changes. A set in the trash stays there if not told so."""
        return self.document.write(
            transaction,
            self.edit,
            self.act,
            target=self.target,
            project=self.project,
            brings_back=brings_back,
        )


def turn_of(step: Step) -> Act:
    """What undoing this step of a set does to its project edit."""
    return Act.REDO if step.edit.name == TAKEN_BACK else Act.UNDO


def opposite(act: Act) -> Act:
    """The other way."""
    return Act.REDO if act is Act.UNDO else Act.UNDO


class SetTurns:
    """What is written of each set when a project edit is turned: found set by set, never twice
    in memory, since a project may hold more sets than shall be there together.
    """

    def __init__(
        self, project: ProjectFile, door: Door, seq: int, act: Act, here: OpenDocument | None
    ) -> None:
        self.left_out = 0
        """How many changes were left out, when all have been gone through."""
        self._project = project
        self._door = door
        self._seq = seq
        self._act = act
        self._here = None if here is None else (here.document.id, here.header.id)

    def __iter__(self) -> Iterator[SetTurn]:
        """Raises `UserError` for damage in the document that it is asked for in; another that is
        damaged keeps nobody from turning the rest.
        """
        self.left_out = 0
        standing = self._project.journal.standing(self._seq, TAKEN_BACK)
        for place, entries in _parts(self._project, self._seq).items():
            if self._act is Act.UNDO and not standing[place]:
                continue  # it has been taken back by itself
            turn = self._turn(place, entries)
            if turn is not None and not turn.is_nothing:
                yield turn

    def _turn(self, place: _Place, entries: Sequence[JournalEntry | UserError]) -> SetTurn | None:
        count = sum(_count(entry) for entry in entries)
        try:
            turn = _proved(self._door, place, entries, self._act)
        except UserError:
            if place == self._here:
                raise
            self.left_out += count
            return None
        self.left_out += count - len(turn.edit.changes)
        return turn


def _parts(project: ProjectFile, seq: int) -> dict[_Place, list[JournalEntry | UserError]]:
    """What a project edit did to each set first; an error stands for a damaged entry."""
    parts: dict[_Place, list[JournalEntry | UserError]] = {}
    for document, set_id, entry in project.journal.of_project(seq):
        if isinstance(entry, UserError) or entry.edit.name not in LATER:
            parts.setdefault((document, set_id), []).append(entry)
    return parts


def _count(entry: JournalEntry | UserError) -> int:
    return 1 if isinstance(entry, UserError) else len(entry.edit.changes)


def _proved(
    door: Door,
    place: _Place,
    entries: Sequence[JournalEntry | UserError],
    act: Act,
) -> SetTurn:
    """The turn of one set, which can be written. Raises `UserError` for damage in it."""
    whole = []
    for entry in entries:
        if isinstance(entry, UserError):
            raise entry
        whole.append(entry)
    document = door(*place)
    document.refuse_damaged()
    for entry in whole:
        document.read_all(entry.edit)
    plan = plan_turn(document, whole, act)
    document.annotations.apply(plan.edit)  # reads what it concerns
    return plan


def plan_turn(document: OpenDocument, entries: Sequence[JournalEntry], act: Act) -> SetTurn:
    """How the part that these entries made of a set is undone or redone; at least one entry."""
    project = entries[0].project
    above, below = document.next_undo, document.next_redo
    if _is_part(above, entries) and turn_of(above) is act:
        return SetTurn(document, above.edit.inverse, Act.UNDO, project, target=above.seq)
    if _is_part(below, entries) and turn_of(below) is not act:
        return SetTurn(document, below.edit, Act.REDO, project, target=below.seq)
    whole = entries[0].edit
    for entry in entries[1:]:
        whole = merged(whole, entry.edit)
    wanted = replace(
        whole.inverse if act is Act.UNDO else whole,
        name=TAKEN_BACK if act is Act.UNDO else BROUGHT_BACK,
    )
    return SetTurn(document, still_standing(document.annotations, wanted), Act.DO, project)


def _is_part(step: Step | None, entries: Sequence[JournalEntry]) -> TypeGuard[Step]:
    """Whether undoing or redoing this step does it for all of the part."""
    if step is None or step.project != entries[0].project:
        return False
    return step.edit.name in LATER or [entry.seq for entry in entries] == [step.seq]

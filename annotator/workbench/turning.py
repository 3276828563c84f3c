"""How the part of one set in a project edit is taken back, or brought back.

How to think about it: the part is a step in the journal of the set. Where it is the step that undo
(redo) would take next, it is undone (redone) there. Where something came after it, what still
stands of it is taken back by a new edit on top, which says by its name that it is one; that edit
is part of the project edit, too, so whoever undoes it brings the whole step back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeGuard

from annotator.core.edits import Edit, merged
from annotator.core.history import Act, JournalEntry, Step
from annotator.core.project_edits import still_standing
from annotator.store.connection import Transaction
from annotator.workbench.open_document import OpenDocument, Written

TAKEN_BACK = "edit.taken_back"
BROUGHT_BACK = "edit.brought_back"

LATER = (TAKEN_BACK, BROUGHT_BACK)
"""The names of edits on top, which are no part of what the project edit did first."""


@dataclass(frozen=True, slots=True)
class SetTurn:
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

    def write(self, transaction: Transaction) -> Written:
        """Write it; nothing in memory changes."""
        return self.document.write(
            transaction, self.edit, self.act, target=self.target, project=self.project
        )


def turn_of(step: Step) -> Act:
    """What undoing this step of a set does to its project edit."""
    return Act.REDO if step.edit.name == TAKEN_BACK else Act.UNDO


def opposite(act: Act) -> Act:
    """The other way."""
    return Act.REDO if act is Act.UNDO else Act.UNDO


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

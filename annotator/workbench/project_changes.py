"""The door for changes of more than one annotation set: performed, taken back and brought back.

Everything a project edit does is written in one transaction. What is in memory (the open document,
the scheme, the list of documents) follows when the file has it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias, assert_never
from weakref import WeakKeyDictionary

from msgspec import Struct
from msgspec.structs import replace

from annotator.core.edits import Edit
from annotator.core.history import Act
from annotator.core.ids import AnnotatorId, DocumentId, SetId
from annotator.core.merging import MERGE
from annotator.core.project_edits import (
    PURGE as PURGE,
    Presence,
    ProjectEdit,
    ProjectStep,
    Thing,
    is_in_project,
    last_undone,
    steps_of,
)
from annotator.foundation.errors import Refused
from annotator.store.connection import Transaction
from annotator.store.project_file import ProjectFile
from annotator.workbench.clock import Clock, stamp
from annotator.workbench.import_report import IMPORT
from annotator.workbench.listeners import Listeners
from annotator.workbench.merge_scheme import Named, count_lacking
from annotator.workbench.open_document import EditApplied, OpenDocument, Written
from annotator.workbench.presences import write_project_edit
from annotator.workbench.schemes import scheme_of
from annotator.workbench.turning import (
    BROUGHT_BACK,
    TAKEN_BACK,
    Door as Door,
    SetTurn,
    SetTurns,
    opposite,
    turn_of,
)

MARK_ALL = "edit.mark_all_in_project"
RELABEL_ALL = "edit.relabel_all"

_ONE_STEP = frozenset({MARK_ALL, RELABEL_ALL})
"""Edits that Ctrl+Z takes back whole, in whichever of their documents it is pressed."""

_ADDS_TO_SCHEME = frozenset({MERGE, IMPORT})
"""Edits that leave the scheme alone where another one is in use by now."""

Along = Callable[[Transaction, int], None]
"""Writes something in the transaction of a project edit, whose number it is told."""


class SetEdit(Struct, frozen=True):
    """What a project edit does to one set, through its open document."""

    document: OpenDocument
    edit: Edit


class ProjectChanged(Struct, frozen=True):
    """The message to listeners: what was done, and how many changes were left out.

    A change is left out where somebody has changed the same thing since (`still_standing`), or
    the document was deleted for ever.
    """

    act: Act
    step: int
    edit: ProjectEdit
    left_out: int = 0


_Parts: TypeAlias = "WeakKeyDictionary[OpenDocument, Written]"
"""What was written of each set whose document somebody else has open. The others are closed when
they are written: a step may concern more documents than shall be in memory.
"""


class ProjectChanges:
    """Performs project edits on one project. Nothing is changed where anything fails."""

    def __init__(self, project: ProjectFile, clock: Clock, door: Door) -> None:
        self.changed: Listeners[ProjectChanged] = Listeners()
        self._project = project
        self._clock = clock
        self._door = door

    def steps(self) -> tuple[ProjectStep, ...]:
        """What was done to the project, the newest first."""
        partly = self._project.journal.project_states(TAKEN_BACK, BROUGHT_BACK)
        return tuple(
            replace(step, elsewise=partly[step.seq, not step.is_done])
            for step in steps_of(self._project.project_journal.entries())
        )

    def next_undo(self) -> ProjectStep | None:
        """The newest step that stands and of which something could be taken back."""
        return next((step for step in self.steps() if step.is_done and self._is_left(step)), None)

    def next_redo(self) -> ProjectStep | None:
        """The step that was taken back last and could be brought back."""
        seq = last_undone(self._project.project_journal.entries())
        return None if seq is None else self._find(seq)

    def perform(
        self,
        edit: ProjectEdit,
        sets: Iterable[SetEdit] = (),
        *,
        scheme: str | None = None,
        first: Along | None = None,
    ) -> ProjectChanged:
        """Do it all as one step. `scheme` is the JSON text of a scheme to use from now on.

        `first` writes what is new and will be spoken of: documents, people. Raises
        `Refused` for a stale edit of a set and `UserError` where the file cannot be written.
        """
        written: _Parts = WeakKeyDictionary()
        with self._project.transaction() as transaction:
            if first is not None:
                first(transaction, self._project.project_journal.next_seq())
            edit = self.begin(transaction, edit, scheme=scheme)
            entry = self._log(transaction, Act.DO, edit)
            for part in sets:
                turn = SetTurn(part.document, part.edit, Act.DO, entry)
                _write(turn, transaction, written, brings_back=True)
        return self._tell(ProjectChanged(Act.DO, entry, edit), written)

    def begin(
        self, transaction: Transaction, edit: ProjectEdit, *, scheme: str | None = None
    ) -> ProjectEdit:
        """Write presences and scheme; gives the edit with the number of the scheme."""
        return write_project_edit(
            self._project, transaction, edit, at=stamp(self._clock()), scheme=scheme
        )

    def undo(self, seq: int) -> ProjectChanged:
        """Take the step back, as far as nobody has changed the same things since.

        Raises `Refused` where it is no step that stands, or the scheme has changed again since and
        what it did cannot be taken back without that.
        """
        return self._turn(self._step(seq, is_done=True), Act.UNDO)[0]

    def redo(self, seq: int) -> ProjectChanged:
        """Bring back a step that was taken back. Raises like `undo`."""
        return self._turn(self._step(seq, is_done=False), Act.REDO)[0]

    def undo_here(self, project: int, document: OpenDocument) -> EditApplied:
        """Take back the next step of `document`, with the project edit it is part of."""
        here = document.next_undo
        assert here is not None  # whoever asks has seen it
        act = turn_of(here)
        step = self._whole(project, act)
        return document.undo_alone(here) if step is None else self._turn_here(step, act, document)

    def redo_here(self, project: int, document: OpenDocument) -> EditApplied:
        """Bring back the next step of `document`, with the project edit it is part of."""
        here = document.next_redo
        assert here is not None  # whoever asks has seen it
        act = opposite(turn_of(here))
        step = self._whole(project, act)
        return document.redo_alone(here) if step is None else self._turn_here(step, act, document)

    def _whole(self, project: int, act: Act) -> ProjectStep | None:
        """The step, where it is turned as a whole from any of its documents, and can be."""
        step = self._find(project)
        if step is None or step.edit.name not in _ONE_STEP:
            return None
        return step if step.is_done is (act is Act.UNDO) else None

    def _turn_here(self, step: ProjectStep, act: Act, document: OpenDocument) -> EditApplied:
        _, written = self._turn(step, act, here=document)
        return written[document].applied

    def _turn(
        self, step: ProjectStep, act: Act, *, here: OpenDocument | None = None
    ) -> tuple[ProjectChanged, _Parts]:
        """Turn a step; where it is asked for in a document, damage there is raised."""
        edit = step.edit if act is Act.REDO else step.edit.inverse
        turns = SetTurns(self._project, self._door, step.seq, act, here)
        presences = self._presences_after(step, act)
        left_out = len(edit.presences) - len(presences)
        written: _Parts = WeakKeyDictionary()
        with self._project.transaction() as transaction:
            scheme = self._scheme_after(step, act, turns)
            left_out += step.edit.schemes is not None and scheme is None
            self._log(transaction, act, step.edit, target=step.seq)
            if act is Act.UNDO:  # what goes is emptied first: who writes into a set brings it back
                _write_all(turns, transaction, written)
            self.begin(transaction, ProjectEdit(edit.name, presences=presences), scheme=scheme)
            if act is Act.REDO:
                _write_all(turns, transaction, written)
            left_out += turns.left_out
            left_out += self._keep_what_is_used(transaction, presences, step.seq)
        return self._tell(ProjectChanged(act, step.seq, step.edit, left_out), written), written

    def _keep_what_is_used(
        self, transaction: Transaction, presences: Sequence[Presence], seq: int
    ) -> int:
        """Let stay what a step would take along although somebody works with it; how much it was.

        A set in which annotations are left, and a person who would be the last, or has a set left.
        A person who goes takes the sets along as they are, but for those that the step itself has
        written: what is left in them when that is taken back was done since.
        """
        going = [presence for presence in presences if not presence.is_here]
        people = {presence.id for presence in going if presence.thing is Thing.PERSON}
        annotations, kept = self._project.annotations, 0
        written = self._project.journal.standing(seq, TAKEN_BACK)
        for presence in going:
            if presence.thing is Thing.SET:
                document, set_id = presence.document, SetId(presence.id)
                assert document is not None  # a set is always one of a document
                if presence.id in people and (document, set_id) not in written:
                    continue
                if sum(annotations.counts_of(document).get(set_id, {}).values()):
                    annotations.restore(transaction, document, set_id)
                    kept += 1
        here = {str(header.id) for header in annotations.headers()}
        for identifier in sorted(people):
            if identifier in here or not self._project.people.all():
                self._project.people.restore(transaction, AnnotatorId(identifier))
                kept += 1
        return kept

    def _presences_after(self, step: ProjectStep, act: Act) -> tuple[Presence, ...]:
        """What comes and goes when a step is turned, but for what a later step says otherwise."""
        edit = step.edit if act is Act.REDO else step.edit.inverse
        others = reversed(self.steps())
        turned = replace(step, is_done=act is Act.REDO)
        after = [turned if other.seq == step.seq else other for other in others]
        return tuple(
            presence
            for presence in filter(self._is_kept, edit.presences)
            if is_in_project(after, presence) is presence.is_here
        )

    def _scheme_after(self, step: ProjectStep, act: Act, turns: Iterable[SetTurn]) -> str | None:
        """The scheme that turning the step brings back; None where it stays as it is.

        Where another scheme is in use by now, a merge and an import leave it: the labels that they
        added harm nobody when what uses them goes, and are there already when that comes back.
        Raises `Refused` where they are not, and for every other step.
        """
        edit = step.edit if act is Act.REDO else step.edit.inverse
        if edit.schemes is None:
            return None
        schemes = self._project.schemes
        if schemes.current() == schemes.version(edit.schemes[0]):
            return schemes.version(edit.schemes[1])
        is_lacking = act is Act.REDO and self._is_lacking(edit, turns)
        if edit.name not in _ADDS_TO_SCHEME or is_lacking:
            raise Refused("refused.scheme_changed_since")
        return None

    def _is_lacking(self, edit: ProjectEdit, plans: Iterable[SetTurn]) -> bool:
        """Whether the scheme in use lacks anything that these would bring, and whole documents."""
        named: Named = Counter()
        scheme, annotations = scheme_of(self._project), self._project.annotations
        for plan in plans:
            count_lacking(named, scheme, plan.edit.written())
        coming = (each.id for each in edit.presences if each.thing is Thing.DOCUMENT)
        for document in coming:
            for header in annotations.headers(DocumentId(document)):
                count_lacking(named, scheme, annotations.read(header).records.values())
        return bool(named)

    def _log(
        self, transaction: Transaction, act: Act, edit: ProjectEdit, *, target: int | None = None
    ) -> int:
        at = stamp(self._clock())
        return self._project.project_journal.append(
            transaction, act, edit, at=at, target=target
        ).seq

    def _tell(self, message: ProjectChanged, written: _Parts) -> ProjectChanged:
        for document, part in written.items():
            document.take(part)
        self.changed.tell(message)
        return message

    def _find(self, seq: int) -> ProjectStep | None:
        return next((step for step in self.steps() if step.seq == seq), None)

    def _step(self, seq: int, *, is_done: bool) -> ProjectStep:
        step = self._find(seq)
        if step is None or step.is_done is not is_done:
            raise Refused("refused.nothing_to_undo" if is_done else "refused.nothing_to_redo")
        if step.edit.name == PURGE:
            raise Refused("refused.deleted_for_ever")
        return step

    def _is_left(self, step: ProjectStep) -> bool:
        """Whether a step concerns anything that was not deleted for ever."""
        if step.edit.name == PURGE:
            return False
        is_of_things = step.edit.presences and step.edit.schemes is None
        return not is_of_things or any(map(self._is_kept, step.edit.presences))

    def _is_kept(self, presence: Presence) -> bool:
        """Whether what comes or goes was not deleted for ever."""
        match presence.thing:
            case Thing.DOCUMENT:
                return presence.id in self._project.documents
            case Thing.SET:
                assert presence.document is not None  # a set is always one of a document
                header = self._project.annotations.header(presence.document, SetId(presence.id))
                return header is not None
            case Thing.PERSON:
                return True
            case _:
                assert_never(presence.thing)


def _write_all(turns: Iterable[SetTurn], transaction: Transaction, written: _Parts) -> None:
    for turn in turns:
        _write(turn, transaction, written)


def _write(
    turn: SetTurn, transaction: Transaction, written: _Parts, *, brings_back: bool = False
) -> None:
    written[turn.document] = turn.write(transaction, brings_back=brings_back)

"""The open document: the one door through which annotations change.

An edit is checked, written with its journal entry in one transaction, and only then becomes the
current set; undo and redo go through the same private step.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from annotator.core.annotation_set import AnnotationSet
from annotator.core.document import Document, Segmentation
from annotator.core.edits import Edit, Focus
from annotator.core.history import Act, History, JournalEntry, Step
from annotator.core.scheme import Scheme
from annotator.core.set_header import SetHeader
from annotator.core.span import Span
from annotator.foundation.errors import Refused, UserError
from annotator.store.connection import Transaction
from annotator.store.late_reading import LateReading
from annotator.store.project_file import ProjectFile
from annotator.workbench.clock import Clock, monotonic, stamp
from annotator.workbench.listeners import Listeners

COALESCE_SECONDS = 1.5

NEAR = 4000
"""Code points on each side of the caret whose annotations are read before a document is shown."""


class EditApplied(Struct, frozen=True):
    """The message to listeners: what was applied, and the sets before and after.

    `is_part` says that an undo or redo took only this set's part of a project edit.
    """

    act: Act
    edit: Edit
    before: AnnotationSet
    after: AnnotationSet
    is_part: bool = False


class WholeSteps(Protocol):
    """Takes back and brings back steps that belong to more than one set (`project_changes`)."""

    def undo_here(self, project: int, document: OpenDocument) -> EditApplied:
        """Take back the next step of `document`, with the project edit it is part of."""

    def redo_here(self, project: int, document: OpenDocument) -> EditApplied:
        """Bring back the next step of `document`, with the project edit it is part of."""


class Written(Struct, frozen=True):
    """What a transaction has written of one set; true of the set when the transaction is over."""

    applied: EditApplied
    entry: JournalEntry


class _Nudge(Struct, frozen=True):
    """The last edit that a following one of its kind may join."""

    name: str
    ids: tuple[str, ...]
    at: float


class OpenDocument:
    """One document with one annotator's set, open for work."""

    def __init__(
        self,
        project: ProjectFile,
        scheme: Scheme,
        document: Document,
        header: SetHeader,
        *,
        segmentation: Segmentation,
        clock: Clock,
        ticks: Callable[[], float] = monotonic,
        keep_place: Callable[[Transaction, Focus], None] | None = None,
        whole: Callable[[], WholeSteps] | None = None,
    ) -> None:
        self.document = document
        self.segmentation = segmentation
        self.scheme = scheme
        self.edited: Listeners[EditApplied] = Listeners()
        self._project = project
        self._header = header
        self._clock = clock
        self._ticks = ticks
        self._keep_place = keep_place
        self._whole = whole
        self._is_stored = project.annotations.header(document.id, header.id) is not None
        self._late: LateReading | None = None
        self._damage: UserError | None = None
        self._annotations = self._read()
        self._history = History(older=project.journal.backwards(header))
        self._nudge: _Nudge | None = None

    @property
    def header(self) -> SetHeader:
        """Whose set it is."""
        return self._header

    @property
    def annotations(self) -> AnnotationSet:
        """The set as it is in the project file now."""
        return self._annotations

    @property
    def next_undo(self) -> Step | None:
        """What undo would take back."""
        return self._history.next_undo

    @property
    def next_redo(self) -> Step | None:
        """What redo would bring back."""
        return self._history.next_redo

    def read_near(self, offset: int) -> None:
        """Read the annotations that will be seen around an offset. Raises like `read_more`."""
        around = Span(max(offset - NEAR, 0), offset + NEAR)
        if self._late is not None:
            self._late.read_all(self._annotations.overlapping(around))

    def read_more(self, count: int = 1) -> bool:
        """Read up to `count` more of the records nobody has asked for; False when all are read.

        Raises `UserError` naming the first that is damaged; from then on nothing can be changed.
        """
        if self._late is None:
            return False
        try:
            is_more = self._late.read_more(count)
        except UserError as error:
            self._damage = error
            raise
        if not is_more:
            self._late = None
        return is_more

    def perform(
        self, edit: Edit, *, focus: Focus | None = None, is_nudge: bool = False
    ) -> EditApplied | None:
        """Apply an edit; None when it changes nothing.

        A *nudge* (moving a boundary, typing in a field) joins the nudge before it when both
        change the same records within `COALESCE_SECONDS` and nothing came between.
        Raises `Refused` for a stale edit and `UserError` when the file cannot be written; then
        nothing has changed.
        """
        if edit.is_empty:
            return None
        nudge = self._nudge_of(edit) if is_nudge else None
        joins = nudge is not None and self._joins(nudge)
        applied = self._apply(replace(edit, focus=focus or edit.focus), Act.DO, joins=joins)
        self._nudge = nudge
        return applied

    def end_nudge(self) -> None:
        """Let the next nudge be a step of its own: the caret moved, a field lost the focus."""
        self._nudge = None

    def undo(self) -> EditApplied:
        """Take the last step back. Raises `Refused` when there is none.

        Steps without an effect (nudged there and back again) are passed over with it. A step of
        many documents is taken back in all of them.
        """
        self._nudge = None
        step = self._history.next_undo
        if step is None:
            raise Refused("refused.nothing_to_undo")
        if step.project is not None and self._whole is not None:
            applied = self._whole().undo_here(step.project, self)
            is_passed = applied.is_part and step.edit.is_empty
        else:
            applied = self.undo_alone(step)
            is_passed = step.edit.is_empty
        return self.undo() if is_passed and self.next_undo else applied

    def redo(self) -> EditApplied:
        """Bring the last undone step back. Raises `Refused` when there is none.

        Steps without an effect are passed over like in `undo`.
        """
        self._nudge = None
        step = self._history.next_redo
        if step is None:
            raise Refused("refused.nothing_to_redo")
        if step.project is not None and self._whole is not None:
            applied = self._whole().redo_here(step.project, self)
            is_passed = applied.is_part and step.edit.is_empty
        else:
            applied = self.redo_alone(step)
            is_passed = step.edit.is_empty
        return self.redo() if is_passed and self.next_redo else applied

    def undo_alone(self, step: Step) -> EditApplied:
        """Take back the `next_undo` of this set, whatever else it is part of."""
        target, project = step.seq, step.project
        applied = self._apply(step.edit.inverse, Act.UNDO, target=target, project=project)
        return replace(applied, is_part=project is not None)

    def redo_alone(self, step: Step) -> EditApplied:
        """Bring back the `next_redo` of this set, whatever else it is part of."""
        applied = self._apply(step.edit, Act.REDO, target=step.seq, project=step.project)
        return replace(applied, is_part=step.project is not None)

    def write(
        self,
        transaction: Transaction,
        edit: Edit,
        act: Act,
        *,
        target: int | None = None,
        joins: bool = False,
        project: int | None = None,
        brings_back: bool = True,
    ) -> Written:
        """Write an edit with its journal entry; nothing in memory changes before `take`.

        `project` is the `seq` of the project edit that this is part of. A set in the trash comes
        back, for who goes on working in it wants it in the project, unless told otherwise. Raises
        like `perform`.
        """
        self.refuse_damaged()
        before = self._annotations
        after = before.apply(edit)
        at = stamp(self._clock())
        if not self._is_stored:
            self._project.annotations.add_set(transaction, self._header)
        elif brings_back and self._is_in_trash:
            self._project.annotations.restore(transaction, self.document.id, self._header.id)
        self._project.annotations.write(
            transaction, self._header, edit, numbers=after.last_numbers, at=at
        )
        entry = self._project.journal.append(
            transaction,
            self._header,
            act=act,
            edit=edit,
            at=at,
            target=target,
            joins=joins,
            project=project,
        )
        return Written(EditApplied(act, edit, before, after), entry)

    def refuse_damaged(self) -> None:
        """Raise the `UserError` of the damage that was met, if any was."""
        if self._damage is not None:
            raise self._damage

    def read_all(self, edit: Edit) -> None:
        """Read in one go what an edit concerns. Raises like `read_more`."""
        if self._late is not None:
            here, opened = self._annotations, self._late.annotations
            ids = (change.id for change in edit.changes)
            # What came since the set was opened is no late record.
            self._late.read_all(each for each in ids if each in here and each in opened)

    @property
    def _is_in_trash(self) -> bool:
        annotations = self._project.annotations
        return annotations.removed_at(self.document.id, self._header.id) is not None

    def take(self, written: Written) -> EditApplied:
        """Let the set be what has been written; call when the transaction is over."""
        self._nudge = None
        self._is_stored = True
        self._annotations = written.applied.after
        self._history.record(written.entry)
        self.edited.tell(written.applied)
        return written.applied

    def _apply(
        self,
        edit: Edit,
        act: Act,
        *,
        target: int | None = None,
        joins: bool = False,
        project: int | None = None,
    ) -> EditApplied:
        with self._project.transaction() as transaction:
            written = self.write(
                transaction, edit, act, target=target, joins=joins, project=project
            )
            if self._keep_place is not None and edit.focus is not None:
                self._keep_place(transaction, edit.focus)
        # Nothing in memory changes before the file has it.
        return self.take(written)

    def _read(self) -> AnnotationSet:
        if not self._is_stored:
            return AnnotationSet()
        if self._project.is_read_only:
            # Somebody else may write the file meanwhile: what is shown is of one moment.
            return self._project.annotations.read(self._header)
        self._late = self._project.annotations.read_late(self._header)
        return self._late.annotations

    def _nudge_of(self, edit: Edit) -> _Nudge:
        return _Nudge(edit.name, tuple(change.id for change in edit.changes), self._ticks())

    def _joins(self, nudge: _Nudge) -> bool:
        last = self._nudge
        return (
            last is not None
            and (last.name, last.ids) == (nudge.name, nudge.ids)
            and nudge.at - last.at <= COALESCE_SECONDS
        )

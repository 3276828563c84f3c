"""The workspace: the open project, its annotator, its list of documents and the open one."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from annotator.core.annotations import SetStatus
from annotator.core.commands.records import set_status
from annotator.core.document import Document
from annotator.core.edits import Focus
from annotator.core.ids import AnnotatorId, DocumentId, SetId
from annotator.core.scheme_keys import with_keys
from annotator.core.set_header import Annotator, SetHeader, SetKind
from annotator.foundation.errors import Refused, UserError
from annotator.kurdish.segmentation import segment
from annotator.store.connection import Transaction
from annotator.store.project_file import ProjectFile
from annotator.workbench.clock import Clock, stamp, system_clock
from annotator.workbench.document_lines import (
    DocumentLine,
    document_lines,
    line_of,
    nearest,
    neighbour,
    next_unfinished,
)
from annotator.workbench.last_place import is_last, last_place, note_person, note_place
from annotator.workbench.listeners import Listeners
from annotator.workbench.open_document import EditApplied, OpenDocument
from annotator.workbench.people import annotator_named, who_works
from annotator.workbench.schemes import scheme_of
from annotator.workbench.suggesting import LexiconSource, SuggestionIndex

if TYPE_CHECKING:
    from annotator.workbench.project_changes import ProjectChanged, ProjectChanges


class DocumentOpened(Struct, frozen=True):
    """The message that another document is open; `place` is where the caret was left."""

    document: OpenDocument
    place: Focus


class Workspace:
    """One open project as one annotator works in it.

    `clock` stamps what is written. `plain_scheme` is the project's scheme, `scheme` the same under
    the keys of who works here.
    """

    def __init__(self, project: ProjectFile, annotator: Annotator, *, clock: Clock) -> None:
        self.project = project
        self.annotator = annotator
        self.plain_scheme = self.scheme = scheme_of(project)
        self.document_opened: Listeners[DocumentOpened] = Listeners()
        self.edited: Listeners[EditApplied] = Listeners()
        self.documents_changed: Listeners[None] = Listeners()
        self.scheme_changed: Listeners[None] = Listeners()
        self.clock = clock
        self._open: OpenDocument | None = None
        self._place: Focus | None = None
        self._was_at: Focus | None = None
        self._has_edited = False
        self._noted: tuple[DocumentId, SetId, AnnotatorId] | None = None
        self.edited.add(self._on_edited)

    @cached_property
    def changes(self) -> ProjectChanges:
        """The door for changes of more than one set."""
        from annotator.workbench.project_changes import ProjectChanges

        changes = ProjectChanges(self.project, self.clock, self.door)
        changes.changed.add(self._on_project_changed)
        return changes

    @property
    def path(self) -> Path:
        """The project file."""
        return self.project.path

    @property
    def open_document(self) -> OpenDocument | None:
        """The document on the page, or None in a project without documents."""
        return self._open

    @property
    def is_read_only(self) -> bool:
        """Whether the project can only be looked at."""
        return self.project.is_read_only

    def use_keys(self, chosen: Mapping[str, str]) -> None:
        """Lay somebody's own keys over the scheme, for documents that are opened from now on.

        The project knows nothing of them. See `core.scheme_keys` for their places.
        """
        self.scheme = with_keys(self.plain_scheme, chosen)

    def lines(self) -> list[DocumentLine]:
        """Every document in order, with its status for the current annotator."""
        return document_lines(self.project, self._set_id())

    def open_line(self) -> DocumentLine | None:
        """The line of the open document as it is now, read from nowhere; None for gold."""
        return None if self._open is None or self.is_on_other_set else line_of(self._open)

    def open_last(self) -> None:
        """Open the document that was left last, in gold where one worked there; else the first."""
        place = last_place(self.project, self.annotator)
        if place is not None:
            self.open(*place)

    def open(self, identifier: DocumentId, header: SetHeader | None = None) -> OpenDocument:
        """Put a document on the page; the place left in the one before is remembered.

        `header` is that of another set of it than one's own, such as gold.
        """
        self.leave()
        document = self.project.documents.get(identifier)
        opened = self._opened(document, header or self._header(identifier))
        place = _stored_place(self.project, document, self.annotator)
        opened.read_near(place.caret)
        opened.edited.add(self.edited.tell)
        self._open = opened
        self._was_at = self._place = place
        self.document_opened.tell(DocumentOpened(opened, self._place))
        return opened

    def door(self, document: DocumentId, set_id: SetId) -> OpenDocument:
        """A set open for changes of more than one; that on the page where it is it.

        Raises `UserError` when it is damaged.
        """
        here = self._open
        if here is not None and (here.document.id, here.header.id) == (document, set_id):
            return here
        stored = self.project.annotations.header(document, set_id)
        return self.door_of(self._header(document) if stored is None else stored)

    def door_of(self, header: SetHeader) -> OpenDocument:
        """Like `door`, for a set that need not be stored yet."""
        here, place = self._open, (header.document, header.id)
        if here is not None and (here.document.id, here.header.id) == place:
            return here
        return self._opened(self.project.documents.get(header.document), header)

    @property
    def is_on_other_set(self) -> bool:
        """Whether the set on the page is not that of whoever works."""
        return self._open is not None and self._open.header.id != self._set_id()

    def give_up(self) -> None:
        """Let the open document go without writing anything, because its set is damaged."""
        self._open = None
        self._place = None

    def suggestions_for(self, document: OpenDocument, lexicon: LexiconSource) -> SuggestionIndex:
        """What is suggested for a document; nothing is read before somebody asks."""
        return SuggestionIndex(document, self.project, lexicon)

    def remember_place(self, place: Focus) -> None:
        """Take note of where the caret is; it is written when the document is left."""
        self._place = place

    def leave(self) -> None:
        """Write down where the caret is in the open document, if it moved or something was done.

        A place is never worth an error: where it cannot be written, it is not.
        """
        self._noted = None
        if self._open is None or self._place is None or not self._can_write:
            return
        with suppress(UserError):
            if not self._has_moved and not self._is_news:
                return
            with self.project.transaction() as transaction:
                self._save_place(transaction, self._open.header, self._place)
        self._was_at = self._place

    def neighbour(self, step: int) -> DocumentId | None:
        """The document `step` places after the open one (before it when negative), or None."""
        current = None if self._open is None else self._open.document.id
        return neighbour(self.project, current, step)

    def next_unfinished(self) -> DocumentId | None:
        """The next document after the open one that is not complete, going round once."""
        current = None if self._open is None else self._open.document.id
        return next_unfinished(self.lines(), current)

    def complete(self, focus: Focus) -> None:
        """Mark the open document complete. Raises `Refused` when none is open."""
        self.set_status(SetStatus.COMPLETE, focus)

    def set_status(self, status: SetStatus, focus: Focus) -> None:
        """Say how far the work on the open document is. Raises `Refused` when none is open."""
        if self._open is None:
            raise Refused("refused.no_document")
        self._open.perform(set_status(self._open.annotations, status), focus=focus)

    def change_annotator(self, name: str) -> None:
        """Work as another person, who is added to the project when unknown.

        Raises `Refused` for an empty name; then nothing has changed.
        """
        current = self._open.document.id if self._open else None
        self.leave()
        self.annotator = annotator_named(self.project, name, self.clock)
        self._open = None
        if self._can_write:
            with self.project.transaction() as transaction:
                note_person(self.project, transaction, self.annotator)
        self.documents_changed.tell(None)
        if current is not None:
            self.open(current)

    def person_of(self, set_id: SetId) -> Annotator | None:
        """Whose set it is, when it is one person's."""
        people = self.project.people.all()
        return next((person for person in people if str(person.id) == set_id), None)

    def close(self) -> None:
        """Remember the place and close the project file."""
        try:
            self.leave()
        finally:
            self._open = None
            self.project.close()

    def _opened(self, document: Document, header: SetHeader) -> OpenDocument:
        return OpenDocument(
            self.project,
            self.scheme,
            document,
            header,
            segmentation=segment(document.text),
            clock=self.clock,
            # With each act, so that even after a crash work goes on where it was.
            keep_place=lambda transaction, place: self._save_place(transaction, header, place),
            whole=lambda: self.changes,
        )

    @property
    def _can_write(self) -> bool:
        return not (self.project.is_read_only or self.project.is_broken)

    @property
    def _has_moved(self) -> bool:
        here, before = self._place, self._was_at
        return here is not None and (
            before is None or (here.anchor, here.caret) != (before.anchor, before.caret)
        )

    @property
    def _is_news(self) -> bool:
        """Whether the session has edited and the file names another place as the last one."""
        here = None if self._open is None else self._open.header
        return self._has_edited and here is not None and not is_last(self.project, here)

    def _on_edited(self, _: EditApplied) -> None:
        self._has_edited = True
        if self._open is not None:
            header = self._open.header
            self._noted = header.document, header.id, self.annotator.id

    def _on_project_changed(self, message: ProjectChanged) -> None:
        """Follow what has changed beside the sets: scheme, people, documents."""
        if message.edit.schemes is not None:
            self.plain_scheme = self.scheme = scheme_of(self.project)
            self.scheme_changed.tell(None)
        if self.annotator in self.project.people.removed():
            self.change_annotator(self.project.people.all()[0].name)
        gone = self._open.document.id if self._open else None
        if gone is not None and self.project.documents.removed_at(gone) is not None:
            self._open = self._place = None
        self.documents_changed.tell(None)  # also where the next one turns out to be damaged
        if gone is not None and self._open is None and (after := nearest(self.project, gone)):
            self.open(after)

    def _save_place(self, transaction: Transaction, header: SetHeader, place: Focus) -> None:
        document, person = header.document, self.annotator
        self.project.places.save(transaction, document, person.id, place.anchor, place.caret)
        if self._noted != (document, header.id, person.id):
            note_place(self.project, transaction, header, person)
            self._noted = None  # what is noted next may be another set

    def _set_id(self) -> SetId:
        return SetId(self.annotator.id)

    def _header(self, document: DocumentId) -> SetHeader:
        stored = self.project.annotations.header(document, self._set_id())
        return stored or _own_header(document, self.annotator, stamp(self.clock()))


def open_workspace(
    path: Path,
    *,
    annotator: str | None = None,
    clock: Clock = system_clock,
    takes_over: bool = False,
) -> Workspace:
    """Open a project file as `annotator`, else as whoever worked in it last.

    Raises `UserError` when it cannot be opened; `takes_over` ignores a lock that another computer
    has left (``store.lock_left``): ask the user first.
    """
    project = ProjectFile.open(path, takes_over=takes_over)
    try:
        return Workspace(project, who_works(project, annotator, clock), clock=clock)
    except BaseException:
        project.close()
        raise


def _own_header(document: DocumentId, person: Annotator, now: str) -> SetHeader:
    """The header of a set that a person has not begun."""
    return SetHeader(
        id=SetId(person.id),
        document=document,
        kind=SetKind.ANNOTATOR,
        annotators=(person.id,),
        created=now,
        modified=now,
    )


def _stored_place(project: ProjectFile, document: Document, person: Annotator) -> Focus:
    """Where a person was in a document last."""
    length = len(document.text)
    place = project.places.get(document.id, person.id)
    if place is None:
        return Focus(0, 0)
    return Focus(min(place[0], length), min(place[1], length))

"""Documents into a project: read files, skip what is there, all in one step.

An import is one transaction: it happens as a whole or not at all. What could not be read is listed
with the reason and never stops the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from annotator.core.annotation_set import AnnotationSet
from annotator.core.edits import Change, Edit
from annotator.core.history import Act
from annotator.core.ids import AnnotatorId, DocumentId, SetId
from annotator.core.project_edits import Presence, ProjectEdit
from annotator.core.set_header import Annotator, SetHeader, SetKind
from annotator.formats.base import (
    MAX_BYTES,
    Bundle,
    FieldMapping,
    Format,
    ImportProblem,
    ReadOptions,
)
from annotator.formats.registry import format_by_id, guess_format
from annotator.foundation.errors import Refused, UserError
from annotator.store.connection import Transaction
from annotator.store.project_file import ProjectFile
from annotator.workbench.beside import files_beside
from annotator.workbench.clock import Clock, stamp
from annotator.workbench.people import ensure_annotator, ensure_annotator_id
from annotator.workbench.reading import (
    READABLE as READABLE,
    FoundFiles as FoundFiles,
    find_files as find_files,
    reading_error,
)

IMPORT = "edit.import"
"""The name of an import, in the journal of the project and in those of sets."""

Progress = Callable[[int, int], bool]
"""Called with items done and items in all; False asks to stop, and then nothing is imported."""

HEAD = 1024 * 1024
"""Bytes of a file that are looked at to tell its format. Canonical gold says what it is only after
its entities and events."""


@dataclass(frozen=True, slots=True)
class ImportChoices:
    """What the user chose where bytes alone do not tell.

    `encodings` and `mappings` are by file; `annotator` owns imported annotations instead of the
    annotators named in the file.
    """

    format_id: str | None = None
    encodings: Mapping[Path, str] = field(default_factory=dict)
    mappings: Mapping[Path, FieldMapping] = field(default_factory=dict)
    annotator: str | None = None


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A document that was skipped because its text is already in the project.

    With a `set`, its annotation set of this id is already there and was skipped.
    """

    source: str
    existing: DocumentId
    set: SetId | None = None


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did: new documents, sets with annotations, duplicates, problems.

    `restored` are documents that were in the trash, and came back with what had been done in them.
    """

    imported: tuple[DocumentId, ...]
    sets: int
    duplicates: tuple[Duplicate, ...]
    problems: tuple[ImportProblem, ...]
    restored: tuple[DocumentId, ...] = ()

    @property
    def refused(self) -> int:
        """How many items were left out for a reason."""
        return sum(1 for problem in self.problems if problem.is_refusal)


class Importer:
    """Imports files into one project."""

    def __init__(self, project: ProjectFile, clock: Clock) -> None:
        self._project = project
        self._clock = clock

    def run(
        self,
        found: FoundFiles,
        choices: ImportChoices = ImportChoices(),
        progress: Progress = lambda done, total: True,
    ) -> ImportReport:
        """Read every file and add what is new.

        Raises `UserError` when the project cannot be written and `Refused` when `progress` asked
        to stop or the annotator has no name; all leave the project as it was.
        """
        at = stamp(self._clock())
        with self._project.transaction() as transaction:
            step = _Step(self._project, transaction, at)
            if choices.annotator is not None:
                step.belong_to(choices.annotator)
            step.problems.extend(found.skipped)
            for done, path in enumerate(found.files):
                if not progress(done, len(found.files)):
                    raise Refused("import.cancelled")
                step.read_file(path, choices)
            step.log()
            progress(len(found.files), len(found.files))
        return step.report()


class _Step:
    """One running import inside its transaction."""

    def __init__(self, project: ProjectFile, transaction: Transaction, at: str) -> None:
        self._project = project
        self._transaction = transaction
        self._at = at
        self._owner: Annotator | None = None
        self._people: list[Presence] = []
        self._imported: list[DocumentId] = []
        self._sets = 0
        self._restored: list[DocumentId] = []
        self._seq = project.project_journal.next_seq()
        self._duplicates: list[Duplicate] = []
        self.problems: list[ImportProblem] = []

    def belong_to(self, name: str) -> None:
        """Let all annotations be those of this person. Raises `Refused` for an empty name."""
        self._owner, presences = ensure_annotator(
            self._project, self._transaction, name, at=self._at
        )
        self._people.extend(presences)

    def report(self) -> ImportReport:
        """What has been done."""
        return ImportReport(
            tuple(self._imported),
            self._sets,
            tuple(self._duplicates),
            tuple(self.problems),
            tuple(self._restored),
        )

    def log(self) -> None:
        """Write what was done into the journal of the project, if anything was."""
        came = (*self._imported, *self._restored)
        if not came and not self._sets and not self._people:
            return
        details = (("documents", len(came)), ("sets", self._sets))
        presences = (Presence.of_document(document, is_here=True) for document in came)
        edit = ProjectEdit(IMPORT, details, (*self._people, *presences))
        self._project.project_journal.append(self._transaction, Act.DO, edit, at=self._at)

    def read_file(self, path: Path, choices: ImportChoices) -> None:
        """Add the documents of one file."""
        options = ReadOptions(
            source=str(path),
            encoding=choices.encodings.get(path),
            mapping=choices.mappings.get(path),
            beside=files_beside(path, MAX_BYTES, reading_error),
        )
        for item in _items(path, options, choices.format_id):
            if isinstance(item, ImportProblem):
                self.problems.append(item)
            else:
                self._add(item, options.source)

    def _add(self, bundle: Bundle, source: str) -> None:
        existing = self._project.documents.find_text(bundle.document.sha256)
        if existing is not None and self._project.documents.removed_at(existing) is not None:
            self._project.documents.restore(self._transaction, existing)
            self._restored.append(existing)
        elif existing is not None and not bundle.sets:
            self._duplicates.append(Duplicate(f"{source}: {bundle.document.name}", existing))
            return
        identifier = existing
        if identifier is None:
            identifier = self._add_document(bundle, source)
            if identifier is None:
                return
        for content in bundle.sets:
            header = self._header(content.header, identifier)
            if self._holds(header):
                self._duplicates.append(Duplicate(source, identifier, header.id))
            else:
                self._add_set(header, content.annotations)

    def _holds(self, header: SetHeader) -> bool:
        """Whether the set is there with something in it: what was taken back leaves it empty."""
        annotations = self._project.annotations
        if annotations.header(header.document, header.id) is None:
            return False
        return len(annotations.read(header).records) > 0

    def _add_document(self, bundle: Bundle, source: str) -> DocumentId | None:
        """Add a document under a free id; None where it is too big for a project."""
        identifier = self._project.documents.free_id(bundle.document.id)
        document = replace(bundle.document, id=identifier)
        try:
            self._project.documents.add(self._transaction, document, at=self._at)
        except UserError as error:
            # The one refusal of the store that is about the document and not about the file.
            if error.key != "store.too_big":
                raise
            self.problems.append(ImportProblem.from_error(error, source=source))
            return None
        self._imported.append(identifier)
        return identifier

    def _header(self, header: SetHeader, document: DocumentId) -> SetHeader:
        """The header in this project: the owner's working set, or that of the people it names."""
        if self._owner is not None:
            return replace(
                header,
                id=SetId(self._owner.id),
                document=document,
                kind=SetKind.ANNOTATOR,
                annotators=(self._owner.id,),
                adjudicator=None,
                derived_from=(),
            )
        people = {identifier: self._known_as(identifier) for identifier in header.annotators}
        adjudicator = header.adjudicator
        # A person's set carries the person's id, so it moves along when that has to change.
        sets = {SetId(told): SetId(here) for told, here in people.items()}
        return replace(
            header,
            id=sets.get(header.id, header.id),
            document=document,
            annotators=tuple(people.values()),
            adjudicator=None if adjudicator is None else self._known_as(adjudicator),
            derived_from=tuple(sets.get(told, told) for told in header.derived_from),
        )

    def _known_as(self, identifier: AnnotatorId) -> AnnotatorId:
        known, presences = ensure_annotator_id(
            self._project, self._transaction, identifier, at=self._at
        )
        self._people.extend(presences)
        return known

    def _add_set(self, header: SetHeader, annotations: AnnotationSet) -> None:
        changes = tuple(Change(None, record) for record in annotations.records.values())
        edit = Edit(IMPORT, changes)
        project, transaction = self._project, self._transaction
        if project.annotations.header(header.document, header.id) is None:
            project.annotations.add_set(transaction, header)
        elif project.annotations.removed_at(header.document, header.id) is not None:
            project.annotations.restore(transaction, header.document, header.id)
        project.annotations.write(
            transaction, header, edit, numbers=annotations.last_numbers, at=self._at
        )
        # A set of a new document goes and comes with its document.
        is_part = header.document not in self._imported
        project.journal.append(
            transaction,
            header,
            act=Act.DO,
            edit=edit,
            at=self._at,
            project=self._seq if is_part else None,
        )
        self._sets += 1


def _items(
    path: Path, options: ReadOptions, format_id: str | None
) -> Iterator[Bundle | ImportProblem]:
    """What is in a file; that it cannot be read, or read on, is the last of its problems.

    What goes wrong while the caller writes does not come in here: it is no problem of the file
    and must end the import.
    """
    try:
        kind = chosen_format(path, format_id)
        assert kind.read is not None  # chosen_format gives readable formats only
        with path.open("rb") as stream:
            yield from kind.read(stream, options)
    except UserError as error:
        yield ImportProblem.from_error(error, source=str(path))
    except OSError as error:
        yield ImportProblem.from_error(reading_error(error, path), source=str(path))
    except MemoryError:
        yield ImportProblem.from_error(UserError("cli.no_memory"), source=str(path))


def chosen_format(path: Path, format_id: str | None) -> Format:
    """The format to read a file with: the one asked for, else the one its name and start tell.

    Raises `UserError` when there is none that reads it.
    """
    if format_id is None:
        with path.open("rb") as stream:
            return guess_format(path.name, stream.read(HEAD))
    kind = format_by_id(format_id)
    if not kind.can_read:
        raise UserError("import.not_readable", format=format_id)
    return kind

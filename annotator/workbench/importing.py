"""Documents into a project: find files, read them, skip what is there, all in one step.

An import is one transaction: it happens as a whole or not at all. What could not be read is listed
with the reason and never stops the rest.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from annotator.core.annotation_set import AnnotationSet
from annotator.core.edits import Change, Edit
from annotator.core.history import Act
from annotator.core.ids import DocumentId, SetId
from annotator.core.set_header import Annotator, SetHeader
from annotator.formats.base import Bundle, FieldMapping, Format, ImportProblem, ReadOptions
from annotator.formats.registry import FORMATS, format_by_id, guess_format
from annotator.foundation.errors import Refused, UserError
from annotator.store.connection import Transaction
from annotator.store.project_file import ProjectFile
from annotator.workbench.clock import Clock, stamp
from annotator.workbench.people import annotator_named

Progress = Callable[[int, int], bool]
"""Called with items done and items in all; False asks to stop, and then nothing is imported."""

READABLE = tuple(suffix for kind in FORMATS if kind.can_read for suffix in kind.suffixes)


HEAD = 64 * 1024
"""Bytes of a file that are looked at to tell its format."""


@dataclass(frozen=True, slots=True)
class FoundFiles:
    """The files to import in order, and what a folder held that is none, with the reason's key."""

    files: tuple[Path, ...]
    skipped: tuple[ImportProblem, ...] = ()


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
    """A document that was skipped because its text is already in the project."""

    source: str
    existing: DocumentId


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did: new documents, sets with annotations, duplicates, problems."""

    imported: tuple[DocumentId, ...]
    sets: int
    duplicates: tuple[Duplicate, ...]
    problems: tuple[ImportProblem, ...]

    @property
    def refused(self) -> int:
        """How many items were left out for a reason."""
        return sum(1 for problem in self.problems if problem.is_refusal)


def find_files(paths: Iterable[Path]) -> FoundFiles:
    """The importable files among `paths`; folders are walked in order of name.

    Links are not followed and only regular files are taken. A file named directly is always
    taken, in a folder only those whose suffix some format reads.
    Raises `UserError` for a path that does not exist.
    """
    files: list[Path] = []
    skipped: list[ImportProblem] = []
    for path in paths:
        try:
            mode = path.stat().st_mode
        except OSError as error:
            raise UserError("import.no_such_file", path=str(path)) from error
        if stat.S_ISDIR(mode):
            for found, problem in _walk(path):
                (skipped.append(problem) if problem else files.append(found))
        elif stat.S_ISREG(mode):
            files.append(path)
        else:
            raise UserError("import.not_a_file", path=str(path))
    return FoundFiles(tuple(dict.fromkeys(files)), tuple(skipped))


def _walk(folder: Path) -> Iterator[tuple[Path, ImportProblem | None]]:
    for root, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = Path(root) / name
            if path.suffix.lower() not in READABLE:
                continue
            if not stat.S_ISREG(path.lstat().st_mode):
                yield path, ImportProblem(str(path), "import.not_a_file", {"path": str(path)})
            else:
                yield path, None


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
        to stop; both leave the project as it was.
        """
        owner = _owner(self._project, choices, self._clock)
        with self._project.transaction() as transaction:
            step = _Step(self._project, transaction, stamp(self._clock()), owner)
            step.problems.extend(found.skipped)
            for done, path in enumerate(found.files):
                if not progress(done, len(found.files)):
                    raise Refused("import.cancelled")
                step.read_file(path, choices)
            progress(len(found.files), len(found.files))
        return step.report()


def _owner(project: ProjectFile, choices: ImportChoices, clock: Clock) -> Annotator | None:
    if choices.annotator is None:
        return None
    return annotator_named(project, choices.annotator, clock)


class _Step:
    """One running import inside its transaction."""

    def __init__(
        self, project: ProjectFile, transaction: Transaction, at: str, owner: Annotator | None
    ) -> None:
        self._project = project
        self._transaction = transaction
        self._at = at
        self._owner = owner
        self._imported: list[DocumentId] = []
        self._sets = 0
        self._duplicates: list[Duplicate] = []
        self.problems: list[ImportProblem] = []

    def report(self) -> ImportReport:
        """What has been done."""
        return ImportReport(
            tuple(self._imported), self._sets, tuple(self._duplicates), tuple(self.problems)
        )

    def read_file(self, path: Path, choices: ImportChoices) -> None:
        """Add the documents of one file."""
        options = ReadOptions(
            source=str(path),
            encoding=choices.encodings.get(path),
            mapping=choices.mappings.get(path),
        )
        try:
            kind = chosen_format(path, choices.format_id)
            assert kind.read is not None  # chosen_format gives readable formats only
            with path.open("rb") as stream:
                for item in kind.read(stream, options):
                    if isinstance(item, ImportProblem):
                        self.problems.append(item)
                    else:
                        self._add(item, options.source)
        except UserError as error:
            self.problems.append(ImportProblem.from_error(error, source=str(path)))
        except OSError as error:
            values = {"path": str(path), "reason": error.strerror or str(error)}
            self.problems.append(ImportProblem(str(path), "import.unreadable", values))

    def _add(self, bundle: Bundle, source: str) -> None:
        existing = self._project.documents.find_text(bundle.document.sha256)
        if existing is not None and not bundle.sets:
            self._duplicates.append(Duplicate(f"{source}: {bundle.document.name}", existing))
            return
        identifier = existing
        if identifier is None:
            identifier = self._project.documents.free_id(bundle.document.id)
            document = replace(bundle.document, id=identifier)
            self._project.documents.add(self._transaction, document, at=self._at)
            self._imported.append(identifier)
        for content in bundle.sets:
            header = self._header(content.header, identifier)
            if self._project.annotations.header(identifier, header.id) is not None:
                self._duplicates.append(Duplicate(f"{source}: {header.id}", identifier))
            else:
                self._add_set(header, content.annotations)

    def _header(self, header: SetHeader, document: DocumentId) -> SetHeader:
        if self._owner is None:
            return replace(header, document=document)
        return replace(
            header,
            id=SetId(self._owner.id),
            document=document,
            annotators=(self._owner.id,),
            adjudicator=None,
        )

    def _add_set(self, header: SetHeader, annotations: AnnotationSet) -> None:
        changes = tuple(Change(None, record) for record in annotations.records.values())
        edit = Edit("edit.import", changes)
        project, transaction = self._project, self._transaction
        project.annotations.add_set(transaction, header)
        project.annotations.write(
            transaction, header, edit, numbers=annotations.last_numbers, at=self._at
        )
        project.journal.append(transaction, header, act=Act.DO, edit=edit, at=self._at)
        self._sets += 1


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

"""Deleting documents for ever: written to a file that brings them back, read back, and then gone.

It is the one act that cannot be undone. So it is done only to documents in the trash, and only when
the ordinary import could read from the file everything that is about to go. The history of the
documents goes with them, and so do refused suggestions, for gold does not hold them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from annotator import __version__
from annotator.core.annotation_set import AnnotationSet
from annotator.core.ids import DocumentId
from annotator.core.project_edits import ProjectEdit
from annotator.formats.base import (
    Bundle,
    ExportContext,
    ReadOptions,
    SegmentedBundle,
    SetContent,
    Tokenizer,
)
from annotator.formats.gold_read import read_gold_file
from annotator.formats.gold_record import canonical_bytes, content_sha256
from annotator.formats.gold_schema import load_gold_schema
from annotator.formats.gold_write import gold_records, write_records
from annotator.foundation.atomic import atomic_write
from annotator.foundation.errors import Refused, UserError
from annotator.kurdish.segmentation import segment
from annotator.kurdish.tokens import TOKENIZER_ID, TOKENIZER_VERSION
from annotator.store.project_file import ProjectFile
from annotator.workbench.clock import Clock, stamp
from annotator.workbench.export_scope import empty_header
from annotator.workbench.project_changes import PURGE, ProjectChanges
from annotator.workbench.schemes import scheme_of
from annotator.workbench.trash import Trash

_SUFFIX = ".jsonl"


class Purged(Struct, frozen=True):
    """What was deleted for ever, and the file that holds it."""

    path: Path
    documents: int
    annotations: int


class Purger:
    """Deletes documents of one project for ever.

    `back_up` is called when the file is written and before anything is deleted; what it raises
    keeps everything as it is.
    """

    def __init__(
        self,
        project: ProjectFile,
        changes: ProjectChanges,
        clock: Clock,
        *,
        back_up: Callable[[], object] = lambda: None,
    ) -> None:
        self._project = project
        self._changes = changes
        self._clock = clock
        self._back_up = back_up

    def target(self) -> Path:
        """A file beside the project that is not there yet: ``NAME-deleted-2026-11-25.jsonl``."""
        day = self._clock().astimezone().date().isoformat()
        stem = f"{self._project.path.stem}-deleted-{day}"
        number = 1
        while True:
            name = stem if number == 1 else f"{stem}-{number}"
            path = self._project.path.with_name(name + _SUFFIX)
            if not path.exists():
                return path
            number += 1

    def run(self, documents: Sequence[DocumentId], target: Path) -> Purged:
        """Write the documents to `target`, with all their sets, and delete them.

        Raises `Refused` for a document that is not in the trash, and `UserError` where the file
        cannot be written, or does not give back what was written; then nothing is deleted.
        """
        if self._project.is_read_only:
            raise UserError("store.read_only", name=self._project.path.name)
        trash = Trash(self._project, self._changes)
        names = {entry.id: entry.name for entry in trash.documents()}
        if not documents or any(document not in names for document in documents):
            raise Refused("refused.not_in_trash")
        annotations = sum(map(trash.annotation_count, documents))
        self._write(sorted(documents), target)
        self._back_up()
        details = (
            ("documents", len(documents)),
            ("name", names[documents[0]]),
            ("annotations", annotations),
            ("file", target.name),
        )
        self._changes.perform(
            ProjectEdit(PURGE, details),
            first=lambda transaction, _: self._project.purging.purge(transaction, documents),
        )
        return Purged(target, len(documents), annotations)

    def _write(self, documents: Sequence[DocumentId], target: Path) -> None:
        context, schema = self._context(), load_gold_schema()
        said: list[str] = []

        def lines() -> Iterator[bytes]:
            for record in gold_records(map(self._item, documents), context, schema):
                said.append(content_sha256(record))
                yield canonical_bytes(record)

        with atomic_write(target, check=lambda path: self._compare(path, target, said)) as stream:
            write_records(lines(), stream)

    def _compare(self, path: Path, target: Path, said: Sequence[str]) -> None:
        """Raise `UserError` where the import would not get from the file what was written."""
        context, schema = self._context(), load_gold_schema()
        read: list[str] = []
        with path.open("rb") as stream:
            for item in read_gold_file(stream, ReadOptions(source=target.name)):
                if not isinstance(item, Bundle):
                    raise UserError("purge.not_readable", path=str(target))
                whole = SegmentedBundle(item, segment(item.document.text))
                read += map(content_sha256, gold_records([whole], context, schema))
        if read != list(said):
            raise UserError("purge.not_readable", path=str(target))

    def _item(self, identifier: DocumentId) -> SegmentedBundle:
        document = self._project.documents.get(identifier)
        stored = self._project.annotations.every_header(identifier)
        sets = tuple(SetContent(each, self._project.annotations.read(each)) for each in stored)
        if not sets:
            person = next(iter(self._project.people.all()), None)
            header = empty_header(identifier, person, stamp(self._clock()))
            sets = (SetContent(header, AnnotationSet()),)
        return SegmentedBundle(Bundle(document, sets), segment(document.text))

    def _context(self) -> ExportContext:
        return ExportContext(
            scheme=scheme_of(self._project),
            tokenizer=Tokenizer(TOKENIZER_ID, TOKENIZER_VERSION),
            tool_version=__version__,
            is_draft=True,
        )

"""Annotation sets out of a project as gold: chosen, checked, written whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import BinaryIO

from annotator import __version__
from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import SetStatus
from annotator.core.checks import Severity
from annotator.core.ids import DocumentId, SetId
from annotator.core.set_header import Annotator, SetHeader, SetKind
from annotator.formats.base import Bundle, ExportContext, SegmentedBundle, SetContent, Tokenizer
from annotator.formats.gold_manifest import (
    GoldTally,
    ManifestFile,
    build_manifest,
    manifest_bytes,
)
from annotator.formats.gold_record import canonical_bytes
from annotator.formats.gold_schema import load_gold_schema
from annotator.formats.gold_write import Written, gold_records, write_readable, write_records
from annotator.foundation.atomic import atomic_write
from annotator.foundation.errors import Refused, UserError
from annotator.kurdish.segmentation import segment
from annotator.kurdish.tokens import TOKENIZER_ID, TOKENIZER_VERSION
from annotator.store.project_file import ProjectFile
from annotator.workbench.checking import SetFindings, check_annotations
from annotator.workbench.clock import Clock, stamp
from annotator.workbench.importing import Progress
from annotator.workbench.schemes import scheme_of

GOLD_FILE, MANIFEST_FILE = "gold.jsonl", "manifest.json"

FINISHED = (SetStatus.COMPLETE, SetStatus.REVIEWED, SetStatus.APPROVED)


class Scope(Enum):
    """Which annotation sets are exported."""

    APPROVED = "approved"
    COMPLETE = "complete"
    ALL = "all"

    def takes(self, status: SetStatus) -> bool:
        """Whether a set of this status is exported."""
        if self is Scope.ALL:
            return True
        return status in FINISHED if self is Scope.COMPLETE else status is SetStatus.APPROVED


@dataclass(frozen=True, slots=True)
class ExportChoices:
    """What to export and how.

    `annotator` limits it to one person's sets. A draft is written in spite of errors, and its
    manifest says so. Reproducible exports leave timestamps out.
    """

    scope: Scope = Scope.COMPLETE
    annotator: str | None = None
    is_draft: bool = False
    is_reproducible: bool = False


@dataclass(frozen=True, slots=True)
class ExportResult:
    """What was written, in numbers that can be compared with the project's."""

    path: Path
    documents: int
    sets: int
    mentions: int
    entities: int
    events: int
    quotes: int
    size: int
    sha256: str
    errors: int


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The sets of one document that are exported; headers that are not stored have no records."""

    document: DocumentId
    headers: tuple[SetHeader, ...]


class Exporter:
    """Exports one project."""

    def __init__(self, project: ProjectFile, clock: Clock) -> None:
        self._project = project
        self._clock = clock
        self._scheme = scheme_of(project)

    def chosen(self, choices: ExportChoices) -> int:
        """How many sets qualify."""
        return sum(len(chosen.headers) for chosen in self._choose(choices))

    def blocking(
        self,
        choices: ExportChoices,
        progress: Progress = lambda done, total: True,
    ) -> Iterator[SetFindings]:
        """The finished sets that have findings of severity E; they may not become gold.

        Raises `Refused` when `progress` asks to stop.
        """
        all_chosen = self._choose(choices)
        for done, chosen in enumerate(all_chosen):
            if not progress(done, len(all_chosen)):
                raise Refused("export.cancelled")
            document = self._project.documents.get(chosen.document)
            segmentation = segment(document.text)
            for header in chosen.headers:
                annotations = self._read(header)
                if annotations.status.status not in FINISHED:
                    continue
                findings = check_annotations(
                    document, annotations, self._scheme, header=header, segmentation=segmentation
                )
                errors = tuple(f for f in findings if f.severity is Severity.ERROR)
                if errors:
                    yield SetFindings(document, header, errors)

    def export_gold(
        self,
        target: Path,
        choices: ExportChoices = ExportChoices(),
        progress: Progress = lambda done, total: True,
    ) -> ExportResult:
        """Write gold to a ``.jsonl`` or ``.json`` file, or into a folder with its manifest.

        Raises `UserError` when nothing qualifies, when a finished set has errors and this is no
        draft, or when the files cannot be written; then what was there before is still there.
        """
        chosen = self._choose(choices)
        if not chosen:
            raise UserError("export.nothing_qualifies", scope=choices.scope.value)
        errors = sum(len(blocked.findings) for blocked in self.blocking(choices))
        if errors and not choices.is_draft:
            raise UserError("export.blocked", errors=errors)
        run = _Run(self, chosen, choices, progress)
        if target.suffix.lower() in (".jsonl", ".json"):
            with atomic_write(target) as stream:
                written = run.write(stream, is_readable=target.suffix.lower() == ".json")
            return run.result(target, written, errors)
        return self._export_folder(target, run, choices, errors)

    def _export_folder(
        self, folder: Path, run: _Run, choices: ExportChoices, errors: int
    ) -> ExportResult:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UserError("export.no_folder", path=str(folder)) from error
        with atomic_write(folder / GOLD_FILE) as stream:
            written = run.write(stream, is_readable=False)
        manifest = build_manifest(
            run.tally,
            run.context,
            scheme=json.loads(self._project.schemes.current()),
            files=[ManifestFile(GOLD_FILE, written.records, written.size, written.sha256)],
            options={
                "only": choices.scope.value,
                "annotator": choices.annotator,
                "draft": choices.is_draft,
                "errors": errors,
                "reproducible": choices.is_reproducible,
            },
            created=stamp(self._clock()),
        )
        with atomic_write(folder / MANIFEST_FILE) as stream:
            stream.write(manifest_bytes(manifest))
        return run.result(folder, written, errors)

    def context(self, choices: ExportChoices) -> ExportContext:
        """What the format needs to know besides the sets."""
        return ExportContext(
            scheme=self._scheme,
            tokenizer=Tokenizer(TOKENIZER_ID, TOKENIZER_VERSION),
            tool_version=__version__,
            is_reproducible=choices.is_reproducible,
        )

    def bundle(self, chosen: _Chosen) -> SegmentedBundle:
        """One document with its chosen sets, read from the project."""
        document = self._project.documents.get(chosen.document)
        sets = tuple(SetContent(header, self._read(header)) for header in chosen.headers)
        return SegmentedBundle(Bundle(document, sets), segment(document.text))

    def _choose(self, choices: ExportChoices) -> list[_Chosen]:
        project = self._project
        owner = self._owner(choices.annotator)
        statuses = project.annotations.statuses()
        chosen = []
        for entry in sorted(project.documents.entries(), key=lambda entry: entry.id):
            headers = [
                header
                for header in project.annotations.headers(entry.id)
                if owner is None or owner.id in header.annotators
            ]
            if not headers and choices.scope is Scope.ALL:
                headers = [self._empty_header(entry.id, owner)]
            taken = tuple(
                header
                for header in headers
                if choices.scope.takes(statuses.get((entry.id, header.id), SetStatus.NEW))
            )
            if taken:
                chosen.append(_Chosen(entry.id, taken))
        return chosen

    def _owner(self, name: str | None) -> Annotator | None:
        if name is None:
            return None
        found = self._project.people.by_name(name)
        if found is None:
            known = ", ".join(person.name for person in self._project.people.all())
            raise UserError("export.no_annotator", name=name, known=known)
        return found

    def _empty_header(self, document: DocumentId, owner: Annotator | None) -> SetHeader:
        people = self._project.people.all()
        person = owner or (people[0] if people else None)
        now = stamp(self._clock())
        return SetHeader(
            id=SetId(person.id if person else "none"),
            document=document,
            kind=SetKind.ANNOTATOR,
            annotators=(person.id,) if person else (),
            created=now,
            modified=now,
        )

    def _read(self, header: SetHeader) -> AnnotationSet:
        if self._project.annotations.header(header.document, header.id) is None:
            return AnnotationSet()
        return self._project.annotations.read(header)


class _Run:
    """One running export: streams the records and counts what passes."""

    def __init__(
        self,
        exporter: Exporter,
        chosen: list[_Chosen],
        choices: ExportChoices,
        progress: Progress,
    ) -> None:
        self.context = exporter.context(choices)
        self.tally = GoldTally()
        self._exporter = exporter
        self._chosen = chosen
        self._progress = progress

    def write(self, stream: BinaryIO, *, is_readable: bool) -> Written:
        """Write every record."""
        records = self._records()
        if is_readable:
            return write_readable(records, stream)
        return write_records((canonical_bytes(record) for record in records), stream)

    def result(self, path: Path, written: Written, errors: int) -> ExportResult:
        """The numbers of what was written."""
        counts = {layer: labels.total() for layer, labels in self.tally.counts.items()}
        return ExportResult(
            path=path,
            documents=len(self.tally.documents),
            sets=written.records,
            mentions=counts.get("mentions", 0),
            entities=counts.get("entities", 0),
            events=counts.get("events", 0),
            quotes=counts.get("quotes", 0),
            size=written.size,
            sha256=written.sha256,
            errors=errors,
        )

    def _records(self) -> Iterator[dict[str, object]]:
        for record in gold_records(self._bundles(), self.context, load_gold_schema()):
            self.tally.add(record)
            yield record

    def _bundles(self) -> Iterator[SegmentedBundle]:
        for done, chosen in enumerate(self._chosen):
            if not self._progress(done, len(self._chosen)):
                raise Refused("export.cancelled")
            yield self._exporter.bundle(chosen)
        self._progress(len(self._chosen), len(self._chosen))


def export_project(path: Path, target: Path, clock: Clock) -> ExportResult:
    """Export the finished sets of a project that is not open."""
    with ProjectFile.open(path) as project:
        return Exporter(project, clock).export_gold(target)

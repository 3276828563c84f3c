"""Annotation sets out of a project as gold: chosen, checked, written whole or not at all."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from annotator import __version__
from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import SuggestionDecision
from annotator.core.checks import Finding, Severity
from annotator.core.document import Document, Segmentation
from annotator.formats.base import (
    Bundle,
    ExportContext,
    JsonObject,
    SegmentedBundle,
    SetContent,
    Tokenizer,
)
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
from annotator.workbench.export_scope import (
    FINISHED,
    FINISHED_SETS,
    ChosenSets,
    ExportChoices as ExportChoices,
    LeftOut as LeftOut,
    Scope as Scope,
    choose_sets,
    left_out,
)
from annotator.workbench.importing import Progress
from annotator.workbench.reading import GOLD_FILE as GOLD_FILE, MANIFEST_FILE as MANIFEST_FILE
from annotator.workbench.schemes import scheme_of

_NOTHING = {
    Scope.APPROVED: "export.nothing_approved",
    Scope.COMPLETE: "export.nothing_complete",
    Scope.ALL: "export.no_documents",
}


@dataclass(frozen=True, slots=True)
class ExportResult:
    """What was written and what was not, in numbers that can be compared with the project's."""

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
    left: LeftOut


class ExportBlocked(UserError):
    """Finished sets have errors and no draft was asked for; `blocked` holds them."""

    def __init__(self, blocked: tuple[SetFindings, ...]) -> None:
        super().__init__("export.blocked", errors=_count(blocked))
        self.blocked = blocked


@dataclass(frozen=True, slots=True)
class _Checked:
    """The chosen sets of one document, read and checked."""

    item: SegmentedBundle
    blocked: tuple[SetFindings, ...]
    decisions: int


class Exporter:
    """Exports one project."""

    def __init__(self, project: ProjectFile, clock: Clock) -> None:
        self._project = project
        self._clock = clock
        self._scheme = scheme_of(project)

    def chosen(self, choices: ExportChoices) -> int:
        """How many sets qualify. Raises `UserError` for an annotator whom nobody knows."""
        return sum(
            len(chosen.headers) for chosen in choose_sets(self._project, choices, self._clock)
        )

    def blocking(
        self,
        choices: ExportChoices,
        progress: Progress = lambda done, total: True,
    ) -> Iterator[SetFindings]:
        """The finished sets that have findings of severity E; they may not become gold.

        Raises `Refused` when `progress` asks to stop.
        """
        for checked in self._checked(choose_sets(self._project, choices, self._clock), progress):
            yield from checked.blocked

    def export_gold(
        self,
        target: Path,
        choices: ExportChoices = FINISHED_SETS,
        progress: Progress = lambda done, total: True,
    ) -> ExportResult:
        """Write gold to a ``.jsonl`` or ``.json`` file, or into a folder with its manifest.

        Every set is read once: it is checked on its way into the file, which takes its name only
        when nothing stood in the way. Raises `UserError` when nothing qualifies, `ExportBlocked`
        when a finished set has errors and this is no draft, `Refused` when `progress` asks to
        stop, and `UserError` when the files cannot be written; then what was there before is
        still there.
        """
        chosen = choose_sets(self._project, choices, self._clock)
        if not chosen:
            raise UserError(_NOTHING[choices.scope])
        run = _Run(self._checked(chosen, progress), self._context(choices), choices)
        written = self._write(target, run)
        left = left_out(self._project, chosen, decisions=run.decisions)
        return run.result(target, written, left)

    def _write(self, target: Path, run: _Run) -> Written:
        if target.suffix.lower() not in (".jsonl", ".json"):
            return self._export_folder(target, run)
        with atomic_write(target) as stream:
            return run.write(stream, is_readable=target.suffix.lower() == ".json")

    def _export_folder(self, folder: Path, run: _Run) -> Written:
        is_new = not folder.exists()
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UserError("export.no_folder", path=str(folder)) from error
        try:
            return self._write_folder(folder, run)
        except BaseException:
            if is_new:
                with suppress(OSError):
                    folder.rmdir()
            raise

    def _write_folder(self, folder: Path, run: _Run) -> Written:
        """Both files reach the disk before either takes its name, so that they stay a pair."""
        with atomic_write(folder / GOLD_FILE) as stream:
            written = run.write(stream, is_readable=False)
            stream.flush()
            os.fsync(stream.fileno())
            manifest = self._manifest(run, written)
            with atomic_write(folder / MANIFEST_FILE) as beside:
                beside.write(manifest_bytes(manifest))
        return written

    def _manifest(self, run: _Run, written: Written) -> JsonObject:
        choices = run.choices
        return build_manifest(
            run.tally,
            run.context,
            scheme=json.loads(self._project.schemes.current()),
            files=[ManifestFile(GOLD_FILE, written.records, written.size, written.sha256)],
            options={
                "only": choices.scope.value,
                "annotator": choices.annotator,
                "draft": choices.is_draft,
                "errors": run.errors,
                "reproducible": choices.is_reproducible,
            },
            created=stamp(self._clock()),
        )

    def _context(self, choices: ExportChoices) -> ExportContext:
        return ExportContext(
            scheme=self._scheme,
            tokenizer=Tokenizer(TOKENIZER_ID, TOKENIZER_VERSION),
            tool_version=__version__,
            is_reproducible=choices.is_reproducible,
            is_draft=choices.is_draft,
        )

    def _checked(self, chosen: Sequence[ChosenSets], progress: Progress) -> Iterator[_Checked]:
        """The chosen documents one by one, each read and segmented once."""
        for done, one in enumerate(chosen):
            if not progress(done, len(chosen)):
                raise Refused("export.cancelled")
            yield self._check(one)
        progress(len(chosen), len(chosen))

    def _check(self, chosen: ChosenSets) -> _Checked:
        document = self._project.documents.get(chosen.document)
        segmentation = segment(document.text)
        contents, blocked = [], []
        for header in chosen.headers:
            is_stored = chosen.is_stored
            read = self._project.annotations.read(header) if is_stored else AnnotationSet()
            content = SetContent(header, read)
            contents.append(content)
            errors = self._errors(document, content, segmentation)
            if errors:
                blocked.append(SetFindings(document, header, errors))
        item = SegmentedBundle(Bundle(document, tuple(contents)), segmentation)
        decisions = sum(
            isinstance(record, SuggestionDecision)
            for content in contents
            for record in content.annotations.records.values()
        )
        return _Checked(item, tuple(blocked), decisions)

    def _errors(
        self, document: Document, content: SetContent, segmentation: Segmentation
    ) -> tuple[Finding, ...]:
        """What keeps a set from being gold; an unfinished set does not claim to be."""
        if content.annotations.status.status not in FINISHED:
            return ()
        findings = check_annotations(
            document,
            content.annotations,
            self._scheme,
            header=content.header,
            segmentation=segmentation,
        )
        return tuple(found for found in findings if found.severity is Severity.ERROR)


class _Run:
    """One running export: streams the records, counts what passes, and keeps what is wrong."""

    def __init__(
        self, checked: Iterator[_Checked], context: ExportContext, choices: ExportChoices
    ) -> None:
        self.context = context
        self.choices = choices
        self.tally = GoldTally()
        self.decisions = 0
        self._checked = checked
        self._blocked: list[SetFindings] = []

    @property
    def errors(self) -> int:
        """How many findings of severity E the sets have that have passed."""
        return _count(self._blocked)

    def write(self, stream: BinaryIO, *, is_readable: bool) -> Written:
        """Write every record. Raises `ExportBlocked`."""
        records = self._records()
        if is_readable:
            written = write_readable(records, stream)
        else:
            written = write_records((canonical_bytes(record) for record in records), stream)
        if self._is_blocked:
            raise ExportBlocked(tuple(self._blocked))
        return written

    def result(self, path: Path, written: Written, left: LeftOut) -> ExportResult:
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
            errors=self.errors,
            left=left,
        )

    @property
    def _is_blocked(self) -> bool:
        return bool(self._blocked) and not self.choices.is_draft

    def _records(self) -> Iterator[JsonObject]:
        for record in gold_records(self._items(), self.context, load_gold_schema()):
            self.tally.add(record)
            yield record

    def _items(self) -> Iterator[SegmentedBundle]:
        """What is written; once something stands in the way, the rest is only checked."""
        for checked in self._checked:
            self._blocked.extend(checked.blocked)
            if not self._is_blocked:
                self.decisions += checked.decisions
                yield checked.item


def _count(found: Iterable[SetFindings]) -> int:
    return sum(len(one.findings) for one in found)


def export_project(path: Path, target: Path, clock: Clock) -> ExportResult:
    """Export the finished sets of a project that is not open."""
    with ProjectFile.open(path) as project:
        return Exporter(project, clock).export_gold(target)

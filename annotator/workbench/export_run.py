"""The sets of a project on their way into an export: each read once, and checked as it passes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import SuggestionDecision
from annotator.core.checks import Finding
from annotator.core.document import Document, Segmentation
from annotator.core.ids import DocumentId
from annotator.core.scheme import Scheme
from annotator.core.splits import DataSplit, split_told
from annotator.formats.base import Bundle, SegmentedBundle, SetContent
from annotator.foundation.errors import Refused, UserError
from annotator.kurdish.segmentation import segment
from annotator.store.project_file import ProjectFile
from annotator.workbench.checking import SetFindings, errors_in
from annotator.workbench.export_scope import FINISHED, ChosenSets
from annotator.workbench.importing import Progress


class ExportBlocked(UserError):
    """Finished sets have errors and no draft was asked for; `blocked` holds them."""

    def __init__(self, blocked: tuple[SetFindings, ...]) -> None:
        super().__init__("export.blocked", errors=count_findings(blocked))
        self.blocked = blocked


class Steps(Struct):
    """Tells how far an export is, over all its passes. Raises `Refused` when it shall stop."""

    progress: Progress
    total: int
    done: int = 0

    def begin(self) -> None:
        """Before a document."""
        if not self.progress(self.done, self.total):
            raise Refused("export.cancelled")
        self.done += 1

    def end(self) -> None:
        """After the last one."""
        self.progress(self.total, self.total)


class Checked(Struct, frozen=True):
    """The chosen sets of one document, read and checked."""

    item: SegmentedBundle
    blocked: tuple[SetFindings, ...]
    decisions: int


class SetReader:
    """Reads and checks the chosen sets of one document after the other."""

    def __init__(self, project: ProjectFile, scheme: Scheme) -> None:
        self._project = project
        self._scheme = scheme

    def read(self, chosen: ChosenSets) -> Checked:
        """The sets of one document, which is segmented once."""
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
        return Checked(item, tuple(blocked), decisions)

    def _errors(
        self, document: Document, content: SetContent, segmentation: Segmentation
    ) -> tuple[Finding, ...]:
        """What keeps a set from being gold; an unfinished set does not claim to be."""
        if content.annotations.status.status not in FINISHED:
            return ()
        return errors_in(
            document,
            content.annotations,
            self._scheme,
            header=content.header,
            segmentation=segmentation,
        )


class CheckedSets:
    """What an export takes from a project (a `Supply`), and what stands in its way.

    Once something does, the rest is only checked. With `splits` each document says its own.
    """

    def __init__(
        self,
        reader: SetReader,
        chosen: Iterable[ChosenSets],
        steps: Steps,
        *,
        accepts_errors: bool,
        splits: Mapping[DocumentId, DataSplit] | None = None,
    ) -> None:
        self._reader = reader
        self._chosen = chosen
        self._steps = steps
        self._accepts_errors = accepts_errors
        self._splits = splits
        self._blocked: list[SetFindings] = []
        self.decisions = 0

    @property
    def splits(self) -> Sequence[str | None]:
        """The splits that got documents; None alone where the documents are not divided."""
        if self._splits is None:
            return (None,)
        given = set(self._splits.values())
        return tuple(split.value for split in DataSplit if split in given)

    @property
    def errors(self) -> int:
        """How many findings of severity E the sets have that have passed."""
        return count_findings(self._blocked)

    def items(self, split: str | None) -> Iterator[SegmentedBundle]:
        """The bundles of a split. Raises `Refused` when the export shall stop."""
        for chosen in self._chosen:
            if self._splits is not None and self._splits[chosen.document].value != split:
                continue
            self._steps.begin()
            checked = self._reader.read(chosen)
            self._blocked.extend(checked.blocked)
            if not self._is_blocked:
                self.decisions += checked.decisions
                yield _with_split(checked.item, split)

    def finish(self) -> None:
        """Raises `ExportBlocked` when something stands in the way."""
        self._steps.end()
        if self._is_blocked:
            raise ExportBlocked(tuple(self._blocked))

    @property
    def _is_blocked(self) -> bool:
        return bool(self._blocked) and not self._accepts_errors


def _with_split(item: SegmentedBundle, split: str | None) -> SegmentedBundle:
    """The same, saying the split that it was given, else the one that its own word means."""
    document = item.bundle.document
    said = document.metadata.split
    meant = split_told(said)
    wanted = split or (None if meant is None else meant.value)
    if said == wanted:
        return item
    about = replace(document.metadata, split=wanted)
    bundle = replace(item.bundle, document=replace(document, metadata=about))
    return replace(item, bundle=bundle)


def count_findings(found: Iterable[SetFindings]) -> int:
    """How many findings there are in all sets together."""
    return sum(len(one.findings) for one in found)

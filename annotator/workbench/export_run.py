"""The sets of a project on their way into an export: each read once, and checked as it passes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Self

from msgspec import Struct
from msgspec.structs import replace

from annotator.core.ids import DocumentId
from annotator.core.splits import DataSplit, split_told
from annotator.formats.base import SegmentedBundle
from annotator.foundation.errors import Refused, UserError
from annotator.store.project_file import ProjectFile
from annotator.store.stored_rows import DocumentRows, SetRows
from annotator.workbench.checked_sets import Checked
from annotator.workbench.checking import SetFindings
from annotator.workbench.checking_ahead import CheckingAhead
from annotator.workbench.export_scope import ChosenDocuments, ChosenSets
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


class SetReader:
    """Reads and checks the chosen sets of document after document. To be used in a ``with``."""

    def __init__(self, project: ProjectFile) -> None:
        self._project = project
        self._checking = CheckingAhead(project.schemes.current())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._checking.__exit__()

    def each(self, chosen: Iterable[ChosenSets], count: int) -> Iterator[Checked]:
        """The sets of each document in its order; there are about `count` documents.

        Raises `UserError` where something is damaged.
        """
        return self._checking.each(map(self.rows, chosen), count)

    def rows(self, chosen: ChosenSets) -> DocumentRows:
        """The rows of one document. Raises `UserError` where there is none."""
        row = self._project.documents.row(chosen.document)
        if chosen.is_stored:
            return DocumentRows(row, tuple(map(self._project.annotations.rows_of, chosen.headers)))
        return DocumentRows(row, tuple(SetRows(h, "{}", 0, ()) for h in chosen.headers))


class CheckedSets:
    """What an export takes from a project (a `Supply`), and what stands in its way.

    Once something does, the rest is only checked. With `splits` each document says its own.
    """

    def __init__(
        self,
        reader: SetReader,
        chosen: ChosenDocuments,
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
        for checked in self._reader.each(self._of(split), len(self._chosen)):
            self._steps.begin()
            self._blocked.extend(checked.blocked)
            if not self._is_blocked:
                self.decisions += checked.decisions
                yield _with_split(checked.item, split)

    def _of(self, split: str | None) -> Iterator[ChosenSets]:
        splits = self._splits
        return (
            one for one in self._chosen if splits is None or splits[one.document].value == split
        )

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

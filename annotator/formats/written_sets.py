"""The annotation sets of an export one by one, for formats that know no sets.

Each becomes a document of its own: ``doc`` where a document has one set, ``doc.set`` otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from annotator.core.document import Document, Segmentation
from annotator.core.set_header import SetKind
from annotator.formats.base import ExportReport, SegmentedBundle, SetContent
from annotator.formats.losses import Lose, Loss, LossKind


@dataclass(frozen=True, slots=True)
class WrittenSet:
    """One annotation set on its way out: its document, and the name that it gets there."""

    name: str
    document: Document
    content: SetContent
    segmentation: Segmentation
    tell: Lose

    @property
    def person(self) -> str | None:
        """The id of the set where it is that of a person, to know it by when it comes back."""
        header = self.content.header
        return header.id if header.kind is SetKind.ANNOTATOR else None

    def lose(self, record: str, kind: LossKind, detail: str = "") -> None:
        """Tell a loss of the set."""
        self.tell(Loss(self.document.id, self.content.header.id, record, kind, detail))


@dataclass(slots=True)
class WrittenSets:
    """Goes through the sets in the order of their documents, counting both."""

    items: Iterable[SegmentedBundle]
    tell: Lose
    documents: int = 0
    records: int = 0

    def __iter__(self) -> Iterator[WrittenSet]:
        for item in self.items:
            document, sets = item.bundle.document, item.bundle.sets
            self.documents += 1
            for content in sorted(sets, key=lambda content: content.header.id):
                self.records += 1
                name = document.id if len(sets) == 1 else f"{document.id}.{content.header.id}"
                yield WrittenSet(name, document, content, item.segmentation, self.tell)

    def report(self, size: int, sha256: str) -> ExportReport:
        """What was written, when it has been."""
        return ExportReport(self.documents, self.records, size, sha256)

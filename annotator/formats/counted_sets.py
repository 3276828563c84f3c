"""Annotation sets as documents of their own, for formats of events and quotes and for spaCy.

Also what their writers do alike: tell each loss once, count and hash what they write.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from annotator.core.document import Document, Segmentation
from annotator.formats.base import ExportReport, SegmentedBundle, SetContent
from annotator.formats.losses import Lose, Loss
from annotator.formats.set_documents import free_name


@dataclass(frozen=True, slots=True)
class SetDocument:
    """One annotation set with the text it is about.

    `id` is that of the document, and ``document.set`` where the document has several sets. `lose`
    tells each loss of the set only once.
    """

    id: str
    document: Document
    content: SetContent
    segmentation: Segmentation
    lose: Lose

    @property
    def words(self) -> list[str]:
        """The tokens as they are written."""
        text = self.document.text
        return [text[token.start : token.end] for token in self.segmentation.tokens]


@dataclass(slots=True)
class SetDocuments:
    """The annotation sets of bundles, one by one; counts the documents they belong to."""

    items: Iterable[SegmentedBundle]
    lose: Lose
    documents: int = 0

    def __iter__(self) -> Iterator[SetDocument]:
        given: set[str] = set()
        for item in self.items:
            document, sets = item.bundle.document, item.bundle.sets
            # No name that sorts before this document can be given again.
            given = {name for name in given if name >= document.id}
            self.documents += bool(sets)
            for content in sorted(sets, key=lambda content: content.header.id):
                name = free_name(document, content, given, is_only=len(sets) == 1)
                given.add(name)
                yield SetDocument(name, document, content, item.segmentation, _once(self.lose))


def _once(lose: Lose) -> Lose:
    told: set[Loss] = set()

    def tell(loss: Loss) -> None:
        if loss not in told:
            told.add(loss)
            lose(loss)

    return tell


@dataclass(slots=True)
class CountedOutput:
    """Counts and hashes what is written, into one file or into several."""

    size: int = 0
    records: int = 0
    digest: hashlib._Hash = field(default_factory=hashlib.sha256)

    def write(self, target: BinaryIO, data: bytes, *, records: int = 1) -> None:
        """Write bytes that hold so many records."""
        target.write(data)
        self.digest.update(data)
        self.size += len(data)
        self.records += records

    def report(self, documents: int) -> ExportReport:
        """What has been written so far."""
        return ExportReport(documents, self.records, self.size, self.digest.hexdigest())

"""Annotation sets as documents of their own, for formats that have no place for whose a set is.

A document with one set keeps its id. Where it has several, each is a document ``id.set``, so that
no set is lost and none is taken for another.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from annotator.core.document import Document, Segmentation
from annotator.formats.base import ExportReport, SegmentedBundle, SetContent
from annotator.foundation.errors import Defect


@dataclass(frozen=True, slots=True)
class SetDocument:
    """One annotation set with its text; `name` is the id that the file gives it."""

    name: str
    document: Document
    content: SetContent
    segmentation: Segmentation


@dataclass(slots=True)
class Tally:
    """Counts what goes into the files of an export; `digest` is of all bytes as they are written.

    `documents` and `records` are those of the project, however many documents the file has.
    """

    documents: int = 0
    records: int = 0
    size: int = 0
    digest: hashlib._Hash = field(default_factory=hashlib.sha256)

    def set_documents(self, items: Iterable[SegmentedBundle]) -> Iterator[SetDocument]:
        """The sets of `items` with their names, each counted.

        Raises `Defect` for documents that do not come in the order of their ids.
        """
        last, given = "", set[str]()
        for item in items:
            document = item.bundle.document
            if document.id <= last:
                raise Defect("defect.export_order", document=document.id, last=last)
            last = document.id
            # No name that sorts before this document can be given again.
            given = {name for name in given if name >= last}
            self.documents += bool(item.bundle.sets)
            for content in sorted(item.bundle.sets, key=lambda content: content.header.id):
                name = free_name(document, content, given, is_only=len(item.bundle.sets) == 1)
                given.add(name)
                self.records += 1
                yield SetDocument(name, document, content, item.segmentation)

    def write(self, target: BinaryIO, data: bytes) -> None:
        """Write bytes to one of the files."""
        target.write(data)
        self.digest.update(data)
        self.size += len(data)

    def report(self) -> ExportReport:
        """What has been counted."""
        return ExportReport(self.documents, self.records, self.size, self.digest.hexdigest())


def free_name(document: Document, content: SetContent, given: set[str], *, is_only: bool) -> str:
    """A name for a set that is not among those given.

    The id of a document may be that of another with one of its sets: then it says its set too, and
    once more where that is taken as well.
    """
    name: str = document.id if is_only else f"{document.id}.{content.header.id}"
    while name in given:
        name = f"{name}.{content.header.id}"
    return name

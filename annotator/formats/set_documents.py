"""Annotation sets as documents of their own, for formats that have no place for whose a set is.

A document with one set keeps its id. Where it has several, each is a document ``id.set``, so that
no set is lost and none is taken for another. Each tells its losses, and what is written of all of
them is counted and hashed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from types import MappingProxyType
from typing import BinaryIO

import orjson
from msgspec import Struct, field
from msgspec.structs import replace

from annotator.core.document import Document, Segmentation
from annotator.core.ids import STATUS_ID, SetId
from annotator.core.set_header import SetHeader, SetKind
from annotator.formats.base import ExportReport, Folder, JsonObject, SegmentedBundle, SetContent
from annotator.formats.counted_output import CountedOutput
from annotator.formats.losses import Lose, Loss, LossKind, lost_record, unheard
from annotator.formats.safe_names import safe_file_name
from annotator.foundation.errors import Defect


class SetDocument(Struct, frozen=True, eq=False):
    """One annotation set with its text; `name` is the id that the file gives it.

    `plain_name` is that of its document and set alone, which another one may have, too.
    """

    name: str
    plain_name: str
    document: Document
    content: SetContent
    segmentation: Segmentation
    tell: Lose
    _told: set[tuple[str, LossKind, str]] = field(default_factory=set)

    @property
    def words(self) -> list[str]:
        """The tokens as they are written."""
        text = self.document.text
        return [text[token.start : token.end] for token in self.segmentation.tokens]

    @property
    def unheard(self) -> SetDocument:
        """The same document, of which nothing is told that is lost."""
        return replace(self, tell=unheard, _told=set())

    @property
    def person(self) -> str | None:
        """The id of the set where it is that of a person, to know it by when it comes back."""
        header = self.content.header
        return header.id if header.kind is SetKind.ANNOTATOR else None

    def lose(self, record: str, kind: LossKind, detail: str = "") -> None:
        """Tell a loss of the set, the first time that it is lost."""
        told = record, kind, detail
        if told not in self._told:
            self._told.add(told)
            about = lost_record(self.content.annotations.get(record), self.document.text)
            document, own = self.document.id, self.content.header.id
            self.tell(Loss(document, own, record, kind, detail, about))

    def leave_out(self, reason: str) -> None:
        """Tell that nothing of the set is written: the set itself, and each of its records."""
        annotations = self.content.annotations
        records = (*annotations.annotations(), *annotations.entities())
        for record in (STATUS_ID, *(one.id for one in records)):
            self.lose(record, LossKind.LEFT_SET, reason)


class SetDocuments(Struct):
    """The annotation sets of an export one by one, and the report of what is written of them.

    `documents` and `sets` are those of the project, however many documents the files have; `files`
    tells of each file that holds a set whose it is.
    """

    items: Iterable[SegmentedBundle]
    tell: Lose
    documents: int = 0
    sets: int = 0
    output: CountedOutput = field(default_factory=CountedOutput)
    files: dict[str, SetHeader] = field(default_factory=dict)
    _last: str = ""
    _names: set[str] = field(default_factory=set)
    _stems: set[str] = field(default_factory=set)

    def __iter__(self) -> Iterator[SetDocument]:
        for item in self.items:
            yield from self.of(item)

    def of(self, item: SegmentedBundle) -> Iterator[SetDocument]:
        """The sets of one of the documents, in the order of their ids.

        Raises `Defect` for documents that do not come in the order of their ids.
        """
        document, contents = item.bundle.document, item.bundle.sets
        if document.id <= self._last:
            raise Defect("defect.export_order", document=document.id, last=self._last)
        self._last = document.id
        # No name that sorts before this document can be given again.
        self._names = {name for name in self._names if name >= document.id}
        self.documents += bool(contents)
        for content in sorted(contents, key=lambda content: content.header.id):
            self.sets += 1
            told = content.header.id
            plain: str = document.id if len(contents) == 1 else f"{document.id}.{told}"
            name = self._free_name(plain, told)
            yield SetDocument(name, plain, document, content, item.segmentation, self.tell)

    def _free_name(self, plain: str, told: SetId) -> str:
        """A name that no other set has.

        The id of a document may be that of another with one of its sets: then it says its set too,
        and once more where that is taken as well.
        """
        name = plain
        while name in self._names:
            name = f"{name}.{told}"
        self._names.add(name)
        return name

    def file_stem(self, one: SetDocument, suffix: str, spell: Callable[[str], str] = str) -> str:
        """What the files of a set are called before their suffixes, of which this is the longest.

        Two names that a file system takes for one are told apart by a number. `spell` changes a
        name that the program for which they are would not take.
        """
        name = spell(one.plain_name)
        stem = safe_file_name(name, suffix).removesuffix(suffix)
        number = 1
        while stem.lower() in self._stems:
            number += 1
            stem = safe_file_name(f"{name}-{number}", suffix).removesuffix(suffix)
        self._stems.add(stem.lower())
        self.files[f"{stem}{suffix}"] = one.content.header
        return stem

    def write(self, target: BinaryIO, data: bytes) -> None:
        """Write bytes to one of the files."""
        self.output.write(target, data)

    def write_file(self, folder: Folder, name: str, data: bytes) -> None:
        """Write a file with this content."""
        with folder.file(name) as target:
            self.write(target, data)

    def write_lines(self, values: Iterable[JsonObject], target: BinaryIO) -> ExportReport:
        """Write JSON values that were made of the sets, one a line; they are the records."""
        count = 0
        for value in values:
            self.write(target, orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE))
            count += 1
        return self.report(records=count)

    def write_array(self, values: Iterable[JsonObject], target: BinaryIO) -> None:
        """Write JSON values that were made of the sets as one array, a value a line."""
        before = b"[\n"
        for value in values:
            self.write(target, before + orjson.dumps(value))
            before = b",\n"
        self.write(target, b"[]\n" if before == b"[\n" else b"\n]\n")

    def report(self, records: int | None = None) -> ExportReport:
        """What has been written. The records are the sets, where the file has no others."""
        count = self.sets if records is None else records
        written = self.output
        return ExportReport(
            self.documents, count, written.size, written.sha256, sets=MappingProxyType(self.files)
        )

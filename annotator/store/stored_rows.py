"""A document with its sets as the rows that hold them: found in one place, understood in another.

Rows are plain values that can be handed to another process, which has no project open. Everything
that is proved about what is stored is proved when values are made of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import Record, last_offset
from annotator.core.document import Document
from annotator.core.set_header import SetHeader
from annotator.foundation.errors import Defect
from annotator.store.connection import Row
from annotator.store.rows import (
    document_from_row,
    numbers_from_json,
    proved_record,
    record_from_row,
    set_damaged,
)


class SetRows(NamedTuple):
    """One set: its highest numbers as JSON, the length of its text in code points, its records."""

    header: SetHeader
    numbers: str
    length: int
    records: Sequence[Row]

    def annotations(self) -> AnnotationSet:
        """The records of the set, in order of creation.

        Raises `UserError` naming document and record where one is damaged or refers to nothing.
        """
        document = self.header.document
        records = [record_from_row(row, document=document) for row in self.records]
        if any(last_offset(record) > self.length for record in records):
            raise set_damaged(document, self.header.id)
        return self._made_of(records)

    def proved_annotations(self) -> AnnotationSet:
        """The same, of rows that `annotations` was asked about elsewhere and raised nothing."""
        return self._made_of(map(proved_record, self.records))

    def _made_of(self, records: Iterable[Record]) -> AnnotationSet:
        document, identifier = self.header.document, self.header.id
        numbers = numbers_from_json(self.numbers, document=document, set_id=identifier)
        try:
            return AnnotationSet.of(records, numbers)
        except Defect as error:
            raise set_damaged(document, identifier) from error


class DocumentRows(NamedTuple):
    """One document and some of its sets."""

    row: Row
    sets: tuple[SetRows, ...]

    @property
    def length(self) -> int:
        """The length of the text in code points; 0 where what is stored is none."""
        text = self.row[4]
        return len(text) if isinstance(text, str) else 0

    def document(self) -> Document:
        """The document. Raises `UserError` where its text is not what was imported."""
        return document_from_row(self.row)

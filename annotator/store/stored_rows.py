"""A document with its sets as the rows that hold them: found in one place, understood in another.

Rows are plain values that can be handed to another process, which has no project open. Everything
that is proved about what is stored is proved when values are made of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from types import MappingProxyType
from typing import NamedTuple

from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import Record, last_offset, references
from annotator.core.document import Document
from annotator.core.ids import Layer, layer_and_number
from annotator.core.set_header import SetHeader
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
        known = {record.id for record in records}
        for record in records:
            is_whole = all(reference in known for reference in references(record))
            if not is_whole or last_offset(record) > self.length:
                raise set_damaged(document, self.header.id)
        return self._made_of(records)

    def proved_annotations(self) -> AnnotationSet:
        """The same, of rows that `annotations` was asked about elsewhere and raised nothing."""
        return self._made_of(proved_record(row) for row in self.records)

    def _made_of(self, found: Iterable[Record]) -> AnnotationSet:
        numbers = numbers_from_json(
            self.numbers, document=self.header.document, set_id=self.header.id
        )
        records = {record.id: record for record in found}
        for identifier in records:
            layer, number = layer_and_number(identifier)
            if layer is not Layer.STATUS:
                numbers[layer] = max(numbers.get(layer, 0), number)
        return AnnotationSet(MappingProxyType(records), MappingProxyType(numbers))


class DocumentRows(NamedTuple):
    """One document and some of its sets."""

    row: Row
    sets: tuple[SetRows, ...]

    @property
    def length(self) -> int:
        """The length of the text in code points, as it is stored."""
        return int(self.row[2])

    def document(self) -> Document:
        """The document. Raises `UserError` where its text is not what was imported."""
        return document_from_row(self.row)

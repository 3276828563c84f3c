"""The records of a stored set, read when they are asked for, or while nobody waits.

How to think about it: opening a document reads what the columns tell of every record (id, layer,
place) and nothing else. A body is read, checked against its digest and made a record the first
time somebody asks for it; whoever has time asks for `read_more` until all have been read, so that
damage anywhere is told soon and not only when somebody comes to it.

What was read stays as it was read. An edit names the record it changes as it was before, hence has
read it, so what this says about a record is always what the set held when it was opened.
"""

from __future__ import annotations

from types import MappingProxyType

from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import Record, references, spans_of
from annotator.core.ids import DocumentId, Layer, RecordId
from annotator.core.records import Records
from annotator.core.set_header import SetHeader
from annotator.core.span_index import SpanIndex
from annotator.store.connection import Connection, Row
from annotator.store.rows import record_from_row, set_damaged

# The five columns of a place are an entry of `SpanIndex`.
_PLACES = """SELECT span_start, -span_end, layer, CAST(ltrim(id, 'TEVQ') AS INTEGER), id
             FROM annotations WHERE set_key = ? ORDER BY key"""
_COLUMNS = "id, layer, span_start, span_end, label, body, digest"
_ONE = f"SELECT {_COLUMNS} FROM annotations WHERE set_key = ? AND id = ?"
_NEXT = f"""SELECT {_COLUMNS}, key FROM annotations WHERE +set_key = ? AND key > ?
            ORDER BY key LIMIT ?"""
# The plus keeps SQLite from fetching all records of the set to sort them by key.


class LateReading:
    """One set as it was when this was made, for as long as the project is open."""

    def __init__(
        self,
        connection: Connection,
        key: int,
        header: SetHeader,
        *,
        numbers: dict[Layer, int],
        length: int,
    ) -> None:
        self._connection = connection
        self._key = key
        self._header = header
        self._length = length
        self._read: dict[RecordId, Record] = {}
        self._last_key = 0
        self._is_over = False
        rows = connection.rows(_PLACES, (key,))
        self._layers = _layers(rows, header)
        places = SpanIndex.of_entries([row for row in rows if row[0] is not None])
        for layer, number in _highest(rows).items():
            numbers[layer] = max(number, numbers.get(layer, 0))
        self.annotations = AnnotationSet(
            Records.late(self._layers, places, self.read), MappingProxyType(numbers)
        )

    @property
    def is_over(self) -> bool:
        """Whether all records have been read."""
        return self._is_over

    def read(self, identifier: RecordId) -> Record:
        """The record as it was when the set was opened.

        Raises `UserError` naming document and record when it is damaged or refers to nothing.
        """
        found = self._read.get(identifier)
        if found is None:
            row = self._connection.row(_ONE, (self._key, identifier))
            if row is None:
                raise set_damaged(self._header.document, self._header.id)
            found = self._take(row)
        return found

    def read_more(self, count: int) -> bool:
        """Read up to `count` more records; False when there are no more. Raises like `read`."""
        if not self._is_over:
            rows = self._connection.rows(_NEXT, (self._key, self._last_key, count))
            self._is_over = len(rows) < count
            for row in rows:
                if row[0] in self._layers and row[0] not in self._read:
                    self._take(row[:-1])
                self._last_key = row[-1]
        return not self._is_over

    def _take(self, row: Row) -> Record:
        record = record_from_row(row, document=DocumentId(self._header.document))
        is_whole = all(reference in self._layers for reference in references(record))
        is_inside = all(span.end <= self._length for span in spans_of(record))
        if not (is_whole and is_inside):
            raise set_damaged(self._header.document, self._header.id)
        self._read[record.id] = record
        return record


def _layers(rows: list[Row], header: SetHeader) -> dict[RecordId, Layer]:
    known = {layer.value: layer for layer in Layer}
    try:
        return {row[4]: known[row[2]] for row in rows}
    except KeyError as error:
        raise set_damaged(header.document, header.id) from error


def _highest(rows: list[Row]) -> dict[Layer, int]:
    """The highest number of each layer that counts its records."""
    highest: dict[str, int] = {}
    for _, _, layer, number, _ in rows:
        if number > highest.get(layer, 0):
            highest[layer] = number
    return {Layer(layer): number for layer, number in highest.items()}

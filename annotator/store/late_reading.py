"""The records of a stored set, read when they are asked for, or while nobody waits.

How to think about it: opening a document reads what the columns tell of every record (id, layer,
place) and nothing else. A body is read, checked against its digest and made a record the first
time somebody asks for it; whoever has time asks for `read_more` until all have been read, so that
damage anywhere is told soon and not only when somebody comes to it.

What was read stays as it was read. An edit names the record it changes as it was before, hence has
read it, so what this says about a record is always what the set held when it was opened.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import compress, islice

import orjson

from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import Record, references, spans_of
from annotator.core.ids import DocumentId, Layer, RecordId
from annotator.core.records import Layers, Records
from annotator.core.set_header import SetHeader
from annotator.core.span_index import SpanIndex
from annotator.store.connection import Connection, Row
from annotator.store.rows import record_from_row, set_damaged

# Each column comes as one list: that takes half the time of a row for every record.
_PLACES = """SELECT json_group_array(id), json_group_array(layer),
             json_group_array(CAST(ltrim(id, 'TEVQD') AS INTEGER)),
             json_group_array(span_start), json_group_array(-span_end), max(span_end - span_start)
             FROM (SELECT id, layer, span_start, span_end FROM annotations
                   WHERE set_key = ? ORDER BY key)"""
_COLUMNS = "id, layer, span_start, span_end, label, body, digest"
_ONE = f"SELECT {_COLUMNS} FROM annotations WHERE set_key = ? AND id = ?"
_SOME = f"SELECT {_COLUMNS} FROM annotations WHERE set_key = ? AND id IN"

_LAYERS = frozenset(layer.value for layer in Layer)
_ON_THE_PAGE = frozenset({Layer.MENTION.value, Layer.EVENT.value, Layer.QUOTE.value})
"""The layers of annotations; a decision has a place, but nothing is there."""

_MOST = 500
"""Records that one statement reads."""


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
        self._is_over = False
        *columns, longest = connection.rows(_PLACES, (key,))[0]
        ids, layers, counted, starts, ends = map(orjson.loads, columns)
        if not _LAYERS.issuperset(layers):
            raise set_damaged(header.document, header.id)
        self._rest = iter(ids)
        entries = zip(starts, ends, layers, counted, ids, strict=True)
        on_page = compress(entries, map(_ON_THE_PAGE.__contains__, layers))
        places = SpanIndex.of_entries(on_page, longest=longest or 0)
        self._all = Records.late(ids, lambda: _sorted(ids, layers), places, self.read)
        self.annotations = AnnotationSet(self._all, _LateNumbers(numbers, layers, counted))

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

    def read_all(self, identifiers: Iterable[RecordId]) -> None:
        """Read these in one go, because they will be asked for. Raises like `read`."""
        wanted = [identifier for identifier in identifiers if identifier not in self._read]
        for first in range(0, len(wanted), _MOST):
            self._read_some(wanted[first : first + _MOST])

    def read_more(self, count: int) -> bool:
        """Read up to `count` more records; False when there are no more. Raises like `read`."""
        wanted = list(islice((i for i in self._rest if i not in self._read), min(count, _MOST)))
        self._read_some(wanted)
        self._is_over = len(wanted) < min(count, _MOST)
        return not self._is_over

    def _read_some(self, wanted: list[RecordId]) -> None:
        marks = ",".join("?" * len(wanted))
        rows = self._connection.rows(f"{_SOME} ({marks})", (self._key, *wanted))
        if len(rows) < len(wanted):
            raise set_damaged(self._header.document, self._header.id)
        for row in rows:
            self._take(row)

    def _take(self, row: Row) -> Record:
        record = record_from_row(row, document=DocumentId(self._header.document))
        is_whole = all(reference in self._all for reference in references(record))
        is_inside = all(span.end <= self._length for span in spans_of(record))
        if not (is_whole and is_inside):
            raise set_damaged(self._header.document, self._header.id)
        self._read[record.id] = record
        return record


class _LateNumbers(Mapping[Layer, int]):
    """The highest number of each layer, looked for when a new annotation needs it."""

    def __init__(self, stored: dict[Layer, int], layers: list[str], counted: list[int]) -> None:
        self._stored = stored
        self._in_use: tuple[list[str], list[int]] | None = (layers, counted)

    def __getitem__(self, layer: Layer) -> int:
        return self._numbers()[layer]

    def __iter__(self) -> Iterator[Layer]:
        return iter(self._numbers())

    def __len__(self) -> int:
        return len(self._numbers())

    def _numbers(self) -> dict[Layer, int]:
        if self._in_use is not None:
            for layer, number in _highest(*self._in_use).items():
                if number:
                    self._stored[Layer(layer)] = max(number, self._stored.get(Layer(layer), 0))
            self._in_use = None
        return self._stored


def _highest(layers: list[str], counted: list[int]) -> dict[str, int]:
    """The highest number of each layer."""
    highest = {layer.value: 0 for layer in Layer}
    for layer, number in zip(layers, counted, strict=True):
        if number > highest[layer]:
            highest[layer] = number
    return highest


def _sorted(ids: list[RecordId], layers: list[str]) -> Layers:
    """The ids by layer."""
    found: Layers = {}
    for identifier, layer in zip(ids, layers, strict=True):
        found.setdefault(Layer(layer), {})[identifier] = None
    return found

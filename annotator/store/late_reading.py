"""The records of a stored set, read when they are asked for, or while nobody waits.

How to think about it: opening a document reads what stands around the caret. What the columns
tell of every record (id, layer, place) is read a moment later, or when somebody asks; a body is
read, checked against its digest and made a record the first time somebody asks for it. Whoever has
time asks for `read_more` until all have been read, so that damage anywhere is told soon and not
only when somebody comes to it.

What was read stays as it was read. An edit is made of the whole set, which has found its contents
by then, and names the record it changes as it was before, hence has read it; so what this says is
always what the set held when it was opened.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Sized
from itertools import chain, compress, islice

from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import Record, references, spans_of
from annotator.core.ids import Layer, RecordId
from annotator.core.records import Contents, Layers, Records
from annotator.core.set_header import SetHeader
from annotator.core.span import Span
from annotator.core.span_index import SpanIndex
from annotator.foundation.errors import UserError
from annotator.store.connection import Connection, Row
from annotator.store.record_json import parsed
from annotator.store.rows import record_from_row, set_damaged

# Each column comes as one list: that takes half the time of a row for every record.
_PLACES = """SELECT json_group_array(id), json_group_array(layer),
             json_group_array(CAST(ltrim(id, 'TEVQD') AS INTEGER)),
             json_group_array(span_start), json_group_array(-span_end), max(span_end - span_start)
             FROM (SELECT id, layer, span_start, span_end FROM annotations
                   WHERE set_key = ? ORDER BY key)"""
_NEAR = """SELECT span_start, -span_end, layer, CAST(ltrim(id, 'TEVQD') AS INTEGER), id
           FROM annotations WHERE set_key = ? AND span_start < ? AND span_end > ?
           AND layer IN ('mention', 'event', 'quote')"""
_COLUMNS = "id, layer, span_start, span_end, label, body, digest"
_ONE = f"SELECT {_COLUMNS} FROM annotations WHERE set_key = ? AND id = ?"
_IS_THERE = "SELECT 1 FROM annotations WHERE set_key = ? AND id = ?"
_ARE_THERE = "SELECT count(*) FROM annotations WHERE set_key = ? AND id IN"
_SOME = f"SELECT {_COLUMNS} FROM annotations WHERE set_key = ? AND id IN"

_LAYERS = frozenset(layer.value for layer in Layer)
_ON_THE_PAGE = frozenset({Layer.MENTION.value, Layer.EVENT.value, Layer.QUOTE.value})
"""The layers of annotations; a decision has a place, but nothing is there."""

_MOST = 500
"""Records that one statement reads or looks for."""


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
        self._rest: Iterator[RecordId] | None = None
        self._is_over = False
        self._all = Records.late(self)
        self._numbers = _LateNumbers(numbers, self._all.find)
        self.annotations = AnnotationSet(self._all, self._numbers)

    @property
    def is_over(self) -> bool:
        """Whether all records have been read."""
        return self._is_over

    def contents(self) -> Contents:
        """What the set holds. Raises `UserError` where the columns tell that it is damaged."""
        *columns, longest = self._connection.rows(_PLACES, (self._key,))[0]
        ids, layers, counted, starts, ends = map(parsed, columns)
        if not _LAYERS.issuperset(layers):
            raise self._damaged()
        self._rest = iter(ids)
        self._numbers.in_use = layers, counted
        entries = zip(starts, ends, layers, counted, ids, strict=True)
        on_page = compress(entries, map(_ON_THE_PAGE.__contains__, layers))
        places = SpanIndex.of_entries(on_page, longest=longest or 0)
        return Contents(ids, lambda: _sorted(ids, layers), places)

    def places_in(self, span: Span) -> SpanIndex:
        """Where the annotations stand that overlap `span`."""
        return SpanIndex.of_entries(self._connection.rows(_NEAR, (self._key, span.end, span.start)))

    def holds(self, identifier: RecordId) -> bool:
        """Whether the file holds this record; asked only before the first change of the set."""
        is_read = identifier in self._read
        return is_read or self._connection.row(_IS_THERE, (self._key, identifier)) is not None

    def read(self, identifier: RecordId) -> Record:
        """The record as it was when the set was opened.

        Raises `UserError` naming document and record when it is damaged or refers to nothing,
        `KeyError` where there is none.
        """
        found = self._read.get(identifier)
        if found is None:
            row = self._connection.row(_ONE, (self._key, identifier))
            if row is not None:
                [found] = self._take([row])
            elif self._rest is None:
                raise KeyError(identifier)
            else:  # the list of all had it
                raise self._damaged()
        return found

    def read_all(self, identifiers: Iterable[RecordId]) -> None:
        """Read these in one go, because they will be asked for. Raises like `read`."""
        wanted = [identifier for identifier in identifiers if identifier not in self._read]
        for some in _batches(wanted):
            self._read_some(some)

    def read_more(self, count: int) -> bool:
        """Read up to `count` more records; False when there are no more. Raises like `read`."""
        self._all.find()
        assert self._rest is not None  # the list of all has been found
        wanted = list(islice((i for i in self._rest if i not in self._read), min(count, _MOST)))
        try:
            self._read_some(wanted)
        except UserError:
            self._rest = chain(wanted, self._rest)  # who asks again meets the damage again
            raise
        self._is_over = len(wanted) < min(count, _MOST)
        return not self._is_over

    def _read_some(self, wanted: Sequence[RecordId]) -> None:
        rows = self._connection.rows(f"{_SOME} ({_marks(wanted)})", (self._key, *wanted))
        if len(rows) < len(wanted):
            raise self._damaged()
        self._take(rows)

    def _take(self, rows: list[Row]) -> list[Record]:
        """The records of rows, which are kept when all of them are whole."""
        found = [record_from_row(row, document=self._header.document) for row in rows]
        is_inside = all(span.end <= self._length for record in found for span in spans_of(record))
        if not (is_inside and self._are_there({i for r in found for i in references(r)})):
            raise self._damaged()
        self._read.update((record.id, record) for record in found)
        return found

    def _are_there(self, identifiers: set[RecordId]) -> bool:
        """Whether the set holds all of these."""
        if self._rest is not None:
            return all(identifier in self._all for identifier in identifiers)
        asked = sorted(identifiers.difference(self._read))
        return all(map(self._are_in_file, _batches(asked)))

    def _are_in_file(self, identifiers: Sequence[RecordId]) -> bool:
        statement = f"{_ARE_THERE} ({_marks(identifiers)})"
        count = self._connection.rows(statement, (self._key, *identifiers))[0][0]
        return bool(count == len(identifiers))

    def _damaged(self) -> UserError:
        return set_damaged(self._header.document, self._header.id)


def _batches(identifiers: list[RecordId]) -> Iterator[Sequence[RecordId]]:
    return (identifiers[first : first + _MOST] for first in range(0, len(identifiers), _MOST))


def _marks(values: Sized) -> str:
    return ",".join("?" * len(values))


class _LateNumbers(Mapping[Layer, int]):
    """The highest number of each layer, looked for when a new annotation needs it."""

    def __init__(self, stored: dict[Layer, int], find: Callable[[], None]) -> None:
        """`find` lets `in_use` be told: the layer and the number of every record."""
        self.in_use: tuple[list[str], list[int]] | None = None
        self._stored = stored
        self._find = find

    def __getitem__(self, layer: Layer) -> int:
        return self._numbers()[layer]

    def __iter__(self) -> Iterator[Layer]:
        return iter(self._numbers())

    def __len__(self) -> int:
        return len(self._numbers())

    def _numbers(self) -> dict[Layer, int]:
        self._find()
        if self.in_use is not None:
            for layer, number in _highest(*self.in_use).items():
                if number:
                    self._stored[Layer(layer)] = max(number, self._stored.get(Layer(layer), 0))
            self.in_use = None
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

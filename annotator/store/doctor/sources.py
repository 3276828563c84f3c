"""Where the rows of a file come from: by SQL where SQLite reads it, else page by page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Protocol

from annotator.foundation.errors import UserError
from annotator.store.connection import Connection
from annotator.store.doctor.ailments import Slowly
from annotator.store.doctor.pages import Cell, PageFile
from annotator.store.doctor.tables import Column, Layout, Row, Table, Value

STRAY = "\x00stray"
"""A cell that is true in a row of a page to which nothing leads: it may be an old one."""

SETS_INDEX = "sqlite_autoindex_annotation_sets_1"
"""The index that tells document and id of a set whose own row is lost."""

_MOST = 500
_META_KEYS = frozenset(
    {"uuid", "name", "created", "generation", "last_document", "last_set", "last_annotator"}
)


class Source(Protocol):
    """Rows by table, in the order of their keys, as they stand in the file.

    It is not whole where pages could not be read.
    """

    layout: Layout
    is_whole: bool

    def rows(self, table: str, **where: Value) -> Iterator[Row]:
        """The rows of a table, all or those in which one column of integers has that value."""
        ...

    def columns(self, table: str, *names: str) -> Iterator[tuple[Value, ...]]:
        """Only these columns of all rows."""
        ...

    def count(self, table: str) -> int:
        """How many rows there are."""
        ...


class SqlSource:
    """Rows of a file whose pages SQLite has found sound."""

    def __init__(self, connection: Connection, layout: Layout) -> None:
        self._connection = connection
        self.layout = layout
        self.is_whole = True

    def rows(self, table: str, **where: Value) -> Iterator[Row]:
        """See `Source`."""
        about = self.layout.tables[table]
        names = about.names
        for cells in self._read(about, about.columns, where):
            yield dict(zip(names, cells, strict=False))  # the key comes once more

    def columns(self, table: str, *names: str) -> Iterator[tuple[Value, ...]]:
        """See `Source`."""
        about = self.layout.tables[table]
        chosen = [column for name in names for column in about.columns if column.name == name]
        for cells in self._read(about, chosen, {}):
            yield cells[: len(names)]

    def count(self, table: str) -> int:
        """See `Source`."""
        return int(self._connection.rows(f"SELECT count(*) FROM {table}")[0][0])

    def _read(
        self, table: Table, columns: Sequence[Column], where: Mapping[str, Value]
    ) -> Iterator[tuple[Value, ...]]:
        """Some rows at a time, so that nobody waits for all of them; the key comes last."""
        terms = [f"{name} = ?" for name in where]
        key = table.key
        if key is None:
            # Without a number of their own: people and their places, which are few.
            rest = f"WHERE {' AND '.join(terms)}" if terms else ""
            yield from self._some(table, columns, rest, tuple(where.values()))
            return
        rest = f"WHERE {' AND '.join([*terms, f'{key} > ?'])} ORDER BY {key} LIMIT {_MOST}"
        last: Value = -(2**63)
        size = _MOST
        while size == _MOST:
            found = self._some(table, columns, rest, (*where.values(), last))
            size = len(found)
            if found:
                last = found[-1][-1]
            yield from found

    def _some(
        self, table: Table, columns: Sequence[Column], rest: str, bindings: tuple[Value, ...]
    ) -> list[tuple[Value, ...]]:
        key = "" if table.key is None else f", {table.key}"
        try:
            listed = ", ".join(column.name for column in columns)
            return self._connection.rows(f"SELECT {listed}{key} FROM {table.name} {rest}", bindings)
        except UserError as error:
            if not isinstance(error.__cause__, UnicodeDecodeError):
                raise
        listed = ", ".join(map(_selected, columns))
        found = self._connection.rows(f"SELECT {listed}{key} FROM {table.name} {rest}", bindings)
        kept = slice(len(columns), None)
        return [(*map(_cell, columns, cells), *cells[kept]) for cells in found]


def _selected(column: Column) -> str:
    # As bytes, because reading ends at the first text that is not UTF-8.
    if column.type == "TEXT":
        name = column.name
        return f"CASE typeof({name}) WHEN 'text' THEN CAST({name} AS BLOB) ELSE {name} END"
    return column.name


def _cell(column: Column, value: Value) -> Value:
    if column.type == "TEXT" and isinstance(value, bytes):
        try:
            return value.decode("utf-8")
        except UnicodeDecodeError:
            return value
    return value


class PageSource:
    """What the pages of a damaged file still hold, kept in memory.

    Rows that a table's tree leads to come first; a row of a page to which nothing leads fills a
    key that is missing, and is marked as `STRAY`.
    """

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.is_whole = True
        self._rows: dict[str, list[Row]] = {name: [] for name in layout.tables}
        self._keys: dict[str, set[Value | tuple[Value, ...]]] = defaultdict(set)
        self._by: dict[tuple[str, str], dict[Value, list[Row]]] = {}

    def rows(self, table: str, **where: Value) -> Iterator[Row]:
        """See `Source`."""
        for column, value in where.items():
            yield from self._sorted_by(table, column).get(value, ())
            return
        yield from self._rows[table]

    def columns(self, table: str, *names: str) -> Iterator[tuple[Value, ...]]:
        """See `Source`."""
        return (tuple(row[name] for name in names) for row in self._rows[table])

    def count(self, table: str) -> int:
        """See `Source`."""
        return len(self._rows[table])

    def take(self, file: PageFile, roots: Mapping[str, int]) -> Slowly[None]:
        """Read what the file holds, given the first page of each table that is known."""
        seen = {1}
        for name in sorted(roots, key=lambda name: name == SETS_INDEX):
            for cell in file.tree(roots[name], seen):
                if cell is None:
                    yield
                elif name == SETS_INDEX:
                    self._enter_named_set(cell)
                else:
                    self._enter(self.layout.tables[name], cell, is_stray=False)
        self.is_whole = self.is_whole and not file.unread
        yield from self._take_strays(file, seen | file.free())
        for name, table in self.layout.tables.items():
            if table.key is not None:
                self._rows[name].sort(key=itemgetter(table.key))

    def _take_strays(self, file: PageFile, passed: set[int]) -> Slowly[None]:
        """Read the pages to which nothing leads, but those that are known to be free."""
        for number in range(1, file.count + 1):
            if number not in passed:
                yield
                for cell in file.cells(number):
                    self._take_stray(cell)

    def _take_stray(self, cell: Cell) -> None:
        for table in self.layout.tables.values():
            if is_row_of(table, cell):
                self._enter(table, cell, is_stray=True)
                return

    def _enter(self, table: Table, cell: Cell, *, is_stray: bool) -> None:
        missing = len(table.stored) - len(cell.values)
        is_keyed = table.key is not None
        is_short = not is_keyed and len(cell.values) < table.least
        if missing < 0 or (cell.key is not None) != is_keyed or is_short:
            self.is_whole = False
            return  # a cell of another table or of an index
        row = row_of(table, cell)
        if not is_stray and missing and not _fits(table, row):
            return
        key = row[table.key] if table.key is not None else tuple(row.values())
        if key in self._keys[table.name]:
            return
        self._keys[table.name].add(key)
        if is_stray:
            row[STRAY] = 1
        self._rows[table.name].append(row)

    def _enter_named_set(self, cell: Cell) -> None:
        """Of a set whose row is lost, the index still tells whose it is."""
        if len(cell.values) != 3:
            return
        document, identifier, key = cell.values
        if isinstance(key, int) and key not in self._keys["annotation_sets"]:
            self._keys["annotation_sets"].add(key)
            row: Row = dict.fromkeys(self.layout.tables["annotation_sets"].names)
            self._rows["annotation_sets"].append(
                {**row, "key": key, "document_key": document, "id": identifier}
            )

    def _sorted_by(self, table: str, column: str) -> dict[Value, list[Row]]:
        found = self._by.get((table, column))
        if found is None:
            found = self._by[table, column] = {}
            for row in self._rows[table]:
                found.setdefault(row[column], []).append(row)
        return found


def is_row_of(table: Table, cell: Cell) -> bool:
    """Whether a cell that no tree leads to can only be a row of this table."""
    is_keyed = table.key is not None
    is_long_enough = table.least <= len(cell.values) <= len(table.stored)
    if (cell.key is not None) != is_keyed or not is_long_enough:
        return False
    row = row_of(table, cell)
    if table.name == "meta" and row["key"] not in _META_KEYS:
        return False  # the index of people's names looks alike
    return _fits(table, row)


def row_of(table: Table, cell: Cell) -> Row:
    """The row that a cell of this table is; columns that were added later have their default."""
    added = [column.default for column in table.stored[len(cell.values) :]]
    names = (column.name for column in table.stored)
    row: Row = dict(zip(names, [*cell.values, *added], strict=True))
    if table.key is not None:
        row[table.key] = cell.key
    return row


def is_of_type(column: Column, value: Value) -> bool:
    """Whether a value may stand in this column; a text that is not UTF-8 may not."""
    match column.type:
        case "TEXT":
            is_right = isinstance(value, str)
        case "INTEGER":
            is_right = type(value) is int
        case _:
            is_right = isinstance(value, bytes)
    return is_right or (value is None and column.is_nullable)


def _fits(table: Table, row: Row) -> bool:
    return all(is_of_type(column, row[column.name]) for column in table.columns)

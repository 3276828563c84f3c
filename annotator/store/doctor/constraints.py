"""Rows tried on an empty table in memory: whether they keep the constraints of the schema.

A file that is open for reading only is not asked by SQLite whether its rows keep them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import Self

import apsw

from annotator.store.doctor.tables import Layout, Row, Value

_DETAIL = "CHECK constraint failed: "


class Trial:
    """Tables of one layout without rows. To be used in a ``with``."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._memory = apsw.Connection(":memory:")
        for script in layout.scripts:
            self._memory.execute(script)
        self._memory.execute("PRAGMA foreign_keys=OFF")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._memory.close()

    def broken(self, table: str, rows: Sequence[Row]) -> Iterator[tuple[Row, str]]:
        """The rows that do not keep a condition, with its words in the schema."""
        names = self._layout.tables[table].names
        marks = ", ".join("?" * len(names))
        sql = f"INSERT OR REPLACE INTO {table} VALUES ({marks})"
        listed = [tuple(row[name] for name in names) for row in rows]
        try:
            with self._memory:
                self._memory.executemany(sql, listed)
        except apsw.ConstraintError:
            for row, cells in zip(rows, listed, strict=True):
                detail = self._tried(sql, cells)
                if detail is not None:
                    yield row, detail
        self._memory.execute(f"DELETE FROM {table}")

    def _tried(self, sql: str, cells: tuple[Value, ...]) -> str | None:
        try:
            self._memory.execute(sql, cells)
        except apsw.ConstraintError as error:
            if getattr(error, "extendedresult", 0) == apsw.SQLITE_CONSTRAINT_CHECK:
                return str(error).partition(_DETAIL)[2]
        return None

"""Rows tried on an empty table in memory: whether they keep the constraints of the schema.

A file that is open for reading only is not asked by SQLite whether its rows keep them.
"""

from __future__ import annotations

from types import TracebackType
from typing import Self

import apsw

from annotator.store.doctor.sources import STRAY
from annotator.store.doctor.tables import Layout, Row

_MOST = 200
_DETAIL = "CHECK constraint failed: "


class Trial:
    """Tables of one layout without rows. To be used in a ``with``."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._memory = apsw.Connection(":memory:")
        for script in layout.scripts:
            self._memory.execute(script)
        self._memory.execute("PRAGMA foreign_keys=OFF")
        self._tried = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._memory.close()

    def broken(self, table: str, row: Row) -> str | None:
        """The condition that a row does not keep, in the words of the schema, or None."""
        names = self._layout.tables[table].names
        self._tried += 1
        if self._tried % _MOST == 0:
            self._memory.execute(f"DELETE FROM {table}")
        marks = ", ".join("?" * len(names))
        sql = f"INSERT OR REPLACE INTO {table} VALUES ({marks})"
        try:
            self._memory.execute(sql, tuple(row[name] for name in names if name != STRAY))
        except apsw.ConstraintError as error:
            if getattr(error, "extendedresult", 0) == apsw.SQLITE_CONSTRAINT_CHECK:
                return str(error).partition(_DETAIL)[2]
        return None

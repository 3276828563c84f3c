"""The tables of a schema version as the doctor needs to know them, told by the scripts alone."""

from __future__ import annotations

from typing import Any, TypeAlias

import apsw
from msgspec import Struct

from annotator.store.migrations import Migrations

Value: TypeAlias = int | float | str | bytes | None
"""A cell; bytes in a column of text are text that is not UTF-8."""

Row: TypeAlias = dict[str, Value]
SchemaRow: TypeAlias = tuple[Value, ...]

SCHEMA = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY rowid"


class Column(Struct, frozen=True):
    """A column of a STRICT table: TEXT, INTEGER or BLOB."""

    name: str
    type: str
    is_nullable: bool
    default: Value


class Reference(Struct, frozen=True):
    """A column that names a row of another table."""

    column: str
    table: str
    target: str


class Table(Struct, frozen=True):
    """A table; `key` is the integer that numbers its rows, or None in one without.

    `stored` are the columns in the order in which a page keeps them; rows that are older than the
    last of them end before, but have at least the `least` first ones.
    """

    name: str
    columns: tuple[Column, ...]
    key: str | None
    stored: tuple[Column, ...]
    references: tuple[Reference, ...]
    names: tuple[str, ...]
    least: int


class Layout(Struct, frozen=True):
    """Everything that the schema of one version holds, tables in an order that fills them."""

    version: int
    scripts: tuple[str, ...]
    tables: dict[str, Table]
    schema: frozenset[SchemaRow]


def layout_of(migrations: Migrations, version: int) -> Layout:
    """The layout that the scripts up to `version` make."""
    memory = apsw.Connection(":memory:")
    least: dict[str, int] = {}
    try:
        for script in migrations.scripts[:version]:
            memory.execute(script)
            for name in _names(memory):
                count = len(_asked(memory, f"PRAGMA table_info({name})"))
                least[name] = min(count, least.get(name, count))
        schema = memory.execute(SCHEMA).fetchall()
        tables = {name: _table(memory, name, least[name]) for name in _names(memory)}
    finally:
        memory.close()
    return Layout(version, migrations.scripts[:version], tables, frozenset(schema))


def _names(memory: apsw.Connection) -> list[str]:
    return [str(row[1]) for row in _asked(memory, SCHEMA) if row[0] == "table"]


def _table(memory: apsw.Connection, name: str, least: int) -> Table:
    info = _asked(memory, f"PRAGMA table_info({name})")
    columns = tuple(
        Column(column, kind, not is_needed and not part, _default(memory, default))
        for _, column, kind, is_needed, default, part in info
    )
    has_key = _asked(memory, f"PRAGMA table_list({name})")[0][4] == 0
    parts = {column: part for _, column, _, _, _, part in info if part}
    stored = columns
    if not has_key:
        first = sorted((c for c in columns if c.name in parts), key=lambda c: parts[c.name])
        stored = (*first, *(column for column in columns if column.name not in parts))
    references = tuple(
        Reference(column=row[3], table=row[2], target=row[4])
        for row in _asked(memory, f"PRAGMA foreign_key_list({name})")
    )
    key = next(iter(parts)) if has_key else None
    return Table(name, columns, key, stored, references, tuple(c.name for c in columns), least)


def _asked(memory: apsw.Connection, sql: str) -> list[tuple[Any, ...]]:
    return memory.execute(sql).fetchall()


def _default(memory: apsw.Connection, expression: str | None) -> Value:
    if expression is None:
        return None
    value: Value = memory.execute(f"SELECT {expression}").fetchall()[0][0]
    return value

"""Rows of tokens and tags as parquet, where pyarrow is installed: it is large, so few need it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol

import orjson
from msgspec import Struct, field

from annotator.formats.base import JsonObject
from annotator.formats.counted_output import CountedOutput, CountedStream
from annotator.formats.optional_packages import package_missing

if TYPE_CHECKING:
    from pyarrow.parquet import ParquetWriter

PARQUET_PACKAGE = "pyarrow"

_GROUP = 2000
"""Rows that are kept in memory and written together."""


class Row(Struct, frozen=True):
    """One example: its id, its tokens, and the name of the tag of each."""

    id: str
    tokens: list[str]
    tags: list[str]


class OpenTable(Protocol):
    """Begins a table in a stream; what is left of it is written when the context ends."""

    def __call__(
        self,
        output: CountedOutput,
        target: BinaryIO,
        features: JsonObject,
        numbers: Mapping[str, int],
    ) -> AbstractContextManager[Table]:
        """A table with these features, in which tags stand as numbers."""


def table_opener() -> OpenTable:
    """What opens tables. Raises `UserError` where pyarrow is not installed."""
    try:
        import pyarrow.parquet  # noqa: F401  # imported here, and only here known to be missing
    except ImportError:
        raise package_missing(PARQUET_PACKAGE) from None
    return _open_table


class Table(Struct):
    """A table that is being written, some rows at a time."""

    writer: ParquetWriter
    schema: Any
    numbers: Mapping[str, int]
    rows: list[Row] = field(default_factory=list)

    def add(self, row: Row) -> None:
        """Write one row, at the latest when the table is closed."""
        self.rows.append(row)
        if len(self.rows) >= _GROUP:
            self.flush()

    def flush(self) -> None:
        """Write the rows that are in memory as a group of their own."""
        import pyarrow

        tags = [[self.numbers[tag] for tag in row.tags] for row in self.rows]
        columns = [[row.id for row in self.rows], [row.tokens for row in self.rows], tags]
        self.writer.write_table(pyarrow.table(columns, schema=self.schema))
        self.rows.clear()


@contextmanager
def _open_table(
    output: CountedOutput, target: BinaryIO, features: JsonObject, numbers: Mapping[str, int]
) -> Iterator[Table]:
    import pyarrow
    from pyarrow.parquet import ParquetWriter

    text = pyarrow.string()
    # What `datasets` looks for to know the names of the numbers.
    about = {"huggingface": orjson.dumps({"info": {"features": features}})}
    schema = pyarrow.schema(
        {"id": text, "tokens": pyarrow.list_(text), "ner_tags": pyarrow.list_(pyarrow.int64())},
        metadata=about,
    )
    with ParquetWriter(CountedStream(output, target), schema) as writer:
        table = Table(writer, schema, numbers)
        yield table
        if table.rows:
            table.flush()

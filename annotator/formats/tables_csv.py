"""Writing tables as CSV: three files, in UTF-8 with the mark by which Excel knows it.

Excel takes a cell that begins with certain characters for a formula, so an apostrophe stands before
these; where that changes what an annotation says, it is told.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable
from contextlib import ExitStack
from typing import BinaryIO

from annotator.formats.base import (
    ExportContext,
    ExportReport,
    Folder,
    Format,
    SegmentedBundle,
)
from annotator.formats.counted_output import CountedOutput
from annotator.formats.losses import LossKind
from annotator.formats.set_documents import SetDocument, SetDocuments
from annotator.formats.table_rows import COLUMNS, HOLDS, SAID, Row, Table, TableRows

FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
"""What a cell must not begin with (OWASP, CSV injection)."""


def write_csv_tables(
    items: Iterable[SegmentedBundle], folder: Folder, context: ExportContext
) -> ExportReport:
    """Write a row for each mention, event and quote of every set."""
    rows, sets = TableRows(context.scheme), SetDocuments(items, context.lose)
    with ExitStack() as stack:
        files = {
            table: _CsvFile(stack.enter_context(folder.file(f"{table.value}.csv")), sets.output)
            for table in Table
        }
        for item in sets:
            for table, row in rows.of(item):
                files[table].add(_harmless(row, item))
            for file in files.values():
                file.flush()
    return sets.report()


class _CsvFile:
    """One table on its way out; memory holds the rows of one set."""

    def __init__(self, target: BinaryIO, output: CountedOutput) -> None:
        self._target = target
        self._output = output
        self._rows = io.StringIO(newline="")
        self._writer = csv.writer(self._rows)
        output.write(target, codecs.BOM_UTF8)
        self.add(COLUMNS)
        self.flush()

    def add(self, row: Row) -> None:
        """Take a row in."""
        self._writer.writerow(row)

    def flush(self) -> None:
        """Write the rows taken in."""
        self._output.write(self._target, self._rows.getvalue().encode())
        self._rows.seek(0)
        self._rows.truncate()


def _harmless(row: Row, item: SetDocument) -> Row:
    if not any(isinstance(cell, str) and cell.startswith(FORMULAS) for cell in row):
        return row
    cells: list[str | int | None] = []
    for column, cell in zip(COLUMNS, row, strict=True):
        is_formula = isinstance(cell, str) and cell.startswith(FORMULAS)
        if is_formula and column in SAID:
            item.lose(str(row[_ID]), LossKind.RENAMED, column)
        cells.append(f"'{cell}" if is_formula else cell)
    return tuple(cells)


_ID = COLUMNS.index("id")

TABLES_CSV = Format(
    id="tables-csv",
    title="formats.title_tables_csv",
    suffixes=(".csv",),
    write_files=write_csv_tables,
    holds=HOLDS,
)

"""Writing tables as one workbook for Excel and LibreOffice, with three sheets.

Every cell is text or a number, never a formula, so nothing has to be put before it.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from typing import BinaryIO

from annotator.formats.base import ExportContext, ExportReport, Format, SegmentedBundle
from annotator.formats.counted_output import CountedStream
from annotator.formats.losses import LossKind
from annotator.formats.set_documents import SetDocument, SetDocuments
from annotator.formats.table_rows import COLUMNS, HOLDS, SAID, Row, Table, TableRows
from annotator.formats.xlsx_book import MAX_CELL, SheetRows, fitting, write_book

_WIDTHS = {"text": 28, "left": 40, "right": 40, "sentence": 60, "entity": 24, "arguments": 60}
_ID = COLUMNS.index("id")


def write_xlsx_tables(
    items: Iterable[SegmentedBundle], target: BinaryIO, context: ExportContext
) -> ExportReport:
    """Write a row for each mention, event and quote of every set."""
    rows, sets = TableRows(context.scheme), SetDocuments(items, context.lose)
    widths = [_WIDTHS.get(column, 12) for column in COLUMNS]
    with ExitStack() as stack:
        tables = {table: SheetRows(table.value, COLUMNS, widths) for table in Table}
        for one in tables.values():
            stack.callback(one.close)
        for item in sets:
            for table, row in rows.of(item):
                tables[table].add(_fitted(row, item))
        write_book(tables.values(), CountedStream(sets.output, target))
    return sets.report()


def _fitted(row: Row, item: SetDocument) -> Row:
    """The row with what a cell has room for; what an annotation says and is cut is told."""
    if sum([len(cell) for cell in row if isinstance(cell, str)]) * 2 <= MAX_CELL:
        return row
    cells: list[str | int | None] = []
    for column, cell in zip(COLUMNS, row, strict=True):
        fitted = fitting(cell) if isinstance(cell, str) else cell
        if fitted != cell and column in SAID:
            item.lose(str(row[_ID]), LossKind.DETAIL, column)
        cells.append(fitted)
    return tuple(cells)


TABLES_XLSX = Format(
    id="tables-xlsx",
    title="formats.title_tables_xlsx",
    suffixes=(".xlsx",),
    write=write_xlsx_tables,
    holds=HOLDS,
)

"""A workbook of Office Open XML whose rows stream: text and numbers, a header, right to left.

openpyxl takes three times as long for the same rows. What a workbook of plain tables needs is small
and fixed, so it is written here; every cell is an inline string or a number, so nothing in it can
be a formula. All times in the archive are the same.
"""

from __future__ import annotations

import html
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO, Protocol

from msgspec import Struct, field

MAX_CELL = 32_767
"""Characters, in UTF-16 units, that a cell has room for."""

MAX_ROWS = 1_048_576
"""Rows that a sheet has room for."""

MAX_SHEET = 1 << 30
"""Bytes after which a sheet is closed: archives of the old kind hold entries below 2 GB."""

_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

# What XML does not hold, what reading XML changes, and what spreadsheets read as such an escape.
_ESCAPED = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_SPECIAL = re.compile("[&<>\x00-\x08\x0b-\x1f\ufffe\uffff]|_x")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

Cell = str | int | None


class Writable(Protocol):
    """Where an archive goes: nothing is ever read back or sought."""

    def write(self, data: bytes, /) -> int:
        """Write bytes."""

    def flush(self) -> None:
        """Nothing waits to be written."""

    def close(self) -> None:
        """Asked by nobody: whoever opened it closes it."""


class _Sheet(Struct):
    name: str
    stream: BinaryIO
    rows: int = 0
    size: int = 0


class SheetRows(Struct):
    """The rows of one table, in as many sheets as they need: ``name``, ``name 2`` …"""

    name: str
    columns: Sequence[str]
    widths: Sequence[int]
    max_rows: int = MAX_ROWS
    sheets: list[_Sheet] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._open()

    def add(self, row: Sequence[Cell]) -> None:
        """Add a row behind the others."""
        sheet = self.sheets[-1]
        if sheet.rows == self.max_rows or sheet.size > MAX_SHEET:
            sheet = self._open()
        self._write(sheet, row, style="")

    def close(self) -> None:
        """Give back the room that the rows take."""
        for sheet in self.sheets:
            sheet.stream.close()

    def _open(self) -> _Sheet:
        number = len(self.sheets) + 1
        name = self.name if number == 1 else f"{self.name} {number}"
        sheet = _Sheet(name, tempfile.TemporaryFile())  # noqa: SIM115  # closed by `close`
        self.sheets.append(sheet)
        widths = "".join(
            f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>'
            for n, width in enumerate(self.widths, 1)
        )
        head = (
            f'{_XML}<worksheet {_MAIN}><sheetViews><sheetView rightToLeft="1" workbookViewId="0">'
            '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
            f"</sheetView></sheetViews><cols>{widths}</cols><sheetData>"
        )
        sheet.stream.write(head.encode())
        self._write(sheet, self.columns, style=' s="1"')
        return sheet

    def _write(self, sheet: _Sheet, row: Sequence[Cell], *, style: str) -> None:
        sheet.rows += 1
        number = sheet.rows
        if _SPECIAL.search("".join([str(cell) for cell in row])):  # rarely, and once a row
            row = [_text(cell) if isinstance(cell, str) else cell for cell in row]
        cells = "".join(
            [
                _cell(f"{letter}{number}", cell, style)
                for letter, cell in zip(_LETTERS, row, strict=False)
                if cell not in (None, "")
            ]
        )
        data = f'<row r="{number}">{cells}</row>'.encode()
        sheet.stream.write(data)
        sheet.size += len(data)


def write_book(tables: Iterable[SheetRows], target: Writable) -> None:
    """Write the sheets of these tables as a workbook."""
    sheets = [(table, sheet) for table in tables for sheet in table.sheets]
    # Level 3 takes a third of the time of level 6 and comes to nearly the same size.
    from zipfile import ZIP_DEFLATED, ZipFile  # seldom used, and slow to load

    with ZipFile(target, "w", ZIP_DEFLATED, compresslevel=3) as archive:
        for name, part in _fixed_parts([sheet.name for _, sheet in sheets]):
            with archive.open(name, "w") as entry:
                entry.write((_XML + part).encode())
        for number, (table, sheet) in enumerate(sheets, 1):
            last = f"{_LETTERS[len(table.columns) - 1]}{sheet.rows}"
            sheet.stream.write(f'</sheetData><autoFilter ref="A1:{last}"/></worksheet>'.encode())
            sheet.stream.seek(0)
            with archive.open(f"xl/worksheets/sheet{number}.xml", "w") as entry:
                while piece := sheet.stream.read(1 << 20):
                    entry.write(piece)


def fitting(value: str) -> str:
    """The beginning of a text that a cell has room for."""
    if len(value) * 2 <= MAX_CELL:
        return value
    return value.encode("utf-16-le")[: MAX_CELL * 2].decode("utf-16-le", "ignore")


def _cell(place: str, cell: Cell, style: str) -> str:
    """A cell; its text has been escaped."""
    if isinstance(cell, int):
        return f'<c r="{place}"{style}><v>{cell}</v></c>'
    return f'<c r="{place}"{style} t="inlineStr"><is><t xml:space="preserve">{cell}</t></is></c>'


def _text(value: str) -> str:
    escaped = _ESCAPED.sub(lambda one: f"_x{ord(one[0]):04X}_", value)
    return html.escape(escaped, quote=False)


def _fixed_parts(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Everything in a workbook but its sheets."""
    numbers = range(1, len(names) + 1)
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        for n in numbers
    )
    yield (
        "[Content_Types].xml",
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
        f"{overrides}</Types>",
    )
    main = f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    yield "_rels/.rels", f'<Relationships xmlns="{_PACKAGE}/relationships">{main}</Relationships>'
    sheets = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>'
        for n, name in zip(numbers, names, strict=True)
    )
    yield (
        "xl/workbook.xml",
        f'<workbook {_MAIN} xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets></workbook>',
    )
    parts = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in numbers
    )
    styles = f'<Relationship Id="rId{len(names) + 1}" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    yield (
        "xl/_rels/workbook.xml.rels",
        f'<Relationships xmlns="{_PACKAGE}/relationships">{parts}{styles}</Relationships>',
    )
    yield "xl/styles.xml", _STYLES


_FONT = '<sz val="11"/><name val="Calibri"/>'
_STYLES = (
    f"<styleSheet {_MAIN}>"
    f'<fonts count="2"><font>{_FONT}</font><font><b/>{_FONT}</font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)

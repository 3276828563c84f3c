"""The tables as a workbook: what `openpyxl` reads is what the CSV tables say."""

import csv
import io
from zipfile import ZipFile

import openpyxl
import pytest

from annotator.core.annotations import Entity
from annotator.core.ids import RecordId
from annotator.formats.losses import LossKind
from annotator.formats.table_rows import COLUMNS
from annotator.formats.tables_csv import FORMULAS, TABLES_CSV
from annotator.formats.tables_xlsx import TABLES_XLSX
from annotator.formats.xlsx_book import MAX_CELL
from tests.formats.specimens import bundle, specimens
from tests.formats.written import write


def book(items):
    _, files, losses = write(TABLES_XLSX, items)
    (data,) = files.values()
    return openpyxl.load_workbook(io.BytesIO(data)), losses, data


def test_the_sheets_say_what_the_csv_tables_say():
    workbook, losses, _ = book(specimens())
    _, files, _ = write(TABLES_CSV, specimens())
    assert workbook.sheetnames == ["mentions", "events", "quotes"]
    for sheet in workbook:
        text = files[f"{sheet.title}.csv"].decode("utf-8-sig")
        wanted = list(csv.reader(io.StringIO(text, newline="")))
        found = [
            ["" if cell is None else str(cell) for cell in row]
            for row in sheet.iter_rows(values_only=True)
        ]
        assert found == wanted
    assert [loss.record for loss in losses] == ["E9"]


def test_sheets_run_from_right_to_left_under_a_heading_that_stays():
    workbook, _, _ = book(specimens())
    for sheet in workbook:
        assert sheet.sheet_view.rightToLeft
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == f"A1:R{sheet.max_row}"
        heading = next(iter(sheet.iter_rows(max_row=1)))
        assert tuple(cell.value for cell in heading) == COLUMNS
        assert all(cell.font.bold for cell in heading)
    assert isinstance(workbook["mentions"]["M2"].value, int)


@pytest.mark.parametrize("sign", [sign for sign in FORMULAS if sign not in "\r\0"])
def test_a_cell_is_text_whatever_it_begins_with(sign):
    item = bundle("d", f"ا[{sign}1+1]PER=E1", Entity(RecordId("E1"), "PER", "=HYPERLINK(1)"))
    workbook, losses, _ = book([item])
    cells = {cell.value: cell.data_type for cell in workbook["mentions"][2]}
    assert cells[f"{sign}1+1"] == "s"
    assert cells["=HYPERLINK(1) (E1)"] == "s"
    assert losses == []


def test_nothing_in_the_file_tells_a_time():
    _, _, data = book(specimens())
    with ZipFile(io.BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.testzip() is None
        assert not any("docProps" in name for name in archive.namelist())


def test_a_text_that_a_cell_has_no_room_for_is_cut_and_told():
    word = "کورد😀 "
    item = bundle("d", f"[{word * 6000}]indirect [ئازاد]PER")
    workbook, losses, _ = book([item])
    told = [(loss.record, loss.kind, loss.detail) for loss in losses]
    assert told == [("Q1", LossKind.DETAIL, "text")]
    text = workbook["quotes"]["I2"].value
    assert (word * 6000).startswith(text)
    assert MAX_CELL - 1 <= len(text.encode("utf-16-le")) // 2 <= MAX_CELL


def test_an_empty_export_has_its_headings():
    workbook, _, _ = book([])
    assert [sheet.max_row for sheet in workbook] == [1, 1, 1]

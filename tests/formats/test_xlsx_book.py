"""Workbooks as openpyxl reads them."""

import io

import openpyxl
import pytest
from openpyxl.utils.escape import unescape

from annotator.formats.xlsx_book import MAX_CELL, SheetRows, fitting, write_book


class Pipe(io.BytesIO):
    """A target that cannot be sought."""

    def seekable(self):
        return False

    def tell(self):
        raise OSError


def book(*tables):
    target = Pipe()
    write_book(tables, target)
    for table in tables:
        table.close()
    return openpyxl.load_workbook(io.BytesIO(target.getvalue()))


def values(sheet):
    return list(sheet.iter_rows(values_only=True))


@pytest.mark.parametrize(
    "text", ["کورد", "a & b <c> \"d\" 'e'", "  بۆشایی  ", "دێڕ\nدێڕ\tتاب", "😀\u200c", "=1", "#N/A"]
)
def test_texts_come_back_as_they_were(text):
    table = SheetRows("a", ["x", "y"], [10, 20])
    table.add([text, 7])
    assert values(book(table)["a"]) == [("x", "y"), (text, 7)]


@pytest.mark.parametrize("text", ["a\x01b", "\r", "\ufffe\uffff", "_x0041_", "_x0041", "&\x02"])
def test_what_xml_cannot_hold_is_escaped_as_spreadsheets_do(text):
    table = SheetRows("a", ["x"], [10])
    table.add([text])
    assert unescape(values(book(table)["a"])[1][0]) == text


def test_what_is_empty_has_no_cell():
    table = SheetRows("a", ["x", "y", "z"], [1, 2, 3])
    table.add([None, "", 0])
    assert values(book(table)["a"])[1] == (None, None, 0)


def test_rows_go_on_in_another_sheet_when_one_is_full():
    table, other = SheetRows("a", ["x"], [1], max_rows=3), SheetRows("b", ["x"], [1])
    for number in range(5):
        table.add([number])
    workbook = book(table, other)
    assert workbook.sheetnames == ["a", "a 2", "a 3", "b"]
    numbers = [row[0] for name in ("a", "a 2", "a 3") for row in values(workbook[name])]
    assert numbers == ["x", 0, 1, "x", 2, 3, "x", 4]


def test_a_sheet_that_has_grown_too_large_is_closed(monkeypatch):
    monkeypatch.setattr("annotator.formats.xlsx_book.MAX_SHEET", 100)
    table = SheetRows("a", ["x"], [1])
    for _ in range(3):
        table.add(["y" * 200])
    assert book(table).sheetnames == ["a", "a 2", "a 3"]


def test_texts_are_cut_between_characters():
    assert fitting("ک" * MAX_CELL) == "ک" * MAX_CELL
    assert fitting("ک" * (MAX_CELL + 1)) == "ک" * MAX_CELL
    assert fitting("ک" * (MAX_CELL - 1) + "😀") == "ک" * (MAX_CELL - 1)
    assert fitting("") == ""

"""The tables as CSV: what `csv` reads is what was annotated, and nothing in it is a formula."""

import csv
import io

import pytest

from annotator.core.annotations import Entity
from annotator.core.ids import RecordId
from annotator.formats.losses import LossKind
from annotator.formats.table_rows import COLUMNS
from annotator.formats.tables_csv import FORMULAS, TABLES_CSV
from tests.formats.specimens import bundle, specimens
from tests.formats.written import write


def tables(items):
    report, files, losses = write(TABLES_CSV, items)
    assert report.size == sum(map(len, files.values()))
    assert all(data.startswith(b"\xef\xbb\xbf") for data in files.values())
    read = {
        name: list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
        for name, data in files.items()
    }
    return read, losses, report


def test_every_annotation_is_a_row_of_its_table():
    read, _, report = tables(specimens())
    assert sorted(read) == ["events.csv", "mentions.csv", "quotes.csv"]
    texts = {item.bundle.document.id: item.bundle.document.text for item in specimens()}
    for row in [row for rows in read.values() for row in rows]:
        assert tuple(row) == COLUMNS
        if not row["pieces"]:
            span = texts[row["document"]][int(row["start"]) : int(row["end"])]
            assert row["text"] == span
    counts = {name: len(rows) for name, rows in read.items()}
    sets = [content for item in specimens() for content in item.bundle.sets]
    assert sum(counts.values()) == sum(len(content.annotations) for content in sets)
    assert (report.documents, report.records) == (4, 5)


@pytest.mark.parametrize("sign", [sign for sign in FORMULAS if sign not in "\r\0"])
def test_a_cell_never_begins_like_a_formula_and_what_is_changed_is_told(sign):
    item = bundle("d", f"ا[{sign}ئازاد]PER=E1", Entity(RecordId("E1"), "PER", f"{sign}cmd|'/c'!A1"))
    read, losses, _ = tables([item])
    (row,) = read["mentions.csv"]
    assert row["text"] == f"'{sign}ئازاد"
    assert row["entity"].startswith(f"'{sign}cmd")
    assert [(loss.record, loss.kind, loss.detail) for loss in losses] == [
        ("T1", LossKind.RENAMED, "text"),
        ("T1", LossKind.RENAMED, "entity"),
    ]


def test_what_stands_around_is_made_harmless_without_a_loss():
    read, losses, _ = tables([bundle("d", "=١ [ئازاد]PER +٢")])
    (row,) = read["mentions.csv"]
    assert (row["left"], row["right"], row["sentence"][0]) == ("'=١ ", " +٢", "'")
    assert losses == []


def test_quotation_marks_and_line_ends_come_back():
    read, losses, _ = tables([bundle("d", '[یەک "دوو",\nسێ]ORG')])
    assert read["mentions.csv"][0]["text"] == 'یەک "دوو",\nسێ'
    assert losses == []


def test_an_empty_export_has_its_headings():
    read, _, report = tables([])
    assert read == {"events.csv": [], "mentions.csv": [], "quotes.csv": []}
    assert report.documents == 0

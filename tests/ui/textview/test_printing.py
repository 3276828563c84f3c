"""Printed articles: how lines fall on sheets, what the legend holds, and a PDF that opens."""

import re
from itertools import pairwise
from types import MappingProxyType

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QMarginsF, QRectF
from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter

from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import Event, Quote, QuoteType
from annotator.core.ids import RecordId
from annotator.core.span import Fragments
from annotator.foundation.errors import UserError
from annotator.ui.textview.blocks import split_blocks
from annotator.ui.textview.lanes import with_lanes
from annotator.ui.textview.layout import PageLayout
from annotator.ui.textview.print_legend import Legend, Sign, entries_of
from annotator.ui.textview.printing import print_document, scenes_by_block, sheets_of
from annotator.ui.textview.scene_builder import ViewState, build_scene
from annotator.ui.textview.style import LIGHT
from tests.ui.textview.page_samples import MIXED, PLAIN, SCHEME, document, geometry, mention

STYLE = replace(LIGHT, paper="#ffffff", point_size=13.0)
MEETING = Event(RecordId("EV1"), "Contact.Meet", Fragments.at(40, 45))
SAYING = Quote(RecordId("Q1"), QuoteType.DIRECT, Fragments.at(70, 95))
RECORDS = (mention(1, 3, 8), mention(2, 20, 30, "TITLE"), MEETING, SAYING)


def _set(*records):
    return AnnotationSet(MappingProxyType({record.id: record for record in records}))


def _pdf(path, text, *records, language="ckb", size=QPageSize.PageSizeId.A4):
    writer = QPdfWriter(str(path))
    writer.setPageSize(QPageSize(size))
    writer.setPageMargins(QMarginsF(15, 15, 15, 15), QPageLayout.Unit.Millimeter)
    sheets = print_document(
        writer, document(text), PLAIN, _set(*records), SCHEME, language=language, style=STYLE
    )
    del writer
    return sheets, path.read_bytes()


def _pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


@pytest.mark.parametrize("language", ["ckb", "en"])
def test_a_short_article_is_one_sheet(tmp_path, language):
    sheets, pdf = _pdf(tmp_path / "a.pdf", MIXED, *RECORDS, language=language)
    assert (sheets, _pages(pdf)) == (1, 1)
    assert pdf.startswith(b"%PDF-")


def test_a_long_article_is_as_many_sheets_as_are_told_and_more_on_smaller_paper(tmp_path):
    text = "\n".join([MIXED] * 25)
    sheets, pdf = _pdf(tmp_path / "a.pdf", text, *RECORDS)
    assert sheets == _pages(pdf) > 3
    smaller, pdf = _pdf(tmp_path / "b.pdf", text, *RECORDS, size=QPageSize.PageSizeId.A5)
    assert smaller == _pages(pdf) > sheets


def test_an_article_without_text_is_one_empty_sheet(tmp_path):
    assert _pdf(tmp_path / "a.pdf", "")[0] == 1


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_what_cannot_be_written_is_told(tmp_path):
    with pytest.raises(UserError, match=r"page\.not_printable"):
        _pdf(tmp_path / "nowhere" / "a.pdf", MIXED)


def _laid(count=6):
    where = geometry("\n".join([MIXED] * count), 420)
    return [where.layout.laid(index) for index in range(count)]


def test_every_line_is_on_one_sheet_in_order_and_none_is_cut():
    blocks = _laid()
    sheets = sheets_of(blocks, first=300, other=400, legend=0)
    bottoms = {(n, box.bottom) for n, laid in enumerate(blocks) for box in laid.boxes}
    flat = [part for sheet in sheets.slices for part in sheet]
    assert [part.block for part in flat] == sorted(part.block for part in flat)
    assert {(part.block, part.bottom) for part in flat} <= bottoms
    for one, other in pairwise(flat):
        assert one.block < other.block or one.bottom <= other.top
    for index, sheet in enumerate(sheets.slices):
        height = sum(part.bottom - part.top for part in sheet)
        assert 0 < height <= (400 if index else 300)
    for index, laid in enumerate(blocks):
        own = [part for part in flat if part.block == index]
        assert (own[0].top, own[-1].bottom) in {
            (0, laid.height),
            (laid.boxes[0].top, laid.height),
        }


def test_a_line_taller_than_a_sheet_still_gets_one():
    sheets = sheets_of(_laid(1), first=10, other=10, legend=0)
    assert all(len(sheet) == 1 for sheet in sheets.slices)


def test_the_legend_takes_a_sheet_of_its_own_when_the_last_one_is_full():
    blocks = _laid(1)
    height = blocks[0].height
    roomy = sheets_of(blocks, first=height + 50, other=400, legend=50)
    full = sheets_of(blocks, first=height + 49, other=400, legend=50)
    assert (roomy.total, full.total) == (1, 2)


def test_the_legend_names_what_occurs_in_the_order_of_the_scheme():
    entries = entries_of(reversed(RECORDS), SCHEME, language="ckb")
    assert [(e.sign, e.chip, e.name) for e in entries] == [
        (Sign.MENTION, "PER", "ناوی PER"),
        (Sign.MENTION, "TITLE", "ناوی TITLE"),
        (Sign.EVENT, "کۆبوونەوە", "Contact.Meet"),
        (Sign.QUOTE, "", "ڕاستەوخۆ"),
    ]
    assert entries_of([], SCHEME, language="ckb") == ()


@pytest.mark.parametrize("is_rtl", [True, False])
@pytest.mark.parametrize("width", [120, 300, 900])
def test_the_entries_of_the_legend_stay_apart_and_within_its_width(is_rtl, width):
    entries = entries_of(RECORDS, SCHEME, language="ckb")
    legend = Legend(entries, STYLE, width=width, is_right_to_left=is_rtl)
    rects = [rect for placed in legend.placed for rect in (placed.sign, placed.name)]
    inside = QRectF(0, 0, width, legend.height).adjusted(-0.01, -0.01, 0.01, 0.01)
    assert all(inside.contains(rect) for rect in rects)
    assert not any(a.intersects(b) for i, a in enumerate(rects) for b in rects[:i])
    first = legend.placed[0]
    assert (first.sign.left() > first.name.left()) == is_rtl


def test_each_block_has_the_items_that_stand_in_it():
    text = "\n".join([MIXED] * 3)
    layout = PageLayout(text, split_blocks(text, PLAIN), STYLE, 420)
    far = mention(3, len(text) - 9, len(text) - 4)
    across = Quote(RecordId("Q2"), QuoteType.DIRECT, Fragments.at(len(MIXED) - 9, len(MIXED) + 9))
    scene = with_lanes(
        build_scene([*RECORDS, far, across], SCHEME, language="en", view=ViewState(0, 0))
    )
    scenes = scenes_by_block(scene, layout)
    brackets = {n: [b.id for b in s.brackets] for n, s in scenes.items()}
    assert brackets == {0: ["T1", "T2", "EV1"], 1: [], 2: ["T3"]}
    bars = {n: [b.id for b in s.bars] for n, s in scenes.items()}
    assert bars == {0: ["Q1", "Q2"], 1: ["Q2"], 2: []}

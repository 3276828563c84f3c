"""Lines, lanes and laziness."""

from itertools import pairwise

import pytest

from annotator.core.span import Span
from annotator.ui.textview.blocks import split_blocks
from annotator.ui.textview.layout import KEPT_POINTS, PageLayout
from annotator.ui.textview.measures import RESERVED_LANES, line_metrics
from annotator.ui.textview.style import LIGHT
from tests.ui.textview.page_samples import MIXED, PLAIN, geometry


def _layout(text, width=420):
    return PageLayout(text, split_blocks(text, PLAIN), LIGHT, width)


def _xs(layout):
    laid = layout.laid(0)
    return [
        (run.glyphIndexes(), [p.x() for p in run.positions()])
        for run in laid.text_layout.glyphRuns()
    ]


def test_lines_cover_the_block_one_below_the_other():
    boxes = _layout(MIXED).laid(0).boxes
    assert boxes[0].start == 0
    assert boxes[-1].end == len(MIXED)
    for above, below in pairwise(boxes):
        assert above.end == below.start
        assert above.bottom == below.top
        assert above.top < above.text_top < above.baseline < above.text_bottom < above.bottom


def test_two_lanes_are_free_and_a_third_moves_only_the_lines_below():
    layout = _layout(MIXED)
    before, glyphs = layout.laid(0).boxes, _xs(layout)
    spot = Span(before[2].start + 1, before[2].start + 3)
    assert not layout.set_demand([(spot, RESERVED_LANES)], None)
    assert layout.laid(0).boxes == before
    assert layout.set_demand([(spot, 3)], None)
    after = layout.laid(0).boxes
    assert after[:2] == before[:2]
    assert after[2].baseline == before[2].baseline
    lane = layout.metrics.lane
    assert [b.baseline - a.baseline for a, b in zip(before, after, strict=True)][3:] == [lane] * (
        len(before) - 3
    )
    assert _xs(layout) == glyphs


def test_lines_outside_what_a_scene_covers_keep_their_lanes():
    layout = _layout(MIXED)
    boxes = layout.laid(0).boxes
    layout.set_demand([(Span(0, 2), 4)], None)
    far = Span(boxes[-1].start, boxes[-1].end)
    assert not layout.set_demand([], far)
    assert layout.laid(0).boxes[0].lanes == 4
    assert layout.set_demand([], Span(0, 5))
    assert layout.laid(0).boxes == boxes


def test_a_block_laid_out_later_gets_the_lanes_asked_for_before():
    layout = _layout("یەک\nدوو\nسێ")
    layout.set_demand([(Span(4, 6), 5)], None)
    assert [layout.laid(n).boxes[0].lanes for n in range(3)] == [2, 5, 2]


def test_a_megabyte_is_laid_out_only_where_it_is_looked_at():
    text = "\n".join(["ئەم پەرەگرافە بۆ تاقیکردنەوەی درێژیی لاپەڕەکە نووسراوە. " * 4] * 4600)
    assert len(text) > 1_000_000
    layout = _layout(text, 700)
    assert layout.laid_count == 0
    layout.laid(layout.block_index_at(layout.height / 2))
    assert layout.laid_count == 1
    assert 0.7 < layout.block_height(0) / layout.laid(0).height < 1.4


def test_one_line_of_a_megabyte_is_cut_into_blocks():
    layout = _layout("دارستانێکی گەورە " * 65_000, 700)
    assert len(layout.blocks) > 200
    assert layout.laid(100).text_layout.lineCount() > 20


def test_layouts_long_unseen_are_let_go():
    layout = _layout("دارستانێکی گەورە " * 65_000, 700)
    for index in range(len(layout.blocks)):
        layout.laid(index)
    kept = [n for n in range(len(layout.blocks)) if layout.is_laid(n)]
    assert sum(layout.blocks[n].end - layout.blocks[n].start for n in kept) <= KEPT_POINTS
    assert layout.is_laid(len(layout.blocks) - 1)
    assert layout.block_height(0) == layout.laid(0).height


def test_right_to_left_text_begins_at_the_right_edge_and_latin_at_the_left():
    where = geometry("سڵاو\nhello", 500)
    assert where.caret_rect(0).x() == pytest.approx(500, abs=1)
    assert where.caret_rect(5).x() == pytest.approx(0, abs=1)


def test_characters_qt_would_act_upon_take_one_place_each():
    text = "یەک\u2028دوو\u2029سێ\ufffc\x00چوار"
    layout = _layout(text)
    assert layout.laid(0).text_layout.lineCount() == 1
    assert layout.laid(0).boxes[-1].end == len(text)


def test_a_document_without_text_has_one_empty_line():
    layout = _layout("")
    assert [(b.start, b.end) for b in layout.laid(0).boxes] == [(0, 0)]


def test_the_band_holds_the_tallest_and_deepest_letters():
    metrics = line_metrics(LIGHT)
    assert metrics.ascent >= 22
    assert metrics.descent >= 8
    assert metrics.pitch > metrics.em * 2


def test_an_empty_line_takes_less_room_than_one_that_can_be_marked():
    layout = _layout("یەک\n\nدوو")
    heights = [layout.laid(n).height for n in range(3)]
    assert heights[0] == heights[2] > 1.7 * heights[1]
    assert [layout.block_height(n) for n in range(3)] == heights
    layout.set_demand([], None)
    assert layout.laid(1).height == heights[1]


def test_a_tab_is_a_wide_space():
    where = geometry("یەک\tدوو", 500)
    (rect,) = where.span_rects(Span(3, 4))
    assert rect.width() == pytest.approx(where.layout.metrics.em, abs=3)

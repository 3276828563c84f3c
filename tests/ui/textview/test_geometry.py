"""Rectangles of spans and places for the caret, against the eye."""

import pytest
from PySide6.QtCore import QPointF

from annotator.core.span import Span
from annotator.ui.textview.geometry import pieces_of
from tests.ui.textview.page_samples import MIXED, geometry, span_of


def test_a_slash_date_is_one_rectangle_and_so_is_a_spaced_date():
    text = "لە ٢٠٢٠/٩/٢٢ و ٢٢ - ٩ - ٢٠٢٠ هات"
    where = geometry(text, 900)
    assert len(where.span_rects(span_of(text, "٢٠٢٠/٩/٢٢"))) == 1
    assert len(where.span_rects(span_of(text, "٢٢ - ٩ - ٢٠٢٠"))) == 1


def test_a_span_across_directions_has_several_rectangles():
    text = "ئەو abc def هات"
    start = text.index("و ab")
    rects = geometry(text, 900).span_rects(Span(start, start + 4))
    assert len(rects) == 2


def test_half_a_ligature_has_a_part_of_its_cell():
    text = "سڵاو لا بوو"
    where = geometry(text, 900)
    lam = text.index("لا")
    (whole,) = where.span_rects(Span(lam, lam + 2))
    (half,) = where.span_rects(Span(lam, lam + 1))
    assert whole.left() < half.left() < whole.right()
    assert half.right() == pytest.approx(whole.right(), abs=0.1)


def test_a_span_over_three_lines_has_rectangles_on_three_lines():
    where = geometry(MIXED, 260)
    boxes = where.layout.laid(0).boxes
    span = Span(boxes[1].end - 4, boxes[3].start + 4)
    tops = {rect.top() for rect in where.span_rects(span)}
    assert tops == {float(boxes[n].text_top) for n in (1, 2, 3)}


def test_the_caret_walks_left_through_a_sorani_word_letter_by_letter():
    where = geometry("سڵاو لێرە", 900)
    offset, path = 0, [0]
    while (following := where.letter_left(offset)) != offset:
        offset = following
        path.append(offset)
    assert path == list(range(10))
    assert [where.letter_right(n) for n in range(1, 10)] == list(range(9))


def test_left_and_right_reach_everything_and_never_stand_inside_an_emoji():
    where = geometry("سڵاو 😀 abc ١٢ بوو", 900)
    xs = []
    offset = 0
    for _ in range(40):
        xs.append(where.caret_rect(offset).x())
        offset = where.letter_left(offset)
    assert offset == len(where.layout.text)
    assert xs[0] == max(xs)
    back = [offset := where.letter_right(offset) for _ in range(40)]
    assert back[-1] == 0


def test_left_crosses_from_paragraph_to_paragraph():
    where = geometry("دوو\nسێ\n\nab", 900)
    assert [where.letter_left(n) for n in (2, 3, 6, 7)] == [3, 4, 7, 8]
    assert [where.letter_right(n) for n in (8, 7, 4)] == [9, 6, 3]


def test_a_point_on_a_caret_finds_that_caret():
    text = "ئەم ڕستەیە تەنیا پیتی کوردی تێدایە و لە چەند دێڕێکدا دەنووسرێت بۆ تاقیکردنەوە"
    where = geometry(text, 260)
    ends = {box.end for box in where.layout.laid(0).boxes[:-1]}
    for offset in set(range(len(text) + 1)) - ends:
        rect = where.caret_rect(offset)
        found = where.offset_at(QPointF(rect.x(), rect.center().y()))
        assert where.caret_rect(found) == rect


def test_line_starts_and_ends_stay_on_their_line():
    where = geometry(MIXED)
    for box in where.layout.laid(0).boxes:
        end = where.line_end(box.start)
        assert where.line_start(end) == box.start
        assert where.caret_rect(end).y() == where.caret_rect(box.start).y()
        assert not MIXED[box.start : end].endswith(" ")
    assert where.line_end(len(MIXED)) == len(MIXED)


def test_down_and_up_keep_to_the_column():
    where = geometry(MIXED)
    offset = MIXED.index("باخچەکان")
    x = where.caret_rect(offset).x()
    down = where.line_below(offset, x=x)
    assert where.caret_rect(down).x() == pytest.approx(x, abs=12)
    assert where.line_above(down, x=x) == offset
    assert where.line_above(3) == 0
    assert where.line_below(len(MIXED) - 1) == len(MIXED)


def test_up_and_down_cross_empty_paragraphs():
    where = geometry("یەک\n\nدوو", 900)
    assert where.line_below(1) == 4
    assert where.line_below(4) == 5
    assert where.line_above(5) == 4


def test_the_caret_never_stands_inside_a_grapheme():
    text = "که\u0301رێ 👩\u200d🌾 سَّ"
    where = geometry(text, 900)
    found = {where.offset_at(QPointF(x, 40)) for x in range(0, 900)}
    inside = {text.index("\u0301"), text.index("\u200d"), text.index("🌾")}
    assert not found & inside


def test_a_joiner_alone_has_a_rectangle_that_can_be_seen():
    text = "هه\u200cرێم"
    (rect,) = geometry(text, 900).span_rects(Span(2, 3))
    assert 1 <= rect.width() <= 2


def test_rectangles_are_remembered_for_the_part_of_a_span_that_lies_in_the_block():
    where = geometry("یەک دوو\nسێ چوار", 900)
    laid = where.layout.laid(0)
    first = pieces_of(laid, Span(4, 15))
    assert pieces_of(laid, Span(4, 9)) == first
    assert len(laid.spans) == 1

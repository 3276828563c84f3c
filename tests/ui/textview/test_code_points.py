"""Characters that look like others or like nothing."""

import pytest
from PySide6.QtCore import QRect

from annotator.ui.textview.blocks import split_blocks
from annotator.ui.textview.canvas import Canvas
from annotator.ui.textview.code_points import character_name, code_marks
from annotator.ui.textview.style import LIGHT
from tests.ui.textview.page_samples import PLAIN, span_of
from tests.ui.textview.test_canvas import _painted

ODD = "كتـێب  هه\u200cرێم باوه ڕاوە ھەموو\u00a0شت \u2067abc\u2069 وي"


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("کوردی هەیە", []),
        ("كوردي", [(0, "0643"), (4, "064A")]),
        ("على", [(2, "0649")]),
        ("ھە", [(0, "06BE")]),
        ("باوه و", [(3, "0647")]),
        ("باوه", [(3, "0647")]),
        ("هات ده\u200cکات", [(6, "ZWNJ")]),
        ("کتـێب", [(2, "0640")]),
        ("یەک دوو", []),
        ("یەک  دوو", [(3, "·"), (4, "·")]),
        ("یەک   دوو", [(3, "·"), (4, "·"), (5, "·")]),
        ("یەک\u00a0دوو", [(3, "NBSP")]),
        ("یەک\u2009دوو", [(3, "2009")]),
        ("\ufeffیەک\u200f", [(0, "BOM"), (4, "RLM")]),
        ("\u2067a\u2069", [(0, "RLI"), (2, "PDI")]),
        ("😀  ي", [(1, "·"), (2, "·"), (3, "064A")]),
    ],
)
def test_marks(text, marks):
    assert [(mark.offset, mark.text) for mark in code_marks(text, 0, len(text))] == marks


def test_a_block_is_looked_at_with_what_surrounds_it():
    assert list(code_marks("ده و ده", 0, 2)) == list(code_marks("ده", 0, 2))
    assert [m.offset for m in code_marks("ي ي ي", 2, 3)] == [2]


def test_names():
    assert character_name("ی") == "U+06CC ARABIC LETTER FARSI YEH"
    assert character_name("\t") == "U+0009 CHARACTER TABULATION"
    assert character_name("😀") == "U+1F600 GRINNING FACE"
    assert character_name("\x01") == "U+0001 Cc"


def _canvas():
    return Canvas(ODD, split_blocks(ODD, PLAIN), LIGHT, width=700, height=200)


def test_marks_change_pixels_and_neither_lines_nor_letters():
    canvas = _canvas()
    before, boxes = _painted(canvas), canvas.layout.laid(0).boxes
    canvas.shows_code_points = True
    after = _painted(canvas)
    assert after != before
    assert canvas.layout.laid(0).boxes == boxes
    band = boxes[0].text_bottom - boxes[0].text_top
    top = round(canvas.scroller.visible()[0][1]) + boxes[0].text_top
    letters = canvas.geometry.caret_rect(ODD.index("ھەموو")).x()
    strip = QRect(round(canvas.left + letters - 20), top + 1, 18, band - 1)
    assert before.copy(strip) == after.copy(strip)


@pytest.mark.parametrize(
    ("char", "names"),
    [
        ("ك", ["U+0643 ARABIC LETTER KAF"]),
        ("ڕ", ["U+0695 ARABIC LETTER REH WITH SMALL V BELOW"]),
        ("b", ["U+0062 LATIN SMALL LETTER B"]),
    ],
)
def test_the_tooltip_names_the_character_under_the_pointer(char, names):
    canvas = _canvas()
    rect = canvas.window_rect(canvas.geometry.span_rects(span_of(ODD, char))[0])
    assert canvas.hit(rect.center()).tooltip == ""
    canvas.shows_code_points = True
    assert canvas.hit(rect.center()).tooltip.split("\n") == names


def test_the_tooltip_names_what_has_no_glyph_at_its_place():
    canvas = _canvas()
    canvas.shows_code_points = True
    place = canvas.window_rect(canvas.geometry.caret_rect(ODD.index("\u200c")))
    assert "U+200C ZERO WIDTH NON-JOINER" in canvas.hit(place.center()).tooltip

"""The heights of a line, against the ink of letters."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from annotator.ui.textview.measures import RESERVED_LANES, line_metrics
from annotator.ui.textview.paint_text import paint_text
from annotator.ui.textview.style import LIGHT
from tests.ui.textview.page_samples import geometry


@pytest.fixture(params=["article", "interface"])
def style(request, families):
    family = getattr(families, request.param)
    return replace(LIGHT, font_family=family, point_size=36, line_height=1.2)


def _ink_around_base_line(text, style):
    laid = geometry(text, 900, style).layout.laid(0)
    image = QImage(900, 400, QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.translate(0, 100)
    paint_text(painter, laid, style, QRectF(0, -100, 900, 400))
    painter.end()
    stride, bits = image.bytesPerLine(), bytes(image.constBits())
    rows = [y for y in range(400) if min(bits[y * stride : y * stride + 900]) < 128]
    base_line = 100 + laid.boxes[0].baseline
    return base_line - rows[0], rows[-1] + 1 - base_line


@pytest.mark.parametrize(
    "letter", ["ڕ", "ڵ", "ێ", "ۆ", "ڤ", "گ", "چ", "ژ", "خ", "ع", "پ", "لێ", "É", "Å", "g", "("]
)
def test_every_letter_stands_in_the_band(letter, style):
    metrics = line_metrics(style)
    above, below = _ink_around_base_line(letter, style)
    assert above <= metrics.ascent
    assert below <= metrics.descent


@pytest.mark.parametrize("letters", ["ڵّێَ", "سَّ", "ڤُ", "ڕێِ", "پٍ", "مُحَمَّد"])
def test_vowel_signs_have_room_on_their_lines_and_cost_the_others_none(letters, style):
    metrics = line_metrics(style)
    above, below = _ink_around_base_line(letters, style)
    assert above <= metrics.vowelled_ascent
    assert below <= metrics.vowelled_descent
    plain, vowelled = (
        geometry(f"{t} و", 900, style).layout.laid(0).boxes[0] for t in ("ڵ", letters)
    )
    assert plain.text_bottom - plain.text_top == metrics.ascent + metrics.descent
    room = metrics.vowelled_ascent + metrics.vowelled_descent
    assert vowelled.text_bottom - vowelled.text_top == room


def test_only_the_line_with_the_sign_is_taller(style):
    text = "ئەو وشەیە " * 9 + "مُحَمَّد " + "ئەو وشەیە " * 9
    boxes = geometry(text, 500, style).layout.laid(0).boxes
    heights = [box.text_bottom - box.text_top for box in boxes]
    sign = text.index("ُ")
    (line,) = (n for n, box in enumerate(boxes) if box.start <= sign < box.end)
    others = heights[:line] + heights[line + 1 :]
    assert len(set(others)) == 1
    assert heights[line] > others[0]


def test_the_pitch_is_the_sum_of_its_parts(style):
    m = line_metrics(style)
    assert m.pitch == m.head + m.ascent + m.descent + RESERVED_LANES * m.lane + m.foot

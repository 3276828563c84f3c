"""Words in small rectangles."""

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter

from annotator.ui.textview.words import draw_words


def _rows(text, height, families):
    """The rows on which something is drawn, of a picture much higher than the rectangle."""
    image = QImage(200, 60, QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    font = QFont(families.interface)
    font.setPixelSize(11)
    painter.setFont(font)
    painter.setPen(QColor("black"))
    draw_words(painter, QRectF(20, 24, 160, height), text)
    painter.end()
    stride, bits = image.bytesPerLine(), bytes(image.constBits())
    return [y for y in range(60) if min(bits[y * stride : y * stride + 200]) < 128]


@pytest.mark.parametrize("text", ["بەشداربوو", "کۆبوونەوە؟", "PER", "وشەی ئاماژە"])
def test_letters_stand_whole_in_the_middle(text, families):
    rows = _rows(text, 12, families)
    assert rows == _rows(text, 12, families)
    assert rows[0] - 24 == pytest.approx(35 - rows[-1], abs=1.5)
    assert rows[0] >= 24 - 1
    assert rows[-1] <= 36


def test_a_tail_is_never_cut_off(families):
    tall = _rows("وژێۆ", 12, families)
    low = _rows("وژێۆ", 6, families)
    assert len(low) == len(tall)


def test_a_question_mark_stands_behind_latin_letters_in_a_window_that_runs_to_the_left(families):
    def drawn(direction):
        image = QImage(80, 20, QImage.Format.Format_Grayscale8)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        painter.setLayoutDirection(direction)
        painter.setFont(QFont(families.interface))
        draw_words(painter, QRectF(0, 0, 80, 20), "PER?")
        painter.end()
        return image

    directions = (Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft)
    assert drawn(directions[0]) == drawn(directions[1])

"""Marks over and under characters that cannot be told by their looks."""

from __future__ import annotations

from msgspec import Struct
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from annotator.ui.textview.code_points import CodeMark, Oddity, code_marks
from annotator.ui.textview.geometry import cell_of
from annotator.ui.textview.layout import LaidBlock
from annotator.ui.textview.measures import LineMetrics
from annotator.ui.textview.style import PageStyle
from annotator.ui.textview.words import draw_words

SMALLEST_PIXELS = 8
POINTER = 3.0
GAP = 2


class PlacedMark(Struct, frozen=True):
    """A mark with the cell of its character in the block; without `label` there is no room."""

    mark: CodeMark
    cell: QRectF
    label: QRectF | None


def mark_font(style: PageStyle, metrics: LineMetrics) -> QFont:
    """The font of the letters over a character."""
    font = QFont(style.chip_family)
    font.setPixelSize(max(round(metrics.em * 0.36), SMALLEST_PIXELS))
    return font


def place_marks(text: str, laid: LaidBlock, measures: QFontMetricsF, head: int) -> list[PlacedMark]:
    """The marks of a block; where labels would collide the later one is left out."""
    placed: list[PlacedMark] = []
    ends: dict[float, list[QRectF]] = {}
    for mark in code_marks(text, laid.block.start, laid.block.end):
        cell = cell_of(laid, mark.offset)
        width = measures.horizontalAdvance(mark.text)
        top = cell.top() - POINTER - head
        label = QRectF(cell.center().x() - width / 2, top, width, head)
        row = ends.setdefault(cell.top(), [])
        has_room = not any(other.adjusted(-GAP, 0, GAP, 0).intersects(label) for other in row)
        if has_room:
            row.append(label)
        placed.append(PlacedMark(mark, cell, label if has_room else None))
    return placed


def paint_code_points(
    painter: QPainter, text: str, laid: LaidBlock, *, style: PageStyle, metrics: LineMetrics
) -> None:
    """Draw the marks of a block, from its top; the text itself is left as it is."""
    font = mark_font(style, metrics)
    painter.setFont(font)
    for placed in place_marks(text, laid, QFontMetricsF(font), metrics.head - round(POINTER)):
        is_look_alike = placed.mark.kind is Oddity.LOOK_ALIKE
        color = QColor(style.wave if is_look_alike else style.tie)
        if placed.mark.kind is Oddity.SPACE:
            _paint_dot(painter, placed.cell, color, is_hollow=placed.mark.text != "·")
        else:
            _paint_pointer(painter, placed.cell, color)
        if placed.label is not None and placed.mark.text != "·":
            painter.setPen(color)
            draw_words(painter, placed.label, placed.mark.text)


def _paint_dot(painter: QPainter, cell: QRectF, color: QColor, *, is_hollow: bool) -> None:
    radius = 2.0 if is_hollow else 1.5
    painter.setPen(QPen(color, 1) if is_hollow else Qt.PenStyle.NoPen)
    painter.setBrush(Qt.BrushStyle.NoBrush if is_hollow else color)
    painter.drawEllipse(cell.center(), radius, radius)


def _paint_pointer(painter: QPainter, cell: QRectF, color: QColor) -> None:
    """A small triangle in the head room that points down at the character."""
    tip = QPointF(cell.center().x(), cell.top() + 0.5)
    left, right = tip + QPointF(-POINTER, -POINTER), tip + QPointF(POINTER, -POINTER)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawPolygon(QPolygonF([left, right, tip]))

"""Fills under the text; strokes, chips, bars, tags, ties and the caret around it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen

from annotator.ui.textview.paths import RADIUS, rounded_path
from annotator.ui.textview.placement import (
    BlockPlacement,
    PlacedBar,
    PlacedChip,
    PlacedStroke,
    PlacedTag,
    StrokeKind,
)
from annotator.ui.textview.rectangles import fill_rect
from annotator.ui.textview.style import PageStyle
from annotator.ui.textview.words import draw_words_at

OUTLINE = 1.6
"""Pixels of the frame round the text of the selected annotation."""


def paint_under(painter: QPainter, placement: BlockPlacement, style: PageStyle) -> None:
    """Fills, the selection and the frame of what is selected, to be drawn before the text."""
    painter.setPen(Qt.PenStyle.NoPen)
    for fill in placement.fills:
        tint = QColor(fill.color)
        tint.setAlphaF(fill.strength)
        painter.setBrush(tint)
        painter.drawRoundedRect(fill.rect, 3, 3)
    painter.setBrush(QColor(style.selection))
    for rect in placement.selection:
        painter.drawRect(rect)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for outline in placement.outlines:
        painter.setPen(QPen(QColor(outline.color), OUTLINE))
        inset = OUTLINE / 2
        painter.drawRoundedRect(outline.rect.adjusted(inset, inset, -inset, -inset), 3, 3)


def paint_over(painter: QPainter, placement: BlockPlacement, style: PageStyle, font: QFont) -> None:
    """Everything around the text, to be drawn after it."""
    for stroke in placement.strokes:
        _paint_stroke(painter, stroke)
    painter.setFont(font)
    for chip in placement.chips:
        _paint_chip(painter, chip, style)
    for bar in placement.bars:
        _paint_bar(painter, bar)
    for wave in placement.waves:
        _paint_wave(painter, wave.rect, style.wave)
    for tag in (*placement.tags, *placement.hints):
        _paint_tag(painter, tag)


def paint_caret(painter: QPainter, rect: QRectF, style: PageStyle) -> None:
    """The caret, at the left edge of `rect`."""
    width = style.caret_width
    left = round(rect.left() - width / 2)
    fill_rect(painter, QRectF(left, rect.top(), width, rect.height()), QColor(style.caret))


def paint_ties(
    painter: QPainter, ties: Iterable[tuple[QPointF, QPointF, str]], trunk: float
) -> None:
    """Thin lines between two points above words.

    On one line they run straight; between lines they go through the margin at x = `trunk`, so that
    they cross no glyph.
    """
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for start, end, color in ties:
        tint = QColor(color)
        tint.setAlphaF(0.75)
        painter.setPen(QPen(tint, 1.2))
        painter.drawPath(tie_path(start, end, trunk))


def tie_path(start: QPointF, end: QPointF, trunk: float) -> QPainterPath:
    """The way of a tie: from above one word to above another."""
    if abs(start.y() - end.y()) < 1:
        corners = [start, end]
    else:
        corners = [start, QPointF(trunk, start.y()), QPointF(trunk, end.y()), end]
    below_start = QPointF(start.x(), start.y() + RADIUS)
    below_end = QPointF(end.x(), end.y() + RADIUS)
    return rounded_path([below_start, *corners, below_end])


def _paint_stroke(painter: QPainter, stroke: PlacedStroke) -> None:
    tint = QColor(stroke.color)
    if stroke.kind is StrokeKind.SOLID:
        fill_rect(painter, stroke.rect, tint)
        return
    pattern = (3, 2) if stroke.kind is StrokeKind.DASHED else (1, 2.5)
    painter.setPen(_dashed(tint, stroke.rect.height(), pattern))
    y = stroke.rect.center().y()
    painter.drawLine(QPointF(stroke.rect.left(), y), QPointF(stroke.rect.right(), y))


def _paint_bar(painter: QPainter, bar: PlacedBar) -> None:
    tint = QColor(bar.color)
    tint.setAlphaF(1.0 if bar.is_selected else 0.55)
    rect = bar.rect.adjusted(-1, 0, 1, 0) if bar.is_selected else bar.rect
    if bar.is_dashed:
        painter.setPen(_dashed(tint, rect.width(), (2, 1.5)))
        x = rect.center().x()
        painter.drawLine(QPointF(x, rect.top()), QPointF(x, rect.bottom()))
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tint)
    painter.drawRoundedRect(rect, 1.5, 1.5)


def _dashed(tint: QColor, width: float, pattern: tuple[float, float]) -> QPen:
    pen = QPen(tint, width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setDashPattern(list(pattern))
    return pen


def _paint_chip(painter: QPainter, chip: PlacedChip, style: PageStyle) -> None:
    """Mentions are tabs under their stroke, events outlined pills, suggestions dotted."""
    is_hollow = chip.bracket.is_event or chip.bracket.is_dashed
    color = QColor(chip.color)
    painter.setBrush(QColor(style.paper) if is_hollow else color)
    pen = QPen(color, 1)
    if chip.bracket.is_dashed:
        pen.setStyle(Qt.PenStyle.DotLine)
    painter.setPen(pen)
    rect = chip.rect.adjusted(0.5, 0.5, -0.5, -0.5)
    radius = rect.height() / 2 if chip.bracket.is_event else 2.5
    painter.drawRoundedRect(rect, radius, radius)
    painter.setPen(QColor(chip.ink))
    draw_words_at(painter, chip.origin, chip.text)


def _paint_tag(painter: QPainter, tag: PlacedTag) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tag.paper))
    painter.drawRoundedRect(tag.rect, 3, 3)
    painter.setPen(QColor(tag.ink))
    draw_words_at(painter, tag.origin, tag.text)


def _paint_wave(painter: QPainter, rect: QRectF, color: str) -> None:
    path = QPainterPath(QPointF(rect.left(), rect.center().y()))
    x, up = rect.left(), True
    while x < rect.right():
        reach = min(x + 4, rect.right())
        bend = rect.top() if up else rect.bottom()
        path.quadTo(QPointF((x + reach) / 2, bend), QPointF(reach, rect.center().y()))
        x, up = reach, not up
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(color), 1.2))
    painter.drawPath(path)

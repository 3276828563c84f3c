"""The arcs of an event and their labels, as routed by `arcs`."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen, QPolygonF

from annotator.ui.textview.arcs import ArcLabel, Route
from annotator.ui.textview.paths import rounded_path
from annotator.ui.textview.style import PageStyle, legible_on, text_on
from annotator.ui.textview.words import draw_words

WIDTH = 1.3
STRENGTH = 0.8
HEAD = 3.0


def paint_arcs(
    painter: QPainter, routes: Sequence[Route], color: str, *, style: PageStyle, font: QFont
) -> None:
    """Thin rounded lines with a small head at each argument, and over them the role names."""
    tint = QColor(color)
    tint.setAlphaF(STRENGTH)
    lines = [[QPointF(x, y) for x, y in route.corners] for route in routes if route.corners]
    # As one path: drawn one by one, lines that share their way would be darker and thicker there.
    whole = QPainterPath()
    for stops in lines:
        whole.addPath(rounded_path(stops))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(tint, WIDTH))
    painter.drawPath(whole)
    for stops in lines:
        _paint_head(painter, stops[-1], tint)
    painter.setFont(font)
    for route in routes:
        _paint_label(painter, route.label, color, style)


def _paint_label(painter: QPainter, label: ArcLabel, color: str, style: PageStyle) -> None:
    """A role name; that of an end beyond the window stands on bare paper."""
    rect, ink = label_rect(label), text_on(color)
    if label.is_stub:
        ink = legible_on(color, style.paper, at_least=max(4.5, style.least_contrast))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(style.paper if label.is_stub else color))
    painter.drawRoundedRect(rect, 3, 3)
    painter.setPen(QColor(ink))
    draw_words(painter, rect, label.text)


def label_rect(label: ArcLabel) -> QRectF:
    """Where a label stands."""
    return QRectF(label.left, label.top, label.width, label.height)


def _paint_head(painter: QPainter, tip: QPointF, tint: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tint)
    left, right = QPointF(tip.x() - HEAD, tip.y() - HEAD), QPointF(tip.x() + HEAD, tip.y() - HEAD)
    painter.drawPolygon(QPolygonF([left, right, tip]))

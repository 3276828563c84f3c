"""The few words on a chip, a tag or a label."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter


def draw_words(painter: QPainter, rect: QRectF, text: str) -> None:
    """Draw `text` in the middle of `rect`, by its ink and unclipped.

    The line height of a Sorani font is half as much again as its ink: by line height the tails of
    letters would be cut off in a rectangle that holds the letters well. What is written tells in
    which direction it runs, not the window.
    """
    measures = QFontMetricsF(painter.font())
    ink = measures.tightBoundingRect(text)
    left = rect.center().x() - measures.horizontalAdvance(text) / 2
    painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    painter.drawText(QPointF(left, round(rect.center().y() - ink.center().y())), text)

"""Where the few words on a chip, a tag or a label stand: in the middle, by their ink.

The line height of a Sorani font is half as much again as its ink: placed by line height the tails
of letters would be cut off in a rectangle that holds the letters well.
"""

from __future__ import annotations

from msgspec import Struct
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter


class InkCentre(Struct, frozen=True):
    """The middle of the ink of some words, from where they are begun to be drawn."""

    x: float
    y: float

    def origin(self, rect: QRectF) -> QPointF:
        """Where to begin, so that the ink stands in the middle of `rect`."""
        return QPointF(rect.center().x() - self.x, round(rect.center().y() - self.y))


def ink_centre(measures: QFontMetricsF, text: str) -> InkCentre:
    """Measure some words; it takes longer than drawing them."""
    middle = measures.horizontalAdvance(text) / 2
    return InkCentre(middle, measures.tightBoundingRect(text).center().y())


def draw_words(painter: QPainter, rect: QRectF, text: str) -> None:
    """Draw `text` in the middle of `rect`, unclipped, in the painter's font."""
    draw_words_at(painter, ink_centre(QFontMetricsF(painter.font()), text).origin(rect), text)


def draw_words_at(painter: QPainter, origin: QPointF, text: str) -> None:
    """Draw `text` from `origin`; it tells itself in which direction it runs, not the window."""
    painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    painter.drawText(origin, text)

"""Rectangles in one colour."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter


def fill_rect(painter: QPainter, rect: QRectF, color: QColor) -> None:
    """Fill a rectangle, as `QPainter.fillRect` does.

    That one tries whether a colour may be the name of a gradient, and makes the names of all 180.
    """
    painter.setBackground(color)
    painter.eraseRect(rect)

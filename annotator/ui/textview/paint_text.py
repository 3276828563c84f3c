"""The glyphs of a block, and nothing else: marking never reaches this module."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter

from annotator.ui.textview.layout import LaidBlock
from annotator.ui.textview.style import PageStyle


def paint_text(painter: QPainter, laid: LaidBlock, style: PageStyle, clip: QRectF) -> None:
    """Draw the lines of `laid` that meet `clip`, from the top of the block."""
    painter.setPen(QColor(style.ink))
    laid.text_layout.draw(painter, QPointF(0, 0), [], clip)

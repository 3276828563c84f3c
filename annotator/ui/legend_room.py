"""The room that is kept for the legend under the page, also before there is one."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QFont, QFontMetricsF

NARROWEST: Final = 200
"""Pixels that a line of keys takes at least."""

LINES: Final = 3
"""Lines that are kept always, so that the page does not jump."""

MOST_LINES: Final = 5
"""Lines that are kept once they were needed."""

LINE_GAP: Final = 5.0
ABOVE, BELOW = 6.0, 8.0


def line_height(font: QFont) -> float:
    """The height of a key cap, in pixels."""
    return QFontMetricsF(font).height() + 1.0


def kept_height(wanted: float, font: QFont) -> float:
    """What is kept of a height in pixels: no less than the fewest lines, no more than the most."""
    return min(max(wanted, height_of(LINES, font)), height_of(MOST_LINES, font))


def height_of(lines: int, font: QFont) -> float:
    """The height of so many lines of keys with what is around them, in pixels."""
    return ABOVE + lines * (line_height(font) + LINE_GAP) + BELOW

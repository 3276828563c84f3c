"""The heights of which a line is made, measured on the article font."""

from __future__ import annotations

from functools import lru_cache
from math import ceil

from msgspec import Struct
from PySide6.QtGui import QFont, QFontInfo, QFontMetricsF, QTextLayout

from annotator.ui.textview.style import PageStyle

RESERVED_LANES = 2
"""Lanes every line has room for, marked or not."""

_TALL = "ڵڕێۆڤئگکژچغپجآإیعح gjpqyÅÉ|(){}"
_VOWELLED = "سَّ ڵّ ڵَّ ڵّێَ ڤَّ ڤُ ئُّ پٍ ڕِ ڕٍ Å\u0301 g\u0323"
_SAMPLE = "ئەم دەقە نموونەیە و پانیی نێوەندی پیتەکان دەپێوێت، لە ساڵی ٢٠٢٠."


class LineMetrics(Struct, frozen=True):
    """The heights, in whole pixels, of which a line is made.

    `vowelled_ascent` and `vowelled_descent` are those of lines with vowel signs, which hardly any
    news has: letters with signs above and below them are taller than all others.
    """

    head: int
    ascent: int
    descent: int
    vowelled_ascent: int
    vowelled_descent: int
    lane: int
    foot: int
    paragraph_gap: int
    em: int
    font_ascent: float
    font_descent: float
    mean_advance: float

    @property
    def blank(self) -> int:
        """The height of an empty line: it divides paragraphs and holds nothing but the caret."""
        return self.ascent // 2 + self.descent // 2

    @property
    def pitch(self) -> int:
        """The height of an ordinary line."""
        return self.head + self.ascent + self.descent + RESERVED_LANES * self.lane + self.foot


def article_font(style: PageStyle) -> QFont:
    """The font of the text."""
    return _font(style.font_family, style.point_size)


def _font(family: str, points: float) -> QFont:
    font = QFont(family)
    font.setPointSizeF(points)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def line_metrics(style: PageStyle) -> LineMetrics:
    """Measure the article font; the band holds its tallest letters and marks, no more."""
    pixels = QFontInfo(article_font(style)).pixelSize()
    return _measured(style.font_family, style.point_size, style.line_height, pixels=pixels)


@lru_cache(maxsize=8)
def _measured(family: str, points: float, line_height: float, *, pixels: int) -> LineMetrics:
    """As `line_metrics`; `pixels` tells one screen from another. A page is measured many times."""
    font = _font(family, points)
    measures = QFontMetricsF(font)
    em = max(pixels, 6)
    above, below = _ink(font, _TALL)
    vowelled = _ink(font, _VOWELLED)
    ascent, descent = ceil(above) + 1, ceil(below) + 1
    spare = max(round(em * line_height) - ascent - descent, 0)
    ascent, descent = ascent + spare // 2, descent + spare - spare // 2
    return LineMetrics(
        head=round(em * 0.56),
        ascent=ascent,
        descent=descent,
        vowelled_ascent=max(ceil(vowelled[0]) + 1, ascent),
        vowelled_descent=max(ceil(vowelled[1]) + 1, descent),
        lane=round(em * 0.62) + 2,
        foot=max(round(em * 0.12), 2),
        paragraph_gap=round(em * 0.9),
        em=em,
        font_ascent=measures.ascent(),
        font_descent=measures.descent(),
        mean_advance=measures.horizontalAdvance(_SAMPLE) / len(_SAMPLE),
    )


def _ink(font: QFont, sample: str) -> tuple[float, float]:
    """How far the glyphs of `sample` reach above and below the base line.

    `QFontMetricsF.tightBoundingRect` leaves signs where they stand in the font and not where
    shaping puts them: it finds no ink under ڕ where its sign is a glyph of its own.
    """
    layout = QTextLayout(sample, font)
    layout.beginLayout()
    line = layout.createLine()
    layout.endLayout()
    above = below = 0.0
    for run in line.glyphRuns():
        raw = run.rawFont()
        for glyph, place in zip(run.glyphIndexes(), run.positions(), strict=True):
            rect = raw.boundingRect(glyph).translated(place.x(), place.y() - line.ascent())
            above, below = max(above, -rect.top()), max(below, rect.bottom())
    return above, below

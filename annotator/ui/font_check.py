"""Whether a font family can write Sorani: a glyph for every letter, and letters that join."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QFont, QFontInfo, QTextLayout

from annotator.kurdish.characters import SORANI_LETTERS

SIZE = 24
JOINING_TO_BOTH = frozenset("ئبپتجچحخسشعغفڤقکگلڵمنهیێ")
"""Letters that take one form at the beginning of a word and another alone; the rest of
`SORANI_LETTERS` join only to what comes before them.
"""


def shaping_faults(family: str) -> Iterator[str]:
    """What a family cannot do, each as the family and the letters; nothing where it is whole.

    Needs a `QGuiApplication`.
    """
    if QFontInfo(_font(family)).family() != family:
        yield family
        return
    for letter in sorted(SORANI_LETTERS):
        # Alone; as the first of its word, or as the last where nothing joins behind it.
        word = letter * 3 if letter in JOINING_TO_BOTH else f"ب{letter}"
        alone, joined = glyphs_of(family, letter), glyphs_of(family, word)
        if 0 in alone | joined or not alone - joined:
            yield f"{family} {letter}"


def glyphs_of(family: str, text: str) -> frozenset[int]:
    """The glyphs of a text in one font, dots that are glyphs of their own among them.

    The number 0 is the box for what a font does not have; what another family gives counts as 0.
    """
    layout = QTextLayout(text, _font(family))
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    runs = layout.glyphRuns()
    if any(run.rawFont().familyName() != family for run in runs):
        return frozenset({0})
    return frozenset(index for run in runs for index in run.glyphIndexes())


def _font(family: str) -> QFont:
    font = QFont(family)
    font.setPixelSize(SIZE)
    font.setStyleStrategy(QFont.StyleStrategy.NoFontMerging)
    return font

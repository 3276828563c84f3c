"""Prepositions: words after which a name stands beside the act and does not do it itself."""

from __future__ import annotations

from typing import Final

from annotator.kurdish.normalize import FoldLevel, fold_text

# Simple and compound prepositions of Sorani (W. M. Thackston, Sorani Kurdish: A Reference Grammar,
# chapters on prepositions and circumpositions). لەلایەن is left out: it names who does something.
_WORDS: Final = """
    لە بە بۆ لەگەڵ دەگەڵ لەسەر لەژێر لەنێو لەناو لەنێوان نێوان لەبەر لەپێناو لەدژی دژی لەبارەی
    دەربارەی سەبارەت پێش پاش دوای بەرامبەر بەرانبەر تا هەتا وەک بێ بەبێ جگە بەرەو
"""
PREPOSITIONS: Final = frozenset(fold_text(word, FoldLevel.ORTHOGRAPHIC) for word in _WORDS.split())
_LONGEST = 16


def follows_preposition(text: str, start: int) -> bool:
    """Whether the word that ends before offset `start` (a code point) is a preposition."""
    before = text[max(start - _LONGEST, 0) : start]
    if not before[-1:].isspace():
        return False
    words = before.split()
    return bool(words) and fold_text(words[-1], FoldLevel.ORTHOGRAPHIC) in PREPOSITIONS

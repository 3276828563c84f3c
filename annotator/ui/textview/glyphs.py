"""How far the glyphs of a piece of a line reach, also where it begins inside a ligature.

Qt tells it of whole *clusters* only: letters with their marks, and letters that became one glyph.
Asked for a part of one, it names a place beside it and shifts all that follows. So it is asked
for the clusters that lie wholly in the piece; of a ligature at its edge the piece takes as many
letters' shares as it has letters of it, and a letter is taken with its marks or not at all.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QGlyphRun, QTextLayout, QTextLine

from annotator.kurdish.characters import ZWNJ
from annotator.ui.textview.layout import LaidBlock

TOUCHING = 0.75
"""Stretches of one piece closer than this many pixels are one."""


def stretches_of(laid: LaidBlock, number: int, start: int, end: int) -> list[tuple[float, float]]:
    """The stretches of line `number` over which its glyphs ``start <= i < end`` stand.

    Offsets are code points of the document and lie within the line.
    """
    return _merged(_Line(laid, number).stretches(start, end))


def _merged(stretches: Iterator[tuple[float, float]]) -> list[tuple[float, float]]:
    merged: list[tuple[float, float]] = []
    for left, right in sorted(stretches):
        if merged and left <= merged[-1][1] + TOUCHING:
            merged[-1] = (merged[-1][0], max(merged[-1][1], right))
        else:
            merged.append((left, right))
    return merged


class _Line:
    """One line, asked about its clusters; offsets are code points of the document."""

    def __init__(self, laid: LaidBlock, number: int) -> None:
        self._laid = laid
        self._line: QTextLine = laid.line(number)
        self._start, self._end = laid.boxes[number].start, laid.boxes[number].end
        self._layout: QTextLayout = laid.text_layout
        self._text = self._layout.text()

    def stretches(self, start: int, end: int) -> Iterator[tuple[float, float]]:
        first, last = start, end
        while not self._begins_cluster(first):
            first += 1
        while last > first and not self._begins_cluster(last):
            last -= 1
        if first > start:
            yield from self._shares(start, min(first, end))
        if last > first:
            yield from self._of_clusters(first, last)
        if last < end and end > first:
            yield from self._shares(max(last, first), end)

    def _of_clusters(self, start: int, end: int) -> Iterator[tuple[float, float]]:
        for run in self._runs(start, end):
            rect = run.boundingRect()
            yield rect.left(), rect.right()

    def _shares(self, start: int, end: int) -> Iterator[tuple[float, float]]:
        """The part of one cluster's cell that belongs to the letters it touches."""
        first, last = start, end
        while not self._begins_cluster(first):
            first -= 1
        while not self._begins_cluster(last):
            last += 1
        letters = [n for n in range(first, last) if n == first or self._is_letter_start(n)]
        before = sum(1 for n in letters if n <= start) - 1
        after = sum(1 for n in letters if n >= end)
        for run in self._runs(first, last):
            rect = run.boundingRect()
            share = rect.width() / len(letters)
            if run.isRightToLeft():
                before, after = after, before
            yield rect.left() + before * share, rect.right() - after * share
            return

    def _runs(self, start: int, end: int) -> list[QGlyphRun]:
        first, last = self._laid.unit(start), self._laid.unit(end)
        return self._line.glyphRuns(first, last - first)

    def _count(self, start: int, end: int) -> int:
        return sum(len(run.glyphIndexes()) for run in self._runs(start, end))

    def _begins_cluster(self, offset: int) -> bool:
        if not self._start < offset < self._end:
            return True
        before, here = self._letter(offset - 1), self._letter(offset)
        if before.isspace() or here.isspace():
            return True
        # No caret stands before a non-joiner, but it is shaped by itself.
        if not self._is_letter_start(offset) and here != ZWNJ:
            return False
        apart = self._count(offset - 1, offset) + self._count(offset, offset + 1)
        return apart <= self._count(offset - 1, offset + 1)

    def _is_letter_start(self, offset: int) -> bool:
        return self._layout.isValidCursorPosition(self._laid.unit(offset))

    def _letter(self, offset: int) -> str:
        return self._text[offset - self._laid.block.start]

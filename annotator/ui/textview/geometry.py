"""Spans to rectangles and points to offsets, correct where directions mix.

Rectangles come from the glyphs (`glyphs`): a box between two caret edges is wrong as soon as
digits, Latin and Sorani meet in a span. Page coordinates are pixels from the top left corner of
the column; offsets are code points.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QTextLine

from annotator.core.span import Span
from annotator.ui.textview.glyphs import TOUCHING, stretches_of
from annotator.ui.textview.layout import LaidBlock, LineBox, PageLayout

_ON_EDGE = 0.3

_NARROW = 2.0
"""The pixels that a character without a glyph takes for the pointer."""

REMEMBERED_SPANS = 2000
"""Spans of one block whose rectangles are kept; a long drag makes a new one at every letter."""


class Piece(NamedTuple):
    """A horizontal stretch of one line of a block."""

    line: int
    left: float
    right: float


def pieces_of(laid: LaidBlock, span: Span) -> tuple[Piece, ...]:
    """The stretches a span takes in a block, line by line, each line from left to right."""
    start, end = max(span.start, laid.block.start), min(span.end, laid.block.end)
    known = laid.spans.get((start, end))
    if known is None:
        if len(laid.spans) >= REMEMBERED_SPANS:
            laid.spans.clear()
        known = laid.spans[start, end] = tuple(_pieces(laid, span))
    return tuple(Piece(*piece) for piece in known)


def cell_of(laid: LaidBlock, offset: int) -> QRectF:
    """The band over which one code point stands in its block; narrow where it has no glyph."""
    piece = next(iter(pieces_of(laid, Span(offset, offset + 1))), None)
    if piece is None or piece.right - piece.left < TOUCHING:
        line = laid.line_index_of(offset)
        x = min(max(_cursor_x(laid.line(line), laid.unit(offset)), 0.0), float(laid.width))
        piece = Piece(line, x - _NARROW / 2, x + _NARROW / 2)
    box = laid.boxes[piece.line]
    width = piece.right - piece.left
    return QRectF(piece.left, box.text_top, width, box.text_bottom - box.text_top)


def _pieces(laid: LaidBlock, span: Span) -> Iterator[Piece]:
    for index, box in enumerate(laid.boxes):
        start, end = max(span.start, box.start), min(span.end, box.end)
        if start < end:
            for left, right in stretches_of(laid, index, start, end):
                yield Piece(index, max(left, 0.0), min(max(right, left + 1.0), laid.width + 1.0))


def _cursor_x(line: QTextLine, unit: int) -> float:
    found: object = line.cursorToX(unit)  # PySide6 returns the pair (x, position)
    x = found[0] if isinstance(found, tuple) else found
    assert isinstance(x, float)
    return x


def _visual_step(laid: LaidBlock, unit: int, *, is_left: bool) -> int:
    # Qt stops between the surrogates of a character beyond the BMP: go on to a true place.
    layout = laid.text_layout
    step = layout.leftCursorPosition if is_left else layout.rightCursorPosition
    before, after = unit, step(unit)
    while after != before and not layout.isValidCursorPosition(after):
        before, after = after, step(after)
    return after if layout.isValidCursorPosition(after) else unit


class Geometry:
    """Answers about places on a laid-out page; lays out what the answer needs."""

    def __init__(self, layout: PageLayout) -> None:
        self.layout = layout

    @property
    def length(self) -> int:
        """The number of code points of the text."""
        return len(self.layout.text)

    def span_rects(self, span: Span) -> list[QRectF]:
        """The rectangles behind the glyphs of `span`, one or more for each line it touches."""
        layout = self.layout
        first, last = layout.block_index_of(span.start), layout.block_index_of(span.end - 1)
        laid_blocks = [layout.laid(index) for index in range(first, last + 1)]
        rects = []
        for index, laid in enumerate(laid_blocks, first):
            top = layout.block_top(index)
            for piece in pieces_of(laid, span):
                box = laid.boxes[piece.line]
                height = box.text_bottom - box.text_top
                width = piece.right - piece.left
                rects.append(QRectF(piece.left, top + box.text_top, width, height))
        return rects

    def caret_rect(self, offset: int) -> QRectF:
        """Where a caret at `offset` is drawn; no width."""
        index, laid, box = self._place(offset)
        x = self._x(laid, offset)
        top = self.layout.block_top(index)
        return QRectF(x, top + box.text_top, 0, box.text_bottom - box.text_top)

    def line_rect(self, offset: int) -> QRectF:
        """The full line, lanes included, on which a caret at `offset` stands."""
        index, laid, box = self._place(offset)
        top = self.layout.block_top(index)
        return QRectF(0, top + box.top, laid.width, box.bottom - box.top)

    def offset_at(self, point: QPointF) -> int:
        """The caret offset nearest to a point of the page; never inside a grapheme."""
        layout = self.layout
        index = layout.block_index_at(point.y())
        laid = layout.laid(index)
        y = point.y() - layout.block_top(index)
        line = next((n for n, b in enumerate(laid.boxes) if y < b.bottom), len(laid.boxes) - 1)
        return self._offset_in_line(laid, line, point.x())

    def letter_left(self, offset: int) -> int:
        """The caret offset one letter to the left, as the eye sees it."""
        return self._letter(offset, is_left=True)

    def letter_right(self, offset: int) -> int:
        """The caret offset one letter to the right, as the eye sees it."""
        return self._letter(offset, is_left=False)

    def line_above(self, offset: int, *, x: float | None = None) -> int:
        """The offset nearest to `x` in the line above; the start of the text in the first."""
        return self._vertical(offset, -1, x)

    def line_below(self, offset: int, *, x: float | None = None) -> int:
        """The offset nearest to `x` in the line below; the end of the text in the last."""
        return self._vertical(offset, 1, x)

    def line_start(self, offset: int) -> int:
        """Where the line of this caret begins."""
        return self._place(offset)[2].start

    def line_end(self, offset: int) -> int:
        """The last place for a caret on the line of `offset`, before the space it breaks at."""
        _, laid, box = self._place(offset)
        return self._last_offset(laid, box)

    def _place(self, offset: int) -> tuple[int, LaidBlock, LineBox]:
        index = self.layout.block_index_of(offset)
        laid = self.layout.laid(index)
        return index, laid, laid.boxes[laid.line_index_of(offset)]

    def _x(self, laid: LaidBlock, offset: int) -> float:
        line = laid.line(laid.line_index_of(offset))
        return min(max(_cursor_x(line, laid.unit(offset)), 0.0), float(laid.width))

    def _offset_in_line(self, laid: LaidBlock, number: int, x: float) -> int:
        line, layout = laid.line(number), laid.text_layout
        unit = line.xToCursor(x)
        if not layout.isValidCursorPosition(unit):
            unit = layout.previousCursorPosition(unit)
        # On the very edge of a letter Qt names the place beyond it.
        around = (layout.previousCursorPosition(unit), layout.nextCursorPosition(unit))
        exact = (near for near in around if abs(_cursor_x(line, near) - x) < _ON_EDGE)
        if abs(_cursor_x(line, unit) - x) >= _ON_EDGE:
            unit = next(exact, unit)
        box = laid.boxes[number]
        return min(max(laid.offset(unit), box.start), self._last_offset(laid, box))

    def _last_offset(self, laid: LaidBlock, box: LineBox) -> int:
        if box.end >= laid.block.end:
            return self._block_last(laid)
        text = self.layout.text
        end = box.end
        while end > box.start and text[end - 1].isspace():
            end -= 1
        if end == box.end:
            end = laid.offset(laid.text_layout.previousCursorPosition(laid.unit(end)))
        return max(end, box.start)

    def _block_last(self, laid: LaidBlock) -> int:
        # A block that no line feed ends shares its end with the start of the next one.
        end = laid.block.end
        if end == self.length or self.layout.text[end] == "\n":
            return end
        text = self.layout.text
        while end > laid.boxes[-1].start and text[end - 1].isspace():
            end -= 1
        if end == laid.block.end:
            end = laid.offset(laid.text_layout.previousCursorPosition(laid.unit(end)))
        return end

    def _letter(self, offset: int, *, is_left: bool) -> int:
        index = self.layout.block_index_of(offset)
        laid = self.layout.laid(index)
        reached = laid.offset(_visual_step(laid, laid.unit(offset), is_left=is_left))
        if reached != offset and self.layout.block_index_of(reached) == index:
            return reached
        is_forward = is_left == laid.block.is_right_to_left
        return self._next_block(index) if is_forward else self._previous_block(index)

    def _next_block(self, index: int) -> int:
        blocks = self.layout.blocks
        return blocks[index + 1].start if index + 1 < len(blocks) else self.length

    def _previous_block(self, index: int) -> int:
        if index == 0:
            return 0
        before, start = self.layout.laid(index - 1), self.layout.blocks[index].start
        if before.block.end < start:
            return before.block.end
        return before.offset(before.text_layout.previousCursorPosition(before.points.units))

    def _vertical(self, offset: int, step: int, x: float | None) -> int:
        index = self.layout.block_index_of(offset)
        laid = self.layout.laid(index)
        line = laid.line_index_of(offset) + step
        goal = self._x(laid, offset) if x is None else x
        if not 0 <= line < len(laid.boxes):
            index += step
            if not 0 <= index < len(self.layout.blocks):
                return 0 if step < 0 else self.length
            laid = self.layout.laid(index)
            line = 0 if step > 0 else len(laid.boxes) - 1
        return self._offset_in_line(laid, line, goal)

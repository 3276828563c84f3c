"""Blocks of text to lines, with room for lanes under each line; only what is looked at.

Vertically a line is: a *head* for role names and hint letters, the *band* in which the glyphs
stand, and its lanes. Two lanes are always reserved, so that ordinary marking moves nothing; a
third makes the line taller and never touches the shaping or the order of the words. Blocks that
were never on the page have an estimated height until they are laid out.

Coordinates are pixels; x runs from the left edge of the column, y from the top of the block.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from math import ceil
from operator import sub

from msgspec import Struct
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QTextLayout, QTextLine, QTextOption

from annotator.core.span import Span
from annotator.ui.textview.blocks import Block, Blocks
from annotator.ui.textview.heights import Heights
from annotator.ui.textview.measures import (
    RESERVED_LANES,
    LineMetrics,
    article_font,
    line_metrics,
)
from annotator.ui.textview.offsets import Utf16Map
from annotator.ui.textview.style import PageStyle

KEPT_POINTS = 400_000
"""Code points whose layouts are kept; beyond it the blocks longest unseen are let go."""

_VOWEL_SIGN = re.compile("[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]")
_UNDRAWABLE = {code: 0x2400 + code for code in range(0x20)} | {
    0x09: 0x2003,  # tab stops of mixed directions leave no room at times: a wide space always does
    0x7F: 0x2421,
    0x85: 0xFFFD,
    0x2028: 0xFFFD,
    0x2029: 0xFFFD,
    0xFFFC: 0xFFFD,
    0xFDD0: 0xFFFD,
    0xFDD1: 0xFFFD,
}


class LineBox(Struct, frozen=True):
    """Where a line stands in its block: ``start <= i < end`` in code points of the document."""

    start: int
    end: int
    top: int
    head: int
    baseline: int
    text_top: int
    text_bottom: int
    bottom: int
    lanes: int


def block_lanes(block: Block) -> int:
    """The lanes reserved under each line; an empty line can hold no annotation and needs none."""
    return RESERVED_LANES if block.end > block.start else 0


def _gap_before(block: Block, metrics: LineMetrics) -> int:
    return metrics.paragraph_gap if block.starts_paragraph and block.end > block.start else 0


class LaidBlock:
    """One block with its lines. `spans` remembers the rectangles `geometry` worked out for it."""

    def __init__(
        self, block: Block, text: str, font: QFont, metrics: LineMetrics, width: int
    ) -> None:
        self.block = block
        self.points = Utf16Map.of(text)
        self.width = width
        self.spans: dict[tuple[int, int], tuple[tuple[int, float, float], ...]] = {}
        self._metrics = metrics
        self._vowelled = [match.start() for match in _VOWEL_SIGN.finditer(text)]
        self.text_layout = _text_layout(text, font, block.is_right_to_left)
        self._break_lines()
        self.boxes: tuple[LineBox, ...] = ()
        self.arrange([block_lanes(block)] * self.text_layout.lineCount())

    @property
    def height(self) -> int:
        """From the top of the block to the bottom of its last line."""
        return self.boxes[-1].bottom

    def unit(self, offset: int) -> int:
        """The UTF-16 position in this block of an offset in the document."""
        return self.points.to_units(offset - self.block.start)

    def offset(self, unit: int) -> int:
        """The offset in the document of a UTF-16 position in this block."""
        return self.block.start + self.points.to_points(unit)

    def line(self, index: int) -> QTextLine:
        """The line with this number."""
        return self.text_layout.lineAt(index)

    def line_index_of(self, offset: int) -> int:
        """The number of the line on which a caret at `offset` stands."""
        line = self.text_layout.lineForTextPosition(self.unit(offset))
        return line.lineNumber() if line.isValid() else len(self.boxes) - 1

    def arrange(self, lanes: Sequence[int]) -> None:
        """Stack the lines, each with its number of lanes. Never moves a glyph sideways."""
        top = _gap_before(self.block, self._metrics)
        boxes = []
        for index, count in enumerate(lanes):
            box = self._box(index, top, count)
            line = self.line(index)
            line.setPosition(QPointF(0, box.baseline - line.ascent()))
            boxes.append(box)
            top = box.bottom
        self.boxes = tuple(boxes)

    def _box(self, index: int, top: int, lanes: int) -> LineBox:
        line, metrics = self.line(index), self._metrics
        start = self.offset(line.textStart())
        end = self.offset(line.textStart() + line.textLength())
        ascent, descent = metrics.ascent, metrics.descent
        if any(start <= self.block.start + place < end for place in self._vowelled):
            ascent, descent = metrics.vowelled_ascent, metrics.vowelled_descent
        if line.ascent() > metrics.font_ascent + 0.5:
            ascent = max(ascent, ceil(line.ascent()))
        if line.descent() > metrics.font_descent + 0.5:
            descent = max(descent, ceil(line.descent()))
        head, foot = metrics.head, metrics.foot
        if self.block.end == self.block.start:
            ascent, descent, head, foot = metrics.ascent // 2, metrics.descent // 2, 0, 0
        text_top = top + head
        baseline = text_top + ascent
        return LineBox(
            start=start,
            end=end,
            top=top,
            head=head,
            baseline=baseline,
            text_top=text_top,
            text_bottom=baseline + descent,
            bottom=baseline + descent + lanes * metrics.lane + foot,
            lanes=lanes,
        )

    def _break_lines(self) -> None:
        layout = self.text_layout
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(self.width)
        layout.endLayout()


def _text_layout(text: str, font: QFont, is_right_to_left: bool) -> QTextLayout:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    if is_right_to_left:
        option.setTextDirection(Qt.LayoutDirection.RightToLeft)
        option.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
    else:
        option.setTextDirection(Qt.LayoutDirection.LeftToRight)
        option.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
    layout = QTextLayout(text.translate(_UNDRAWABLE), font)
    layout.setTextOption(option)
    layout.setCacheEnabled(True)
    return layout


class PageLayout:
    """The blocks of one text at one width; lays out a block when it is first asked for."""

    def __init__(self, text: str, blocks: Blocks, style: PageStyle, width: int) -> None:
        self.text = text
        self.blocks = blocks
        self.width = width
        self.metrics = line_metrics(style)
        self.laid_count = 0
        self._font = article_font(style)
        self._starts = blocks.starts
        self._heights = Heights(_estimates(blocks, self.metrics, width))
        self._laid: OrderedDict[int, LaidBlock] = OrderedDict()
        self._kept = 0
        self._demand: list[tuple[Span, int]] = []

    @property
    def height(self) -> float:
        """The height of the whole page, as far as it is known."""
        return self._heights.total

    def block_index_of(self, offset: int) -> int:
        """The block in which a caret at `offset` stands."""
        return max(bisect_right(self._starts, offset) - 1, 0)

    def block_index_at(self, y: float) -> int:
        """The block at this height of the page."""
        return self._heights.index_at(y)

    def block_top(self, index: int) -> float:
        """Where the block begins, as far as it is known."""
        return self._heights.top(index)

    def block_height(self, index: int) -> float:
        """How tall the block is; an estimate until it was laid out."""
        return self._heights[index]

    def is_laid(self, index: int) -> bool:
        """Whether the block is laid out at present."""
        return index in self._laid

    def laid(self, index: int) -> LaidBlock:
        """The block with its lines, laid out now if need be; then its height may change."""
        found = self._laid.get(index)
        if found is not None:
            self._laid.move_to_end(index)
            return found
        block = self.blocks[index]
        text = self.text[block.start : block.end]
        laid = LaidBlock(block, text, self._font, self.metrics, self.width)
        self._laid[index] = laid
        self.laid_count += 1
        self._kept += len(text)
        self._apply_demand(laid, None)
        self._heights.set(index, laid.height)
        self._let_go()
        return laid

    def set_demand(self, demand: Iterable[tuple[Span, int]], covers: Span | None) -> bool:
        """Give every line the lanes that `demand` asks of it; tells whether any height changed.

        Lines outside `covers` keep what they have.
        """
        self._demand = [(span, lanes) for span, lanes in demand if lanes > RESERVED_LANES]
        has_changed = False
        for index, laid in self._laid.items():
            if self._apply_demand(laid, covers):
                self._heights.set(index, laid.height)
                has_changed = True
        return has_changed

    def _apply_demand(self, laid: LaidBlock, covers: Span | None) -> bool:
        block = laid.block
        if covers is not None and not (covers.start <= block.end and block.start <= covers.end):
            return False
        near = [(s, n) for s, n in self._demand if s.start < block.end and block.start < s.end]
        lanes = [
            box.lanes
            if covers is not None and not (covers.start <= box.end and box.start <= covers.end)
            else max((n for s, n in near if s.start < box.end and box.start < s.end), default=0)
            for box in laid.boxes
        ]
        lanes = [max(count, block_lanes(block)) for count in lanes]
        if lanes == [box.lanes for box in laid.boxes]:
            return False
        laid.arrange(lanes)
        return True

    def _let_go(self) -> None:
        while self._kept > KEPT_POINTS and len(self._laid) > 2:
            _, laid = self._laid.popitem(last=False)
            self._kept -= laid.points.length


def _estimates(blocks: Blocks, metrics: LineMetrics, width: int) -> list[float]:
    """How tall the blocks will be, by the mean width of a letter. In one go: there may be many."""
    share, pitch = metrics.mean_advance / max(width, 1), metrics.pitch
    gap, blank = metrics.paragraph_gap, metrics.blank
    lengths = list(map(sub, blocks.ends, blocks.starts))
    by_length = {
        length: (ceil(length * share) or 1) * pitch + gap if length else blank
        for length in set(lengths)
    }
    heights = [by_length[length] for length in lengths]
    for number in blocks.continued:
        heights[number] -= gap
    return heights

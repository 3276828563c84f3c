"""Where the bars of quotes stand in the margin of a block, nested ones nearer to the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct
from PySide6.QtCore import QRectF

from annotator.ui.textview.layout import LaidBlock
from annotator.ui.textview.scene import MarginBar

BAR_WIDTH = 3
BAR_STEP = 7
BAR_DISTANCE = 14
DEEPEST_BAR = 2
SHORTEST_BAR = 4


def bar_rects(bars: Iterable[MarginBar], laid: LaidBlock) -> Iterator[tuple[MarginBar, QRectF]]:
    """The bars that run beside lines of this block, from its top."""
    for extent in _extents(bars, laid):
        height = max(extent.bottom - extent.top, SHORTEST_BAR)
        yield extent.bar, QRectF(_left(extent.bar, laid), extent.top, BAR_WIDTH, height)


class _Extent(Struct):
    bar: MarginBar
    top: float
    bottom: float
    middle: float


def _extents(bars: Iterable[MarginBar], laid: LaidBlock) -> list[_Extent]:
    """Where bars begin and end; two of one depth that meet on a line share its height."""
    last: dict[int, _Extent] = {}
    extents = []
    for bar in sorted(bars, key=lambda bar: bar.span):
        if not (bar.span.start < laid.block.end and laid.block.start < bar.span.end):
            continue
        extent = _extent(bar, laid)
        before = last.get(bar.depth)
        if before is not None and extent.top < before.bottom:
            before.bottom, extent.top = extent.middle - 1, extent.middle + 1
        last[bar.depth] = extent
        extents.append(extent)
    return extents


def _extent(bar: MarginBar, laid: LaidBlock) -> _Extent:
    touched = [b for b in laid.boxes if b.start < bar.span.end and bar.span.start < b.end]
    first, last = touched[0], touched[-1]
    top = first.text_top if bar.span.start >= laid.block.start else 0
    bottom = last.text_bottom if bar.span.end <= laid.block.end else laid.height
    return _Extent(bar, top, bottom, (first.text_top + first.text_bottom) / 2)


def _left(bar: MarginBar, laid: LaidBlock) -> float:
    distance = BAR_DISTANCE + BAR_STEP * (DEEPEST_BAR - min(bar.depth, DEEPEST_BAR))
    if laid.block.is_right_to_left:
        return float(laid.width + distance)
    return float(-distance - BAR_WIDTH)

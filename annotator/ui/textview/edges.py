"""Where an annotation can be taken hold of to move its boundary: the ends of strokes and texts.

An edge is a side on the page, and which boundary it moves depends on where it is dragged to. In a
Sorani paragraph the text before lies to the right: dragged there, the right side of anything takes
in what comes before. Dragged inwards, the boundary moves whose letter stands at that side: the
right side of a Latin name is its end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from PySide6.QtCore import QPointF, QRectF

from annotator.core.ids import RecordId
from annotator.core.span import Span
from annotator.ui.textview.geometry import Geometry, Piece, cell_of, pieces_of
from annotator.ui.textview.layout import LaidBlock
from annotator.ui.textview.rows import rows_of
from annotator.ui.textview.scene import Scene

STROKE_REACH, STROKE_ABOVE = 4, 3
"""Pixels beside and above a stroke's end within which it can be taken hold of."""

TEXT_REACH = 3
"""The same for the text of the selected annotation: the caret has to find its place there too."""

INSIDE = 2
"""Pixels from an edge to the letter that stands there."""


class Edge(Struct, frozen=True):
    """One side of an annotation that reaches from `span.start` to `span.end`.

    `is_first` tells whether it is the side on which its paragraph begins; `is_end` whether the
    letter there is nearer to the annotation's end.
    """

    id: RecordId
    span: Span
    is_first: bool
    is_end: bool

    def moved_to(self, offset: int) -> tuple[int | None, int | None]:
        """The new start or end, and None for the one that stays, when dragged to `offset`."""
        if self.moves_end(offset):
            return None, offset
        return offset, None

    def moves_end(self, offset: int) -> bool:
        """Whether a drag to `offset` is about the end of the annotation, not its start."""
        if self.is_first and offset <= self.span.start:
            return False
        if not self.is_first and offset >= self.span.end:
            return True
        return self.is_end


def edge_at(point: QPointF, geometry: Geometry, scene: Scene, block: int) -> Edge | None:
    """The edge at `point`, in pixels of the block with this number; strokes go before texts."""
    for side in _sides(scene, geometry.layout.laid(block), geometry.layout.metrics.lane):
        if side.zone.contains(point):
            is_end = _is_nearer_end(side, geometry.layout.laid(block))
            return Edge(side.id, side.span, side.is_first, is_end)
    return None


class _Side(Struct, frozen=True):
    """A side of an annotation: where it can be taken, and the middle of its first letter inside."""

    id: RecordId
    span: Span
    is_first: bool
    zone: QRectF
    inside: QPointF


def _sides(scene: Scene, laid: LaidBlock, lane: int) -> Iterator[_Side]:
    near = [b for b in scene.brackets if _is_in(b.envelope, laid)]
    for bracket, rows in zip(near, rows_of(near, laid), strict=True):
        pieces = _pieces(bracket.spans, laid)
        for line, x, is_first in _ends(bracket.envelope, pieces, laid):
            y = laid.boxes[line].text_bottom + rows[line] * lane
            zone = QRectF(x - STROKE_REACH, y - STROKE_ABOVE, 2 * STROKE_REACH, 2 * STROKE_ABOVE)
            yield _side(bracket.id, bracket.envelope, laid, (line, x, is_first), zone)
    selected = [(b.id, b.spans) for b in scene.brackets if b.is_selected]
    selected += [(bar.id, (bar.span,)) for bar in scene.bars if bar.is_selected]
    for identifier, spans in selected:
        envelope = Span(spans[0].start, spans[-1].end)
        for line, x, is_first in _ends(envelope, _pieces(spans, laid), laid):
            box = laid.boxes[line]
            height = box.text_bottom - box.text_top
            zone = QRectF(x - TEXT_REACH, box.text_top, 2 * TEXT_REACH, height)
            yield _side(identifier, envelope, laid, (line, x, is_first), zone)


def _side(
    identifier: RecordId, span: Span, laid: LaidBlock, end: tuple[int, float, bool], zone: QRectF
) -> _Side:
    line, x, is_first = end
    box = laid.boxes[line]
    inwards = -INSIDE if is_first is laid.block.is_right_to_left else INSIDE
    inside = QPointF(x + inwards, (box.text_top + box.text_bottom) / 2)
    return _Side(identifier, span, is_first, zone, inside)


def _ends(
    envelope: Span, pieces: list[Piece], laid: LaidBlock
) -> Iterator[tuple[int, float, bool]]:
    """Line and place of the ends that lie in this block, and whether it is the first one."""
    is_rtl = laid.block.is_right_to_left
    lines = [piece.line for piece in pieces]
    if pieces and envelope.start >= laid.block.start:
        on_first = [piece for piece in pieces if piece.line == min(lines)]
        x = max(p.right for p in on_first) if is_rtl else min(p.left for p in on_first)
        yield min(lines), x, True
    if pieces and envelope.end <= laid.block.end:
        on_last = [piece for piece in pieces if piece.line == max(lines)]
        x = min(p.left for p in on_last) if is_rtl else max(p.right for p in on_last)
        yield max(lines), x, False


def _is_nearer_end(side: _Side, laid: LaidBlock) -> bool:
    """Asks the cells and not the caret: where directions meet, its places are two."""
    box = next(b for b in laid.boxes if b.text_top <= side.inside.y() < b.text_bottom)
    on_line = range(max(side.span.start, box.start), min(side.span.end, box.end))
    letter = next((n for n in on_line if cell_of(laid, n).contains(side.inside)), on_line.start)
    return side.span.end - letter <= letter + 1 - side.span.start


def _pieces(spans: Sequence[Span], laid: LaidBlock) -> list[Piece]:
    return [piece for span in spans if _is_in(span, laid) for piece in pieces_of(laid, span)]


def _is_in(span: Span, laid: LaidBlock) -> bool:
    return span.start < laid.block.end and laid.block.start < span.end

"""What lies under a point of the page: a handle to take hold of, annotations, a place in the text.

A *handle* is a chip, a stroke or a bar: pressing it means the annotation and not the text. An
*edge* is where a boundary can be dragged.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from PySide6.QtCore import QPointF, QRectF

from annotator.core.ids import RecordId
from annotator.core.span import Span
from annotator.ui.textview.code_points import character_name
from annotator.ui.textview.edges import Edge, edge_at
from annotator.ui.textview.geometry import Geometry, cell_of, pieces_of
from annotator.ui.textview.layout import LaidBlock
from annotator.ui.textview.placement import BlockPlacement
from annotator.ui.textview.scene import Scene

NEAR = 4
"""Code points before and after the nearest caret place among which a character is sought."""

GRACE = 2
"""Pixels by which a stroke or a bar may be missed and is still hit."""


class Hit(Struct, frozen=True):
    """`offset` is the nearest caret place; `around` are the annotations on the letter under the
    point, innermost first; `tooltip` tells what is there, in plain text.
    """

    offset: int
    handle: RecordId | None
    around: tuple[RecordId, ...]
    tooltip: str
    edge: Edge | None = None


def hit_at(
    point: QPointF, geometry: Geometry, scene: Scene, placement: BlockPlacement, block: int
) -> Hit:
    """What lies at `point`, in page coordinates; `placement` is that of `block` under it."""
    laid = geometry.layout.laid(block)
    local = QPointF(point.x(), point.y() - geometry.layout.block_top(block))
    handle, tooltip = next(_handles(local, placement), (None, ""))
    if handle is None:
        tooltip = next((w.tooltip for w in placement.waves if w.rect.contains(local)), "")
    around = tuple(_around(local, scene, laid))
    edge = edge_at(local, geometry, scene, block)
    return Hit(geometry.offset_at(point), handle, around, tooltip, edge)


def characters_at(point: QPointF, geometry: Geometry) -> str:
    """Code and name of the characters under a point of the page, one in a line."""
    layout = geometry.layout
    laid = layout.laid(layout.block_index_at(point.y()))
    top = layout.block_top(layout.block_index_of(laid.block.start))
    local = QPointF(point.x(), point.y() - top)
    near = geometry.offset_at(point)
    around = range(max(near - NEAR, laid.block.start), min(near + NEAR, laid.block.end))
    under = [offset for offset in around if _wide(cell_of(laid, offset)).contains(local)]
    return "\n".join(character_name(layout.text[offset]) for offset in under)


def _handles(point: QPointF, placement: BlockPlacement) -> Iterator[tuple[RecordId | None, str]]:
    for chip in placement.chips:
        if chip.rect.contains(point):
            yield chip.id, chip.tooltip
    for stroke in placement.strokes:
        if _wider(stroke.rect).contains(point):
            yield stroke.id, stroke.tooltip
    for bar in placement.bars:
        if _wider(bar.rect).contains(point):
            yield bar.id, bar.tooltip


def _around(point: QPointF, scene: Scene, laid: LaidBlock) -> Iterator[RecordId]:
    spans: list[tuple[int, RecordId, Span]] = []
    for bracket in scene.brackets:
        spans.extend((len(bracket.envelope), bracket.id, span) for span in bracket.spans)
    spans.extend((len(bar.span), bar.id, bar.span) for bar in scene.bars)
    for _, identifier, span in sorted(spans, key=lambda item: item[0]):
        if any(rect.contains(point) for rect in _text_rects(span, laid)):
            yield identifier


def _text_rects(span: Span, laid: LaidBlock) -> Iterator[QRectF]:
    for piece in pieces_of(laid, span):
        box = laid.boxes[piece.line]
        height = box.text_bottom - box.text_top
        yield QRectF(piece.left, box.text_top, piece.right - piece.left, height)


def _wide(cell: QRectF) -> QRectF:
    """A cell, made wide enough to be pointed at where the character has no glyph."""
    return cell.adjusted(-GRACE, 0, GRACE, 0) if cell.width() <= GRACE else cell


def _wider(rect: QRectF) -> QRectF:
    return rect.adjusted(-GRACE, -GRACE, GRACE, GRACE)

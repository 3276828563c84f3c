"""What lies under a point of the page: a handle to take hold of, annotations, a place in the text.

A *handle* is a chip, a stroke or a bar: pressing it means the annotation and not the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from annotator.core.ids import RecordId
from annotator.core.span import Span
from annotator.ui.textview.geometry import Geometry, pieces_of
from annotator.ui.textview.layout import LaidBlock
from annotator.ui.textview.placement import BlockPlacement
from annotator.ui.textview.scene import Scene

GRACE = 2
"""Pixels by which a stroke or a bar may be missed and is still hit."""


@dataclass(frozen=True, slots=True)
class Hit:
    """`offset` is the nearest caret place; `around` are the annotations on the letter under the
    point, innermost first; `tooltip` tells what is there, in plain text.
    """

    offset: int
    handle: RecordId | None
    around: tuple[RecordId, ...]
    tooltip: str


def hit_at(
    point: QPointF, geometry: Geometry, scene: Scene, placement: BlockPlacement, block: int
) -> Hit:
    """What lies at `point`, in page coordinates; `placement` is that of `block` under it."""
    laid = geometry.layout.laid(block)
    local = QPointF(point.x(), point.y() - geometry.layout.block_top(block))
    handle, tooltip = next(_handles(local, placement), (None, ""))
    if handle is None:
        tooltip = next((w.tooltip for w in placement.waves if w.rect.contains(local)), "")
    return Hit(geometry.offset_at(point), handle, tuple(_around(local, scene, laid)), tooltip)


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


def _wider(rect: QRectF) -> QRectF:
    return rect.adjusted(-GRACE, -GRACE, GRACE, GRACE)

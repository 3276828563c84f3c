"""One document on paper of a given size: layout, scene and window together, without a widget.

What most pages do not show (arcs, code points) and what is under the mouse is loaded when needed.

Window coordinates are pixels from the upper left corner of what is seen; page coordinates those of
`geometry`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter

from annotator.core.span import Span
from annotator.ui.textview.blocks import Blocks
from annotator.ui.textview.geometry import Geometry, pieces_of
from annotator.ui.textview.lanes import lane_demand, with_lanes
from annotator.ui.textview.layout import PageLayout
from annotator.ui.textview.paint_spans import paint_caret, paint_over, paint_ties, paint_under
from annotator.ui.textview.paint_text import paint_text
from annotator.ui.textview.placement import BlockPlacement, Placer
from annotator.ui.textview.rectangles import fill_rect
from annotator.ui.textview.scene import EMPTY_SCENE, Scene, changed_spans
from annotator.ui.textview.scrolling import Mark, Scroller
from annotator.ui.textview.style import PageStyle

if TYPE_CHECKING:
    from annotator.ui.textview.arcs import Route
    from annotator.ui.textview.hit import Hit

TRUNK = 20
"""Pixels between the column and the margin line through which ties run."""

NARROWEST_MARGIN = 36
"""Pixels beside the column that bars and ties need at least."""

TAG_INSET = 8
MANY_CHANGES = 60


class Canvas:
    """Paints a document with a scene into a window, and tells what is where."""

    def __init__(
        self, text: str, blocks: Blocks, style: PageStyle, *, width: int, height: int
    ) -> None:
        self.text = text
        self.blocks = blocks
        self.scene = EMPTY_SCENE
        self.shows_code_points = False
        self._placements: dict[int, BlockPlacement] = {}
        self._set_up(style, width, height)

    def _set_up(self, style: PageStyle, width: int, height: int) -> None:
        self.style = style
        self.width, self.height = width, height
        margin = max(min(style.margin, width // 10), NARROWEST_MARGIN)
        column = max(min(style.column_width, width - 2 * margin), 80)
        self.left = max((width - column) // 2, 0)
        self.layout = PageLayout(self.text, self.blocks, style, column)
        self.geometry = Geometry(self.layout)
        self.placer = Placer(style, self.layout.metrics)
        ends = max(self.layout.metrics.em, 16)
        self.scroller = Scroller(self.layout, height=height, margin=ends)
        self._placements.clear()

    def resize(self, style: PageStyle, *, width: int, height: int) -> None:
        """Fit a new size or style; the line at the upper edge stays there."""
        mark = self.scroller.mark()
        is_same_paper = style == self.style and width == self.width
        if is_same_paper:
            self.height = self.scroller.height = height
            self.scroller.settle()
            return
        self._set_up(style, width, height)
        self.layout.set_demand(lane_demand(self.scene), None)
        self.scroller.return_to(Mark(mark.offset, min(mark.above, 0.0)))

    def show(self, scene: Scene) -> list[QRectF] | None:
        """Take a new scene; the parts of the window to draw anew, or None for all of it."""
        before = self.scene
        self.scene = scene = with_lanes(scene, before)
        if scene.brackets != before.brackets:
            mark = self.scroller.mark()
            if self.layout.set_demand(lane_demand(scene), scene.covers):
                self.scroller.return_to(mark)
                self._placements.clear()
                return None
        changed = changed_spans(before, scene)
        if changed is None or len(changed) > MANY_CHANGES:
            self._placements.clear()
            return None
        return self._forget(changed)

    def _forget(self, changed: list[Span]) -> list[QRectF]:
        dirty = []
        for index, top in self.scroller.visible():
            block, laid = self.blocks[index], self.layout.laid(index)
            near = [s for s in changed if s.start <= block.end and block.start <= s.end]
            if near:
                self._placements.pop(index, None)
            for box in laid.boxes:
                if any(s.start <= box.end and box.start <= s.end for s in near):
                    dirty.append(QRectF(0, top + box.top, self.width, box.bottom - box.top))
        seen = {index for index, _ in self.scroller.visible()}
        for index in self._placements.keys() - seen:
            del self._placements[index]
        return dirty

    def placement(self, index: int) -> BlockPlacement:
        """Where the items of the scene stand in a block."""
        known = self._placements.get(index)
        if known is None:
            known = self.placer.place(self.scene, self.layout.laid(index))
            self._placements[index] = known
        return known

    def paint(self, painter: QPainter, region: QRectF, *, has_focus: bool) -> None:
        """Draw what lies in `region` of the window."""
        fill_rect(painter, region, QColor(self.style.paper))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index, top in self.scroller.visible():
            laid = self.layout.laid(index)
            if not self._meets(index, top, region):
                continue
            placement = self.placement(index)
            painter.save()
            painter.translate(self.left, top)
            paint_under(painter, placement, self.style)
            clip = region.translated(-self.left, -top)
            paint_text(painter, laid, self.style, clip)
            if self.shows_code_points:
                from annotator.ui.textview.paint_code_points import paint_code_points

                metrics = self.layout.metrics
                paint_code_points(painter, self.text, laid, style=self.style, metrics=metrics)
            painter.restore()
        self._paint_ties(painter)
        self._paint_arcs(painter)
        for index, top in self.scroller.visible():
            if not self._meets(index, top, region):
                continue
            painter.save()
            painter.translate(self.left, top)
            paint_over(painter, self.placement(index), self.style, self.placer.font)
            painter.restore()
        self._paint_caret(painter, has_focus=has_focus)

    def _meets(self, index: int, top: float, region: QRectF) -> bool:
        """Whether a block, with what may hang out of it, lies in a region of the window."""
        slack = self.layout.metrics.pitch
        bottom = top + self.layout.laid(index).height
        return top - slack <= region.bottom() and bottom + slack >= region.top()

    def _paint_arcs(self, painter: QPainter) -> None:
        arcs = self.scene.arcs
        if arcs is not None:
            from annotator.ui.textview.paint_arcs import paint_arcs

            paint_arcs(
                painter,
                self.arc_routes(),
                self.placer.shade(arcs.color),
                style=self.style,
                font=self.placer.font,
            )

    def arc_routes(self) -> tuple[Route, ...]:
        """How the arcs of the scene run, in window coordinates."""
        arcs = self.scene.arcs
        if arcs is None:
            return ()
        from annotator.ui.textview.arc_routes import ArcRoutes

        routes = ArcRoutes(
            self.text,
            self.scroller,
            self.placement,
            left=self.left,
            trunk=TRUNK,
            measure=self.placer.width,
        )
        return routes.of(arcs)

    def _paint_ties(self, painter: QPainter) -> None:
        ties = []
        for tie in self.scene.ties:
            start = self._tie_end(tie.start, is_tagged=False)
            end = self._tie_end(tie.end, is_tagged=True)
            if start is not None and end is not None:
                ties.append((start, end, self.placer.shade(tie.color)))
        if ties:
            paint_ties(painter, ties, float(self.left - TRUNK))

    def _tie_end(self, span: Span, *, is_tagged: bool) -> QPointF | None:
        index = self.layout.block_index_of(span.start)
        top = self.layout.block_top(index) - self.scroller.y
        if not self.layout.is_laid(index):
            # Beyond the window: only the direction in which the tie leaves it matters.
            return QPointF(self.left, -999.0 if top < 0 else self.height + 999.0)
        laid = self.layout.laid(index)
        piece = next(iter(pieces_of(laid, span)), None)
        if piece is None:
            return None
        y = top + laid.boxes[piece.line].text_top - self.layout.metrics.head / 2
        x = (piece.left + piece.right) / 2
        if is_tagged:  # the tie comes out of the role name over the first word
            x = piece.right - TAG_INSET if laid.block.is_right_to_left else piece.left + TAG_INSET
        return QPointF(self.left + x, round(y) + 0.5)

    def _paint_caret(self, painter: QPainter, *, has_focus: bool) -> None:
        caret = self.scene.caret
        if caret is None or not self.layout.is_laid(self.layout.block_index_of(caret)):
            return
        rect = self.geometry.caret_rect(min(caret, len(self.text)))
        painter.setOpacity(1.0 if has_focus else 0.4)
        paint_caret(painter, rect.translated(self.left, -self.scroller.y), self.style)
        painter.setOpacity(1.0)

    def page_point(self, point: QPointF) -> QPointF:
        """A point of the window in page coordinates."""
        return QPointF(point.x() - self.left, point.y() + self.scroller.y)

    def hit(self, point: QPointF) -> Hit:
        """What lies under a point of the window."""
        from annotator.ui.textview.hit import characters_at, hit_at
        from annotator.ui.textview.paint_arcs import label_rect

        page = self.page_point(point)
        index = self.layout.block_index_at(page.y())
        hit = hit_at(page, self.geometry, self.scene, self.placement(index), index)
        labels = (route.label for route in self.arc_routes())
        over = next((label for label in labels if label_rect(label).contains(point)), None)
        if over is not None:
            return replace(hit, tooltip=over.tooltip)
        if self.shows_code_points and not hit.tooltip:
            return replace(hit, tooltip=characters_at(page, self.geometry))
        return hit

    def window_rect(self, rect: QRectF) -> QRectF:
        """A rectangle of the page in window coordinates."""
        return rect.translated(self.left, -self.scroller.y)

    def visible_span(self) -> Span:
        """From the first to the last line in the window; at least one code point."""
        visible = self.scroller.visible()
        (first, first_top), (last, last_top) = visible[0], visible[-1]
        start_boxes, end_boxes = self.layout.laid(first).boxes, self.layout.laid(last).boxes
        start = next(
            (b.start for b in start_boxes if first_top + b.bottom > 0), start_boxes[-1].start
        )
        ends = [b.end for b in end_boxes if last_top + b.top < self.height]
        end = ends[-1] if ends else end_boxes[0].end
        return Span(start, max(end, start + 1))

    def ensure_visible(self, span: Span) -> bool:
        """Scroll so that `span` can be read, as little as possible; tells whether it scrolled."""
        before = self.scroller.y, self.scroller.block
        geometry, height = self.geometry, self.height
        top = geometry.line_rect(span.start).top()
        if geometry.line_start(span.start) == 0:
            top = -float(self.scroller.margin)  # with the paper above the first line
        bottom = geometry.line_rect(span.end).bottom()
        if bottom - top > height:
            bottom = geometry.line_rect(span.start).bottom()
        y = self.scroller.y
        if top < y - height or bottom > y + 2 * height:
            self.scroller.move_to(top - height / 3)
        elif top < y:
            self.scroller.move_by(top - y)
        elif bottom > y + height:
            self.scroller.move_by(bottom - y - height)
        return before != (self.scroller.y, self.scroller.block)

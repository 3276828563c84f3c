"""How the arcs of a scene run over the part of a page that is seen, in window coordinates."""

from __future__ import annotations

from collections.abc import Callable

from annotator.core.span import Span
from annotator.ui.textview.arcs import Column, End, Place, Room, Route, Router
from annotator.ui.textview.geometry import pieces_of
from annotator.ui.textview.placement import BlockPlacement, first_piece
from annotator.ui.textview.scene import Arcs
from annotator.ui.textview.scrolling import Scroller


class ArcRoutes:
    """Finds the routes in one window: `left` is where the column begins, `trunk` how far from it
    the margin lines run, `measure` how wide words are.
    """

    def __init__(
        self,
        text: str,
        scroller: Scroller,
        placement: Callable[[int], BlockPlacement],
        *,
        left: int,
        trunk: int,
        measure: Callable[[str], float],
    ) -> None:
        self._text = text
        self._scroller = scroller
        self._layout = scroller.layout
        self._placement = placement
        self._left = left
        self._trunk = trunk
        self._measure = measure

    def of(self, arcs: Arcs) -> tuple[Route, ...]:
        """The routes of these arcs."""
        left, right = self._left, float(self._left + self._layout.width)
        column = Column(float(left), right, left - self._trunk, right + self._trunk)
        ends = [self._end(end.span, end.role) for end in arcs.ends]
        hints = [
            Room(left + hint.rect.left(), top + hint.rect.top(), hint.rect.width())
            for index, top in self._scroller.visible()
            for hint in self._placement(index).hints
        ]
        router = Router(column, self._measure, hints)
        return router.routes(self._end(arcs.trigger, ""), ends)

    def _end(self, span: Span, role: str) -> End:
        text = span.of(self._text)
        visible = dict(self._scroller.visible())
        index = self._layout.block_index_of(span.start)
        if index not in visible:
            return End(role, text, None, index < min(visible))
        laid = self._layout.laid(index)
        pieces = pieces_of(laid, span)
        if not pieces:
            return End(role, text, None)
        is_rtl = laid.block.is_right_to_left
        piece = first_piece(pieces, is_right_to_left=is_rtl)
        box = laid.boxes[piece.line]
        bottom = visible[index] + box.text_top
        if not 0 < bottom < self._scroller.height:
            return End(role, text, None, bottom <= 0)
        left, right = self._left + piece.left, self._left + piece.right
        return End(role, text, Place(left, right, bottom - box.head, bottom, is_rtl))

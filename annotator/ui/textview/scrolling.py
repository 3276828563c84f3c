"""Which part of the page is in the window, held by a block and not by a number of pixels.

Heights of blocks that were never seen are estimates. The window is therefore anchored to the block
at its upper edge: when an estimate elsewhere is corrected, what the reader sees does not move.
"""

from __future__ import annotations

from msgspec import Struct

from annotator.ui.textview.layout import PageLayout


class Mark(Struct, frozen=True):
    """The line at the upper edge, by its first code point, and how far it is scrolled out."""

    offset: int
    above: float


class Scroller:
    """A window of `height` pixels over the page, with `margin` pixels of paper at both ends.

    `block` is the one at the upper edge and `inside` how many of its pixels lie above that edge.
    """

    def __init__(self, layout: PageLayout, *, height: int, margin: int) -> None:
        self.layout = layout
        self.height = height
        self.margin = margin
        self.block = 0
        self.inside = -float(margin)

    @property
    def y(self) -> float:
        """The upper edge in page coordinates, as far as heights are known."""
        return self.layout.block_top(self.block) + self.inside

    @property
    def value(self) -> int:
        """Where a scroll bar from 0 to `maximum` stands."""
        return round(self.y) + self.margin

    @property
    def maximum(self) -> int:
        """How far a scroll bar goes."""
        return max(round(self.layout.height) + 2 * self.margin - self.height, 0)

    def move_by(self, pixels: float) -> None:
        """Scroll down (or up, when negative); stops at the ends."""
        self.inside += pixels
        self.settle()

    def move_to(self, y: float) -> None:
        """Bring a place of the page to the upper edge."""
        self.block = self.layout.block_index_at(y)
        self.inside = y - self.layout.block_top(self.block)
        self.settle()

    def move_to_end(self) -> None:
        """Bring the end of the page to the lower edge."""
        self.block = len(self.layout.blocks) - 1
        self.inside = float(self.layout.laid(self.block).height)
        self.settle()

    def visible(self) -> list[tuple[int, float]]:
        """The blocks in the window, laid out, with the places of their tops in it."""
        found = []
        index, top = self.block, -self.inside
        while top < self.height and index < len(self.layout.blocks):
            laid = self.layout.laid(index)
            if top + laid.height > 0:
                found.append((index, top))
            top += laid.height
            index += 1
        return found or [(self.block, -self.inside)]

    def mark(self) -> Mark:
        """The line at the upper edge, to `return_to` after lines have changed."""
        laid = self.layout.laid(self.block)
        box = next((b for b in laid.boxes if b.bottom > self.inside), laid.boxes[-1])
        return Mark(box.start, self.inside - box.top)

    def return_to(self, mark: Mark) -> None:
        """Bring the line of `mark` back to where it was."""
        self.block = self.layout.block_index_of(mark.offset)
        laid = self.layout.laid(self.block)
        box = laid.boxes[laid.line_index_of(mark.offset)]
        self.inside = box.top + mark.above
        self.settle()

    def settle(self) -> None:
        """Make the anchor the block at the upper edge again, and stay within the page."""
        self._find_anchor()
        rest = -self.inside
        for index in range(self.block, len(self.layout.blocks)):
            rest += self.layout.laid(index).height
            if rest >= self.height - self.margin:
                break
        else:
            self.inside -= self.height - self.margin - rest
            self._find_anchor()
        if self.block == 0:
            self.inside = max(self.inside, -float(self.margin))

    def _find_anchor(self) -> None:
        layout = self.layout
        while self.inside < 0 and self.block > 0:
            self.block -= 1
            self.inside += layout.laid(self.block).height
        while self.block + 1 < len(layout.blocks):
            height = layout.laid(self.block).height
            if self.inside < height:
                break
            self.inside -= height
            self.block += 1

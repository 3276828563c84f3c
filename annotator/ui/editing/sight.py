"""What the keys need to know of the page's geometry: only the page can tell these."""

from __future__ import annotations

from typing import Protocol

from annotator.core.span import Span


class Sight(Protocol):
    """Answers about where text stands on the page; offsets are code points."""

    def letter_left(self, offset: int) -> int:
        """The caret position one letter to the left, as seen."""

    def letter_right(self, offset: int) -> int:
        """The caret position one letter to the right, as seen."""

    def line_above(self, offset: int) -> int:
        """The position on the line above, as near to the same column as the text allows."""

    def line_below(self, offset: int) -> int:
        """The position on the line below."""

    def line_start(self, offset: int) -> int:
        """Where the line of `offset` starts."""

    def line_end(self, offset: int) -> int:
        """Where the line of `offset` ends."""

    def page_above(self, offset: int) -> int:
        """The position a page higher."""

    def page_below(self, offset: int) -> int:
        """The position a page lower."""

    def visible_span(self) -> Span | None:
        """What of the text is on the screen; None for an empty page."""

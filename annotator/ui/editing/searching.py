"""What is looked for in one document: the words, how closely they must fit, and the hits.

The text never changes, so the hits stay true until other words are looked for.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from annotator.core.document import Segmentation
from annotator.core.span import Span
from annotator.ui.editing.words import Selection

if TYPE_CHECKING:
    from annotator.kurdish.search import SearchIndex


class Wanted(Struct, frozen=True):
    """What is looked for. Letters that only differ in their encoding always count as the same.

    `is_loose` lets spellings of Sorani that differ count as the same, too.
    """

    words: str
    is_loose: bool = False
    is_whole: bool = False


class Search:
    """The hits in one text, in order, and how one gets from hit to hit.

    `origin` is where the eye was when the search was begun, None while none is going on.
    """

    def __init__(self, text: str, segmentation: Segmentation) -> None:
        self._text = text
        self._segmentation = segmentation
        self.wanted = Wanted("")
        self.hits: tuple[Span, ...] = ()
        self.origin: Selection | None = None

    @cached_property
    def index(self) -> SearchIndex:
        """The index of the text, made when something is first looked for."""
        from annotator.kurdish.search import SearchIndex

        return SearchIndex(self._text, self._segmentation.tokens)

    def look_for(self, wanted: Wanted) -> None:
        """Find all places of what is wanted."""
        from annotator.kurdish.normalize import FoldLevel

        if wanted != self.wanted:
            self.wanted = wanted
            level = FoldLevel.ORTHOGRAPHIC if wanted.is_loose else FoldLevel.ENCODING
            self.hits = self.index.find_all(wanted.words, level=level, whole_words=wanted.is_whole)

    def after(self, offset: int) -> Span | None:
        """The first hit that starts at `offset` or after it."""
        index = bisect_left(self.hits, offset, key=_start)
        return self.hits[index] if index < len(self.hits) else None

    def before(self, offset: int) -> Span | None:
        """The last hit that starts before `offset`."""
        index = bisect_left(self.hits, offset, key=_start)
        return self.hits[index - 1] if index else None

    def number_of(self, span: Span | None) -> int:
        """Which hit it is, from 1; 0 for none."""
        index = -1 if span is None else bisect_left(self.hits, span.start, key=_start)
        return index + 1 if 0 <= index < len(self.hits) and self.hits[index] == span else 0

    def within(self, span: Span) -> Sequence[Span]:
        """The hits that share a code point with `span`."""
        first = bisect_right(self.hits, span.start, key=lambda hit: hit.end)
        return self.hits[first : bisect_left(self.hits, span.end, key=_start)]


def _start(span: Span) -> int:
    return span.start

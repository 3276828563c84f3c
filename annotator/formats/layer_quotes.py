"""Of which type a quote of our layer is, also where somebody else has drawn it.

Our own export says it as the program does. Who draws a quote elsewhere may write ``Direct``, or
nothing: then its marks tell, and whoever imports it is told so.
"""

from __future__ import annotations

from annotator.core.annotations import QuoteType
from annotator.core.span import Fragments
from annotator.formats.layer_places import one_of
from annotator.formats.layer_spans import VALUE, LayerSpan

_MARKS = frozenset("«»“”„‟‹›\"'‘’")


def quote_type_told(one: LayerSpan) -> QuoteType | None:
    """The type that a quote has by its value."""
    return one_of(QuoteType, one.values.get(VALUE, "").strip().lower())


def quote_type_found(content: Fragments, text: str) -> QuoteType:
    """The type that the text tells: direct where marks stand around the content or at its ends."""
    start, end = content.start, content.end
    is_opened = not _MARKS.isdisjoint(text[max(start - 1, 0) : start + 1])
    is_closed = not _MARKS.isdisjoint(text[end - 1 : end + 1])
    return QuoteType.DIRECT if is_opened and is_closed else QuoteType.INDIRECT

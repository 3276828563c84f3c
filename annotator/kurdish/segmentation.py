"""The segmentation of a text as the core stores it: tokens, sentences, paragraphs.

A text is cut into *stretches* that can be segmented by themselves, so that opening a long document
does not wait for all of it. A cut lies behind a line feed, which ends everything, or before a word
that two spaces divide from a full stop no reading can take for that of an abbreviation: there a
paragraph ends, and with it the count of straight quotation marks.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from annotator.core.document import Segmentation
from annotator.foundation.late_pattern import LatePattern

SHORTEST_STRETCH = 2000
"""Code points a stretch has at least, but for the last one."""

# Two letters of Arabic script before the full stop are one word of several letters, for mail
# addresses, the only tokens that end within letters, are Latin. پرۆف is an abbreviation.
_LETTER = "[\u0620-\u063f\u0641-\u064a\u066e\u066f\u0671-\u06d3\u06d5]"
_CUT = LatePattern(rf"(?<={_LETTER}{_LETTER})(?<!پرۆف)[.!?؟] {{2,}}(?={_LETTER})")


def segment(text: str, *, shortest: int = SHORTEST_STRETCH) -> Segmentation:
    """Tokens, sentences and paragraphs of `text`, found when they are asked for."""
    starts = tuple(_starts(text, shortest))
    return Segmentation.by_stretches(starts, partial(_stretch, text, starts))


def _starts(text: str, shortest: int) -> Iterator[int]:
    start, feed = 0, -1
    while start < len(text) or start == 0:
        yield start
        least = start + shortest
        if feed < least:
            found = text.find("\n", least)
            feed = len(text) if found < 0 else found
        # A line that ends soon enough is not worth a search inside.
        is_near = feed <= least + shortest
        cut = None if is_near else _CUT.ready.search(text, least, feed)
        start = feed + 1 if cut is None else cut.end()


def _stretch(text: str, starts: tuple[int, ...], number: int) -> Segmentation:
    # Words are not asked for by the first picture of a page, and their rules are slow to load.
    from annotator.kurdish.sentences import split_text
    from annotator.kurdish.tokens import tokenize

    end = starts[number + 1] if number + 1 < len(starts) else len(text)
    tokens = tokenize(text, starts[number], end)
    return Segmentation(tokens, *split_text(text, tokens))

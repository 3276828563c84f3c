"""The blocks a page is laid out in: paragraphs, and pieces of paragraphs that are too long.

Blocks cover the text from its first to its last code point, in order. Nothing is added or taken
away for display: a block only says where a layout begins, so offsets stay those of the document.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple

from annotator.core.document import Segmentation

LONGEST_BLOCK = 4000
"""Code points a block may hold; a longer paragraph is cut at a sentence end, else at a space."""

# Two spaces, or something other than a line feed that ends a line. Everywhere else one line is one
# paragraph, and need not be segmented to know that.
_DIVIDER = re.compile("[^\\S\n]{2}|[\v\f\r\x1c-\x1e\x85\u2028\u2029]")
# How nearly every line begins: digits and signs, then a common letter.
_PLAIN_START = re.compile(r"[ -@\[-`{-~]*(?:([\u0621-\u064a])|([A-Za-z]))")
_OTHER_SPACE = re.compile(
    "["
    "\t\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    "\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
    "]"
)
_OPENERS = frozenset({"LRI", "RLI", "FSI"})
_JOINERS = frozenset("\u200c\u200d\ufe0e\ufe0f")


class Block(NamedTuple):
    """The code points ``start <= i < end``, without the line feed that may end them.

    `starts_paragraph` is false for the second and later pieces of one paragraph.
    """

    start: int
    end: int
    is_right_to_left: bool = True
    starts_paragraph: bool = True


def split_blocks(text: str, segmentation: Segmentation) -> tuple[Block, ...]:
    """Cut `text` at line feeds, at the paragraphs of `segmentation`, and where it is too long."""
    blocks: list[Block] = []
    start = 0
    divides = _divider_of(text)
    divided = divides(0)
    begins = _PLAIN_START.match
    for line in text.split("\n"):
        end = start + len(line)
        if divided < end or len(line) > LONGEST_BLOCK:
            blocks.extend(_divided(text, start, end, segmentation))
            divided = divides(end)
        else:
            plain = begins(line)
            direction = plain.lastindex == 1 if plain else is_right_to_left(text, start, end)
            blocks.append(Block(start, end, direction))
        start = end + 1
    return tuple(blocks)


def _divided(text: str, start: int, end: int, segmentation: Segmentation) -> Iterator[Block]:
    """The blocks of a line that may hold several paragraphs, or one that is too long."""
    paragraphs = segmentation.part(start, end).paragraphs
    starts = [p.start for p in paragraphs if start <= p.start < end]
    # The spaces before the first one belong to it.
    for first, last in pairwise((start, *starts[1:], end)):
        direction = is_right_to_left(text, first, last)
        for a, b in _pieces(text, first, last, segmentation):
            yield Block(a, b, direction, a == first)


def _divider_of(text: str) -> Callable[[int], int]:
    """Tells where behind an offset the next line may be that holds more than one paragraph."""

    def two_spaces(offset: int) -> int:
        found = text.find("  ", offset)
        return len(text) if found < 0 else found

    def any_spaces(offset: int) -> int:
        found = _DIVIDER.search(text, offset)
        return len(text) if found is None else found.start()

    return two_spaces if _OTHER_SPACE.search(text) is None else any_spaces


def _pieces(
    text: str, start: int, end: int, segmentation: Segmentation
) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST_BLOCK:
        cut = _cut(text, start, start + LONGEST_BLOCK, segmentation)
        yield start, cut
        start = cut
    yield start, end


def _cut(text: str, start: int, limit: int, segmentation: Segmentation) -> int:
    sentences = segmentation.part(start, limit).sentences
    index = bisect_right(sentences, limit, key=lambda sentence: sentence.start) - 1
    if index >= 0 and sentences[index].start > start + LONGEST_BLOCK // 2:
        return sentences[index].start
    space = text.rfind(" ", start + LONGEST_BLOCK // 2, limit)
    if space >= 0:
        return space + 1
    while limit > start + 1 and _joins_previous(text[limit]):
        limit -= 1
    return limit


def _joins_previous(char: str) -> bool:
    return char in _JOINERS or unicodedata.category(char).startswith("M")


def is_right_to_left(text: str, start: int, end: int) -> bool:
    """The base direction by the first strong character; right to left where there is none.

    Characters inside isolates do not count (rule P2 of the Unicode bidirectional algorithm).
    """
    plain = _PLAIN_START.match(text, start, end)
    if plain is not None:
        return plain.lastindex == 1
    depth = 0
    for index in range(start, min(end, start + LONGEST_BLOCK)):
        kind = unicodedata.bidirectional(text[index])
        if kind in _OPENERS:
            depth += 1
        elif kind == "PDI":
            depth = max(depth - 1, 0)
        elif depth == 0 and kind in {"L", "R", "AL"}:
            return kind != "L"
    return True

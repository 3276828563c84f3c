"""The blocks a page is laid out in: paragraphs, and pieces of paragraphs that are too long.

Blocks cover the text from its first to its last code point, in order. Nothing is added or taken
away for display: a block only says where a layout begins, so offsets stay those of the document.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from annotator.core.document import Segmentation

LONGEST_BLOCK = 4000
"""Code points a block may hold; a longer paragraph is cut at a sentence end, else at a space."""

_OPENERS = frozenset({"LRI", "RLI", "FSI"})
_JOINERS = frozenset("\u200c\u200d\ufe0e\ufe0f")


@dataclass(frozen=True, slots=True)
class Block:
    """The code points ``start <= i < end``, without the line feed that may end them.

    `starts_paragraph` is false for the second and later pieces of one paragraph.
    """

    start: int
    end: int
    is_right_to_left: bool = True
    starts_paragraph: bool = True


def split_blocks(text: str, segmentation: Segmentation) -> tuple[Block, ...]:
    """Cut `text` at line feeds, at the paragraphs of `segmentation`, and where it is too long."""
    starts = [paragraph.start for paragraph in segmentation.paragraphs]
    sentences = [sentence.start for sentence in segmentation.sentences]
    blocks: list[Block] = []
    for start, end in _paragraphs(text, starts):
        direction = is_right_to_left(text, start, end)
        pieces = list(_pieces(text, start, end, sentences))
        blocks.extend(Block(a, b, direction, a == start) for a, b in pieces)
    return tuple(blocks)


def _paragraphs(text: str, starts: list[int]) -> Iterator[tuple[int, int]]:
    start = 0
    while True:
        feed = text.find("\n", start)
        end = len(text) if feed < 0 else feed
        first, last = bisect_right(starts, start), bisect_left(starts, end)
        edges = [start, *starts[first:last], end]
        yield from pairwise(edges)
        if feed < 0:
            return
        start = end + 1


def _pieces(text: str, start: int, end: int, sentences: list[int]) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST_BLOCK:
        cut = _cut(text, start, start + LONGEST_BLOCK, sentences)
        yield start, cut
        start = cut
    yield start, end


def _cut(text: str, start: int, limit: int, sentences: list[int]) -> int:
    sentence = sentences[bisect_right(sentences, limit) - 1] if sentences else 0
    if sentence > start + LONGEST_BLOCK // 2:
        return sentence
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

"""The blocks a page is laid out in: paragraphs, and pieces of paragraphs that are too long.

Blocks cover the text from its first to its last code point, in order. Nothing is added or taken
away for display: a block only says where a layout begins, so offsets stay those of the document.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from operator import sub
from typing import TypeAlias, overload

from msgspec import Struct

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


class Block(Struct, frozen=True):
    """The code points ``start <= i < end``, without the line feed that may end them.

    `starts_paragraph` is false for the second and later pieces of one paragraph.
    """

    start: int
    end: int
    is_right_to_left: bool = True
    starts_paragraph: bool = True


class Blocks(Sequence[Block]):
    """The blocks of a text in order; equal when their blocks are.

    A block is made when it is first asked for: in which direction a paragraph runs is found in its
    text, and a document may have thousands of paragraphs that nobody looks at.
    """

    def __init__(
        self, text: str, starts: list[int], ends: list[int], whole: Mapping[int, tuple[int, int]]
    ) -> None:
        """`whole` gives, for the number of each piece of a paragraph, the whole paragraph."""
        self.starts = starts
        self.ends = ends
        self._text = text
        self._whole = whole
        self._made: dict[int, Block] = {}

    def __len__(self) -> int:
        return len(self.starts)

    @overload
    def __getitem__(self, index: int) -> Block: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Block]: ...

    def __getitem__(self, index: int | slice) -> Block | Sequence[Block]:
        if isinstance(index, slice):
            return [self[number] for number in range(*index.indices(len(self)))]
        number = range(len(self))[index]
        found = self._made.get(number)
        if found is None:
            start, end = self.starts[number], self.ends[number]
            first, last = self._whole.get(number, (start, end))
            direction = is_right_to_left(self._text, first, last)
            found = self._made[number] = Block(start, end, direction, start == first)
        return found

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Blocks) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]  # compared by what it holds, never a key

    def begins_paragraph(self, number: int) -> bool:
        """Whether the block is not a second or later piece of a paragraph."""
        return number not in self._whole or self._whole[number][0] == self.starts[number]

    @property
    def continued(self) -> Iterator[int]:
        """The numbers of the second and later pieces of paragraphs."""
        return (number for number in self._whole if not self.begins_paragraph(number))


def split_blocks(text: str, segmentation: Segmentation) -> Blocks:
    """Cut `text` at line feeds, at the paragraphs of `segmentation`, and where it is too long."""
    lengths = accumulate(map(len, text.split("\n")))
    line_ends = [sum_of_lengths + number for number, sum_of_lengths in enumerate(lengths)]
    line_starts = [0, *(end + 1 for end in line_ends[:-1])]
    starts: list[int] = []
    ends: list[int] = []
    whole: dict[int, tuple[int, int]] = {}
    done = 0
    for line in _lines_to_divide(text, line_starts, line_ends):
        starts += line_starts[done:line]
        ends += line_ends[done:line]
        for piece, paragraph in _divided(text, line_starts[line], line_ends[line], segmentation):
            if piece != paragraph:
                whole[len(starts)] = paragraph
            starts.append(piece[0])
            ends.append(piece[1])
        done = line + 1
    return Blocks(text, starts + line_starts[done:], ends + line_ends[done:], whole)


def _lines_to_divide(text: str, starts: list[int], ends: list[int]) -> list[int]:
    """The numbers of the lines that may hold several paragraphs, or are too long for one block."""
    found = set()
    if max(map(sub, ends, starts)) > LONGEST_BLOCK:
        lengths = map(sub, ends, starts)
        found = {number for number, length in enumerate(lengths) if length > LONGEST_BLOCK}
    divides = _divider_of(text)
    divided = divides(0)
    while divided < len(text):
        number = bisect_right(starts, divided) - 1
        found.add(number)
        divided = divides(ends[number])
    return sorted(found)


_Ends: TypeAlias = tuple[int, int]


def _divided(
    text: str, start: int, end: int, segmentation: Segmentation
) -> Iterator[tuple[_Ends, _Ends]]:
    """The pieces of a line, each with the whole of its paragraph."""
    paragraphs = segmentation.part(start, end).paragraphs
    starts = [p.start for p in paragraphs if start <= p.start < end]
    # The spaces before the first one belong to it.
    for first, last in pairwise((start, *starts[1:], end)):
        for piece in _pieces(text, first, last, segmentation):
            yield piece, (first, last)


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

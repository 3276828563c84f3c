"""Articles that nearly say the same: agency texts that several outlets print with small changes.

A text is the set of its *shingles*, runs of three words in folded spelling; two texts are near
duplicates when at least half of all their shingles are in both (Jaccard index 0.5). MinHash finds
the candidates, so that not every text is compared with every other; each candidate is proved on
the shingles themselves.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from operator import eq

from rensa import RMinHash

from annotator.core.ids import DocumentId
from annotator.kurdish.normalize import FoldLevel, fold_text

SHINGLE_WORDS = 3
LIKENESS = 0.5
"""With three words, texts of which every tenth word was exchanged are still alike (0.57)."""

_BANDS, _ROWS = 42, 3
"""A pair with likeness 0.5 is missed once in 270 times (``(1 - 0.5³)⁴²``), one with 0.6 once in
25,000; of pairs with likeness 0.02, more than articles usually have in common, three in 10,000 are
compared in vain."""
_HASHES = _BANDS * _ROWS
_SEED = 1
_ESTIMATE = 0.35
"""Below that many equal hashes a candidate is not proved: of pairs with likeness 0.5, three in
10,000 have fewer."""
_KNOWN_WORDS = 100_000
KNOWN_SHINGLES = 300_000
"""Shingles that are kept while candidates are proved, some 50 MB: those of 1000 articles."""

_WORD = re.compile(r"\w+")


def shingles_of(text: str) -> frozenset[str]:
    """The shingles of a text; of a shorter one all of its words, without words all of it."""
    words = [word for piece in text.split() for word in _folded_words(piece)]
    if len(words) < SHINGLE_WORDS:
        return frozenset([" ".join(words) or fold_text(text, FoldLevel.ORTHOGRAPHIC)])
    ends = range(SHINGLE_WORDS, len(words) + 1)
    return frozenset(" ".join(words[end - SHINGLE_WORDS : end]) for end in ends)


@lru_cache(maxsize=_KNOWN_WORDS)
def _folded_words(piece: str) -> tuple[str, ...]:
    """The words in what stands between two spaces; no fold looks beyond those."""
    return tuple(_WORD.findall(fold_text(piece, FoldLevel.ORTHOGRAPHIC).casefold()))


def likeness_of(first: frozenset[str], second: frozenset[str]) -> float:
    """The Jaccard index of two sets of shingles, neither of them empty."""
    common = len(first & second)
    return common / (len(first) + len(second) - common)


def near_duplicates(
    identifiers: Iterable[DocumentId], text_of: Callable[[DocumentId], str]
) -> list[tuple[DocumentId, ...]]:
    """All documents, near duplicates together; both levels in ascending order of ids.

    Likeness goes on from document to document: two that are each like a third are together.
    `text_of` is asked once for each document, and again for candidates, of which none is proved
    twice; of each text half a kilobyte of hashes is kept, and the shingles of those proved last.
    """
    ids = sorted(identifiers)
    sketches = [_sketch(text_of(identifier)) for identifier in ids]
    families = _Families(len(ids))
    shingles = _Shingles(lambda number: text_of(ids[number]))
    for band in range(_BANDS):
        _join_by_band(band, sketches, families, shingles)
    return [tuple(ids[number] for number in family) for family in families.found()]


def _sketch(text: str) -> array[int]:
    made = RMinHash(num_perm=_HASHES, seed=_SEED)
    made.update(shingles_of(text))
    return array("I", made.digest())


def _join_by_band(
    band: int,
    sketches: Sequence[array[int]],
    families: _Families,
    shingles: _Shingles,
) -> None:
    """Join the documents that share one band of hashes, none before it, and prove to be alike."""
    place = _place(band)
    sharing: dict[bytes, list[int]] = {}
    for number, sketch in enumerate(sketches):
        others = sharing.setdefault(sketch[place].tobytes(), [])
        for other in others:
            is_apart = families.root(other) != families.root(number)
            if not is_apart or not _is_candidate(sketch, sketches[other], band):
                continue
            if likeness_of(shingles.of(other), shingles.of(number)) >= LIKENESS:
                families.join(other, number)
        others.append(number)


def _place(band: int) -> slice:
    return slice(band * _ROWS, (band + 1) * _ROWS)


def _is_candidate(first: array[int], second: array[int], band: int) -> bool:
    """Whether two that share a band are to be proved, which an earlier one has not had done."""
    return _estimate(first, second) >= _ESTIMATE and not any(
        first[place] == second[place] for place in map(_place, range(band))
    )


def _estimate(first: array[int], second: array[int]) -> float:
    return float(sum(map(eq, first, second))) / _HASHES


class _Shingles:
    """The shingles of texts by number, of which those that were wanted last are kept."""

    def __init__(self, text_of: Callable[[int], str]) -> None:
        self._text_of = text_of
        self._kept: dict[int, frozenset[str]] = {}
        """The one that was wanted last comes last."""
        self._count = 0

    def of(self, number: int) -> frozenset[str]:
        """The shingles of one text."""
        found = self._kept.pop(number, None)
        if found is None:
            found = shingles_of(self._text_of(number))
            self._count += len(found)
        self._kept[number] = found
        while self._count > KNOWN_SHINGLES:
            self._count -= len(self._kept.pop(next(iter(self._kept))))
        return found


class _Families:
    """Numbers joined into families."""

    def __init__(self, count: int) -> None:
        self._first = list(range(count))
        """Of each number one before it in its family, or itself."""

    def root(self, number: int) -> int:
        """The first number of a family."""
        while self._first[number] != number:
            self._first[number] = self._first[self._first[number]]
            number = self._first[number]
        return number

    def join(self, one: int, other: int) -> None:
        """Make one family of two."""
        first, second = sorted((self.root(one), self.root(other)))
        self._first[second] = first

    def found(self) -> list[list[int]]:
        """The families, in the order of their first members."""
        members: dict[int, list[int]] = {}
        for number in range(len(self._first)):
            members.setdefault(self.root(number), []).append(number)
        return list(members.values())

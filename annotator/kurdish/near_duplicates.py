"""Articles that nearly say the same: agency texts that several outlets print with small changes.

A text is the set of its *shingles*, runs of three words in folded spelling; two texts are near
duplicates when at least half of all their shingles are in both (Jaccard index 0.5). MinHash finds
the candidates, so that not every text is compared with every other; each candidate is proved on
the shingles themselves.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from rensa import RMinHash, RMinHashLSH

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
_HASH_SEED = 1

_WORD = re.compile(r"\w+")


def shingles_of(text: str) -> frozenset[str]:
    """The shingles of a text; of a shorter one all of its words, without words all of it."""
    folded = fold_text(text, FoldLevel.ORTHOGRAPHIC).casefold()
    words = _WORD.findall(folded)
    if len(words) < SHINGLE_WORDS:
        return frozenset([" ".join(words) or folded])
    ends = range(SHINGLE_WORDS, len(words) + 1)
    return frozenset(" ".join(words[end - SHINGLE_WORDS : end]) for end in ends)


def likeness_of(first: frozenset[str], second: frozenset[str]) -> float:
    """The Jaccard index of two sets of shingles, neither of them empty."""
    common = len(first & second)
    return common / (len(first) + len(second) - common)


def near_duplicates(
    identifiers: Iterable[DocumentId], text_of: Callable[[DocumentId], str]
) -> list[tuple[DocumentId, ...]]:
    """All documents, near duplicates together; both levels in ascending order of ids.

    Likeness goes on from document to document: two that are each like a third are together.
    `text_of` is asked once for each document, and again for candidates; texts are not kept.
    """
    families = _Families()
    for identifier in sorted(identifiers):
        families.add(identifier, text_of)
    return families.found()


class _Families:
    """Documents joined into families as they come."""

    def __init__(self) -> None:
        self._index = RMinHashLSH(threshold=LIKENESS, num_perm=_HASHES, num_bands=_BANDS)
        self._ids: list[DocumentId] = []
        self._first: list[int] = []
        """Of each document one that came before it in its family, or itself."""

    def add(self, identifier: DocumentId, text_of: Callable[[DocumentId], str]) -> None:
        """Take one more document, and join it to every family that it is like."""
        number = len(self._ids)
        self._ids.append(identifier)
        self._first.append(number)
        own = shingles_of(text_of(identifier))
        sketch = RMinHash(num_perm=_HASHES, seed=_HASH_SEED)
        sketch.update(sorted(own))

        for candidate in sorted(self._index.query(sketch)):
            if self._root(candidate) == self._root(number):
                continue
            other = shingles_of(text_of(self._ids[candidate]))
            if likeness_of(own, other) >= LIKENESS:
                self._join(candidate, number)
        self._index.insert(number, sketch)

    def found(self) -> list[tuple[DocumentId, ...]]:
        """The families so far."""
        members: dict[int, list[DocumentId]] = {}
        for number, identifier in enumerate(self._ids):
            members.setdefault(self._root(number), []).append(identifier)
        return [tuple(family) for family in members.values()]

    def _root(self, number: int) -> int:
        while self._first[number] != number:
            self._first[number] = self._first[self._first[number]]
            number = self._first[number]
        return number

    def _join(self, one: int, other: int) -> None:
        first, second = sorted((self._root(one), self._root(other)))
        self._first[second] = first

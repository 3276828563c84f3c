"""In which unit a file counts that tells no texts: shown by the edges of words.

Most annotations begin and end where a word does. Counted in the wrong unit they begin and end
anywhere, once a character stands before them that the units count differently. So the unit in which
clearly more of them meet the edges of words is that of the file; where none does, nothing is shown.

Bytes are asked more: nearly all letters here are two of them, so that characters taken for bytes
can fit by chance. They are shown where all places lie between characters, nearly all of their edges
meet those of words, and as characters some lie outside the text or clearly fewer meet any.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from enum import Enum

from annotator.formats.offset_units import Offsets, OffsetUnit
from annotator.kurdish.characters import digit_value, is_joiner, is_letter, is_mark

UNITS = (OffsetUnit.CODE_POINT, OffsetUnit.UTF_16)
"""What programs count that tell no texts beside their offsets, but for those that count bytes."""

_LEAD = 2
"""Edges that one unit must have more than the other: a single one may be chance."""

_ENOUGH = 4
"""Edges in bytes that are no chance, even where characters fit into the text."""


class _Bytes(Enum):
    """What the places of a text say of bytes; `NOT` where they meet words as characters."""

    NOT = "not"
    OPEN = "open"
    SHOWN = "shown"


class WordEdges:
    """Counts, over the documents of a file, in which unit annotations meet the edges of words."""

    def __init__(self) -> None:
        self._met: Counter[OffsetUnit] = Counter()
        self._bytes: Counter[_Bytes] = Counter()

    @property
    def is_clear(self) -> bool:
        """Whether what was heard shows a unit."""
        return _clearly(self._met) is not None or self._are_bytes

    def hear(self, text: str, places: Sequence[tuple[int, int]]) -> OffsetUnit | None:
        """Count what the places of a document show, once for each; the unit, as far as it is shown
        now.
        """
        found = self._as_bytes(text, places)
        self._bytes[found] += 1
        if found is not _Bytes.SHOWN:
            self._met += self._shown_by(text, places) or Counter()
        is_open = found is _Bytes.OPEN and not self._bytes[_Bytes.NOT] and not self._are_bytes
        return None if is_open else self.unit(text, places)

    def unit(self, text: str, places: Sequence[tuple[int, int]]) -> OffsetUnit | None:
        """The unit that the places of a document show, else those that were heard; or None.

        Where all places are the same in characters and UTF-16, and are no bytes, it is the first,
        for nothing depends on it.
        """
        found = self._as_bytes(text, places)
        if found is _Bytes.SHOWN or (found is _Bytes.OPEN and self._are_bytes):
            return OffsetUnit.BYTE
        met = self._shown_by(text, places)
        return UNITS[0] if met is None else _clearly(met) or _clearly(self._met)

    @property
    def _are_bytes(self) -> bool:
        return self._bytes[_Bytes.SHOWN] > 0 and not self._bytes[_Bytes.NOT]

    def _as_bytes(self, text: str, places: Sequence[tuple[int, int]]) -> _Bytes:
        if text.isascii() or not places:
            return _Bytes.NOT
        if self._bytes[_Bytes.NOT] and all(0 <= a < b <= len(text) for a, b in places):
            return _Bytes.NOT  # one file counts in one way, and to measure every text takes time
        return _bytes_in(text, places)

    def _shown_by(self, text: str, places: Sequence[tuple[int, int]]) -> Counter[OffsetUnit] | None:
        """How many edges meet those of words by unit; None where all places are the same."""
        if max(text, default="") <= "\uffff":
            return None
        units = {unit: Offsets(text, unit) for unit in UNITS}
        pairs = [tuple(_points(units[unit], place) for unit in UNITS) for place in places]
        differing = [pair for pair in pairs if pair[0] != pair[1]]
        if not differing:
            return None
        met: Counter[OffsetUnit] = Counter()
        for pair in differing:
            for unit, points in zip(UNITS, pair, strict=True):
                met[unit] += _edges_met(text, points)
        return met


def _bytes_in(text: str, places: Sequence[tuple[int, int]]) -> _Bytes:
    """What the places of one text say of bytes."""
    most, is_outside, edges = 0, True, 2 * len(places)
    for unit in UNITS:
        met, fits = _met_in(text, places, unit)
        if fits and 4 * met >= 3 * edges:
            return _Bytes.NOT
        most, is_outside = max(most, met), is_outside and not fits
    met, fits = _met_in(text, places, OffsetUnit.BYTE)
    is_clear = met == edges or (2 * most <= met and 4 * met >= 3 * edges)
    is_no_chance = met - most >= _LEAD and (is_outside or met >= _ENOUGH)
    return _Bytes.SHOWN if fits and is_clear and is_no_chance else _Bytes.OPEN


def _met_in(text: str, places: Sequence[tuple[int, int]], unit: OffsetUnit) -> tuple[int, bool]:
    """How many edges meet those of words in a unit, and whether all places are in the text."""
    offsets = Offsets(text, unit)
    points = [_points(offsets, place) for place in places]
    fits = all(a is not None and b is not None and a < b for a, b in points)
    return sum(_edges_met(text, pair) for pair in points), fits


def _points(offsets: Offsets, place: tuple[int, int]) -> tuple[int | None, int | None]:
    return offsets.code_point(place[0]), offsets.code_point(place[1])


def _clearly(met: Counter[OffsetUnit]) -> OffsetUnit | None:
    """The unit with so many more edges than the other that it is no chance."""
    more, less = sorted(UNITS, key=lambda unit: met[unit], reverse=True)
    lead = met[more] - met[less]
    return more if lead >= _LEAD and 2 * met[less] <= met[more] else None


def _edges_met(text: str, points: tuple[int | None, int | None]) -> int:
    start, end = points
    if start is None or end is None or start >= end:
        return 0
    before = text[start - 1] if start > 0 else " "
    after = text[end] if end < len(text) else " "
    return _is_edge(text[start], before) + _is_edge(text[end - 1], after)


def _is_edge(inside: str, outside: str) -> bool:
    """Whether a word that is inside ends between two characters."""
    return _is_of_word(inside) and not _is_of_word(outside)


def _is_of_word(character: str) -> bool:
    return (
        is_letter(character)
        or is_mark(character)
        or is_joiner(character)
        or digit_value(character) is not None
    )

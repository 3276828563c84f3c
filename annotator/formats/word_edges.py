"""In which unit a file counts that tells no texts: shown by the edges of words.

Most annotations begin and end where a word does. Counted in the wrong unit they begin and end
anywhere, once a character stands before them that the units count differently. So the unit in which
clearly more of them meet the edges of words is that of the file; where none does, nothing is shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from annotator.formats.offset_units import Offsets, OffsetUnit
from annotator.kurdish.characters import digit_value, is_joiner, is_letter, is_mark

UNITS = (OffsetUnit.CODE_POINT, OffsetUnit.UTF_16)
"""What programs count that tell no texts beside their offsets."""

_LEAD = 2
"""Edges that one unit must have more than the other: a single one may be chance."""


class WordEdges:
    """Counts, over the documents of a file, in which unit annotations meet the edges of words."""

    def __init__(self) -> None:
        self._met: Counter[OffsetUnit] = Counter()

    @property
    def is_clear(self) -> bool:
        """Whether what was heard shows a unit."""
        return _clearly(self._met) is not None

    def hear(self, text: str, places: Sequence[tuple[int, int]]) -> OffsetUnit | None:
        """Count what the places of a document show, once for each; the unit, as far as it is shown
        now.
        """
        self._met += self._shown_by(text, places) or Counter()
        return self.unit(text, places)

    def unit(self, text: str, places: Sequence[tuple[int, int]]) -> OffsetUnit | None:
        """The unit that the places of a document show, else those that were heard; or None.

        Where all places are the same in both units it is the first, for nothing depends on it.
        """
        met = self._shown_by(text, places)
        return UNITS[0] if met is None else _clearly(met) or _clearly(self._met)

    def _shown_by(self, text: str, places: Sequence[tuple[int, int]]) -> Counter[OffsetUnit] | None:
        """How many edges meet those of words by unit; None where all places are the same."""
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

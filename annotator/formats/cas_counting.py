"""Whether a CAS counts characters, where UIMA counts UTF-16 units.

No text stands beside the offsets of a CAS that could prove it. Where all annotations behind an
emoji stand cleanly on words if characters are counted, and most of them do not if UTF-16 units are,
somebody has counted characters. A single place may be so by chance, and a place that ends inside of
a word says nothing by itself: in Sorani a name often ends before a clitic.
"""

from __future__ import annotations

from collections.abc import Sequence

from annotator.formats.offset_units import Offsets, OffsetUnit
from annotator.kurdish.characters import is_joiner, is_letter, is_mark

_LEAST = 2
"""Places that have to differ."""


def counts_characters(text: str, places: Sequence[tuple[int, int]]) -> bool:
    """Whether these places in a text with an emoji are counted in characters."""
    point = Offsets(text, OffsetUnit.UTF_16).code_point
    differing = [(a, b) for a, b in places if point(a) != a or point(b) != b]
    if len(differing) < _LEAST or not all(_is_clean(text, *place) for place in differing):
        return False
    unclean = sum(not _is_clean(text, point(a), point(b)) for a, b in differing)
    return unclean >= _LEAST and 2 * unclean >= len(differing)


def _is_clean(text: str, start: int | None, end: int | None) -> bool:
    """Whether a place begins and ends with a character, and not inside of a word."""
    if start is None or end is None or not 0 <= start < end <= len(text):
        return False
    if text[start].isspace() or text[end - 1].isspace():
        return False
    is_begun = start > 0 and _is_of_word(text[start]) and _is_of_word(text[start - 1])
    is_broken = end < len(text) and _is_of_word(text[end]) and _is_of_word(text[end - 1])
    return not is_begun and not is_broken


def _is_of_word(character: str) -> bool:
    return is_letter(character) or is_mark(character) or is_joiner(character)

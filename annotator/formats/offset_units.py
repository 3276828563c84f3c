"""In which unit a file counts: proved by the texts that it tells beside its offsets.

Offsets here are code points. Java and JavaScript programs count UTF-16 units, others bytes; a text
without letters beyond U+FFFF looks the same in the first two. So the unit is never assumed: it is
the first in which every span has the text that the file tells of it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from enum import Enum
from itertools import accumulate
from typing import TypeAlias

Told: TypeAlias = tuple[int, int, str]
"""Start, end (excluded) and text of a span, as a file tells them."""


class OffsetUnit(Enum):
    """What an offset counts. The order is that in which units are tried."""

    CODE_POINT = "code_point"
    UTF_16 = "utf_16"
    BYTE = "byte"

    @property
    def shown(self) -> str:
        """What the unit is called in every language: by the encoding of which it is the unit."""
        return _SHOWN[self]

    @classmethod
    def named(cls, name: str | None) -> OffsetUnit | None:
        """The unit that is shown so, whatever the case; None where none is."""
        return next((unit for unit in cls if unit.shown.lower() == (name or "").lower()), None)


_SHOWN = {
    OffsetUnit.CODE_POINT: "UTF-32",
    OffsetUnit.UTF_16: "UTF-16",
    OffsetUnit.BYTE: "UTF-8",
}

_TWO_UNITS = re.compile("[\U00010000-\U0010ffff]")


def has_far(text: str) -> bool:
    """Whether a text has characters of two UTF-16 units, so that code points count otherwise."""
    return _TWO_UNITS.search(text) is not None


def utf_16_ends(text: str) -> Sequence[int]:
    """How many UTF-16 units are before each code point of a text, and before its end."""
    far = [found.start() for found in _TWO_UNITS.finditer(text)]
    if not far:
        return range(len(text) + 1)
    ends: list[int] = []
    for before, place in enumerate((*far, len(text))):
        ends.extend(range(len(ends) + before, place + before + 1))
    return ends


def _bytes(character: str) -> int:
    return len(character.encode("utf-8"))


class Offsets:
    """Changes offsets in one unit into code points of a text, and back."""

    def __init__(self, text: str, unit: OffsetUnit) -> None:
        self._last = len(text)
        # Where each code point ends, which is where the next one starts.
        self._ends: Sequence[int] | None = None
        if unit is OffsetUnit.BYTE and not text.isascii():
            self._ends = list(accumulate(map(_bytes, text), initial=0))
        elif unit is OffsetUnit.UTF_16 and not text.isascii():
            ends = utf_16_ends(text)
            self._ends = ends if ends[-1] > self._last else None

    def code_point(self, offset: int) -> int | None:
        """The code point at an offset; None outside the text and inside of a code point."""
        if self._ends is None:
            return offset if 0 <= offset <= self._last else None
        found = bisect_left(self._ends, offset)
        if found < len(self._ends) and self._ends[found] == offset:
            return found
        return None

    def counted(self, code_point: int) -> int:
        """The offset of a code point in the unit."""
        return code_point if self._ends is None else self._ends[code_point]


def proved_unit(
    text: str, told: Iterable[Told], units: Sequence[OffsetUnit] = tuple(OffsetUnit)
) -> OffsetUnit | None:
    """The first unit in which all of these have their texts; None where none is.

    Where nothing is told, nothing is proved, and it is the first.
    """
    spans = list(told)
    for unit in units:
        offsets = Offsets(text, unit)
        if all(_has_text(text, offsets, one) for one in spans):
            return unit
    return None


def count_proved(text: str, told: Iterable[Told], unit: OffsetUnit) -> int:
    """How many of these have their texts in a unit."""
    offsets = Offsets(text, unit)
    return sum(_has_text(text, offsets, one) for one in told)


def _has_text(text: str, offsets: Offsets, told: Told) -> bool:
    start, end = offsets.code_point(told[0]), offsets.code_point(told[1])
    return start is not None and end is not None and text[start:end] == told[2]

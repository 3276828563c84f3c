"""How another program counted in a text: in which version of it, and in which unit.

Here every text has LF only and no BOM. A program that read the file's bytes counts CRLF twice and a
BOM once, and others do not; some count UTF-16 units or bytes. What fits is proved by the texts that
the file tells beside its offsets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate

from annotator.core.span import Span
from annotator.formats.offset_units import Offsets, OffsetUnit

_ALL_UNITS = tuple(OffsetUnit)


class Counting:
    """One way of counting in a text; `is_plain` is that of this program."""

    def __init__(self, told: str, unit: OffsetUnit, *, is_plain: bool = False) -> None:
        self.unit = unit
        self.is_plain = is_plain
        self._told = told
        self._offsets = Offsets(told, unit)
        self._kept = None if is_plain else _kept_before(told)

    def texts(self, pairs: Sequence[tuple[int, int]]) -> str | None:
        """The text of pieces, joined by a space, with line ends as one space; None outside of it.

        A piece may neither be empty nor end before it begins.
        """
        points = [(self._offsets.code_point(a), self._offsets.code_point(b)) for a, b in pairs]
        pieces = []
        for start, end in points:
            if start is None or end is None or start >= end:
                return None
            pieces.append(self._told[start:end])
        return one_line(" ".join(pieces))

    def spans(self, pairs: Sequence[tuple[int, int]]) -> tuple[Span, ...]:
        """Where pieces that are in the text stand in the text of this program.

        What holds nothing but a CR before an LF, or a BOM, is left out.
        """
        found = []
        for pair in pairs:
            start, end = map(self.point, pair)
            if start is not None and end is not None and start < end:
                found.append(Span(start, end))
        return tuple(found)

    def point(self, offset: int) -> int | None:
        """The code point here at an offset there; None outside the text."""
        told = self._offsets.code_point(offset)
        return told if self._kept is None or told is None else self._kept[told]


def one_line(text: str) -> str:
    """A text as a line of a file can tell it: line ends are spaces."""
    return text.replace("\r", "").replace("\n", " ")


def countings(
    told: str, text: str, *, has_bom: bool = False, units: Sequence[OffsetUnit] = _ALL_UNITS
) -> Iterator[Counting]:
    """The ways in which a program can have counted, the way of this one first.

    `told` is the text as the file has it, without its BOM, and `text` that of this program.
    """
    for unit in units:
        yield Counting(text, unit, is_plain=unit is OffsetUnit.CODE_POINT)
    versions = [told] if told != text else []
    if has_bom:
        versions.append(f"\ufeff{told}")
    for version in versions:
        for unit in units:
            yield Counting(version, unit)


def _kept_before(told: str) -> list[int]:
    """How many code points before each one are in the text of this program."""
    begin = len(told) - len(told.lstrip("\ufeff"))
    widths = [0] * begin + [1] * (len(told) - begin)
    for found in re.finditer("\r\n", told):
        widths[found.start()] = 0
    return list(accumulate(widths, initial=0))

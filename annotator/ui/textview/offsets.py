"""Code points to UTF-16 units and back: Qt counts the latter, everything else the former.

One map belongs to one string (a block of the page), so a long document never pays for a table.
Only characters beyond the Basic Multilingual Plane take two units; their places are all it keeps.
"""

from __future__ import annotations

from bisect import bisect_left

from msgspec import Struct


class Utf16Map(Struct, frozen=True):
    """Offsets of one string in code points and in UTF-16 units.

    `astral` are the code point offsets of the characters that take two units, ascending;
    `astral_units` are the offsets in units at which they start.
    """

    length: int
    astral: tuple[int, ...] = ()
    astral_units: tuple[int, ...] = ()

    @classmethod
    def of(cls, text: str) -> Utf16Map:
        """The map of `text`. One pass in C where there is nothing astral, as nearly always."""
        if not text or max(text) <= "\uffff":
            return cls(len(text))
        astral = tuple(i for i, char in enumerate(text) if char > "\uffff")
        return cls(len(text), astral, tuple(at + n for n, at in enumerate(astral)))

    @property
    def units(self) -> int:
        """The length of the string in UTF-16 units."""
        return self.length + len(self.astral)

    def to_units(self, offset: int) -> int:
        """The UTF-16 offset of a code point offset; what lies outside is brought to an end."""
        offset = min(max(offset, 0), self.length)
        return offset + bisect_left(self.astral, offset)

    def to_points(self, unit: int) -> int:
        """The code point offset of a UTF-16 offset.

        An offset between two surrogates belongs to no code point; it is taken to their start.
        """
        unit = min(max(unit, 0), self.units)
        before = bisect_left(self.astral_units, unit)
        if before and self.astral_units[before - 1] + 1 == unit:
            return self.astral[before - 1]
        return unit - before

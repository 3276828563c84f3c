"""What a legend is made of: a heading and keys."""

from __future__ import annotations

from msgspec import Struct


class LegendEntry(Struct, frozen=True):
    """One key: its cap as printed on both layouts, what it does, and the colour of a label."""

    cap: str
    title: str
    color: str | None = None
    is_filled: bool = False
    is_required: bool = False


class Legend(Struct, frozen=True):
    """A heading and the keys under it."""

    heading: str
    entries: tuple[LegendEntry, ...]

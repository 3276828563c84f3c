"""What is not given to the library of CAS, since it would take minutes or gigabytes over it.

It makes the class of a type anew for each feature of the types above it, and for each offset that
is not in the text it lists all that are. Files of annotation programs are far below these limits:
the types of DKPro and of a large project together weigh some ten thousand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

from annotator.formats.offset_units import Offsets, OffsetUnit

MOST_ATTRIBUTES = 1_000
"""Attributes of one element: reading them takes time with the square of their number."""

_MOST_TYPES = 2_000
_DEEPEST = 100
_HEAVIEST = 400_000
"""The sum of the squares of what types have of features, those of the types above among them."""
_DEAREST = 50_000_000
"""Offsets outside of a text, times its length."""


def refuse_many(types: Mapping[str, tuple[str, int]]) -> None:
    """Raise `ValueError` for types that take too long to make.

    By their names: the name of the type above each, and how many features it adds.
    """
    weight = sum(_features(name, types) ** 2 for name in types)
    if len(types) > _MOST_TYPES or weight > _HEAVIEST:
        raise ValueError("more types or features than are safe to read")


def _features(name: str, types: Mapping[str, tuple[str, int]]) -> int:
    count = 0
    for _ in range(_DEEPEST):
        if name not in types:
            return count
        name, added = types[name]
        count += added
    raise ValueError("types that are one of another too deep")


def longest(texts: Iterable[object]) -> str:
    """The longest of some texts; what is none is passed over."""
    return max((text for text in texts if isinstance(text, str)), key=len, default="")


def refuse_costly(text: str, structures: Iterable[Mapping[str, Any]]) -> None:
    """Raise `ValueError` where too many offsets are none of a text as long as that."""
    point = Offsets(text, OffsetUnit.UTF_16).code_point
    outside = 0
    for one in structures:
        for value in (one.get("begin"), one.get("end")):
            with suppress(TypeError, ValueError):  # no number: the library says so
                outside += value is not None and point(int(value)) is None
    if outside * len(text) > _DEAREST:
        raise ValueError("more offsets outside of the text than are safe to read")

"""The formats that an export can be in, gold first, and which of them lack a package here."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from msgspec import Struct

from annotator.formats.base import Format
from annotator.formats.gold_write import GOLD, GOLD_READABLE
from annotator.formats.registry import FORMATS

_GOLDEN = (GOLD, GOLD_READABLE)


class FormatOffer(Struct, frozen=True):
    """A format that can be written; `missing` is the package that it lacks here, if any."""

    format: Format
    missing: str | None = None


def format_offers(formats: Sequence[Format] = FORMATS) -> tuple[FormatOffer, ...]:
    """Every format that can be written: gold, and the others as they are registered."""
    writable = [known for known in formats if known.can_write]
    ordered = sorted(writable, key=lambda known: known not in _GOLDEN)
    return tuple(FormatOffer(known, _missing(known)) for known in ordered)


def file_suffixes(known: Format) -> tuple[str, ...]:
    """The suffixes by which a target is one file; none where the format writes several.

    Gold in a ``.json`` file is the readable one.
    """
    if known.write is None:
        return ()
    return (*known.suffixes, *(GOLD_READABLE.suffixes if known.id == GOLD.id else ()))


def is_one_file(known: Format, target: Path) -> bool:
    """Whether an export to this target is one file; otherwise it is a folder."""
    return target.suffix.lower() in file_suffixes(known)


def format_by_suffix(target: Path, formats: Sequence[Format] = FORMATS) -> Format | None:
    """The format that the name of a target tells; None where it tells none.

    It is the first that writes one file with this suffix, else the only one that proposes it: then
    the target is a folder.
    """
    suffix = target.suffix.lower()
    for known in formats:
        if known.write is not None and suffix in known.suffixes:
            return known
    proposed = [known for known in formats if known.can_write and known.suffixes[0] == suffix]
    return proposed[0] if len(proposed) == 1 else None


def _missing(known: Format) -> str | None:
    is_there = known.needs is None or find_spec(known.needs) is not None
    return None if is_there else known.needs

"""The formats there are, as one explicit tuple, and which of them a file is in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from annotator.formats.base import Format
from annotator.formats.gold_write import GOLD, GOLD_READABLE
from annotator.formats.news_json import NEWS_JSON
from annotator.formats.plain_text import PLAIN_TEXT
from annotator.foundation.errors import UserError

FORMATS: tuple[Format, ...] = (PLAIN_TEXT, NEWS_JSON, GOLD, GOLD_READABLE)

_GOLD_MARKS = (b'"ckb-gold"', b'"source_sha256"')
"""Gold says so in its format, which canonical bytes have after entities and events, and in the
hash of its source, which they have at their beginning and news do not have."""
_ORDERS = ("utf-8", "utf-16-le", "utf-16-be")
_SAMPLE = 1024 * 1024


def format_by_id(identifier: str, formats: Sequence[Format] = FORMATS) -> Format:
    """The format with this id. Raises `UserError` where there is none."""
    for known in formats:
        if known.id == identifier:
            return known
    raise UserError(
        "formats.unknown", format=identifier, known=", ".join(known.id for known in formats)
    )


def readable_formats(name: str, formats: Sequence[Format] = FORMATS) -> tuple[Format, ...]:
    """The formats that a file of this name can be in and be read from."""
    lowered = name.lower()
    return tuple(known for known in formats if known.can_read and lowered.endswith(known.suffixes))


def guess_format(name: str, head: bytes, formats: Sequence[Format] = FORMATS) -> Format:
    """The format of a file, from its name and its first bytes (a megabyte is plenty).

    JSON files are gold when they say so, else crawled news. Raises `UserError` for a name whose
    suffix no format has.
    """
    candidates = readable_formats(name, formats)
    if not candidates:
        raise UserError("formats.suffix_unknown", name=name)
    is_gold = any(mark in head[:_SAMPLE] for mark in _gold_marks())
    golden = [known for known in candidates if known.id.startswith(GOLD.id) == is_gold]
    return (golden or list(candidates))[0]


def _gold_marks() -> Iterator[bytes]:
    for mark in _GOLD_MARKS:
        yield from (mark.decode().encode(order) for order in _ORDERS)

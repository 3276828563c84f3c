"""Where a span may begin or end without tearing a written character apart.

The rules are those of Unicode UAX #29 that matter here, from what ``unicodedata`` knows: marks and
variation selectors, joined emoji, flags, skin tones, CRLF. A caret may stand before a ZWNJ or a
tatweel; whether a *span* should end there is asked by `orphans_joiner`.
"""

from __future__ import annotations

import re
import unicodedata

from annotator.core.span import Span
from annotator.kurdish.characters import (
    HEH,
    TATWEEL,
    ZWJ,
    ZWNJ,
    is_letter,
    is_mark,
    mark_ranges,
)

_LETTERS_AND_DIGITS = (
    range(0x30, 0x3A), range(0x620, 0x64B), range(0x660, 0x66A), range(0x671, 0x6D4),
    range(0x6F0, 0x6FA),
)  # fmt: skip
_BEGINNING = frozenset(" \u060c\u061b\u061f.,:;!?()[]«»\"'-").union(
    *(map(chr, codes) for codes in _LETTERS_AND_DIGITS)
)
"""What most texts consist of, and what always begins a written character."""

# Only before one of these, or behind a ZWJ, can an offset lie inside a written character.
_SUSPECT = re.compile(
    f"[{mark_ranges()}{ZWJ}\n\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]"
    f"|(?<={ZWJ})."
)


def is_grapheme_boundary(text: str, offset: int) -> bool:
    """Whether no written character lies on both sides of `offset`; False outside the text."""
    if not 0 < offset < len(text):
        return offset in (0, len(text))
    before, after = text[offset - 1], text[offset]
    if after in _BEGINNING:
        return True
    if before == "\r" and after == "\n":
        return False
    if unicodedata.category(before) in ("Cc", "Zl", "Zp"):
        return True
    if _extends(after):
        return False
    if before == ZWJ and _is_pictographic(after):
        return not _ends_in_picture(text, offset - 1)
    if _is_regional(before) and _is_regional(after):
        return _regionals_before(text, offset) % 2 == 0
    return True


def torn_offsets(text: str) -> frozenset[int]:
    """The offsets inside `text` that are no grapheme boundaries.

    For whoever asks about many offsets of a long text: they are few, and found in one pass.
    """
    suspects = (match.start() for match in _SUSPECT.finditer(text))
    return frozenset(at for at in suspects if not is_grapheme_boundary(text, at))


def orphans_joiner(text: str, span: Span) -> bool:
    """Whether an edge of `span` parts a joiner from what it joins.

    That is: a ZWNJ or ZWJ just inside an edge, a tatweel inside an edge with letters of the same
    word outside, or a ZWNJ or ZWJ just outside that makes ``ه`` the letter it is.
    """
    first, last = text[span.start], text[span.end - 1]
    before = text[span.start - 1] if span.start else ""
    after = text[span.end : span.end + 1]
    if first in (ZWNJ, ZWJ) or (first == TATWEEL and before != "" and is_letter(before)):
        return True
    if last in (ZWNJ, ZWJ):
        return text[span.end - 2] != HEH
    if last == TATWEEL:
        return after != "" and is_letter(after)
    return last == HEH and after in (ZWNJ, ZWJ) and after != ""


def _extends(ch: str) -> bool:
    """Whether `ch` belongs to the character before it."""
    return (
        is_mark(ch)
        or ch == ZWJ
        or "\U0001f3fb" <= ch <= "\U0001f3ff"  # skin tones
        or "\U000e0020" <= ch <= "\U000e007f"  # tags of regional flags
    )


def _is_pictographic(ch: str) -> bool:
    """Whether `ch` is a picture; new emoji are unknown to older tables, hence the range."""
    return unicodedata.category(ch) in ("So", "Sm") or "\U0001f000" <= ch <= "\U0001faff"


def _ends_in_picture(text: str, end: int) -> bool:
    """Whether ``text[:end]`` ends with a picture and whatever extends it."""
    while end > 0 and _extends(text[end - 1]) and text[end - 1] != ZWJ:
        end -= 1
    return end > 0 and _is_pictographic(text[end - 1])


def _is_regional(ch: str) -> bool:
    return "\U0001f1e6" <= ch <= "\U0001f1ff"


def _regionals_before(text: str, offset: int) -> int:
    start = offset
    while start > 0 and _is_regional(text[start - 1]):
        start -= 1
    return offset - start

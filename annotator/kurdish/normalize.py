"""The comparison form of a string, with a map from its offsets back to the stored text.

The stored text is never changed. What differs only in encoding (``ي``/``ی``, digits of three
scripts, ``ه`` + ZWNJ for ``ە``) is folded at level L1; what differs in spelling (``ڕ``/``ر``,
``سووریا``/``سوریا``) at level L2. A fold is a list of steps; a step either exchanges characters one
for one, which leaves the map alone, or rewrites what a pattern matches, and then every new
character points at everything that was replaced.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from enum import Enum

from msgspec import Struct

from annotator.core.span import Span
from annotator.kurdish.characters import (
    AE,
    ARABIC_INDIC_DIGITS,
    BIDI_CONTROLS,
    EXTENDED_ARABIC_INDIC_DIGITS,
    HARAKAT,
    HEH,
    LATIN_DIGITS,
    LINE_BREAKS,
    LOOK_ALIKES,
    TATWEEL,
    ZWJ,
    ZWNJ,
)


class FoldLevel(Enum):
    """How much is held to be the same when two strings are compared."""

    ENCODING = "L1"
    """Only what a reader cannot see: search, gazetteer, "mark all like this", duplicates."""

    ORTHOGRAPHIC = "L2"
    """Also the common spelling variants: the loose match of search."""


class Folded(Struct, frozen=True):
    """A folded text: code point ``i`` stands for the raw code points ``[starts[i], ends[i])``.

    Both maps never fall. Deleted raw characters belong to no folded one.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def raw_span(self, start: int, end: int) -> Span:
        """The raw span of the folded ``[start, end)``; ``start < end`` within the text."""
        return Span(self.starts[start], self.ends[end - 1])

    def folded_offset(self, raw_offset: int) -> int:
        """The first folded code point that ends after `raw_offset`; the length when none does."""
        return bisect_right(self.ends, raw_offset)


class _Exchange(Struct, frozen=True):
    """Exchanges characters one for one."""

    table: Mapping[int, str]

    def text(self, text: str) -> str:
        return text.translate(self.table)

    def mapped(
        self, text: str, starts: list[int], ends: list[int]
    ) -> tuple[str, list[int], list[int]]:
        return text.translate(self.table), starts, ends


class _Rewrite(Struct, frozen=True):
    """Replaces what a pattern matches, shorter or longer."""

    pattern: re.Pattern[str]
    replacement: Callable[[str], str]

    def text(self, text: str) -> str:
        return self.pattern.sub(lambda match: self.replacement(match[0]), text)

    def mapped(
        self, text: str, starts: list[int], ends: list[int]
    ) -> tuple[str, list[int], list[int]]:
        pieces: list[str] = []
        new_starts: list[int] = []
        new_ends: list[int] = []
        done = 0
        for match in self.pattern.finditer(text):
            first, last = match.span()
            piece = self.replacement(match[0])
            pieces += (text[done:first], piece)
            new_starts += starts[done:first]
            new_starts += [starts[first]] * len(piece)
            new_ends += ends[done:first]
            new_ends += [ends[last - 1]] * len(piece)
            done = last
        if not done:
            return text, starts, ends
        pieces.append(text[done:])
        new_starts += starts[done:]
        new_ends += ends[done:]
        return "".join(pieces), new_starts, new_ends


def _rewrite(pattern: str, replacement: str) -> _Rewrite:
    return _Rewrite(re.compile(pattern), lambda _matched: replacement)


def _compatible(ch: str) -> str:
    return unicodedata.normalize("NFKC", ch)


def _table(letters: Mapping[str, str]) -> Mapping[int, str]:
    return {ord(old): new for old, new in letters.items()}


_EXPLICIT_HEHS = "\u06be\u06c1"
_ONE_FOR_ONE = _table(
    {
        **{look: letter for look, letter in LOOK_ALIKES.items() if look not in _EXPLICIT_HEHS},
        **dict(zip(ARABIC_INDIC_DIGITS, LATIN_DIGITS, strict=True)),
        **dict(zip(EXTENDED_ARABIC_INDIC_DIGITS, LATIN_DIGITS, strict=True)),
        **dict(zip("٪٫٬،؛؟۔", "%.,,;?.", strict=True)),
        **dict.fromkeys("«»“”„‟‹›″", '"'),
        **dict.fromkeys("‘’‚′`´", "'"),
        **dict.fromkeys("‐‑‒–—―−", "-"),
    }
)
_ORTHOGRAPHIC = _table(dict(zip("ڕڵێۆهأإآؤۀ", "رلیوەاااوە", strict=True)))

# Deletions come before the rules for heh, so that a vowel mark or a direction mark between ه and
# the next letter does not make it word-final. A heh that is marked as h (هـ, ه + ZWJ, ھ, ہ) stays
# one at the end of a word too; hence the other hehs are exchanged only after that rule.
_ENCODING_STEPS: tuple[_Exchange | _Rewrite, ...] = (
    _Rewrite(re.compile("[\ufb50-\ufdff\ufe70-\ufefc\uff01-\uff5e]"), _compatible),
    _rewrite("[\u06cc\u064a\u0649]\u0654", "ئ"),
    _Exchange(_ONE_FOR_ONE),
    _rewrite(f"[{HARAKAT}{BIDI_CONTROLS}\u200b\ufeff\u2060\u00ad\u00ac]+", ""),
    _rewrite("…", "..."),
    _rewrite(f"{HEH}(?:{ZWNJ}|(?![^\\W\\d_]|[{TATWEEL}{ZWJ}{ZWNJ}]))", AE),
    _Exchange(_table(dict.fromkeys(_EXPLICIT_HEHS, HEH))),
    _rewrite(f"[{TATWEEL}{ZWJ}{ZWNJ}]+", ""),
    _rewrite(r"\(\(|\)\)", '"'),
    _rewrite(r" \s+|[^\S ]\s*", " "),
)
_ORTHOGRAPHIC_STEPS: tuple[_Exchange | _Rewrite, ...] = (
    *_ENCODING_STEPS,
    _Exchange(_ORTHOGRAPHIC),
    _rewrite("و{2,}", "و"),
    _rewrite("ی{2,}", "ی"),
)
_STEPS = {FoldLevel.ENCODING: _ENCODING_STEPS, FoldLevel.ORTHOGRAPHIC: _ORTHOGRAPHIC_STEPS}
_LINE = re.compile(f"[^{''.join(sorted(LINE_BREAKS))}]+")


def fold(text: str, level: FoldLevel = FoldLevel.ENCODING) -> Folded:
    """The comparison form of `text` with its offset map.

    L2 is idempotent. L1 is so except for a heh that is marked as h at the end of a word: ``شاهـ``
    gives ``شاه``, which a second fold would read as ``شاە``, the older spelling of that ending.
    """
    return _fold_from(text, 0, level)


def fold_text(text: str, level: FoldLevel = FoldLevel.ENCODING) -> str:
    """The comparison form of `text` alone, when no offsets are needed."""
    for step in _STEPS[level]:
        text = step.text(text)
    return text


def fold_lines(text: str, level: FoldLevel = FoldLevel.ENCODING) -> Iterator[Folded]:
    """The comparison form of each line that is not empty, mapped to offsets of the whole text.

    A fold turns line breaks into spaces; line by line, no pattern can match across them.
    """
    for line in _LINE.finditer(text):
        yield _fold_from(line[0], line.start(), level)


def _fold_from(text: str, offset: int, level: FoldLevel) -> Folded:
    starts = list(range(offset, offset + len(text)))
    ends = list(range(offset + 1, offset + len(text) + 1))
    for step in _STEPS[level]:
        text, starts, ends = step.mapped(text, starts, ends)
    return Folded(text, tuple(starts), tuple(ends))

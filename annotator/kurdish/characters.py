"""Which code points Sorani text is made of: letters, look-alikes, digits, joiners, quote marks.

Letters that look alike are told apart here, because a reader cannot: medial ``ي`` and ``ی``, ``ك``
and ``ک``, final ``ه`` and ``ە`` have the same shape in most fonts.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

TATWEEL = "\u0640"
ZWNJ = "\u200c"
ZWJ = "\u200d"
HEH = "\u0647"
AE = "\u06d5"

SORANI_LETTERS = frozenset("ئابپتجچحخدرڕزژسشعغفڤقکگلڵمنوۆهەیێ")

LOOK_ALIKES: Mapping[str, str] = MappingProxyType(
    {
        "\u064a": "\u06cc",  # Arabic yeh
        "\u0649": "\u06cc",  # alef maksura
        "\u06d2": "\u06cc",  # yeh barree
        "\u06d0": "\u06cc",  # e
        "\u06cd": "\u06cc",  # yeh with tail
        "\u0643": "\u06a9",  # Arabic kaf
        "\u06aa": "\u06a9",  # swash kaf
        "\u06be": HEH,  # heh doachashmee
        "\u06c1": HEH,  # heh goal
        "\u0629": AE,  # teh marbuta
    }
)
"""Letter of another language → the Sorani letter that is meant."""

ARABIC_INDIC_DIGITS = "٠١٢٣٤٥٦٧٨٩"
EXTENDED_ARABIC_INDIC_DIGITS = "۰۱۲۳۴۵۶۷۸۹"
LATIN_DIGITS = "0123456789"

STRAIGHT_MARKS = frozenset("\"'")
"""Quotation marks whose direction only their position tells."""

QUOTATION_PAIRS: tuple[tuple[str, str], ...] = (
    ("«", "»"),
    ("“", "”"),
    ("„", "”"),
    ("„", "‟"),
    ("„", "“"),
    ("‹", "›"),
    ("‘", "’"),
    ("((", "))"),
    ('"', '"'),
    ("'", "'"),
)
"""Opening and closing quotation marks as they are written in Sorani news."""

opening_marks = frozenset(left for left, _ in QUOTATION_PAIRS if len(left) == 1)
"""Single characters that can open a quotation; the straight ones are in both sets."""

closing_marks = frozenset(right for _, right in QUOTATION_PAIRS if len(right) == 1)
"""Single characters that can close a quotation."""

CLOSING_BRACKETS = frozenset(")]}")
SENTENCE_TERMINATORS = frozenset(".!?؟…۔")
LINE_BREAKS = frozenset("\n\r\v\f\x85\u2028\u2029")

BIDI_CONTROLS = "\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069"
"""Direction marks, embeddings and isolates, as the inside of a regular-expression class."""

HARAKAT = "\u064b-\u065f\u0670\u0610-\u061a\u06d6-\u06ed"
"""Vowel and recitation marks, as the inside of a regular-expression class.

The range after U+06D6 holds a few signs that are no combining marks; they are as meaningless in
Sorani as the marks between which they stand.
"""

_JOINERS = frozenset({ZWNJ, ZWJ, TATWEEL})
_DIGIT_VALUES: Mapping[str, int] = MappingProxyType(
    {
        digit: value
        for script in (LATIN_DIGITS, ARABIC_INDIC_DIGITS, EXTENDED_ARABIC_INDIC_DIGITS)
        for value, digit in enumerate(script)
    }
)
# Arabic number signs and their like are format characters with a shape (Unicode property
# Prepended_Concatenation_Mark).
_VISIBLE_FORMATS = frozenset(
    "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
)
_COMMON_BLOCKS = ((0x0, 0x900), (0x2000, 0x2070))
_RARE_BLOCKS = (
    (0x900, 0x2000),
    (0x2070, 0x3100),
    (0xA600, 0xAC00),
    (0xFB00, 0xFE30),
    (0x10000, 0x12000),
    (0x13400, 0x13500),
    (0x16000, 0x17000),
    (0x1B000, 0x1F000),
    (0xE0100, 0xE01F0),
)
"""Between these lie Chinese and Korean, cuneiform and codes of nobody, without a mark; to look
through those, too, would cost a tenth of the time in which the program starts.
"""
COMMON_CHARACTERS = "".join(f"{chr(first)}-{chr(after - 1)}" for first, after in _COMMON_BLOCKS)
"""Latin, Greek, Cyrillic, Hebrew and Arabic script with their punctuation, which is what nearly
every text is made of, as the inside of a regular-expression class.
"""
_BLANK_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")


def is_letter(ch: str) -> bool:
    """Whether `ch` is a letter of any script; the tatweel, a stroke between letters, is none."""
    return ch.isalpha() and ch != TATWEEL


def is_mark(ch: str) -> bool:
    """Whether `ch` combines with the character before it (Unicode category M)."""
    return unicodedata.category(ch).startswith("M")


def is_joiner(ch: str) -> bool:
    """Whether `ch` only governs how its neighbours join: ZWNJ, ZWJ or tatweel."""
    return ch in _JOINERS


def is_variation_selector(ch: str) -> bool:
    """Whether `ch` chooses between two shapes of the character before it."""
    return "\ufe00" <= ch <= "\ufe0f" or "\U000e0100" <= ch <= "\U000e01ef"


def is_invisible(ch: str) -> bool:
    """Whether `ch` takes no room of its own and shows nothing: joiners, bidi controls, BOM …

    Spaces are not invisible in this sense, nor is the tatweel.
    """
    if ch in _VISIBLE_FORMATS:
        return False
    return unicodedata.category(ch) == "Cf" or ch in _BLANK_LETTERS or is_variation_selector(ch)


def digit_value(ch: str) -> int | None:
    """The value of a Latin, Arabic-Indic or extended Arabic-Indic digit, else None."""
    return _DIGIT_VALUES.get(ch)


@cache
def mark_ranges() -> str:
    """All combining marks, as the inside of a regular-expression class.

    ``re`` has no class for them and does not count them as word characters, so that words would
    break at them.
    """
    return common_mark_ranges() + _marks_within(_RARE_BLOCKS)


@cache
def common_mark_ranges() -> str:
    """Like `mark_ranges`, for texts of `COMMON_CHARACTERS` only: found and compiled far sooner."""
    return _marks_within(_COMMON_BLOCKS)


def _marks_within(blocks: tuple[tuple[int, int], ...]) -> str:
    ranges: list[list[int]] = []
    for code in (code for first, after in blocks for code in range(first, after)):
        if unicodedata.category(chr(code))[0] == "M":
            if ranges and ranges[-1][1] == code - 1:
                ranges[-1][1] = code
            else:
                ranges.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)

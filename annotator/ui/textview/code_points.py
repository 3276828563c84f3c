"""Which characters look like others or like nothing, and how each is told apart. No Qt here.

In the bundled fonts a word-final ه and ە are one and the same glyph, ي ی ى differ only in some
places of a word, and joiners and direction marks have no glyph at all. Nothing is corrected here:
the text stays as it was imported, and the view only says what it is made of.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from enum import Enum

from msgspec import Struct

from annotator.foundation.late_pattern import LatePattern


class Oddity(Enum):
    """Why a character is marked."""

    INVISIBLE = "invisible"
    SPACE = "space"
    LOOK_ALIKE = "look_alike"


class CodeMark(Struct, frozen=True):
    """A marked character: its offset, why, and the letters that stand over it."""

    offset: int
    kind: Oddity
    text: str


_ABBREVIATIONS = {
    "\u200c": "ZWNJ",
    "\u200d": "ZWJ",
    "\u200b": "ZWSP",
    "\u2060": "WJ",
    "\u00ad": "SHY",
    "\ufeff": "BOM",
    "\u200e": "LRM",
    "\u200f": "RLM",
    "\u061c": "ALM",
    "\u202a": "LRE",
    "\u202b": "RLE",
    "\u202c": "PDF",
    "\u202d": "LRO",
    "\u202e": "RLO",
    "\u2066": "LRI",
    "\u2067": "RLI",
    "\u2068": "FSI",
    "\u2069": "PDI",
}
_SPACES = {"\u00a0": "NBSP", "\u202f": "NNBSP", "\t": "TAB"}
_DOT = "·"
_CONTROL_NAMES = {"\t": "CHARACTER TABULATION", "\n": "LINE FEED"}
_JOINING = "[^\\W\\d_]|[\u0640\u200c\u200d]|[\u064b-\u065f\u0670]"
_ODD = LatePattern(
    f"(?P<invisible>[{''.join(_ABBREVIATIONS)}])"
    f"|(?P<space>[{''.join(_SPACES)}\u2000-\u200a\u205f\u3000]|(?<= ) | (?= ))"
    f"|(?P<look_alike>[\u064a\u0649\u0643\u06be\u0640]|\u0647(?!{_JOINING}))"
)


def code_marks(text: str, start: int, end: int) -> Iterator[CodeMark]:
    """The marked characters between two offsets of `text`, in order."""
    for match in _ODD.ready.finditer(text, start, end):
        kind, char = Oddity(match.lastgroup), match.group()
        yield CodeMark(match.start(), kind, _shown(kind, char))


def character_name(char: str) -> str:
    """``U+06CC ARABIC LETTER FARSI YEH``."""
    name = _CONTROL_NAMES.get(char) or unicodedata.name(char, unicodedata.category(char))
    return f"U+{ord(char):04X} {name}"


def _shown(kind: Oddity, char: str) -> str:
    match kind:
        case Oddity.INVISIBLE:
            return _ABBREVIATIONS[char]
        case Oddity.SPACE:
            return _SPACES.get(char, _DOT if char == " " else f"{ord(char):04X}")
        case Oddity.LOOK_ALIKE:
            return f"{ord(char):04X}"

"""Where words, numbers and punctuation begin and end.

Tokens are part of the gold, so their rules carry an id and a version. Every character that is no
space belongs to exactly one token:

1. a web or mail address, an @name, a #tag;
2. a number: digits joined by ``. , ٫ ٬ : / -`` without spaces; a suffix written to it (``٢١ی``,
   ``٢٦ـی``) is a token of its own;
3. a word: letters, marks and tatweels, with joiners and direction marks between them;
4. an ellipsis, an emoji with its parts, else each punctuation mark alone, the hyphen too.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import starmap
from operator import methodcaller

from annotator.core.span import Span
from annotator.kurdish.characters import (
    COMMON_CHARACTERS,
    HEH,
    ZWJ,
    ZWNJ,
    common_mark_ranges,
    mark_ranges,
)

TOKENIZER_ID = "ckb-regex"
TOKENIZER_VERSION = "1.0.0"

_LETTER = r"[^\W\d_]"  # the tatweel too: Unicode calls it a modifier letter
# LRM, RLM, ALM, soft hyphen, word joiner, BOM and zero-width space hide inside words; isolates and
# embeddings wrap around them and are left outside.
_HIDDEN = f"[{ZWNJ}{ZWJ}\u200e\u200f\u061c\u00ad\u2060\ufeff\u200b]"
_PICTURE = "[\u00a9\u00ae\u203c-\u205e\u2060-\u2fff\u3001-\u3299\U0001f000-\U0001faff]"
_NO_ADDRESS_END = r"\s.,;:!?،؛؟…'\"«»“”„‹›()\[\]{}<>"

# Nearly every token is one of these, which the rules below would find more slowly: a run of letters
# of Arabic script before what surely is no part of a word.
_PLAIN_WORD = '[\u0620-\u064a\u066e\u066f\u0671-\u06d3\u06d5]++(?=[ \n.،؛:؟!«»"()])'

_RARE_CHARACTER = re.compile(f"[^{COMMON_CHARACTERS}]")


def _rules(marks: str) -> str:
    """The rules by which tokens are found, for texts that hold no other marks than these."""
    mark = f"[{marks}]"
    # After ه a ZWNJ or ZWJ is half of a letter (ە or h), also at the end of a word.
    letters = f"(?:{HEH}{mark}*[{ZWNJ}{ZWJ}]|{_LETTER}|{mark}|{_HIDDEN}+(?={_LETTER}))"
    picture_part = f"(?:{mark}|[\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f])"
    rules = (
        _PLAIN_WORD,
        rf"(?:https?://|ftp://|www\.)\S*[^{_NO_ADDRESS_END}]",
        r"[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+",
        rf"[@#](?:[\d_]|{letters})+",
        rf"\d+(?:[.,٫٬:/-]\d+)*{mark}*",
        rf"(?:(?<=\d)[{ZWNJ}{ZWJ}]+(?={_LETTER}))?{_LETTER}{letters}*",
        r"\.{3,}|…+",
        "[\U0001f1e6-\U0001f1ff]{2}",
        f"{_PICTURE}{picture_part}*(?:{ZWJ}{_PICTURE}{picture_part}*)*",
        rf"\S{mark}*",
    )
    return "|".join(rules)


# Both are made when a text needs them: with the marks of all scripts that takes some 15 ms, which
# the window would be there later.
@cache
def _of_common_characters() -> re.Pattern[str]:
    return re.compile(_rules(common_mark_ranges()))


@cache
def _of_any_characters() -> re.Pattern[str]:
    return re.compile(_rules(mark_ranges()))


_span_of = methodcaller("span")


def tokenize(text: str, start: int = 0, end: int | None = None) -> tuple[Span, ...]:
    """The tokens of `text` in order; they never overlap and cover all but the spaces.

    `start` and `end` bound the part to look at; no token may cross either of them.
    """
    after = len(text) if end is None else end
    is_rare = _RARE_CHARACTER.search(text, start, after) is not None
    pattern = _of_any_characters() if is_rare else _of_common_characters()
    matches = pattern.finditer(text, start, after)
    return tuple(starmap(Span, map(_span_of, matches)))

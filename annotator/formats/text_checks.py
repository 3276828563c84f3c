"""What a text must not hold, what is worth a warning, and the one change an import makes to it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from annotator.formats.base import Note
from annotator.foundation.errors import UserError
from annotator.foundation.late_pattern import LatePattern

LONG_LINE = 50_000
"""Code points from which a line is called very long; a news item has some thousands."""

_REFUSED = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff]")
_BIDI = "\u202a-\u202e\u2066-\u2069"
_PRIVATE = "\ue000-\uf8ff"
_NONCHARACTER = "\ufdd0-\ufdef\ufffe\uffff"
_CONTROL = "\x7f-\x84\x86-\x9f"
_INVISIBLE = "\u00ad\u2060-\u2064\ufeff"
_LOST = "\ufffd"
# A class of the first 65,536 code points is a table for `re`, but with others in it a list of
# ranges; these are looked for only in a text that goes further.
_FAR_PRIVATE = "\U000f0000-\U000ffffd\U00100000-\U0010fffd"
_FAR_NONCHARACTER = "".join(f"{chr(p << 16 | 0xFFFE)}{chr(p << 16 | 0xFFFF)}" for p in range(1, 17))

_WARNINGS = tuple(
    (f"formats.warning_{name}", LatePattern(f"[{signs}]"))
    for name, signs in (
        ("bidi", _BIDI),
        ("noncharacter", _NONCHARACTER + _FAR_NONCHARACTER),
        ("private", _PRIVATE + _FAR_PRIVATE),
        ("control", _CONTROL),
        ("invisible", _INVISIBLE),
        ("lost", _LOST),
    )
)
_REMARKABLE = LatePattern(f"[{_BIDI}{_PRIVATE}{_NONCHARACTER}{_CONTROL}{_INVISIBLE}{_LOST}]")
_FAR = re.compile("[\U00010000-\U0010ffff]")

# UTF-8 lead bytes of Arabic letters (D8-DB) as Windows-1252 and as Windows-1256 show them, each
# followed by what the second half of such a pair can become. Where the bytes are UTF-8 after all,
# they are letters between U+0600 and U+06FF.
_MOJIBAKE = (
    LatePattern("(?:[ØÙÚÛ][\x80-\xbf\u0152-\u2122]){3,}"),
    LatePattern("[طظعغ][^\\s\\w،؛؟٠-٩](?:[طظعغ][^\\s\\w،؛؟٠-٩]){2,}"),
)
_MOJIBAKE_CODECS = ("latin-1", "cp1252", "cp1256")


class CleanText(Struct, frozen=True):
    """A text as it is stored, the line ends it had, and warnings about it."""

    text: str
    newline: str
    warnings: tuple[Note, ...]


def clean_text(text: str) -> CleanText:
    """The text without a BOM before it, with CRLF and CR as LF, and nothing else changed.

    Raises `UserError` for a text that is empty or only blank, or holds NUL, another C0 control
    except TAB and LF, or a lone surrogate.
    """
    newline = newline_style(text)
    unified = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
    unified = unified.lstrip("\ufeff")  # no text begins with one, see `gold-format.md`
    refuse_characters(unified)
    if not unified.strip():
        raise UserError("formats.text_empty")
    return CleanText(unified, newline, tuple(text_warnings(unified)))


def newline_style(text: str) -> str:
    """How the lines of a text end: ``none``, ``lf``, ``crlf``, ``cr`` or ``mixed``."""
    crlf = text.count("\r\n")
    present = [
        name
        for name, count in (
            ("lf", text.count("\n") - crlf),
            ("crlf", crlf),
            ("cr", text.count("\r") - crlf),
        )
        if count
    ]
    match present:
        case []:
            return "none"
        case [one]:
            return one
        case _:
            return "mixed"


def refuse_characters(text: str) -> None:
    """Raise `UserError` with line, column and code point of the first character never stored."""
    found = _REFUSED.search(text)
    if found is None:
        return
    character = found[0]
    if character == "\0":
        key = "formats.text_nul"
    elif character >= "\ud800":
        key = "formats.text_surrogate"
    else:
        key = "formats.text_control"
    line, column = line_and_column(text, found.start())
    raise UserError(key, code=code_name(character), line=line, column=column)


def text_warnings(text: str) -> Iterator[Note]:
    """What a person should know about a text that is accepted unchanged."""
    is_remarkable = _REMARKABLE.ready.search(text) or _FAR.search(text)
    for key, pattern in _WARNINGS if is_remarkable else ():
        found = pattern.ready.search(text)
        if found is not None:
            line, column = line_and_column(text, found.start())
            count = sum(1 for _ in pattern.ready.finditer(text))
            code = code_name(found[0])
            yield Note(key, {"count": count, "code": code, "line": line, "column": column})
    if looks_misdecoded(text):
        yield Note("formats.warning_mojibake")
    longest = max(map(len, text.split("\n")))
    if longest > LONG_LINE:
        yield Note("formats.warning_long_line", {"length": longest, "limit": LONG_LINE})


def looks_misdecoded(text: str) -> bool:
    """Whether a piece of the text is UTF-8 that somebody read as a Western or Arabic code page."""
    runs = (run[0] for pattern in _MOJIBAKE for run in pattern.ready.finditer(text))
    return any(map(_reads_as_arabic, runs))


def _reads_as_arabic(run: str) -> bool:
    for codec in _MOJIBAKE_CODECS:
        try:
            run.encode(codec).decode("utf-8")
        except UnicodeError:
            continue
        return True
    return False


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """The 1-based line and column of a code point; only LF ends a line."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def code_name(character: str) -> str:
    """How a code point is written about: ``U+202E``."""
    return f"U+{ord(character):04X}"

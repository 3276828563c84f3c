"""What a text must not hold, what is worth a warning, and the one change an import makes to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from annotator.formats.base import Note
from annotator.foundation.errors import UserError

LONG_LINE = 50_000
"""Code points from which a line is called very long; a news item has some thousands."""

_REFUSED = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff]")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
_NONCHARACTER = re.compile(
    "[\ufdd0-\ufdef"
    + "".join(f"{chr(p << 16 | 0xFFFE)}{chr(p << 16 | 0xFFFF)}" for p in range(17))
    + "]"
)
_CONTROL = re.compile("[\x7f-\x84\x86-\x9f]")
_INVISIBLE = re.compile("[\u00ad\u2060-\u2064\ufeff]")
_LOST = re.compile("\ufffd")

_WARNINGS = (
    ("formats.warning_bidi", _BIDI),
    ("formats.warning_noncharacter", _NONCHARACTER),
    ("formats.warning_private", _PRIVATE),
    ("formats.warning_control", _CONTROL),
    ("formats.warning_invisible", _INVISIBLE),
    ("formats.warning_lost", _LOST),
)

# UTF-8 lead bytes of Arabic letters (D8-DB) as Windows-1252 and as Windows-1256 show them, each
# followed by what the second half of such a pair can become. Where the bytes are UTF-8 after all,
# they are letters between U+0600 and U+06FF.
_MOJIBAKE = re.compile("(?:[ØÙÚÛ][\x80-\xbf\u0152-\u2122]){3,}|(?:[طظعغ][^\\s\\w،؛؟٠-٩]){3,}")
_MOJIBAKE_CODECS = ("latin-1", "cp1252", "cp1256")


@dataclass(frozen=True, slots=True)
class CleanText:
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
    for key, pattern in _WARNINGS:
        found = pattern.search(text)
        if found is not None:
            line, column = line_and_column(text, found.start())
            count = sum(1 for _ in pattern.finditer(text))
            code = code_name(found[0])
            yield Note(key, {"count": count, "code": code, "line": line, "column": column})
    if looks_misdecoded(text):
        yield Note("formats.warning_mojibake")
    longest = max(map(len, text.split("\n")))
    if longest > LONG_LINE:
        yield Note("formats.warning_long_line", {"length": longest, "limit": LONG_LINE})


def looks_misdecoded(text: str) -> bool:
    """Whether a piece of the text is UTF-8 that somebody read as a Western or Arabic code page."""
    return any(_reads_as_arabic(run[0]) for run in _MOJIBAKE.finditer(text))


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

"""JSON read strictly: what the standard reader would guess or alter silently is refused by place.

The standard library does the parsing; its hooks notice what it would let through (the last of two
equal keys, NaN, 1e999, integers no other reader can hold). Hooks do not know where they are, so
only then a second, slower pass finds the line and column to name. Hooks cost as much as reading
does: a text goes without them where a quick reader takes it and no key is lost when it is written
again. Bytes that come out as they went in when they are written canonically need no look at all.
"""

from __future__ import annotations

import json
import math
import re
from typing import NoReturn

import orjson
from msgspec import DecodeError, Struct
from msgspec.json import Decoder

from annotator.formats.base import JsonObject, JsonValue
from annotator.formats.text_checks import line_and_column
from annotator.foundation.errors import UserError

MAX_DEPTH = 200
MAX_DIGITS = 20

_STRING = r'"[^"\\]*(?:\\.[^"\\]*)*"'
_SHALLOW = 8
_OPENING = b"[{"
_BRACKETS = re.compile(rb"[\[{]+|[\]}]+")
_DIGITS, _MANY_DIGITS = bytes.maketrans(b"123456789", b"0" * 9), b"0" * MAX_DIGITS
_ROUNDED = b"0" * 19
"""So many digits, and the quick reader may take them for a fraction."""
_NO_MARKS = bytes(sorted(set(range(256)) - set(b'[]{}:"')))
_TOKEN = re.compile(_STRING + r"|[\[\]{}]|-?(?:[0-9][0-9.eE+-]*|Infinity)|NaN", re.DOTALL)
_KEY_FOLLOWS = re.compile(r"[ \t\r\n]*:")
_SURROGATE_ESCAPE = re.compile(r"\\u[dD][89a-fA-F]")
_LONE = re.compile("[\ud800-\udfff]")


def _refuse_fraction(_: str) -> NoReturn:
    raise ValueError


_WHOLE: Decoder[JsonValue] = Decoder(float_hook=_refuse_fraction)


class WholeNumbers(Struct, frozen=True):
    """A value in which every number is an integer; `mended` counts those written like 12.0."""

    value: JsonValue
    mended: int


class _Violation(Exception):
    """A hook met something that is refused."""


def canonical_value(data: bytes) -> JsonValue:
    """The value of bytes that are canonical JSON, as `canonical_bytes` writes it; None for others.

    Canonical are sorted keys, no spaces and whole numbers only. It is a short way for what this
    program wrote itself: what is None here may still be strict JSON.
    """
    line = data.rstrip(b"\n")
    try:
        value: JsonValue = _WHOLE.decode(line)  # a fraction would come out as it went in, too
        is_same = orjson.dumps(value, option=orjson.OPT_SORT_KEYS) == line
    except (ValueError, RecursionError, DecodeError, orjson.JSONEncodeError):
        return None
    return value if is_same else None


def parse_json(text: str, *, first_line: int = 1) -> JsonValue:
    """The value of one JSON text.

    Raises `UserError` with line (counted from `first_line`) and column for anything but strict
    JSON: also for equal keys in one object, NaN and infinities, numbers too large, integers of more
    than `MAX_DIGITS` digits, nesting deeper than `MAX_DEPTH` and lone surrogates.
    """
    value = _quick_value(text)
    return _parse(text, first_line, whole=False).value if value is None else value


def parse_whole_json(text: str, *, first_line: int = 1) -> WholeNumbers:
    """Like `parse_json`, and a number that is not whole is refused as well; 12.0 becomes 12."""
    return _parse(text, first_line, whole=True)


def _quick_value(text: str) -> JsonValue:
    """The value of a text in which nothing is refused; None where that is not quickly seen.

    The quick reader knows no NaN, no infinity and no lone surrogate. Of equal keys it takes the
    last: then there are fewer colons when the value is written again.
    """
    try:
        data = text.encode()
        value: JsonValue = orjson.loads(data)
        again = orjson.dumps(value)
    except (ValueError, orjson.JSONEncodeError):
        return None
    marks = _marks(data)
    brackets = marks.replace(b":", b"")
    is_deep = len(brackets) > 2 * MAX_DEPTH and not _is_shallow(brackets)
    is_whole = again == data or _marks(again).count(b":") == marks.count(b":")
    is_exact = _ROUNDED not in data.translate(_DIGITS)
    return value if is_whole and is_exact and not is_deep else None


def _parse(text: str, first_line: int, *, whole: bool) -> WholeNumbers:
    mended = 0

    def read_fraction(digits: str) -> float | int:
        nonlocal mended
        number = float(digits)
        if math.isinf(number) or (whole and not _is_safely_whole(number)):
            raise _Violation
        if not whole:
            return number
        mended += 1
        return int(number)

    if _depth(text) > MAX_DEPTH or _SURROGATE_ESCAPE.search(text):
        violation = _first_violation(text, whole=whole)
        if violation is not None:
            _refuse(*violation, text, first_line)
    try:
        value = json.loads(
            text,
            object_pairs_hook=_read_object,
            parse_int=_read_integer if _has_long_number(text) else None,
            parse_float=read_fraction,
            parse_constant=_refuse_constant,
        )
    except _Violation:
        found = _first_violation(text, whole=whole) or ("formats.json_syntax", 0)
        _refuse(*found, text, first_line)
    except json.JSONDecodeError as error:
        _refuse("formats.json_syntax", error.pos, text, first_line)
    return WholeNumbers(value, mended)


def _is_safely_whole(number: float) -> bool:
    return number.is_integer() and abs(number) < 2**53


def _read_object(pairs: list[tuple[str, JsonValue]]) -> JsonObject:
    value = dict(pairs)
    if len(value) < len(pairs):
        raise _Violation
    return value


def _read_integer(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise _Violation
    return int(digits)


def _refuse_constant(name: str) -> NoReturn:
    raise _Violation(name)


def _has_long_number(text: str) -> bool:
    """Whether so many digits stand together anywhere that a number may have too many."""
    return _MANY_DIGITS in text.encode(errors="surrogatepass").translate(_DIGITS)


def _depth(text: str) -> int:
    """How deep the brackets nest; 0 where that is seen without counting not to matter."""
    if text.count("[") + text.count("{") <= MAX_DEPTH:
        return 0
    brackets = _marks(text.encode(errors="surrogatepass")).replace(b":", b"")
    if _is_shallow(brackets):
        return 0
    depth = deepest = 0
    for run in _BRACKETS.findall(brackets):
        if run[0] in _OPENING:
            depth += len(run)
            deepest = max(deepest, depth)
        else:
            depth -= len(run)
    return deepest


def _marks(data: bytes) -> bytes:
    """The brackets and colons outside of strings."""
    plain = data.replace(b"\\\\", b"").replace(b'\\"', b"")  # of which no quote is in a string
    # Two quotes side by side go, for what is outside stays so: hardly any are left to split at.
    marks = plain.translate(None, _NO_MARKS).replace(b'""', b"")
    return b"".join(marks.split(b'"')[::2])


def _is_shallow(brackets: bytes) -> bool:
    """Whether nothing is left of brackets when pairs with nothing inside go a few times."""
    for _ in range(_SHALLOW):
        if not brackets:
            break
        brackets = brackets.replace(b"[]", b"").replace(b"{}", b"")
    return not brackets


def _first_violation(text: str, *, whole: bool) -> tuple[str, int] | None:
    """Key and offset of the first thing refused besides errors of syntax, if any."""
    keys: list[set[str]] = []
    for match in _TOKEN.finditer(text):
        token = match[0]
        key: str | None = None
        if token in ("[", "{"):
            keys.append(set())
            key = "formats.json_depth" if len(keys) > MAX_DEPTH else None
        elif token in ("]", "}"):
            del keys[-1:]
        elif token[0] == '"':
            is_key = _KEY_FOLLOWS.match(text, match.end()) is not None
            key = _string_violation(token, keys[-1] if keys and is_key else None)
        else:
            key = _number_violation(token, whole=whole)
        if key is not None:
            return key, match.start()
    return None


def _string_violation(token: str, keys: set[str] | None) -> str | None:
    try:
        value = json.loads(token)
    except json.JSONDecodeError:
        return "formats.json_syntax"
    if _LONE.search(value):
        return "formats.json_surrogate"
    if keys is None:
        return None
    if value in keys:
        return "formats.json_duplicate_key"
    keys.add(value)
    return None


def _number_violation(token: str, *, whole: bool) -> str | None:
    digits = token.lstrip("-")
    if digits in ("NaN", "Infinity"):
        return "formats.json_not_a_number"
    if digits.isdigit():
        return "formats.json_digits" if len(token) > MAX_DIGITS else None
    try:
        number = float(token)
    except ValueError:
        return "formats.json_syntax"
    if math.isinf(number):
        return "formats.json_not_a_number"
    return "formats.json_fraction" if whole and not _is_safely_whole(number) else None


def _refuse(key: str, offset: int, text: str, first_line: int) -> NoReturn:
    line, column = line_and_column(text, offset)
    raise UserError(key, line=line + first_line - 1, column=column)

"""Expressions of time in Sorani news, and the ISO date where one is written.

A value is a suggestion: day before month when the year comes last, year first otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from annotator.core.span import Span
from annotator.foundation.late_pattern import LatePattern
from annotator.kurdish.calendar import (
    CLOCK,
    DAY_PREFIXES,
    EDGE_CLITICS,
    MONTH_NUMBERS,
    MONTH_OF,
    MONTHS,
    PAST_OR_COMING,
    PERIODS,
    RELATIVE_WORDS,
    SOLAR_MONTHS,
    WEEKDAY_OR_NAME,
    WEEKDAYS,
    YEAR,
    YEAR_OF,
    days_in_month,
)
from annotator.kurdish.normalize import Folded, FoldLevel, fold_lines, fold_text


class DateMatch(Struct, frozen=True):
    """An expression of time.

    `value` is an ISO 8601 date, shorter where less is written (``2020-09-22``, ``2020-09``,
    ``2020``); None for ranges, relative words and what lacks a year.
    """

    span: Span
    value: str | None


def _level2(text: str) -> str:
    return fold_text(text, FoldLevel.ORTHOGRAPHIC)


def _any_of(forms: Iterable[str]) -> str:
    folded = sorted({_level2(form) for form in forms}, key=lambda form: (-len(form), form))
    return f"(?:{'|'.join(map(re.escape, folded))})"


_MONTH_BY_NAME = {_level2(name): number for name, number in MONTHS.items()}
_MONTH_BY_WORD = {_level2(word): number for word, number in MONTH_NUMBERS.items()}

_EDGE = rf"(?={_any_of(EDGE_CLITICS)}?(?!\w))"
_SEPARATOR = r"(?: ?[-/] ?|\.)"
_YEAR = rf"(?: (?:{_level2(YEAR_OF)} )?(?P<year>[0-9]{{4}})(?![0-9]))"
_DAYS = r"(?<![0-9])(?<![0-9][-/.])(?P<day>[0-9]{1,2})(?: ?- ?(?P<last>[0-9]{1,2}))?"
_NAMED = f"(?P<month>{_any_of((*MONTHS, *SOLAR_MONTHS))})"
_NUMBERED = (
    f"{_level2(MONTH_OF)} "
    f"(?:(?P<number>1[0-2]|0?[1-9])(?![0-9])|(?P<word>{_any_of(MONTH_NUMBERS)}))"
)
_WEEKDAY = _any_of(WEEKDAYS)
_PREFIX = _any_of(DAY_PREFIXES)


def _written(match: re.Match[str]) -> str | None:
    """The ISO date of day, month and year in digits."""
    order = ("y", "m", "d") if match["y"] else ("y2", "m2", "d2")
    year, month, day = (int(match[name]) for name in order)
    return _iso(year, month, day)


def _month_date(match: re.Match[str]) -> str | None:
    """The ISO date of a match that names its month."""
    groups = match.groupdict()
    month = _month_of(groups)
    if groups["year"] is None or month is None or groups.get("last"):
        return None
    day = groups.get("day")
    return _iso(int(groups["year"]), month, int(day) if day else None)


def _month_of(groups: dict[str, str | None]) -> int | None:
    if name := groups.get("month"):
        return _MONTH_BY_NAME.get(name)
    if word := groups.get("word"):
        return _MONTH_BY_WORD[word]
    return int(groups["number"] or 0)


def _iso(year: int, month: int, day: int | None) -> str | None:
    if year == 0 or not 1 <= month <= 12:
        return None
    if day is None:
        return f"{year:04}-{month:02}"
    return f"{year:04}-{month:02}-{day:02}" if 1 <= day <= days_in_month(year, month) else None


def _no_value(_match: re.Match[str]) -> None:
    return None


def _year_value(match: re.Match[str]) -> str | None:
    return str(match["year"])


class _Shape(Struct, frozen=True):
    """One way to write a time, for text folded at L2."""

    pattern: LatePattern
    value: Callable[[re.Match[str]], str | None] = _no_value
    is_weekday: bool = False
    is_day: bool = False


def _shape(
    pattern: str,
    value: Callable[[re.Match[str]], str | None] = _no_value,
    *,
    is_weekday: bool = False,
    is_day: bool = False,
) -> _Shape:
    return _Shape(LatePattern(pattern), value, is_weekday, is_day)


_SHAPES = (
    _shape(
        r"(?<![0-9])(?<![0-9][-/.])(?:"
        rf"(?P<d>[0-9]{{1,2}}){_SEPARATOR}(?P<m>[0-9]{{1,2}}){_SEPARATOR}(?P<y>[0-9]{{4}})"
        rf"|(?P<y2>[0-9]{{4}}){_SEPARATOR}(?P<m2>[0-9]{{1,2}}){_SEPARATOR}(?P<d2>[0-9]{{1,2}})"
        r")(?![-/.]?[0-9])",
        _written,
        is_day=True,
    ),
    _shape(
        rf"{_DAYS} ?ی (?:{_level2(MONTH_OF)} )?{_NAMED}(?:ی?{_YEAR}|{_EDGE})",
        _month_date,
        is_day=True,
    ),
    _shape(rf"{_DAYS} {_NAMED}ی?{_YEAR}", _month_date, is_day=True),
    _shape(rf"{_DAYS} ?ی {_NUMBERED}(?:ی?{_YEAR}|{_EDGE})", _month_date, is_day=True),
    _shape(rf"(?<!\w){_NUMBERED}(?:ی?{_YEAR}|{_EDGE})", _month_date),
    _shape(rf"(?<!\w)(?:{_level2(MONTH_OF)} )?{_NAMED}ی?{_YEAR}", _month_date),
    _shape(rf"(?<!\w){_level2(MONTH_OF)} {_any_of((*MONTHS, *SOLAR_MONTHS))}{_EDGE}"),
    _shape(rf"(?<!\w){_level2(YEAR)}[یە]? (?P<year>[0-9]{{4}})(?![0-9])", _year_value),
    _shape(rf"(?:{_DAYS} ?ی )?(?<!\w){_any_of(PERIODS)} {_any_of(PAST_OR_COMING)}{_EDGE}"),
    _shape(rf"(?<!\w){_level2(CLOCK)} [0-9]{{1,2}}(?:[:.][0-9]{{2}})?(?![0-9])"),
    _shape(rf"(?<!\w){_any_of(RELATIVE_WORDS)}{_EDGE}"),
    _shape(rf"(?<!\w){_WEEKDAY}{_EDGE}", is_weekday=True),
    _shape(
        rf"(?<!\w)(?:{_PREFIX} ){{1,3}}(?:{_WEEKDAY}|{_level2(WEEKDAY_OR_NAME)}){_EDGE}",
        is_weekday=True,
    ),
)
_BETWEEN_WEEKDAY_AND_DAY = frozenset({" ", ", "})


class _Hit(Struct, frozen=True):
    """A match in folded text; weekdays and days may become one expression."""

    start: int
    end: int
    value: str | None
    is_weekday: bool
    is_day: bool


def find_dates(text: str) -> tuple[DateMatch, ...]:
    """The expressions of time in `text`, in order and without overlap, each as long as it goes.

    A weekday with its prefix and the date that follows it are one. None crosses a line break.
    """
    found: list[DateMatch] = []
    for folded in fold_lines(text, FoldLevel.ORTHOGRAPHIC):
        end = 0
        for hit in sorted(_hits(folded.text), key=lambda hit: (hit.start, -hit.end)):
            if hit.start >= end:
                found.append(_date_match(folded, hit))
                end = hit.end
    return tuple(found)


def date_spans(text: str) -> frozenset[Span]:
    """Every stretch of `text` that is a date by itself, also those inside longer ones."""
    return frozenset(
        _date_match(folded, hit).span
        for folded in fold_lines(text, FoldLevel.ORTHOGRAPHIC)
        for hit in _hits(folded.text)
    )


def _date_match(folded: Folded, hit: _Hit) -> DateMatch:
    return DateMatch(folded.raw_span(hit.start, hit.end), hit.value)


def _hits(text: str) -> Iterator[_Hit]:
    """All matches of all shapes, and every weekday together with the day that follows it."""
    days: dict[int, _Hit] = {}
    weekdays: list[_Hit] = []
    for shape in _SHAPES:
        for match in shape.pattern.ready.finditer(text):
            hit = _Hit(*match.span(), shape.value(match), shape.is_weekday, shape.is_day)
            if hit.is_day:
                days[hit.start] = hit
            if hit.is_weekday:
                weekdays.append(hit)
            yield hit
    for weekday in weekdays:
        for gap in _BETWEEN_WEEKDAY_AND_DAY:
            day = days.get(weekday.end + len(gap))
            if day is not None and text.startswith(gap, weekday.end):
                yield replace(day, start=weekday.start)

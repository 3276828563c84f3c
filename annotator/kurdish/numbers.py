"""Numbers in three digit scripts, and how a span grows over a number or date written in pieces."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from annotator.core.document import Segmentation
from annotator.core.span import Span
from annotator.foundation.late_pattern import LatePattern
from annotator.kurdish.characters import LINE_BREAKS
from annotator.kurdish.dates import DateMatch, date_spans, find_dates
from annotator.kurdish.normalize import fold_lines

__all__ = ["DateMatch", "NumberMatch", "find_dates", "find_numbers", "join_number"]


class NumberMatch(Struct, frozen=True):
    """A number in digits; an ordinal includes its suffix, spaced or not.

    `value` is the number in Latin digits with a decimal point (``1500``, ``3.5``), None for what
    is several numbers (``12:30``, ``2020/9/22``) or may be read in two ways (``3,5``).
    """

    span: Span
    value: str | None
    is_ordinal: bool


# A spaced هەم is the word "also", so it must touch the digits; مین and ەم need not.
_ORDINAL_SUFFIX = r"(?: ?(?:یەم|ەمین|ەم|مین)|هەمین|هەم)(?!\w)"
_NUMBER = LatePattern(rf"(?P<digits>[0-9]+(?:[.,:/-][0-9]+)*)(?P<ordinal>{_ORDINAL_SUFFIX})?")
_SUFFIXED = LatePattern(
    r"(?<![0-9])(?<![0-9][.,])[0-9]++(?:[.,][0-9]++)*+ ?(?:ی|دا|ەوە|وە|ن|ە)(?!\w)"
)
_WHOLE = LatePattern(r"[0-9]+")
_DECIMAL = LatePattern(r"[0-9]+\.[0-9]+")
_GROUPED = LatePattern(r"(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+)(?P<fraction>\.[0-9]+)?")
_TOKENS_AROUND = 12


def find_numbers(text: str) -> tuple[NumberMatch, ...]:
    """The numbers of `text` in order; those written as words are not among them."""
    return tuple(
        NumberMatch(
            span=folded.raw_span(*match.span()),
            value=_value(match["digits"]),
            is_ordinal=match["ordinal"] is not None,
        )
        for folded in fold_lines(text)
        for match in _NUMBER.ready.finditer(folded.text)
    )


def join_number(text: str, tokens: tuple[Span, ...], span: Span) -> Span | None:
    """The next larger number or date around `span`, or None.

    From ``٩`` in ``سێشەممە ٢٢ - ٩ - ٢٠٢٠`` to the date, from the date to the weekday with it; from
    ``١٧`` to ``١٧ ـیەم``. Only the line of `span` and a dozen tokens on each side are looked at.
    """
    window = _window(text, tokens, span)
    spans = (
        Span(window.start + one.start, window.start + one.end) for one in _joined(window.of(text))
    )
    around = (one for one in spans if one.contains(span) and one != span)
    return min(around, key=lambda one: (len(one), one), default=None)


def _value(digits: str) -> str | None:
    if _WHOLE.ready.fullmatch(digits):
        return _without_zeros(digits)
    if _DECIMAL.ready.fullmatch(digits):
        whole, _, fraction = digits.partition(".")
        return f"{_without_zeros(whole)}.{fraction}"
    if grouped := _GROUPED.ready.fullmatch(digits):
        return _without_zeros(grouped["whole"].replace(",", "")) + (grouped["fraction"] or "")
    return None


def _without_zeros(digits: str) -> str:
    return digits.lstrip("0") or "0"


def _joined(text: str) -> Iterator[Span]:
    """Every stretch of `text` that belongs together as a number or a date."""
    yield from date_spans(text)
    yield from (number.span for number in find_numbers(text))
    for folded in fold_lines(text):
        for match in _SUFFIXED.ready.finditer(folded.text):
            yield folded.raw_span(*match.span())


def _window(text: str, tokens: tuple[Span, ...], span: Span) -> Span:
    """The part of the line around `span` in which its number or date must lie."""
    first, last = Segmentation(tokens, (), ()).token_range(span)
    near = tokens[max(first - _TOKENS_AROUND, 0) : last + _TOKENS_AROUND]
    start = min((token.start for token in near[:1]), default=span.start)
    end = max((token.end for token in near[-1:]), default=span.end)
    start = max((start, *(text.rfind(one, start, span.start) + 1 for one in LINE_BREAKS)))
    breaks = (text.find(one, span.end, end) for one in LINE_BREAKS)
    end = min((end, *(at for at in breaks if at >= 0)))
    return Span(min(start, span.start), max(end, span.end))

import re

import hypothesis.strategies as st
import pytest
from hypothesis import given

from annotator.core.span import Span
from annotator.kurdish.dates import date_spans
from annotator.kurdish.numbers import NumberMatch, find_dates, find_numbers, join_number
from annotator.kurdish.tokens import tokenize
from tests.kurdish.texts import any_texts, span_of

NUMBERS = {
    "three scripts": ("٤٠ ۴۰ 40", [("٤٠", "40"), ("۴۰", "40"), ("40", "40")]),
    "zeros": ("007 000", [("007", "7"), ("000", "0")]),
    "decimals": ("٣٫٥ 03.50", [("٣٫٥", "3.5"), ("03.50", "3.50")]),
    "groups": ("١٬٥٠٠ 1,234,567.8", [("١٬٥٠٠", "1500"), ("1,234,567.8", "1234567.8")]),
    "several numbers": (
        "12:30 ٢٠٢٠/٩/٢٢ 3,5 1.2.3",
        [("12:30", None), ("٢٠٢٠/٩/٢٢", None), ("3,5", None), ("1.2.3", None)],
    ),
    "suffix is left out": ("٢١ی ئاب", [("٢١", "21")]),
    "sentence end": ("لە ٢٠٢٠.", [("٢٠٢٠", "2020")]),
    "very long": ("9" * 5000, [("9" * 5000, "9" * 5000)]),
}


@pytest.mark.parametrize(("text", "numbers"), NUMBERS.values(), ids=NUMBERS)
def test_numbers(text, numbers):
    assert [(one.span.of(text), one.value) for one in find_numbers(text)] == numbers


def test_ordinals_take_their_suffix():
    text = "١٧ ـیەم، ٢٦ مین، ٣یەم، ٥هەم، ٥ هەم، ٦ یەمجار"
    assert [one.span.of(text) for one in find_numbers(text) if one.is_ordinal] == [
        "١٧ ـیەم",
        "٢٦ مین",
        "٣یەم",
        "٥هەم",
    ]
    assert find_numbers("١٧ ـیەم") == (NumberMatch(Span(0, 7), "17", is_ordinal=True),)


GROWTH = {
    "date, weekday, prefix": [
        "٩",
        "٢٢ - ٩ - ٢٠٢٠",
        "سێشەممە ٢٢ - ٩ - ٢٠٢٠",
        "ئەمڕۆ سێشەممە ٢٢ - ٩ - ٢٠٢٠",
    ],
    "part of a date": ["٢٢ - ٩", "٢٢ - ٩ - ٢٠٢٠"],
    "ordinal": ["١٧", "١٧ ـیەم"],
    "suffix": ["٢١", "٢١ی"],
    "range": ["١٩", "١٩ - ٢١ی تشرینی دووەم"],
    "from the weekday": ["هەینی", "هەینی ٢٠٢٠/٩/٢٥"],
    "part of a number": ["٣", "٣٫٥"],
    "year": ["٢٠٢٤", "ساڵی ٢٠٢٤"],
    "word": ["وڵات"],
}


@pytest.mark.parametrize("steps", GROWTH.values(), ids=GROWTH)
def test_a_span_grows_step_by_step(steps):
    text = f"لە کۆڕەکە: {steps[-1]} کۆبوونەوە."
    tokens = tokenize(text)
    whole = span_of(text, steps[-1])
    inner = span_of(steps[-1], steps[0])
    span = Span(whole.start + inner.start, whole.start + inner.end)
    grown = [span.of(text)]
    while (larger := join_number(text, tokens, span)) is not None:
        grown.append(larger.of(text))
        span = larger
    assert grown == steps


def test_nothing_is_joined_across_lines():
    text = "سێشەممە\n٢٢ - ٩ - ٢٠٢٠\n٥"
    date = span_of(text, "٢٢ - ٩ - ٢٠٢٠")
    assert join_number(text, tokenize(text), Span(date.start, date.start + 2)) == date
    assert join_number(text, tokenize(text), date) is None


def test_a_span_without_tokens_does_not_grow():
    assert join_number("   ", (), Span(0, 2)) is None


@given(any_texts.filter(bool), st.data())
def test_what_grows_contains_what_was(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    larger = join_number(text, tokenize(text), span)
    assert larger is None or (larger.contains(span) and len(larger) > len(span))


def test_the_patterns_of_the_design_on_the_seed_articles(articles):
    """The design found 3 spaced dates, 1 compact, 1 day range, 4 weekdays, 2 ordinals."""
    spans = [span.of(article) for article in articles for span in date_spans(article)]
    spaced = [one for one in spans if re.fullmatch(r"\d+ - \d+ - \d{4}", one)]
    compact = [one for one in spans if re.fullmatch(r"\d{4}/\d+/\d+", one)]
    ranges = [one for one in spans if re.fullmatch(r"\d+ - \d+ی \w+ \w+", one)]
    weekdays = [
        one for one in spans if re.fullmatch(r"(?:ئێوارەی )?(?:ئەمڕۆ|رۆژی) (?:\w*شەممە|هەینی)", one)
    ]
    ordinals = [
        number for article in articles for number in find_numbers(article) if number.is_ordinal
    ]
    counts = [len(found) for found in (spaced, compact, ranges, weekdays, ordinals)]
    assert counts == [3, 1, 1, 4, 2]


def test_dates_are_reached_from_the_numbers_module():
    assert find_dates("٢٠٢٠/٩/٢٢")[0].value == "2020-09-22"

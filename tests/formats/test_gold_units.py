"""The unit in which a span was counted is told where the numbers fit in it."""

import pytest

from annotator.formats.gold_units import unit_that_fits

TEXT = "😀 ئازاد لە هەولێر بوو. 🙂 پاشان گەڕایەوە."
WORD = "هەولێر"
START = TEXT.index(WORD)
END = START + len(WORD)


def span(start, end, text=WORD):
    return {"start": start, "end": end, "text": text}


@pytest.mark.parametrize(
    ("start", "end", "unit"),
    [
        (START + 1, END + 1, "utf_16"),  # one letter before takes two units; from 1 would be equal
        (len(TEXT[:START].encode()), len(TEXT[:END].encode()), "utf_8"),
        (START, END - 1, "inclusive"),
        (START + 1, END, "from_one_inclusive"),
    ],
)
def test_each_habit_is_recognised(start, end, unit):
    assert unit_that_fits(TEXT, span(start, end)) == f"formats.check_span_{unit}"


def test_counting_from_one_is_recognised_where_units_are_equal():
    text = TEXT.replace("😀", "x")
    assert unit_that_fits(text, span(START + 1, END + 1)) == "formats.check_span_from_one"
    assert unit_that_fits("x", span(1, 2, "x")) == "formats.check_span_from_one"


@pytest.mark.parametrize(
    ("start", "end"), [(0, 3), (START + 3, END + 3), (END, START), (-5, 2), (10**9, 10**9 + 6)]
)
def test_what_no_habit_explains_is_left_alone(start, end):
    assert unit_that_fits(TEXT, span(start, end)) is None

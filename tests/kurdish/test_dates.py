import itertools

import pytest
from hypothesis import given

from annotator.core.span import Span
from annotator.kurdish.calendar import days_in_month
from annotator.kurdish.numbers import DateMatch, find_dates
from tests.kurdish.texts import any_texts

CASES = {
    "spaced day first": ("لە ٢٢ - ٩ - ٢٠٢٠ هات", [("٢٢ - ٩ - ٢٠٢٠", "2020-09-22")]),
    "spaced dash and slash": (
        "۱ – ۲ – ۲۰۲۱، 1 / 2 / 2021",
        [("۱ – ۲ – ۲۰۲۱", "2021-02-01"), ("1 / 2 / 2021", "2021-02-01")],
    ),
    "year first": ("٢٠٢٠/٩/٢٢", [("٢٠٢٠/٩/٢٢", "2020-09-22")]),
    "dots and hyphens": (
        "22.9.2020 2020-9-2",
        [("22.9.2020", "2020-09-22"), ("2020-9-2", "2020-09-02")],
    ),
    "no such day": ("٣١/٢/٢٠٢١", [("٣١/٢/٢٠٢١", None)]),
    "leap day": (
        "٢٩/٢/٢٠٢٠ ٢٩/٢/٢٠٢١ ٢٩/٢/١٩٠٠ ٢٩/٢/٢٠٠٠",
        [
            ("٢٩/٢/٢٠٢٠", "2020-02-29"),
            ("٢٩/٢/٢٠٢١", None),
            ("٢٩/٢/١٩٠٠", None),
            ("٢٩/٢/٢٠٠٠", "2000-02-29"),
        ],
    ),
    "month before day is not guessed": ("9/22/2020", [("9/22/2020", None)]),
    "no year zero": ("1/1/0000", [("1/1/0000", None)]),
    "longer digit runs are no dates": ("1234/5/20201 0750-12-3-2020", []),
    "day and month": ("٧ی تشرینی یەکەمی ٢٠٢٣", [("٧ی تشرینی یەکەمی ٢٠٢٣", "2023-10-07")]),
    "day, tatweel and month": ("٢٨ـی ئایاری ٢٠٢٤", [("٢٨ـی ئایاری ٢٠٢٤", "2024-05-28")]),
    "day and month without year": ("٥ی نیسان هات", [("٥ی نیسان", None)]),
    "clitic after the month": ("٥ی نیساندا", [("٥ی نیسان", None)]),
    "month of": ("٥ی مانگی ئابی ساڵی ٢٠٢٠", [("٥ی مانگی ئابی ساڵی ٢٠٢٠", "2020-08-05")]),
    "day without yeh": ("٥ ئازار ٢٠٢٠، ٥ ئازار", [("٥ ئازار ٢٠٢٠", "2020-03-05")]),
    "spelling variants": (
        "١ی تەمووزی ٢٠٢٠ ١ی تەموزی ٢٠٢٠",
        [("١ی تەمووزی ٢٠٢٠", "2020-07-01"), ("١ی تەموزی ٢٠٢٠", "2020-07-01")],
    ),
    "solar month": ("٢١ی خاکەلێوەی ٢٧٢٠", [("٢١ی خاکەلێوەی ٢٧٢٠", None)]),
    "day range": ("رۆژانی ٣ - ٥ی تشرینی دووەمی ٢٠٢١", [("٣ - ٥ی تشرینی دووەمی ٢٠٢١", None)]),
    "day range without spaces": ("٣-٥ی ئاب", [("٣-٥ی ئاب", None)]),
    "month and year": ("لە ئایاری ٢٠٢٤", [("ئایاری ٢٠٢٤", "2024-05")]),
    "month name": ("مانگی شوبات", [("مانگی شوبات", None)]),
    "month word": ("مانگی سێ، مانگی نۆی ٢٠٢٠", [("مانگی سێ", None), ("مانگی نۆی ٢٠٢٠", "2020-09")]),
    "month number": (
        "مانگی ١٢، ٥ی مانگی ٩ی ٢٠٢٠، مانگی ١٣",
        [("مانگی ١٢", None), ("٥ی مانگی ٩ی ٢٠٢٠", "2020-09-05")],
    ),
    "year": ("ساڵی ٢٠٢٤ و ساڵ ١٩٩١", [("ساڵی ٢٠٢٤", "2024"), ("ساڵ ١٩٩١", "1991")]),
    "weekday with prefix": ("ئەمڕۆ دووشەممە هات", [("ئەمڕۆ دووشەممە", None)]),
    "weekdays": (
        "شەممە، یەکشەممە و ڕۆژی ھەینی",
        [("شەممە", None), ("یەکشەممە", None), ("ڕۆژی ھەینی", None)],
    ),
    "friday or a man": ("جومعە هات، رۆژی جومعە", [("رۆژی جومعە", None)]),
    "prefixes add up": ("ئێوارەی رۆژی هەینی", [("ئێوارەی رۆژی هەینی", None)]),
    "weekday and date": (
        "ئەمڕۆ سێشەممە، ٢٢ - ٩ - ٢٠٢٠",
        [("ئەمڕۆ سێشەممە، ٢٢ - ٩ - ٢٠٢٠", "2020-09-22")],
    ),
    "weekday and month": ("هەینی ٥ی ئابی ٢٠٢٢", [("هەینی ٥ی ئابی ٢٠٢٢", "2022-08-05")]),
    "weekday and another word": (
        "هەینی لە ٥/٨/٢٠٢٢",
        [("هەینی", None), ("٥/٨/٢٠٢٢", "2022-08-05")],
    ),
    "relative": ("دوێنێ، ئەمساڵ و سبەی", [("دوێنێ", None), ("ئەمساڵ", None), ("سبەی", None)]),
    "relative with clitic": (
        "ئەمڕۆش لەم هەفتەیەدا، ئەم هەفتەیەدا",
        [("ئەمڕۆ", None), ("ئەم هەفتەیە", None)],
    ),
    "relative period": (
        "ساڵی رابردوو، هەفتەی داهاتوودا",
        [("ساڵی رابردوو", None), ("هەفتەی داهاتوو", None)],
    ),
    "day of the last month": ("٢٦ـی مانگی رابردوو", [("٢٦ـی مانگی رابردوو", None)]),
    "clock": ("کاتژمێر ١٢:٣٠ و کاتژمێر ٩", [("کاتژمێر ١٢:٣٠", None), ("کاتژمێر ٩", None)]),
    "words that only begin so": ("ئابووری نیسانۆ ئەمڕۆکە ساڵیان", []),
    "old spelling": (
        "سێ شه\u200cممه\u200c و سێشه\u200cممه\u200c",
        [("شه\u200cممه\u200c", None), ("سێشه\u200cممه\u200c", None)],
    ),
    "not across lines": ("٢٢ -\n٩ - ٢٠٢٠", []),
}


@pytest.mark.parametrize(("text", "dates"), CASES.values(), ids=CASES)
def test_dates(text, dates):
    assert [(one.span.of(text), one.value) for one in find_dates(text)] == dates


def test_every_month_has_its_number():
    names = (
        "کانوونی دووەم",
        "شوبات",
        "ئازار",
        "نیسان",
        "ئایار",
        "حوزەیران",
        "تەممووز",
        "ئاب",
        "ئەیلوول",
        "تشرینی یەکەم",
        "تشرینی دووەم",
        "کانوونی یەکەم",
    )
    values = [find_dates(f"١ی {name}ی ٢٠٢٠")[0].value for name in names]
    assert values == [f"2020-{number:02}-01" for number in range(1, 13)]


def test_months_have_their_days():
    assert [days_in_month(2023, month) for month in range(1, 13)] == [
        31,
        28,
        31,
        30,
        31,
        30,
        31,
        31,
        30,
        31,
        30,
        31,
    ]


@given(any_texts)
def test_any_text_can_be_searched(text):
    found = find_dates(text)
    assert not any(left.span.end > right.span.start for left, right in itertools.pairwise(found))


def test_the_dates_of_the_seed_articles(articles):
    assert [find_dates(article) for article in articles] == [
        (DateMatch(Span(12, 39), "2020-09-22"), DateMatch(Span(986, 1009), "2020-09-22")),
        (DateMatch(Span(0, 26), "2021-11-20"),),
        (
            DateMatch(Span(0, 33), "2021-11-19"),
            DateMatch(Span(611, 616), None),
            DateMatch(Span(776, 797), None),
            DateMatch(Span(1560, 1571), None),
        ),
    ]

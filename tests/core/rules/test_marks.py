"""Rules of quotation marks."""

import pytest

from annotator.core.document import Segmentation
from annotator.core.span import Span
from tests.builders import changed, edited_facts, facts
from tests.core.rules.told import findings_of, told


@pytest.mark.parametrize(
    ("notation", "expected"),
    [
        ('وتی: "[ئێمە دێین]direct".', []),
        ('وتی: "[ئێمە دێین.]direct"', []),
        ('وتی: ["]Q1.mark[ئێمە دێین]direct ["]Q1.mark', []),
        ("وتی: [ئێمە دێین]direct.", ["direct E Q1 ئێمە دێین"]),
        ('وتی: [ئێمە ["]Q1.markدێین["]Q1.mark]direct', ['direct E Q1 ئێمە "دێین"']),
        ('وتی: ["]Q1.markبەڵێ، [ئێمە دێین]direct"', ["unfilled W Q1 ئێمە دێین"]),
        ('"[ئێمە]direct" وتی، ["]Q1.mark[دێین]Q1.content["]Q1.mark', []),
        ('وتی: [ئێمە ["]Q1.markدێین["]Q1.mark]mixed', []),
        ('وتی: "[ئێمە دێین]mixed"', ["mixed E Q1 ئێمە دێین"]),
        ("وتی: [ئێمە دێین]mixed", ["mixed E Q1 ئێمە دێین"]),
        ('وتی: [ئێمە دێین]mixed ["]Q1.markسبەی["]Q1.mark', ["mixed E Q1 ئێمە دێین"]),
        ("وتی [کە دێن]indirect", []),
        ('وتی ["]Q1.mark[کە دێن]indirect["]Q1.mark', ["indirect E Q1 کە دێن"]),
        ('وتی: "[،]direct', []),
    ],
)
def test_the_type_of_a_quote_agrees_with_its_marks(notation, expected):
    assert told(facts(notation), "V41") == expected


@pytest.mark.parametrize(
    ("notation", "expected"),
    [
        ('وتی: "[ئێمە دێین]direct', []),
        ('وتی: [ئێمە دێین]direct"', []),
        ('وتی: [ئێمە ["]Q1.markدێین]mixed', []),
        ('وتی: [ئێمە ["]Q1.mark]direct', []),
    ],
)
def test_a_mark_without_a_partner_reaches_to_the_edge_of_the_content(notation, expected):
    assert told(facts(notation), "V41") == expected


def test_overlapping_marks_hold_nothing():
    marks = (Span(0, 3), Span(1, 2))
    odd = edited_facts("[وا دەڵێن]direct", lambda a: changed(a, "Q1", marks=marks))
    assert told(odd, "V41") == ["direct E Q1 وا دەڵێن"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('وتی "یەک" و "دوو".', []),
        ('یەک "دوو" سێ\nچوار " پێنج', ['odd W "']),
        ("«یەک» و “دوو”", []),
        ("«یەک و «دوو»", ["unpaired W «"]),
        ("یەک» و ”دوو", ["unpaired W ”", "unpaired W »"]),
        ("“یەک", ["unpaired W “"]),
    ],
)
def test_marks_balance(text, expected):
    assert told(facts(text), "V42") == expected


def test_the_odd_mark_is_sought_in_the_odd_paragraph():
    text = 'یەک "دوو سێ\nچوار "پێنج" شەش'
    (place,) = (said.span for said in findings_of(facts(text), "V42"))
    assert place == Span(4, 5)


def test_without_paragraphs_the_last_mark_is_shown():
    bare = facts('یەک "دوو" سێ"', segmentation=Segmentation((), (), ()))
    (place,) = (said.span for said in findings_of(bare, "V42"))
    assert place == Span(12, 13)


@pytest.mark.parametrize(
    ("notation", "expected"),
    [
        ('وتی "ئێمە دێین".', ["I ئێمە دێین"]),
        ('وتی "[ئێمە دێین]direct".', []),
        ('وتی "ئێمە [دێین]indirect ئەمڕۆ"', []),
        ('لە "[گفتوگۆی باخ]EVT" بوو', []),
        ('لە "[گفتوگۆی باخ]EVT ٢٠٢١ " بوو', ["I گفتوگۆی باخ ٢٠٢١"]),
        ('وتی "[ئازاد]PER هات"', ["I ئازاد هات"]),
        ("وتی «ئێمە دێین»", ["I ئێمە دێین"]),
        ("وتی “ئێمە دێین” و ‹بەڵێ›", ["I ئێمە دێین", "I بەڵێ"]),
        ('یەک "دوو" سێ"', []),
        ('یەک " ،" و ""', []),
    ],
)
def test_what_stands_in_marks_is_a_quote_or_a_name(notation, expected):
    assert told(facts(notation), "V43") == expected

import hypothesis.strategies as st
import pytest
from hypothesis import given

from annotator.core.span import Span
from annotator.kurdish.clitics import clitic_ladder
from tests.kurdish.texts import any_texts

LADDERS = {
    "too, and the letter that may be ezafe": [
        "هەرێمی کوردستانیش",
        "هەرێمی کوردستانی",
        "هەرێمی کوردستان",
    ],
    "are": ["کوردستانن", "کوردستان"],
    "is after a vowel": ["ئەمریکایە", "ئەمریکا"],
    "is after a consonant": ["عێراقە", "عێراق"],
    "in": ["عێراقدا", "عێراق"],
    "agent": ["کوردستانی", "کوردستان"],
    "ezafe": ["مەنامەی", "مەنامە"],
    "double yeh": ["سەرۆکایەتیی", "سەرۆکایەتی"],
    "too, in": ["کوردستانیشدا", "کوردستانیش", "کوردستانی", "کوردستان"],
    "from": ["هەولێرەوە", "هەولێرە", "هەولێر"],
    "from after a vowel": ["تورکیاوە", "تورکیا"],
    "definite plural": ["وڵاتەکانی", "وڵاتەکان", "وڵاتە", "وڵات"],
    "indefinite": ["شاندێک", "شاند"],
    "plural and frame": ["گەنجانە", "گەنجان", "گەنج"],
    "land": ["کوردستان"],
    "friends are no land": ["دۆستان", "دۆستا", "دۆست", "دۆس"],
    "a name that only looks so": ["بەغدا", "بەغ"],
    "too short": ["من"],
    "two letters stay": ["ماشا"],
    "suffix after digits": ["٢١ی", "٢١"],
    "suffix with tatweel": ["٢٦ـی", "٢٦"],
    "spaced suffix": ["١٧ ـیەم", "١٧"],
    "spaced suffix of 26": ["٢٦ مین", "٢٦"],
    "word after digits": ["٤٠ وڵاتی", "٤٠ وڵات"],
    "number alone": ["٢٦"],
    "punctuation at the end": ["عێراقدا."],
    "arabic letters": ["عێراقي", "عێراق"],
    "old spelling": ["مه\u200cنامه\u200cی", "مه\u200cنامه\u200c"],
    "zwnj goes with the suffix": ["کوردستان\u200cیش", "کوردستان\u200cی", "کوردستان"],
    "vowel mark stays with its letter": ["عێراقِدا", "عێراقِ"],
}


@pytest.mark.parametrize("rungs", LADDERS.values(), ids=LADDERS)
def test_ladder(rungs):
    text = f"لە {rungs[0]} هات"
    ends = clitic_ladder(text, Span(3, 3 + len(rungs[0])))
    assert [text[3:end] for end in ends] == rungs


def test_only_the_part_in_the_span_is_looked_at():
    assert clitic_ladder("کوردستانیش", Span(0, 9)) == (9, 8)
    assert clitic_ladder("٢١ی", Span(2, 3)) == (3,)


@given(any_texts.filter(bool), st.data())
def test_rungs_go_down_within_the_last_word(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    ladder = clitic_ladder(text, span)
    assert ladder[0] == span.end
    assert list(ladder) == sorted(set(ladder), reverse=True)
    assert all(end > span.start for end in ladder)
    assert not any(ch.isspace() for ch in text[ladder[-1] : span.end].lstrip())

"""Phrases in folded words, with clitics left outside."""

import pytest
from hypothesis import given, strategies as st

from annotator.suggest.phrases import Phrases, phrase_key, phrase_matches
from tests.suggest.readers import passage


def phrases(*surfaces):
    known = Phrases()
    for surface in surfaces:
        known.add(phrase_key(surface), surface)
    return known


def found(text, *surfaces, with_clitics=True):
    read = passage(text)
    matches = phrase_matches(read, (phrases(*surfaces), Phrases()), with_clitics=with_clitics)
    return [match.span.of(text) for match in matches]


def test_a_key_is_the_folded_words():
    assert phrase_key("  سووریای\u200c  ڕۆژئاوا ") == phrase_key("سوریای رۆژئاوا") != ""
    assert phrase_key("سوپای عێراق").count(" ") == 1
    assert phrase_key(" \u200c ") == ""


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("لە سوریا هات", ["سووریا"], ["سوریا"]),
        ("لە کوردستانیش هات", ["کوردستان"], ["کوردستان"]),
        ("لە دهۆکدا و دهۆکەوە", ["دهۆک"], ["دهۆک", "دهۆک"]),
        ("نەوتی عێراقیم", ["عێرا"], []),
        ("ئەو لەبەغدا", ["بەغدا"], []),
        ("سوپای عێراق", ["سوپای عێراق", "عێراق"], ["سوپای عێراق", "عێراق"]),
        ("هەرێمی کوردستان", ["هەرێم"], ["هەرێم"]),
        ("سوپای\nعێراق", ["سوپای عێراق"], []),
        ("سوپای  عێراق", ["سوپای عێراق"], ["سوپای  عێراق"]),
        ("سوپای هات", ["سوپای عێراق"], []),
        ("وەزارەتی بەرگریی هەرێم", ["وەزارەتی بەرگری"], ["وەزارەتی بەرگری"]),
        ("سەفین ئاغایی هات", ["سەفین ئاغایی"], ["سەفین ئاغایی"]),
        ("و", ["و"], []),
        ("عێراقیش", ["عێراقی", "عێراق"], ["عێراق"]),
        ("عێراقیش", ["عێراقی"], ["عێراقی"]),
        ("عێراقی", ["عێراقی", "عێراق"], ["عێراقی", "عێراق"]),
    ],
)
def test_where_names_stand(text, names, expected):
    assert found(text, *names) == expected


def test_without_clitics_only_whole_words_match():
    assert found("دهۆک دهۆکیش بەرگریی", "دهۆک", "بەرگری", with_clitics=False) == ["دهۆک", "بەرگریی"]


def test_what_is_forgotten_is_not_found():
    known = phrases("سوپای عێراق", "سوپای عێراق", "سوپای هەرێم")
    key = phrase_key("سوپای عێراق")
    known.add(key, "سوپای عێراق", -1)
    assert key in known
    assert len(known) == 2
    known.add(key, "سوپای عێراق", -1)
    assert key not in known
    assert len(known) == 1
    assert known.goes_on(phrase_key("سوپای"))
    assert not known.has_last_word(phrase_key("عێراق"))


@given(st.lists(st.sampled_from(["دهۆک", "زاخۆ", "سوپای", "هات", "\n", "،"]), max_size=12))
def test_every_match_is_its_phrase(parts):
    text = " ".join(parts)
    names = ["دهۆک", "سوپای دهۆک", "زاخۆ"]
    keys = {phrase_key(name) for name in names}
    read = passage(text) if text else passage("x")
    for match in phrase_matches(read, (phrases(*names),), with_clitics=True):
        assert match.key in keys
        assert phrase_key(match.span.of(read.text)) == match.key
        taken = read.words[match.first : match.last]
        assert (taken[0].span.start, taken[-1].span.end) == (match.span.start, match.span.end)

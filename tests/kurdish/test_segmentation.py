"""Segmented stretch by stretch, a text has the same tokens, sentences and paragraphs."""

import itertools

import pytest
from hypothesis import given, strategies as st

from annotator.core.document import Segmentation
from annotator.kurdish.segmentation import SHORTEST_STRETCH, segment
from annotator.kurdish.sentences import split_text
from annotator.kurdish.tokens import tokenize
from tests.kurdish.texts import any_texts

PIECES = st.sampled_from(
    [
        "ئەو کرد",
        "پرۆف",
        "د",
        "بن",
        "x@y.com",
        "www.ئاب",
        "#تاگ",
        "٢١ی",
        "٢\u200cکرد",
        "هه\u200c",
        "Azad",
        ".",
        "!",
        "؟",
        "...",
        "…",
        '"',
        "«",
        "»",
        ")",
        "\u200f",
        "\u200b",
        " ",
        "  ",
        "  ",
        "   ",
        "\t",
        "\u00a0",
        "\n",
        "\n",
        "\x85",
        "\u2028",
        "،",
    ]
)
MADE = st.lists(PIECES, max_size=30).map("".join)


def whole(text):
    tokens = tokenize(text)
    return Segmentation(tokens, *split_text(text, tokens))


@given(MADE | any_texts, st.integers(0, 4))
def test_stretches_give_what_the_whole_gives(text, shortest):
    assert segment(text, shortest=shortest) == whole(text)


@given(MADE, st.integers(0, 4))
def test_no_token_sentence_or_paragraph_crosses_the_edge_of_a_stretch(text, shortest):
    cut = segment(text, shortest=shortest)
    stretches = [cut.stretch(number) for number in range(cut.stretch_count)]
    for kind in ("tokens", "sentences", "paragraphs"):
        joined = itertools.chain.from_iterable(getattr(one, kind) for one in stretches)
        assert tuple(joined) == getattr(whole(text), kind)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 1),
        ("ئەو کرد", 1),
        ("یەک\nدوو\nسێ", 3),
        ("ئەو کرد.  من هاتم.  تۆ", 3),
        ("ئەو کرد! من هاتم؟  تۆ", 2),
        ("بەڕێز پرۆف.  ئازاد", 1),
        ("بەڕێز د.  ئازاد", 1),
        ("ئەو  کرد", 1),
        ("He left.  ئەو", 1),
        ('ئەو کرد.  "باشە"', 1),
    ],
)
def test_cuts_lie_behind_line_feeds_and_where_a_paragraph_surely_ends(text, count):
    assert segment(text, shortest=0).stretch_count == count


def test_a_stretch_is_found_when_it_is_asked_for_and_only_then():
    line = "یەک دوو سێ.\n"
    text = line * 1000
    cut = segment(text)
    assert cut.stretch_count > 3
    middle = len(text) // 2
    token = cut.token_at(middle)
    assert token in cut.stretch(cut.stretch_at(middle)).tokens
    assert len(cut.part(middle, middle).tokens) * len(line) // 4 < 2 * SHORTEST_STRETCH


def test_a_long_line_without_a_safe_place_is_one_stretch():
    assert segment("وشە " * SHORTEST_STRETCH).stretch_count == 1
    assert segment("ئەو کرد.  " * SHORTEST_STRETCH).stretch_count > 5

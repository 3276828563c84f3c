"""Texts in the words of spaCy, and where our tokens are among them."""

import pytest
import spacy

from annotator.core.document import Segmentation
from annotator.core.span import Fragments, Span
from annotator.formats.spacy_spelling import SpelledPlaces, sentence_starts, spelling_of
from annotator.kurdish.segmentation import segment

XX = spacy.blank("xx")

SPELLED = [
    "ئەو هات",
    " ئەو  هات ",
    "ئەو\nهات\n\n",
    "\n ئەو \n هات، ",
    "😀 می\u200cدیا",
]


@pytest.mark.parametrize("text", SPELLED)
def test_spaces_are_words_where_they_are_in_spacy(text):
    spelling = spelling_of(text, segment(text))
    spaced = zip(spelling.words, spelling.spaces, strict=True)
    assert "".join(word + " " * space for word, space in spaced) == text
    if "\u200c" not in text:  # spaCy's own tokenizer has an opinion on joiners
        assert spelling.words == [token.text for token in XX(text)]
        assert spelling.spaces == [bool(token.whitespace_) for token in XX(text)]


@pytest.mark.parametrize(
    ("text", "words", "is_ours"),
    [
        ("ئەو هات ", ["ئەو", "هات"], True),
        ("ئەو  هات", ["ئەو", " ", "هات"], False),
        (" ئەو هات", [" ", "ئەو", "هات"], False),
        ("ئەو \n هات", ["ئەو", "\n ", "هات"], False),
        ("  ", ["  "], False),
        ("", [], True),
    ],
)
def test_words_are_our_tokens_where_single_spaces_are_between_them(text, words, is_ours):
    spelling = spelling_of(text, segment(text))
    assert (spelling.words, spelling.is_ours) == (words, is_ours)


def test_tokens_are_told_by_the_words_that_they_are():
    text = "\nئەو  هات "
    spelling = spelling_of(text, segment(text))
    assert spelling.words == ["\n", "ئەو", " ", "هات"]
    assert [spelling.words_of(*one) for one in [(0, 1), (0, 2), (1, 2)]] == [(1, 2), (1, 4), (3, 4)]
    assert [spelling.words_of(n, n) for n in (0, 1, 2)] == [(1, 1), (3, 3), (4, 4)]


def test_sentences_begin_with_a_token_and_the_first_one_with_the_text():
    text = "\n\nئەو هات.\n\nهات."
    segmentation = segment(text)
    spelling = spelling_of(text, segmentation)
    assert spelling.words == ["\n\n", "ئەو", "هات", ".", "\n\n", "هات", "."]
    assert sentence_starts(segmentation, spelling) == [0, 5]
    assert sentence_starts(segment(" "), spelling_of(" ", segment(" "))) == []


def test_places_tell_the_words_of_spacy():
    text = "ab  cd"
    segmentation = Segmentation((Span(0, 2), Span(4, 6)), (Span(0, 6),), (Span(0, 6),))
    places = SpelledPlaces(text, segmentation, spelling_of(text, segmentation))
    told = places.span(Fragments.at(4, 6))
    assert (told["token_start"], told["token_end"]) == (2, 3)
    assert (told["start"], told["end"], told["text"]) == (4, 6, "cd")

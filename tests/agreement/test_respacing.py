"""Places are carried over by their letters; whatever a record holds comes along."""

import pytest

from annotator.agreement.respacing import Respacing, letters_of
from annotator.core.annotations import spans_of
from annotator.core.span import Fragments, Span
from tests.builders import annotated, changed
from tests.formats.specimens import RICH

OURS = "😀 «سەرۆک\u200cی هەرێم»،  هات.\n"
THEIRS = "😀 « سەرۆک\u200cی هەرێم » ،\nهات ."


def test_letters_are_all_but_white_space():
    assert letters_of(OURS) == letters_of(THEIRS) == "😀«سەرۆک\u200cیهەرێم»،هات."
    assert letters_of("\u00a0\u2003\t") == ""


@pytest.mark.parametrize("words", ["سەرۆک\u200cی هەرێم", "هەرێم »", "هات .", "، \nهات", "😀 «"])
def test_a_span_has_the_same_letters(words):
    words = words.replace("، \n", "،\n")
    start = THEIRS.index(words)
    found = Respacing(THEIRS, OURS).span(Span(start, start + len(words)))
    assert letters_of(found.of(OURS)) == letters_of(words)
    assert found.of(OURS) == found.of(OURS).strip()


def test_a_span_of_spaces_is_a_letter_beside_it():
    assert Respacing(" یەک ", "یەک").span(Span(0, 1)) == Span(0, 1)
    assert Respacing(" یەک ", "یەک").span(Span(4, 5)) == Span(2, 3)


def test_every_part_of_every_record_is_carried_over():
    document, annotations = annotated(RICH)
    spread = document.text.replace("", " ")
    there = Respacing(document.text, spread)
    moved = there.carried(annotations)
    assert Respacing(spread, document.text).carried(moved) == annotations
    for identifier, record in annotations.records.items():
        for before, after in zip(spans_of(record), spans_of(moved.get(identifier)), strict=True):
            assert letters_of(after.of(spread)) == letters_of(before.of(document.text))
            assert before != after


def test_pieces_that_come_to_touch_become_one_and_the_head_stays_inside():
    _, annotations = annotated("[یەک دوو]Contact.Meet()")
    pieces = Fragments((Span(0, 3), Span(4, 7)), Span(4, 7))
    annotations = changed(annotations, "EV1", trigger=pieces)
    [event] = Respacing("یەک دوو", "یەکدوو").carried(annotations).events()
    assert event.trigger == Fragments((Span(0, 6),), Span(3, 6))


def test_parties_that_are_free_text_are_carried_over():
    document, annotations = annotated("[خەڵک]Q1.speaker بە [ئێمە]Q1.addressee: «[هات]direct».")
    spread = document.text.replace("", " ")
    (quote,) = Respacing(document.text, spread).carried(annotations).quotes()
    parties = (quote.speaker.who, *quote.addressees)
    found = [letters_of(party.fragments.of(spread)) for party in parties]
    assert found == ["خەڵک", "ئێمە"]

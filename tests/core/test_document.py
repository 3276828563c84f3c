"""Documents and their segmentation."""

import gc

import pytest
from hypothesis import given, strategies as st

from annotator.core.document import Segmentation, text_sha256
from annotator.core.span import Span
from tests.builders import document, segmentation

TEXT = "ئازاد، هات.  سارا چوو\nباران باری"
PARTS = segmentation(TEXT)


def test_the_fingerprint_is_that_of_the_utf8_bytes():
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert text_sha256("") == empty
    assert document("").sha256 == empty
    assert document("ئازاد").sha256 != document("ئازاد ").sha256


def test_a_document_is_called_by_its_title_or_its_id():
    assert document("", "d7").name == "d7"
    assert document("", "d7", title="سەردانێک").name == "سەردانێک"


def words(first, last):
    return [token.of(TEXT) for token in PARTS.tokens[first:last]]


@pytest.mark.parametrize(
    ("span", "expected", "aligned"),
    [
        (Span(0, 5), ["ئازاد"], True),
        (Span(0, 6), ["ئازاد", "،"], True),
        (Span(2, 9), ["ئازاد", "،", "هات"], False),
        (Span(0, 4), ["ئازاد"], False),
        (Span(11, 13), [], False),
        (Span(6, 7), [], False),
        (Span(0, len(TEXT)), words(0, 99), True),
        (Span(len(TEXT), len(TEXT) + 4), [], False),
    ],
)
def test_the_tokens_of_a_span(span, expected, aligned):
    assert words(*PARTS.token_range(span)) == expected
    assert PARTS.is_aligned(span) is aligned


@given(st.integers(0, len(TEXT) - 1), st.integers(1, 20))
def test_the_token_range_is_that_of_the_overlapping_tokens(start, length):
    span = Span(start, start + length)
    first, last = PARTS.token_range(span)
    assert list(PARTS.tokens[first:last]) == [t for t in PARTS.tokens if t.overlaps(span)]


@pytest.mark.parametrize(
    ("offset", "token"), [(0, "ئازاد"), (4, "ئازاد"), (5, "،"), (6, "،"), (12, None), (13, "سارا")]
)
def test_the_token_at_an_offset(offset, token):
    found = PARTS.token_at(offset)
    assert (found.of(TEXT) if found else None) == token


def test_the_sentence_and_the_paragraph_at_an_offset():
    assert PARTS.sentence_at(8).of(TEXT) == "ئازاد، هات."
    assert PARTS.sentence_at(15).of(TEXT) == "سارا چوو"
    assert PARTS.sentence_at(12) is None
    assert PARTS.paragraph_at(15).of(TEXT) == "ئازاد، هات.  سارا چوو"
    assert PARTS.paragraph_at(25).of(TEXT) == "باران باری"


def test_nothing_is_found_where_nothing_is():
    empty = Segmentation((), (), ())
    assert empty.token_at(0) is None
    assert empty.token_range(Span(0, 1)) == (0, 0)


def numbered():
    """One text in two stretches: the lines of `TEXT`, each found once."""
    asked = []
    lines = [Segmentation(*parts_until(22)), Segmentation(*parts_from(22))]

    def find(number):
        asked.append(number)
        return lines[number]

    return Segmentation.by_stretches((0, 22), find), asked


def parts_until(offset):
    kinds = (PARTS.tokens, PARTS.sentences, PARTS.paragraphs)
    return (tuple(span for span in kind if span.end <= offset) for kind in kinds)


def parts_from(offset):
    kinds = (PARTS.tokens, PARTS.sentences, PARTS.paragraphs)
    return (tuple(span for span in kind if span.start >= offset) for kind in kinds)


def test_a_segmentation_by_stretches_is_equal_to_the_whole():
    made, asked = numbered()
    assert made == PARTS
    assert asked == [0, 1]
    assert repr(made) == repr(PARTS)
    assert made != Segmentation((), (), ())
    assert made != "else"


def test_only_the_stretches_in_question_are_found_and_once():
    made, asked = numbered()
    assert made.stretch_count == 2
    assert tuple(made.stretch_starts) == (0, 22)
    assert made.token_at(0) == PARTS.token_at(0)
    assert made.tokens_in(Span(2, 9)) == PARTS.tokens_in(Span(2, 9))
    assert made.sentence_at(8) == PARTS.sentence_at(8)
    assert asked == [0]
    assert made.is_aligned(Span(22, 27)) is True
    assert [made.stretch_at(offset) for offset in (0, 21, 22, 99)] == [0, 0, 1, 1]
    assert made.part(5, 25).paragraphs == PARTS.paragraphs
    assert asked == [0, 1]


def test_a_segmentation_goes_when_nobody_has_it_any_more():
    gc.collect()
    made = Segmentation((Span(0, 2), Span(3, 4)), (Span(0, 4),), (Span(0, 4),))
    assert made.stretch(0) is made
    assert made.tokens_in(Span(1, 4)) == made.tokens
    del made
    assert gc.collect() == 0

"""The unit of offsets without texts: shown where clearly more annotations meet words in one."""

import pytest
from hypothesis import given, strategies as st

from annotator.formats.offset_units import Offsets, OffsetUnit
from annotator.formats.word_edges import UNITS, WordEdges

TEXT = "😀 ئازاد گەیشتە هەولێر، لەوێ 12ی نەورۆزی بینی."
WORDS = ("ئازاد", "گەیشتە", "هەولێر", "12", "نەورۆز", "بینی")


def places(*words, unit, text=TEXT):
    offsets = Offsets(text, unit)
    starts = [text.index(word) for word in words]
    return [
        (offsets.counted(start), offsets.counted(start + len(word)))
        for start, word in zip(starts, words, strict=True)
    ]


@pytest.mark.parametrize("unit", [OffsetUnit.CODE_POINT, OffsetUnit.UTF_16])
@given(st.lists(st.sampled_from(WORDS[:3]), min_size=1))
def test_whole_words_show_their_unit(unit, words):
    assert WordEdges().unit(TEXT, places(*words, unit=unit)) is unit


@pytest.mark.parametrize("unit", [OffsetUnit.CODE_POINT, OffsetUnit.UTF_16])
def test_a_name_with_an_ending_does_not_mislead(unit):
    edges = WordEdges()
    assert edges.hear(TEXT, places("نەورۆز", unit=unit)) is None
    assert not edges.is_clear
    clear = places("نەورۆز", "هەولێر", "گەیشتە", unit=unit)
    assert edges.unit(TEXT, clear) is unit
    assert edges.unit(TEXT, places("نەورۆز", unit=unit)) is None
    assert edges.hear(TEXT, clear) is unit
    # What other documents of the file have shown holds for one that shows nothing.
    assert edges.unit(TEXT, places("نەورۆز", unit=unit)) is unit
    assert edges.is_clear


def test_nothing_is_shown_where_no_unit_fits_or_all_places_are_the_same():
    edges = WordEdges()
    assert edges.unit(TEXT, [(4, 6), (99, 120), (-3, 2), (8, 8)]) is None
    assert edges.unit("ئازاد 😀", [(0, 5)]) is OffsetUnit.CODE_POINT
    assert edges.unit("😀", [(0, 1)]) is None
    assert edges.unit(TEXT, []) is OffsetUnit.CODE_POINT


PLAIN = TEXT[2:]
BYTE = OffsetUnit.BYTE


@pytest.mark.parametrize("text", [TEXT, PLAIN])
@given(st.lists(st.sampled_from(WORDS[:3]), min_size=3, unique=True))
def test_bytes_that_meet_words_are_shown(text, words):
    assert WordEdges().unit(text, places(*words, unit=BYTE, text=text)) is BYTE


@given(st.lists(st.sampled_from(WORDS[:3]), min_size=1))
def test_characters_are_never_taken_for_bytes(words):
    edges = WordEdges()
    assert edges.hear(PLAIN, places(*words, unit=UNITS[0], text=PLAIN)) is UNITS[0]
    assert not edges.is_clear  # whether it counts characters or UTF-16 is another question


def test_one_place_outside_of_the_text_is_enough():
    text = "ئازاد گەیشتە هەولێر."
    (last,) = places("هەولێر", unit=BYTE, text=text)
    assert last[1] > len(text)
    assert WordEdges().unit(text, [last]) is BYTE
    assert WordEdges().unit(text, [last, (1, 4)]) is UNITS[0]  # inside of a character
    assert WordEdges().unit(text, [last, (0, 2)]) is BYTE
    assert WordEdges().unit(text, [last, (2, 4), (4, 6)]) is UNITS[0]  # inside of words


def test_a_single_place_that_fits_as_characters_is_no_proof_of_bytes():
    text = "لە هەولێر گەیشتە شار و گەڕایەوە."
    place = places("هەولێر", unit=BYTE, text=text)
    assert place[0][1] <= len(text)
    edges = WordEdges()
    assert edges.unit(text, place) is UNITS[0]
    assert (edges.hear(text, place), edges.is_clear) == (None, False)
    assert edges.hear(PLAIN, places(*WORDS[:3], unit=BYTE, text=PLAIN)) is BYTE
    assert (edges.unit(text, place), edges.is_clear) == (BYTE, True)


def test_a_file_with_characters_in_it_needs_no_more_measuring():
    text = "لە هەولێر بۆ شار گەڕایەوە و لە ماڵەوە مایەوە."
    edges = WordEdges()
    edges.hear(PLAIN, places(*WORDS[:3], unit=UNITS[0], text=PLAIN))
    assert edges.hear(text, places("هەولێر", unit=BYTE, text=text)) is UNITS[0]
    both = places("هەولێر", "شار", unit=BYTE, text=text)
    assert edges.unit(text, both) is UNITS[0]

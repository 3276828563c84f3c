"""The unit of offsets without texts: shown where clearly more annotations meet words in one."""

import pytest
from hypothesis import given, strategies as st

from annotator.formats.offset_units import Offsets, OffsetUnit
from annotator.formats.word_edges import WordEdges

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

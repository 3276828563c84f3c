"""Offsets in any unit become code points and back, and the unit is proved by texts."""

import pytest
from hypothesis import given, strategies as st

from annotator.formats.offset_units import Offsets, OffsetUnit, proved_unit

TEXT = "😀 ab کورد\u200c🤝."
UNITS = tuple(OffsetUnit)
texts = st.text(st.sampled_from("ab کۆ\u200c\n😀🤝é\uffff\U00010000"), max_size=40)


def count(text, unit):
    """How long a text is in a unit, told by Python's own encoders."""
    match unit:
        case OffsetUnit.CODE_POINT:
            return len(text)
        case OffsetUnit.UTF_16:
            return len(text.encode("utf-16-le")) // 2
        case OffsetUnit.BYTE:
            return len(text.encode("utf-8"))


@given(texts, st.sampled_from(UNITS))
def test_every_code_point_comes_back(text, unit):
    offsets = Offsets(text, unit)
    for place in range(len(text) + 1):
        counted = offsets.counted(place)
        assert counted == count(text[:place], unit)
        assert offsets.code_point(counted) == place


@given(texts, st.sampled_from(UNITS), st.integers(-3, 200))
def test_an_offset_is_a_code_point_or_inside_of_one_or_outside(text, unit, offset):
    edges = {count(text[:place], unit): place for place in range(len(text) + 1)}
    assert Offsets(text, unit).code_point(offset) == edges.get(offset)


@given(texts, st.sampled_from(UNITS), st.data())
def test_true_texts_prove_their_unit_or_one_that_comes_to_the_same(text, unit, data):
    places = data.draw(st.lists(st.tuples(*[st.integers(0, len(text))] * 2), max_size=5))
    spans = [tuple(sorted(place)) for place in places]
    told = [(count(text[:a], unit), count(text[:b], unit), text[a:b]) for a, b in spans]
    proved = proved_unit(text, told)
    assert proved is not None
    assert UNITS.index(proved) <= UNITS.index(unit)
    offsets = Offsets(text, proved)
    for start, end, words in told:
        assert text[offsets.code_point(start) : offsets.code_point(end)] == words


@pytest.mark.parametrize("unit", UNITS)
def test_a_word_behind_an_emoji_proves_the_unit(unit):
    start = TEXT.index("کورد")
    told = (count(TEXT[:start], unit), count(TEXT[: start + 4], unit), "کورد")
    assert proved_unit(TEXT, [told]) is unit


def test_one_wrong_text_leaves_nothing_proved():
    assert proved_unit(TEXT, [(2, 4, "ab"), (2, 4, "xx")]) is None
    assert proved_unit(TEXT, [(2, 99, "ab")]) is None
    assert proved_unit(TEXT, [(-4, -1, "ab")]) is None


def test_units_that_cannot_be_are_not_tried():
    told = [(3, 5, "ab")]
    assert proved_unit(TEXT, told) is OffsetUnit.UTF_16
    assert proved_unit(TEXT, told, (OffsetUnit.CODE_POINT, OffsetUnit.BYTE)) is None
    assert proved_unit(TEXT, []) is OffsetUnit.CODE_POINT

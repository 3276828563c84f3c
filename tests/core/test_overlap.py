"""What two pieces of text share."""

from fractions import Fraction

from hypothesis import given, strategies as st

from annotator.core.overlap import dice, length, overlapping, shared
from tests.agreement.sets import place, small_places


def letters(fragments):
    return {offset for span in fragments.spans for offset in range(span.start, span.end)}


@given(small_places(), small_places())
def test_shared_code_points_are_those_in_both(one, other):
    common = letters(one) & letters(other)
    assert shared(one, other) == len(common)
    assert length(one) == len(letters(one))
    assert dice(one, other) == Fraction(2 * len(common), len(letters(one)) + len(letters(other)))


def test_dice_by_hand():
    assert dice(place(0, 4, 6, 10), place(2, 8)) == Fraction(2 * 4, 8 + 6)
    assert dice(place(0, 4), place(4, 8)) == 0


@given(st.lists(small_places(), max_size=6), st.lists(small_places(), max_size=6))
def test_the_sweep_finds_every_pair_whose_edges_overlap_once(ours, theirs):
    expected = [
        (here, there)
        for here, one in enumerate(ours)
        for there, other in enumerate(theirs)
        if one.envelope.overlaps(other.envelope)
    ]
    assert sorted(overlapping(ours, theirs)) == expected

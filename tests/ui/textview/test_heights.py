"""Sums of heights against plain addition."""

from itertools import accumulate

import pytest
from hypothesis import given, strategies as st

from annotator.ui.textview.heights import Heights

LISTS = st.lists(st.integers(1, 90), min_size=1, max_size=40)


@given(LISTS, st.data())
def test_tops_and_look_up_stay_right_while_heights_change(values, data):
    heights = Heights(values)
    for _ in range(3):
        index = data.draw(st.integers(0, len(values) - 1))
        values[index] = data.draw(st.integers(1, 90))
        heights.set(index, values[index])
    tops = [0, *accumulate(values)]
    assert [heights.top(n) for n in range(len(values) + 1)] == tops
    assert heights.total == tops[-1]
    for n, top in enumerate(tops[:-1]):
        assert heights.index_at(top) == heights.index_at(tops[n + 1] - 0.5) == n


@pytest.mark.parametrize(("y", "index"), [(-5, 0), (0, 0), (29.9, 1), (30, 2), (9999, 2)])
def test_look_up_outside_gives_an_end(y, index):
    assert Heights([10, 20, 30]).index_at(y) == index

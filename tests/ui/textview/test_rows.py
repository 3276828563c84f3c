"""Rows under a line: lanes without the gaps."""

from itertools import combinations

from hypothesis import given, settings, strategies as st

from annotator.ui.textview.lanes import with_lanes
from annotator.ui.textview.rows import rows_of
from annotator.ui.textview.scene import Scene
from tests.ui.textview.page_samples import MIXED, bracket, geometry

SPANS = st.builds(
    lambda a, n: (a, min(a + n, len(MIXED))), st.integers(0, len(MIXED) - 2), st.integers(2, 120)
)


def _rows(spans, width=420):
    laid = geometry(MIXED, width).layout.laid(0)
    scene = with_lanes(Scene(brackets=tuple(bracket(f"T{n + 1}", s) for n, s in enumerate(spans))))
    return scene.brackets, laid, rows_of(scene.brackets, laid)


@settings(max_examples=30)
@given(st.lists(SPANS, max_size=10, unique=True))
def test_rows_never_collide_keep_the_order_of_lanes_and_leave_no_gap(spans):
    brackets, laid, rows = _rows(spans)
    for line, box in enumerate(laid.boxes):
        here = [
            (max(b.envelope.start, box.start), min(b.envelope.end, box.end), b.lane, r[line])
            for b, r in zip(brackets, rows, strict=True)
            if line in r
        ]
        for (a, b, lane, row), (c, d, other_lane, other_row) in combinations(here, 2):
            if a < d and c < b:
                assert row != other_row
                assert (row < other_row) == (lane < other_lane)
        for start, end, lane, row in here:
            assert row <= lane
            below = {r for s, e, _, r in here if s < end and start < e}
            assert row == 0 or below - {row}


def test_outer_brackets_move_up_on_a_line_the_inner_ones_do_not_reach():
    laid = geometry(MIXED, 300).layout.laid(0)
    edge = laid.boxes[0].end
    brackets, _, rows = _rows([(edge - 12, edge + 14), (edge + 2, edge + 8)], 300)
    assert [b.lane for b in brackets] == [1, 0]
    assert rows == [{0: 0, 1: 1}, {1: 0}]


def test_every_bracket_has_a_row_on_each_line_it_reaches_and_on_no_other():
    brackets, laid, rows = _rows([(5, 150), (20, 30)])
    for b, own in zip(brackets, rows, strict=True):
        reached = {
            n
            for n, box in enumerate(laid.boxes)
            if b.envelope.start < box.end and box.start < b.envelope.end
        }
        assert set(own) == reached

"""Lanes: no collision, no lane too many, and calm."""

from hypothesis import given, strategies as st

from annotator.core.ids import RecordId
from annotator.core.span import Span
from annotator.ui.textview.lanes import assign_lanes, lane_demand, with_lanes
from annotator.ui.textview.scene import Bracket, Scene

SPANS = st.builds(lambda a, n: Span(a, a + n), st.integers(0, 60), st.integers(1, 25))
SETS = st.lists(SPANS, max_size=25)


def _depth(spans):
    return max((sum(s.covers(n) for s in spans) for n in range(90)), default=0)


@given(SETS)
def test_overlapping_brackets_never_share_a_lane_and_none_is_wasted(spans):
    lanes = assign_lanes(spans)
    placed = list(zip(spans, lanes, strict=True))
    for n, (span, lane) in enumerate(placed):
        assert not any(lane == other and span.overlaps(s) for s, other in placed[:n])
    assert max(lanes, default=-1) + 1 == _depth(spans)


@given(SETS, SETS)
def test_marking_after_the_last_bracket_moves_none(before, later):
    end = max((span.end for span in before), default=0)
    moved = [Span(span.start + end, span.end + end) for span in later]
    assert assign_lanes(before + moved)[: len(before)] == assign_lanes(before)


@given(st.sets(SPANS, max_size=20))
def test_the_order_in_which_brackets_come_does_not_matter(spans):
    ordered = sorted(spans)
    assert assign_lanes(ordered[::-1])[::-1] == assign_lanes(ordered)


def test_the_inner_mention_lies_next_to_the_text():
    title, person, place = Span(13, 77), Span(28, 42), Span(35, 42)
    assert assign_lanes([title, person, place]) == [2, 1, 0]


def test_neighbours_share_the_first_lane():
    assert assign_lanes([Span(0, 4), Span(4, 9), Span(10, 12)]) == [0, 0, 0]


def test_a_scene_gets_its_lanes_over_whole_envelopes():
    split = Bracket(RecordId("EV1"), (Span(0, 3), Span(20, 25)), "#0072b2", "Say")
    inner = Bracket(RecordId("T1"), (Span(8, 12),), "#0072b2", "PER")
    scene = with_lanes(Scene(brackets=(split, inner)))
    assert [bracket.lane for bracket in scene.brackets] == [1, 0]
    assert lane_demand(scene) == [(Span(0, 25), 2), (Span(8, 12), 1)]

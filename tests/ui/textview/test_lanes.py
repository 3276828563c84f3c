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


def _clusters(spans):
    clusters = []
    for n in sorted(range(len(spans)), key=spans.__getitem__):
        if clusters and spans[n].start < max(spans[i].end for i in clusters[-1]):
            clusters[-1].append(n)
        else:
            clusters.append([n])
    return clusters


@given(SETS, st.data())
def test_lanes_stay_sound_through_any_row_of_edits(spans, data):
    lanes = assign_lanes(spans)
    for _ in range(4):
        old = list(lanes)
        if spans and data.draw(st.booleans()):
            gone = data.draw(st.integers(0, len(spans) - 1))
            spans, old = spans[:gone] + spans[gone + 1 :], old[:gone] + old[gone + 1 :]
        else:
            spans, old = [*spans, data.draw(SPANS)], [*old, None]
        lanes = assign_lanes(spans, old)
        placed = list(zip(spans, lanes, strict=True))
        for n, (span, lane) in enumerate(placed):
            assert not any(lane == other and span.overlaps(s) for s, other in placed[:n])
        assert max(lanes, default=-1) + 1 == _depth(spans)


@given(SETS, SPANS)
def test_an_edit_changes_no_lane_of_another_cluster(spans, added):
    lanes = assign_lanes(spans)
    after = assign_lanes([*spans, added], [*lanes, None])
    touched = next(c for c in _clusters([*spans, added]) if len(spans) in c)
    assert all(after[n] == lanes[n] for n in range(len(spans)) if n not in touched)


@given(SETS, st.data())
def test_what_is_not_asked_to_move_stays(spans, data):
    """The rest of a cluster moves only where that saves a lane or puts an inner one inside."""
    lanes = assign_lanes(spans)
    if not spans:
        return
    gone = data.draw(st.integers(0, len(spans) - 1))
    rest, old = spans[:gone] + spans[gone + 1 :], lanes[:gone] + lanes[gone + 1 :]
    after = assign_lanes(rest, old)
    for cluster in _clusters(rest):
        own = [rest[n] for n in cluster]
        saves = max(old[n] for n in cluster) + 1 > _depth(own)
        nests = any(
            old[outer] < old[inner] and rest[outer] != rest[inner]
            for outer in cluster
            for inner in cluster
            if rest[outer].contains(rest[inner])
        )
        if not saves and not nests:
            assert [after[n] for n in cluster] == [old[n] for n in cluster]


def test_a_crossing_bracket_leaves_the_others_where_they_are():
    spans = [Span(0, 10), Span(8, 20), Span(18, 30)]
    assert assign_lanes(spans) == [0, 1, 0]
    assert assign_lanes(spans[1:], [1, 0]) == [1, 0]


def test_a_longer_bracket_that_comes_first_makes_room_for_what_it_holds():
    assert assign_lanes([Span(0, 10), Span(2, 4)], [0, None]) == [1, 0]


def test_the_lanes_on_the_page_are_kept_by_name():
    def scene(*brackets):
        return Scene(brackets=tuple(Bracket(RecordId(i), (s,), "#0072b2", "") for i, s in brackets))

    first, second, third = ("T1", Span(0, 10)), ("T2", Span(8, 20)), ("T3", Span(18, 30))
    shown = with_lanes(scene(first, second, third))
    less = with_lanes(scene(second, third), shown)
    assert [(b.id, b.lane) for b in less.brackets] == [("T2", 1), ("T3", 0)]

"""How arcs run and where their labels stand."""

from itertools import combinations

import pytest
from hypothesis import given, strategies as st

from annotator.ui.textview.arcs import Column, End, Place, Room, Router

COLUMN = Column(100, 700, 80, 720)


def _measure(text):
    return 6.0 * len(text)


def _place(left, line=0, width=40, is_rtl=True):
    return Place(left, left + width, 50 + 90 * line, 64 + 90 * line, is_rtl)


def _routes(trigger, *ends, taken=()):
    return Router(COLUMN, _measure, taken).routes(trigger, ends)


def _end(role, place, text="وشە", *, is_above=False):
    return End(role, text, place, is_above)


TRIGGER = _end("", _place(400), "کۆبووەوە")


def test_on_one_line_an_arc_goes_up_along_the_head_room_and_down_to_the_word():
    (route,) = _routes(TRIGGER, _end("Place", _place(200)))
    xs, ys = zip(*route.corners, strict=True)
    assert xs == (415, 415, 232, 232)
    assert (ys[0], ys[-1]) == (64, 64)
    assert ys[1] == ys[2]
    assert 50 < ys[1] < 64


def test_farther_arguments_have_higher_arcs_and_other_lines_the_highest():
    near, far, below = _routes(
        TRIGGER, _end("a", _place(300)), _end("b", _place(150)), _end("c", _place(300, 2))
    )
    heights = [route.corners[1][1] for route in (near, far, below)]
    assert heights == sorted(heights, reverse=True)
    assert len(set(heights)) == 3


@pytest.mark.parametrize(("is_rtl", "trunk"), [(True, 80), (False, 720)])
def test_between_lines_an_arc_runs_through_the_margin_without_quote_bars(is_rtl, trunk):
    trigger = _end("", _place(400, is_rtl=is_rtl))
    (route,) = _routes(trigger, _end("Place", _place(200, 3)))
    assert [x for x, _ in route.corners[2:4]] == [trunk, trunk]


@given(st.lists(st.tuples(st.integers(100, 660), st.integers(0, 3)), max_size=5))
def test_no_arc_and_no_label_leaves_the_head_room(spots):
    ends = [_end("Participant", _place(left, line)) for left, line in spots]
    for route in _routes(TRIGGER, *ends):
        for (x1, y1), (x2, y2) in zip(route.corners, route.corners[1:], strict=False):
            in_margin = x1 == x2 and not COLUMN.left <= x1 <= COLUMN.right
            assert in_margin or all(50 <= (y - 90 * ((y - 50) // 90)) <= 64.5 for y in (y1, y2))
        label = route.label
        assert COLUMN.left <= label.left
        assert label.left + label.width <= COLUMN.right
        assert (label.top - 51) % 90 == 0
        assert label.height == 13


@given(st.lists(st.tuples(st.integers(100, 660), st.integers(0, 3)), max_size=4))
def test_labels_do_not_lie_on_each_other_while_there_is_room(spots):
    ends = [_end("abc", _place(left, line)) for left, line in spots]
    hints = [Room(300, 51, 12)]
    labels = [route.label for route in _routes(TRIGGER, *ends, taken=hints)]
    for one, other in combinations([*labels, *hints], 2):
        is_apart = one.left + one.width <= other.left or other.left + other.width <= one.left
        assert one.top != other.top or is_apart


def test_an_end_out_of_sight_is_a_stub_with_its_name_at_the_trigger():
    long = "ڕێکخراوی نەتەوە یەکگرتووەکان"
    below, above = _routes(
        TRIGGER, _end("Place", None, long), _end("Time", None, "دوێنێ", is_above=True)
    )
    assert (below.corners, above.corners) == ((), ())
    assert below.label.text == "\u2068Place: \u2068ڕێکخراوی نەتەوە ی…\u2069 ↓\u2069"
    assert below.label.tooltip == f"Place: {long}"
    assert above.label.text == "\u2068Time: \u2068دوێنێ\u2069 ↑\u2069"
    assert (below.label.is_stub, below.label.top) == (True, 51)
    assert above.label.left + above.label.width < below.label.left


def test_a_trigger_out_of_sight_is_named_at_its_arguments():
    away = _end("", None, "کۆبووەوە", is_above=True)
    (route,) = _routes(away, _end("Place", _place(200)), _end("Time", None))
    assert (route.corners, route.label.text) == ((), "\u2068Place · \u2068کۆبووەوە\u2069 ↑\u2069")

"""Spans and fragments."""

import pytest
from hypothesis import given, strategies as st

from annotator.core.span import Fragments, Span
from annotator.foundation.errors import Refused

spans = st.builds(lambda s, n: Span(s, s + n), st.integers(0, 30), st.integers(1, 10))


def points(span):
    return set(range(span.start, span.end))


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 3), (4, 2)])
def test_a_span_holds_a_character(start, end):
    with pytest.raises(Refused) as refused:
        Span(start, end)
    assert (refused.value.key, refused.value.values) == (
        "refused.span_empty",
        {"start": start, "end": end},
    )


@given(spans, spans)
def test_the_algebra_of_spans_is_that_of_sets(one, two):
    a, b = points(one), points(two)
    assert one.overlaps(two) == bool(a & b)
    assert one.contains(two) == (b <= a)
    assert one.crosses(two) == (bool(a & b) and not a <= b and not b <= a)
    clipped = one.clip(two)
    assert (set() if clipped is None else points(clipped)) == a & b


def test_covering_and_touching_an_offset():
    span = Span(2, 4)
    assert [i for i in range(6) if span.covers(i)] == [2, 3]
    assert [i for i in range(6) if span.touches(i)] == [2, 3, 4]
    assert len(span) == 2
    assert span.of("سەلام") == "لا"


@pytest.mark.parametrize(
    ("parts", "head", "key"),
    [
        ((), None, "refused.fragments_empty"),
        ((Span(0, 2), Span(2, 3)), None, "refused.fragments_order"),
        ((Span(4, 5), Span(0, 2)), None, "refused.fragments_order"),
        ((Span(0, 2), Span(4, 6)), Span(1, 5), "refused.head_outside"),
    ],
)
def test_fragments_are_in_order_and_apart_and_hold_their_head(parts, head, key):
    with pytest.raises(Refused) as refused:
        Fragments(parts, head)
    assert refused.value.key == key


def test_one_fragment():
    one = Fragments.at(2, 5)
    assert one == Fragments((Span(2, 5),))
    assert one.is_contiguous
    assert one.envelope == Span(2, 5)
    assert one.of("سەلام") == "لام"


def test_several_fragments():
    text = "جەختی لە ئاشتی کرد"
    cue = Fragments((Span(0, 5), Span(15, 18)), head=Span(0, 4))
    assert not cue.is_contiguous
    assert (cue.start, cue.end, cue.envelope) == (0, 18, Span(0, 18))
    assert cue.of(text) == "جەختی کرد"
    assert cue.overlaps(Span(4, 7))
    assert not cue.overlaps(Span(5, 15))
    assert cue.contains(Span(1, 5))
    assert not cue.contains(Span(4, 16))


@given(st.lists(spans, min_size=1, max_size=8))
def test_merging_keeps_every_point_and_no_other(some):
    merged = Fragments.merged(some)
    assert set().union(*map(points, merged.spans)) == set().union(*map(points, some))


def test_merging_nothing_is_refused():
    with pytest.raises(Refused):
        Fragments.merged([])

"""The index answers as if it walked the whole set, also after edits."""

from itertools import pairwise

from hypothesis import given, strategies as st

from annotator.core.annotations import Event, Mention, Quote, anchor_of
from annotator.core.edits import Change
from annotator.core.ids import layer_and_number
from annotator.core.span_index import SpanIndex, reading_key
from tests.builders import annotated
from tests.strategies import TEXT_LENGTH, events, mentions, quotes, spans, statuses

annotations = st.lists(mentions | events | quotes, max_size=12, unique_by=lambda r: r.id)
offsets = st.integers(-1, TEXT_LENGTH + 1)


def by_size(record):
    layer, number = layer_and_number(record.id)
    return len(anchor_of(record).envelope), layer.value, -number


def ids(records):
    return [record.id for record in records]


def check(index, records, span, offset):
    """Compare every answer of the index with a walk over the records."""
    order = sorted(records, key=reading_key)
    assert len(index) == len(order)
    assert index.overlapping(span) == ids(r for r in order if anchor_of(r).envelope.overlaps(span))
    around = [r for r in order if anchor_of(r).envelope.covers(offset)]
    assert index.covering(offset) == ids(sorted(around, key=by_size))
    assert index.next_after(offset) == next(
        (r.id for r in order if anchor_of(r).start >= offset), None
    )
    assert index.last_before(offset) == next(
        (r.id for r in reversed(order) if anchor_of(r).start < offset), None
    )
    for before, after in pairwise(order):
        assert index.next_after(before) == after.id
        assert index.last_before(after) == before.id
    if order:
        assert index.last_before(order[0]) is None
        assert index.next_after(order[-1]) is None


@given(annotations, spans(), offsets)
def test_it_answers_like_a_walk(records, span, offset):
    check(SpanIndex(records), records, span, offset)


@given(annotations, st.lists(mentions | events | quotes | statuses), spans(), offsets, st.data())
def test_it_follows_edits(records, fresh, span, offset, data):
    index = SpanIndex(records)
    present = {record.id: record for record in records}
    for record in fresh:
        changes = [Change(present.get(record.id), record)]
        present[record.id] = record
        gone = data.draw(st.none() | st.sampled_from(sorted(present)))
        if gone is not None:
            changes.append(Change(present.pop(gone), None))
        before, size, index = index, len(index), index.updated(changes)
        assert len(before) == size
    kept = [r for r in present.values() if isinstance(r, Mention | Event | Quote)]
    check(index, kept, span, offset)


def test_outer_before_inner_in_reading_order_and_inner_first_under_the_caret():
    _, made = annotated("[[سەرۆکی [هەرێم]GPE]PER هات]Movement.Visit و [ڕۆیشت]Movement.Visit")
    index = SpanIndex(made.annotations())
    assert index.covering(8) == ["T2", "T1", "EV1"]
    assert index.next_after(0) == "EV1"
    assert index.next_after(made.event("EV1")) == "T1"
    assert index.last_before(made.event("EV2")) == "T2"
    assert index.overlapping(made.mention("T2").fragments.envelope) == ["EV1", "T1", "T2"]


def test_of_two_on_the_same_words_the_one_made_last_is_the_inner():
    _, made = annotated("[[هەولێر]GPE]ORG")
    swapped = [made.mention("T1"), made.mention("T2")]
    assert SpanIndex(swapped).covering(0) == ["T2", "T1"]


@given(annotations, spans(), offsets)
def test_an_index_of_entries_is_that_of_the_annotations(records, span, offset):
    entries = [(*reading_key(record), record.id) for record in records]
    check(SpanIndex.of_entries(entries), records, span, offset)

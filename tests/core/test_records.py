"""Records as a value: late ones, layers, places and what refers to what."""

import pytest
from hypothesis import given, strategies as st

from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import anchor_of, layer_of, references
from annotator.core.edits import Change, Edit
from annotator.core.ids import Layer
from annotator.core.records import Contents, Records
from annotator.core.span import Span
from annotator.core.span_index import SpanIndex
from annotator.foundation.errors import Refused
from tests.builders import annotated
from tests.strategies import entities, events, mentions, quotes

_, SET = annotated("[[سەرۆکی [هەرێم]GPE]PER هات]Movement.Visit(Visitor=T1) و [ڕۆیشت]Movement.Visit")
ALL = dict(SET.records)
any_records = st.lists(mentions | events | quotes | entities, max_size=10, unique_by=lambda r: r.id)


class Stored:
    """Records kept somewhere, and which of them have been read."""

    def __init__(self, records):
        self.records, self.read_ids, self.asked, self.lists = records, [], [], 0

    def contents(self):
        self.lists += 1
        layers = {}
        for record in self.records.values():
            layers.setdefault(layer_of(record), {})[record.id] = None
        places = SpanIndex(AnnotationSet(self.records).annotations())
        return Contents(self.records, lambda: layers, places)

    def places_in(self, span):
        self.asked.append(span)
        there = AnnotationSet(self.records).annotations()
        return SpanIndex(r for r in there if anchor_of(r).envelope.overlaps(span))

    def holds(self, identifier):
        return identifier in self.records

    def read_all(self, identifiers):
        self.bulk = list(identifiers)

    def read(self, identifier):
        self.read_ids.append(identifier)
        return self.records[identifier]


def late(records):
    """The same records, and which of them have been read."""
    stored = Stored(records)
    return Records.late(stored), stored.read_ids


def test_a_late_record_is_read_once_when_it_is_asked_for():
    made, read = late(ALL)
    assert list(made) == list(ALL)
    assert len(made) == len(ALL)
    assert "T1" in made
    assert "T9" not in made
    assert made.count(Layer.MENTION) == 2
    assert made.places.covering(9) == SET.places.covering(9)
    assert read == []
    assert made["T1"] == made["T1"] == ALL["T1"]
    assert read == ["T1"]
    assert made == ALL
    assert sorted(read) == sorted(ALL)
    assert repr(made) == repr(Records(ALL))


def test_single_records_and_places_are_told_without_the_list_of_all():
    stored = Stored(ALL)
    made = AnnotationSet(Records.late(stored))
    assert made.overlapping(Span(0, 30)) == SET.overlapping(Span(0, 30)) != []
    assert made.covering(9) == SET.covering(9) == ["T2", "T1", "EV1"]
    assert stored.asked == [Span(0, 30)]
    assert made.overlapping(Span(20, 40)) == SET.overlapping(Span(20, 40))
    assert stored.asked == [Span(0, 30), Span(20, 40)]
    assert made.get("T1") == ALL["T1"]
    assert "EV1" in made
    assert "T9" not in made
    assert made.get("T9") is None
    assert 7 not in made
    assert stored.lists == 0
    assert len(made) == len(SET)
    assert made.overlapping(Span(0, 3)) == SET.overlapping(Span(0, 3))
    assert stored.lists == 1
    assert stored.asked == [Span(0, 30), Span(20, 40)]


def test_a_set_of_late_records_is_equal_to_the_set():
    made, _ = late(ALL)
    assert AnnotationSet(made, SET.last_numbers) == SET
    assert list(AnnotationSet(made).quotes()) == []


def test_changing_one_record_reads_that_one_alone():
    made, read = late(ALL)
    mention = ALL["T2"]
    after = AnnotationSet(made, SET.last_numbers).apply(Edit("edit.any", (Change(mention, None),)))
    assert "T2" not in after
    assert "T2" in made
    # Whether something refers to what went can only be told when all have been read.
    assert set(read) == set(ALL)
    renamed, read = late(ALL)
    event = ALL["EV2"]
    renamed.changed((Change(event, event),))
    assert read == ["EV2"]


def test_a_change_of_what_is_not_there_is_refused():
    made, _ = late(ALL)
    with pytest.raises(Refused):
        made.changed((Change(None, ALL["T1"]),))
    with pytest.raises(Refused):
        made.changed((Change(ALL["T1"], None), Change(ALL["T1"], None)))


def test_nothing_is_read_of_a_set_that_was_never_late():
    with pytest.raises(KeyError):
        Records(ALL)["T9"]


@given(any_records, any_records)
def test_what_refers_to_what_follows_changes(before, after):
    made = Records({record.id: record for record in before})
    made.referring_to("T1")
    for record in after:
        made = made.changed((Change(made.get(record.id), record),))
    for gone in before[::2]:
        if made.get(gone.id) == gone:
            made = made.changed((Change(gone, None),))
    fresh = Records(made)
    for identifier in {i for record in (*before, *after) for i in references(record)}:
        assert set(made.referring_to(identifier)) == set(fresh.referring_to(identifier))
    for layer in Layer:
        assert set(made.of_layer(layer)) == set(fresh.of_layer(layer))
        assert made.count(layer) == fresh.count(layer)

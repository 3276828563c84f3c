"""Two sets that say the same under other ids, and two that do not."""

import pytest

from annotator.core.annotations import (
    Argument,
    Coverage,
    Event,
    EventTarget,
    SetStatus,
    StatusRecord,
    references,
)
from annotator.core.ids import Layer, layer_and_number, record_id
from annotator.core.provenance import Origin, Provenance
from annotator.core.renaming import renamed
from annotator.core.sameness import says_the_same
from annotator.core.span import Fragments
from tests.builders import annotated, annotation_set, changed, with_records

WHOLE = (
    "[ئارام]PER=E1 لە [هەولێر]GPE=E2 [کۆبووەوە]Contact.Meet(Participant=T1,Place=T2) و وتی: "
    "«[[ئارام]PER=E1 هات]direct(speaker=T1,addressee=E2)» [سەردان]Contact.Meet(Topic=EV1,Topic=Q1)"
)


def turned_round(annotations):
    """The same records, counted from the last one on, and in another order."""
    ids = {}
    for layer in Layer:
        own = [each for each in annotations.records if layer_and_number(each)[0] is layer]
        if layer is not Layer.STATUS:
            ids |= {old: record_id(layer, len(own) - number) for number, old in enumerate(own)}
    return annotation_set(*(renamed(one, ids) for one in reversed(annotations.records.values())))


def test_ids_origins_and_the_status_do_not_count():
    annotations = annotated(WHOLE)[1]
    other = turned_round(annotations)
    assert other.records != annotations.records
    other = changed(other, "T1", provenance=Provenance(Origin.IMPORT, "b.ann"))
    status = StatusRecord(SetStatus.COMPLETE, *[Coverage.COMPLETE] * 3)
    assert says_the_same(annotations, with_records(other, status))
    assert says_the_same(annotations, annotations)


@pytest.mark.parametrize(
    ("identifier", "fields"),
    [
        ("T3", {"label": "ORG"}),
        ("T3", {"entity": "E2"}),
        ("T2", {"fragments": Fragments.at(0, 3)}),
        ("E2", {"name": "شار"}),
        ("EV2", {"arguments": ()}),
        ("Q1", {"addressees": ()}),
    ],
)
def test_a_set_that_says_anything_else_differs(identifier, fields):
    annotations = annotated(WHOLE)[1]
    other = turned_round(changed(annotations, identifier, **fields))
    assert not says_the_same(annotations, other)
    assert not says_the_same(other, annotations)


def test_one_annotation_more_differs():
    annotations = annotated("[ئارام]PER هات")[1]
    assert not says_the_same(annotations, annotated("ئارام هات")[1])
    twice = with_records(annotations, renamed(annotations.mention("T1"), {"T1": "T2"}))
    assert not says_the_same(annotations, twice)


def chain(count, *, last):
    """Events alike, each a topic of the one before it."""
    place = Fragments.at(0, 4)
    return annotation_set(
        *(
            Event(
                record_id(Layer.EVENT, number),
                "Contact.Meet" if number < count else last,
                place,
                (Argument("Topic", EventTarget(record_id(Layer.EVENT, number + 1))),)
                if number < count
                else (),
            )
            for number in range(1, count + 1)
        )
    )


def test_what_records_refer_to_counts_however_far_it_is():
    near = chain(5, last="Contact.Meet")
    assert list(references(near.event("EV1"))) == ["EV2"]
    assert says_the_same(near, turned_round(near))
    assert not says_the_same(near, chain(5, last="Contact.Phone"))


def test_references_that_lead_too_far_to_follow_are_taken_to_differ():
    far = chain(40, last="Contact.Meet")
    assert says_the_same(far, far)
    assert not says_the_same(far, turned_round(far))

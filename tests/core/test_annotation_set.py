"""Annotation sets: looking up, applying edits, numbers that are never used twice."""

import pytest
from msgspec.structs import replace

from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import Coverage, Entity, Mention, SetStatus, StatusRecord
from annotator.core.edits import Change, Edit
from annotator.core.ids import Layer
from annotator.core.span import Fragments, Span
from annotator.foundation.errors import Defect, Refused
from tests.builders import annotated

_, WORK = annotated(
    "[سەرۆکی [ئەمریکا]GPE=E1]TITLE وتی: «[دێین بۆ [کۆبوونەوە]Contact.Meet(Participant=T2)]direct»"
)


def edit(*changes):
    return Edit("edit.x", tuple(Change(before, after) for before, after in changes))


def test_looking_up_by_id_and_kind():
    assert WORK.mention("T2").label == "GPE"
    assert WORK.entity("E1").name == "ئەمریکا"
    assert WORK.event("EV1").type == "Contact.Meet"
    assert WORK.quote("Q1").id == "Q1"
    assert WORK.get("T2") is WORK.mention("T2")
    assert (WORK.get("T9"), WORK.get(None)) == (None, None)
    assert "T1" in WORK
    assert "T9" not in WORK


@pytest.mark.parametrize("look_up", [WORK.mention, WORK.entity, WORK.event, WORK.quote])
def test_what_is_not_there_or_of_another_kind_is_refused(look_up):
    for identifier in ("T9", "SET"):
        with pytest.raises(Refused) as refused:
            look_up(identifier)
        assert refused.value.key == "refused.no_such_record"
        assert refused.value.values == {"identifier": identifier}


def test_records_by_kind():
    assert [m.id for m in WORK.mentions()] == ["T1", "T2"]
    assert [e.id for e in WORK.entities()] == ["E1"]
    assert [e.id for e in WORK.events()] == ["EV1"]
    assert [q.id for q in WORK.quotes()] == ["Q1"]
    assert {a.id for a in WORK.annotations()} == {"T1", "T2", "EV1", "Q1"}
    assert len(WORK) == 4


def test_reading_order_puts_outer_before_inner():
    assert [a.id for a in WORK.in_reading_order()] == ["T1", "T2", "Q1", "EV1"]


def test_who_refers_to_a_record():
    assert [r.id for r in WORK.referring_to("T2")] == ["EV1"]
    assert [r.id for r in WORK.referring_to("E1")] == ["T2"]
    assert list(WORK.referring_to("Q1")) == []


def test_fresh_ids_follow_the_highest_number():
    assert WORK.next_id(Layer.MENTION) == "T3"
    assert WORK.next_id(Layer.MENTION, after=1) == "T4"
    assert AnnotationSet().next_id(Layer.QUOTE) == "Q1"


def test_a_number_is_never_used_twice():
    third = Mention("T3", "PER", Fragments.at(0, 2))
    gone = WORK.apply(edit((None, third))).apply(edit((third, None)))
    assert "T3" not in gone
    assert gone.records == WORK.records
    assert gone.next_id(Layer.MENTION) == "T4"


def test_an_edit_adds_changes_and_removes():
    third = Mention("T3", "PER", Fragments.at(0, 2))
    old = WORK.mention("T1")
    new = replace(old, label="PER")
    after = WORK.apply(edit((None, third), (old, new)))
    assert after.mention("T1") == new
    assert after.mention("T3") == third
    assert WORK.mention("T1") == old
    assert after.apply(edit((None, third), (old, new)).inverse).records == WORK.records


@pytest.mark.parametrize(
    "stale",
    [
        edit((replace(WORK.mention("T1"), label="PER"), None)),
        edit((None, WORK.mention("T1"))),
        edit((Mention("T7", "PER", Fragments.at(0, 1)), None)),
    ],
)
def test_a_stale_edit_is_refused(stale):
    with pytest.raises(Refused) as refused:
        WORK.apply(stale)
    assert refused.value.key == "refused.stale_edit"
    assert refused.value.values == {"identifier": stale.changes[0].id}


def test_a_reference_to_nothing_is_a_defect():
    with pytest.raises(Defect) as removed:
        WORK.apply(edit((WORK.mention("T2"), None)))
    assert removed.value.key == "defect.dangling"
    assert removed.value.values == {"identifier": "EV1", "missing": "T2"}
    linked = replace(WORK.mention("T1"), entity="E9")
    with pytest.raises(Defect) as added:
        WORK.apply(edit((WORK.mention("T1"), linked)))
    assert added.value.values == {"identifier": "T1", "missing": "E9"}


def test_the_order_of_changes_does_not_make_a_reference_dangle():
    entity = Entity("E2", "PER", "ئازاد")
    linked = replace(WORK.mention("T1"), entity="E2")
    after = WORK.apply(edit((WORK.mention("T1"), linked), (None, entity)))
    assert after.mention("T1").entity == "E2"


def test_an_edit_may_take_a_record_away_and_bring_it_back():
    two = WORK.mention("T2")
    assert WORK.apply(edit((two, None), (None, two))).records == WORK.records


def test_the_status_is_told_from_what_is_there():
    assert AnnotationSet().status == StatusRecord(
        SetStatus.NEW, Coverage.NONE, Coverage.NONE, Coverage.NONE
    )
    _, mentions = annotated("[ئازاد]PER")
    assert mentions.status == StatusRecord(
        SetStatus.IN_PROGRESS, Coverage.PARTIAL, Coverage.NONE, Coverage.NONE
    )


def test_a_recorded_status_counts_and_uses_no_number():
    done = StatusRecord(SetStatus.COMPLETE, *[Coverage.COMPLETE] * 3)
    after = WORK.apply(edit((None, done)))
    assert after.status == done
    assert after.last_numbers == WORK.last_numbers


def test_annotations_on_exactly_some_spans():
    _, made = annotated("[[هەولێر]GPE]ORG و [دهۆک]GPE")
    spans = made.mention("T1").fragments.spans
    assert {record.id for record in made.at(spans)} == {"T1", "T2"}
    assert list(made.at((Span(0, 3),))) == []
    assert list(made.at((Span(0, 2), Span(4, 6)))) == []


def test_a_set_of_records_is_the_one_that_edits_make():
    made = AnnotationSet.of(WORK.records.values())
    assert made == WORK
    assert list(made.records) == list(WORK.records)
    assert made.last_numbers == WORK.last_numbers
    assert AnnotationSet.of(()) == AnnotationSet()


def test_numbers_that_are_gone_are_not_given_out_again():
    made = AnnotationSet.of(WORK.records.values(), {Layer.MENTION: 9, Layer.EVENT: 0})
    assert (made.next_id(Layer.MENTION), made.next_id(Layer.EVENT)) == ("T10", "EV2")


def test_a_set_holds_no_record_twice_and_no_reference_to_nothing():
    records = list(WORK.records.values())
    with pytest.raises(Defect) as caught:
        AnnotationSet.of([*records, WORK.mention("T2")])
    assert caught.value.key == "defect.record_twice"
    assert caught.value.values == {"identifier": "T2"}
    with pytest.raises(Defect) as caught:
        AnnotationSet.of([record for record in records if record.id != "E1"])
    assert caught.value.key == "defect.dangling"
    assert caught.value.values == {"identifier": "T2", "missing": "E1"}

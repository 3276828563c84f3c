"""Marking many places as one mention is marked."""

import hypothesis.strategies as st
import pytest
from hypothesis import given
from msgspec.structs import replace

from annotator.core.annotations import Entity, Mention, MentionLevel, StatusRecord
from annotator.core.categories import Coverage, SetStatus
from annotator.core.commands.bulk import mark_all
from annotator.core.commands.mentions import NewEntity
from annotator.core.edits import Change
from annotator.core.ids import RecordId
from annotator.core.provenance import Origin, Provenance
from annotator.core.span import Fragments, Span
from annotator.foundation.errors import Refused
from tests.builders import annotated, annotation_set, changed, scheme, with_records
from tests.strategies import spans

SCHEME = scheme()
PLACES = (Span(20, 24), Span(10, 14))
T1, E1 = RecordId("T1"), RecordId("E1")


def marked(identifier, place, **values):
    """A mention at a place, as the template of these tests is."""
    return Mention(RecordId(identifier), "GPE", Fragments((place,)), **values)


def test_every_place_is_marked_in_one_step_and_refers_to_the_entity():
    _, annotations = annotated("[دهۆک]GPE=E1")
    edit = mark_all(annotations, SCHEME, annotations.mention(T1), PLACES, E1)
    assert edit.name == "edit.mark_all"
    assert edit.changes == (
        Change(None, marked("T2", Span(10, 14), entity=E1)),
        Change(None, marked("T3", Span(20, 24), entity=E1)),
    )


def test_level_and_admitted_attributes_come_from_the_template():
    _, annotations = annotated("[دهۆک]GPE=E1")
    template = replace(
        annotations.mention(T1),
        level=MentionLevel.NOM,
        attrs=(("facet", "government"), ("value", "2020"), ("unknown", "x")),
        provenance=Provenance(Origin.IMPORT, "file"),
    )
    edit = mark_all(annotations, SCHEME, template, PLACES[:1], E1)
    assert list(edit.added()) == [
        marked("T2", PLACES[0], entity=E1, level=MentionLevel.NOM, attrs=(("facet", "government"),))
    ]


@pytest.mark.parametrize(
    ("label", "attrs", "kept"),
    [
        ("GPE", (("facet", "moon"),), ()),
        ("DATE", (("value", "2020-09-22"),), (("value", "2020-09-22"),)),
    ],
)
def test_a_value_must_be_among_those_of_the_scheme_where_it_lists_them(label, attrs, kept):
    _, annotations = annotated(f"[دهۆک]{label}")
    template = replace(annotations.mention(T1), attrs=attrs)
    edit = mark_all(annotations, SCHEME, template, PLACES[:1], None)
    assert [record.attrs for record in edit.added()] == [kept]


def test_a_template_without_an_entity_gets_it_too():
    _, annotations = annotated("[دهۆک]GPE")
    template = annotations.mention(T1)
    edit = mark_all(annotations, SCHEME, template, PLACES[:1], NewEntity("دهۆک"))
    assert edit.changes == (
        Change(None, Entity(E1, "GPE", "دهۆک")),
        Change(None, marked("T2", PLACES[0], entity=E1)),
        Change(template, replace(template, entity=E1)),
    )


def test_a_template_that_is_in_no_set_stays_out_of_it():
    edit = mark_all(annotation_set(), SCHEME, marked("T9", Span(0, 4)), PLACES[:1], None)
    assert edit.changes == (Change(None, marked("T1", PLACES[0])),)


def test_a_template_keeps_the_entity_it_has():
    _, annotations = annotated("[دهۆک]GPE=E1")
    edit = mark_all(annotations, SCHEME, annotations.mention(T1), PLACES, None)
    assert [record.entity for record in edit.added()] == [None, None]
    assert all(change.before is None for change in edit.changes)


def test_places_that_are_marked_alike_are_passed_over():
    _, annotations = annotated("[دهۆک]GPE [شار]PER [گوند]GPE")
    places = [mention.fragments.spans[0] for mention in annotations.mentions()]
    edit = mark_all(annotations, SCHEME, annotations.mention(T1), [*places, places[1]], None)
    assert [record.fragments.spans for record in edit.added()] == [(places[1],)]


def test_nothing_changes_where_all_is_done():
    _, annotations = annotated("[دهۆک]GPE")
    edit = mark_all(annotations, SCHEME, annotations.mention(T1), [Span(0, 4)], NewEntity("x"))
    assert edit.is_empty


@pytest.mark.parametrize(
    ("label", "entity", "key"),
    [("WHAT", None, "refused.no_such_label"), ("GPE", "E7", "refused.no_such_record")],
)
def test_what_the_scheme_or_the_set_lacks_is_refused(label, entity, key):
    _, annotations = annotated("[دهۆک]GPE")
    annotations = changed(annotations, "T1", label=label)
    with pytest.raises(Refused) as refused:
        mark_all(annotations, SCHEME, annotations.mention(T1), PLACES, entity)
    assert refused.value.key == key


@given(
    st.lists(spans(), max_size=12),
    st.lists(spans(), max_size=4),
    st.sampled_from([None, E1, NewEntity("ناو")]),
)
def test_the_inverse_takes_all_back(places, before, entity):
    status = StatusRecord(SetStatus.COMPLETE, *[Coverage.COMPLETE] * 3)
    annotations = with_records(annotated("[دهۆک]GPE [شار]PER=E1")[1], status)
    template = annotations.mention(T1)
    annotations = annotations.apply(mark_all(annotations, SCHEME, template, before, None))
    edit = mark_all(annotations, SCHEME, template, places, entity)
    after = annotations.apply(edit)
    alike = [m.fragments.spans[0] for m in after.mentions() if m.label == "GPE"]
    assert sorted(alike) == sorted({Span(0, 4), *before, *places})
    assert after.apply(edit.inverse).records == annotations.records
    assert after.apply(edit.inverse).apply(edit) == after

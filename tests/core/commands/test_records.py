"""Attributes, clusters, deletion with its side effects, and status."""

import pytest
from msgspec.structs import replace

from annotator.core.annotations import (
    Coverage,
    Polarity,
    Realis,
    SetStatus,
    StatusRecord,
)
from annotator.core.commands.quotes import set_speaker
from annotator.core.commands.records import (
    SideEffects,
    attribute_spec,
    attribute_specs,
    attribute_value,
    delete,
    set_attribute,
    set_cluster,
    set_status,
    side_effects,
)
from annotator.core.edits import Edit
from annotator.core.ids import Layer
from tests.builders import annotated, attribute_spec as spec_of, changed, scheme
from tests.core.commands.refusing import refused

FIELDS = scheme(
    attributes=(
        *scheme().attributes,
        spec_of("realis", Layer.EVENT, "actual", "generic", "unheard", default="generic"),
        spec_of("polarity", Layer.EVENT, "positive", "negative"),
    )
)
ALL = "[هەولێر]GPE [هات]Contact.Meet «[باشە]direct»"


def made(notation):
    return annotated(notation)[1]


def given(before, identifier, name, value):
    return before.apply(set_attribute(before, FIELDS, identifier, name, value)).get(identifier)


@pytest.mark.parametrize(
    ("identifier", "name", "value"),
    [("T1", "facet", "people"), ("EV1", "tense", "present"), ("Q1", "medium", "tweet")],
)
def test_an_attribute_is_set_and_taken_away(identifier, name, value):
    before = made(ALL)
    assert given(before, identifier, name, value).attrs == ((name, value),)
    there = before.apply(set_attribute(before, FIELDS, identifier, name, value))
    assert given(there, identifier, name, None) == before.get(identifier)


def test_realis_and_polarity_are_fields():
    before = made(ALL)
    assert given(before, "EV1", "realis", "generic").realis is Realis.GENERIC
    assert given(before, "EV1", "realis", None).realis is Realis.GENERIC
    assert given(before, "EV1", "polarity", "negative").polarity is Polarity.NEGATIVE
    negative = changed(before, "EV1", polarity=Polarity.NEGATIVE)
    assert given(negative, "EV1", "polarity", None).polarity is Polarity.POSITIVE


@pytest.mark.parametrize(
    ("identifier", "name", "value", "key"),
    [
        ("T1", "facet", "river", "refused.attribute_value"),
        ("EV1", "realis", "unheard", "refused.attribute_value"),
        ("T1", "value", "2020", "refused.no_such_attribute"),
        ("Q1", "note", "x", "refused.no_such_attribute"),
        ("T7", "facet", "people", "refused.no_such_record"),
    ],
)
def test_an_attribute_is_refused(identifier, name, value, key):
    with refused(key):
        given(made(ALL), identifier, name, value)


def test_free_text_attributes_take_anything():
    assert given(made("[دوێنێ]DATE"), "T1", "value", "2020-01-01").attrs == (
        ("value", "2020-01-01"),
    )


def test_which_attributes_there_are():
    before = made(ALL)
    names = {r.id: [s.id for s in attribute_specs(FIELDS, r)] for r in before.annotations()}
    assert names == {
        "T1": ["facet"],
        "EV1": ["tense", "realis", "polarity"],
        "Q1": ["medium"],
    }
    assert attribute_spec(FIELDS, before.mention("T1"), "facet").layer is Layer.MENTION


def test_the_value_of_an_attribute_is_the_stored_one_else_the_default():
    event = made(ALL).event("EV1")
    specs = {spec.id: spec for spec in attribute_specs(FIELDS, event)}
    assert attribute_value(event, specs["realis"]) == "actual"
    assert attribute_value(event, specs["polarity"]) == "positive"
    assert attribute_value(event, specs["tense"]) == "past"
    present = replace(event, attrs=(("tense", "present"),))
    assert attribute_value(present, specs["tense"]) == "present"
    quote = made(ALL).quote("Q1")
    assert attribute_value(quote, attribute_specs(FIELDS, quote)[0]) is None


def test_clusters_are_of_events_and_quotes():
    before = made(ALL)
    for identifier in ("EV1", "Q1"):
        edit = set_cluster(before, identifier, "c1")
        assert before.apply(edit).get(identifier).cluster == "c1"
        assert before.apply(edit).apply(edit.inverse).records == before.records
        assert set_cluster(before, identifier, "").is_empty
    with refused("refused.no_such_attribute"):
        set_cluster(before, "T1", "c1")


def test_deleting_tells_what_goes_with_it():
    before = made(
        "[ئەو]PER=E1 [ئێمە]PER=E2 [هات]Contact.Meet(Participant=T1,Participant=T2) "
        "«[باشە]direct(speaker=T1,addressee=T1,addressee=T2)»"
    )
    edit = delete(before, ["T1"])
    assert side_effects(edit) == SideEffects(arguments=1, speakers=1, addressees=1, entities=1)
    after = before.apply(edit)
    assert set(after.records) == {"T2", "E2", "EV1", "Q1"}
    assert after.apply(edit.inverse).records == before.records


def test_deleting_a_quote_tells_of_quotes_that_lose_their_place():
    before = made("«[یەک «[دوو «[سێ]direct(parent=Q2)»]direct(parent=Q1)»]direct»")
    assert side_effects(delete(before, ["Q1"])) == SideEffects(children=1)
    assert side_effects(delete(before, ["Q2"])).is_empty
    assert set(before.apply(delete(before, ["Q1", "Q2"])).records) == {"Q3"}


def test_deleting_what_is_alone_has_no_side_effects():
    before = made("[ئەو]PER [ئێمە]PER")
    edit = delete(before, ["T1", "T2"])
    assert side_effects(edit).is_empty
    assert len(before.apply(edit)) == 0
    with refused("refused.no_such_record"):
        delete(before, ["T1", "T1"])


def test_a_gain_is_no_side_effect():
    before = made("[ئەو]PER «[باشە]direct»")
    speaker = set_speaker(before, scheme(), "Q1", before.quote("Q1").speaker.who)
    assert side_effects(speaker).is_empty


@pytest.mark.parametrize(
    ("status", "coverage"),
    [
        (SetStatus.IN_PROGRESS, Coverage.PARTIAL),
        (SetStatus.COMPLETE, Coverage.COMPLETE),
        (SetStatus.REVIEWED, Coverage.COMPLETE),
        (SetStatus.APPROVED, Coverage.COMPLETE),
    ],
)
def test_the_status_is_a_record_like_any_other(status, coverage):
    before = made("[ئەو]PER")
    edit = set_status(before, status)
    after = before.apply(edit)
    assert after.status == StatusRecord(status, coverage, coverage, coverage)
    assert set_status(after, status) == Edit("edit.set_status", ())
    assert after.apply(edit.inverse).records == before.records

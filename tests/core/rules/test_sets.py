"""Rules of the whole set: references, vocabulary, required attributes, status."""

from types import MappingProxyType

import pytest

from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import Coverage, SetStatus, StatusRecord
from annotator.core.ids import AnnotatorId, RecordId, SetId
from annotator.core.set_header import SetKind
from tests.builders import changed, edited_facts, facts, scheme, set_header, with_records
from tests.core.rules.told import told


def without(*identifiers):
    """An edit that drops records without detaching what refers to them."""

    def edit(annotations):
        kept = {i: r for i, r in annotations.records.items() if i not in identifiers}
        return AnnotationSet(MappingProxyType(kept), annotations.last_numbers)

    return edit


@pytest.mark.parametrize(
    ("notation", "gone", "expected"),
    [
        ("[ئازاد]PER=E1", "E1", ["dangling E T1 ئازاد"]),
        ("[ئازاد]PER [کۆبووەوە]Contact.Meet(Participant=T1)", "T1", ["dangling E EV1 کۆبووەوە"]),
        ("[باس]Contact.Meet(Topic=EV2) [شەڕ]Conflict.Attack", "EV2", ["dangling E EV1 باس"]),
        ("[باس]Contact.Meet(Topic=Q1) [وا]indirect", "Q1", ["dangling E EV1 باس"]),
        ("[ئازاد]PER وتی [وا]indirect(speaker=T1)", "T1", ["dangling E Q1 وا"]),
        ("[ئازاد]PER وتی [وا]indirect(addressee=T1)", "T1", ["dangling E Q1 وا"]),
        ("[ئەو [وا]indirect(parent=Q1)]indirect", "Q1", ["dangling E Q2 وا"]),
        ("[ئازاد]PER=E1 [کۆبووەوە]Contact.Meet(Participant=T1)", "", []),
    ],
)
def test_every_reference_finds_its_record(notation, gone, expected):
    assert told(edited_facts(notation, without(gone)), "V11") == expected


def test_a_reference_to_a_record_of_another_kind_is_an_error():
    odd = edited_facts("[ئازاد]PER [سارا]PER", lambda a: changed(a, "T1", entity=RecordId("T2")))
    assert told(odd, "V11") == ["kind E T1 ئازاد"]


def test_a_record_filed_under_another_id_is_an_error():
    def misfile(annotations):
        (record,) = annotations.records.values()
        return AnnotationSet(MappingProxyType({RecordId("T5"): record}))

    assert told(edited_facts("[ئازاد]PER", misfile), "V11") == ["id E T5 ئازاد"]


@pytest.mark.parametrize(
    ("notation", "expected"),
    [
        ("[ئازاد]PERSON", ["label E T1 ئازاد"]),
        ("[ئازاد]PERSON=E1", ["label E T1 ئازاد", "label E E1"]),
        ("[شەڕ]Conflict.War", ["type E EV1 شەڕ"]),
        ("[شەڕ]Conflict.Attack(Winner=E1)", ["role E EV1 شەڕ"]),
        ("[شەڕ]Conflict.Attack(Topic=E1) [ئازاد]PER [وا]direct", []),
    ],
)
def test_labels_types_and_roles_come_from_the_scheme(notation, expected):
    assert told(facts(notation), "V12") == expected


def test_quote_types_come_from_the_scheme():
    assert told(facts("[وا]mixed", scheme=scheme(quote_types=())), "V12") == ["type E Q1 وا"]


@pytest.mark.parametrize(
    ("attrs", "expected"),
    [
        ((("facet", "government"),), []),
        ((("facet", "weather"),), ["value E T1 بەغدا"]),
        ((("colour", "red"),), ["attribute E T1 بەغدا"]),
        ((("value", "٢٠٢٤"),), ["attribute E T1 بەغدا"]),
    ],
)
def test_attributes_and_their_values_come_from_the_scheme(attrs, expected):
    given = edited_facts("[بەغدا]GPE", lambda a: changed(a, "T1", attrs=attrs))
    assert told(given, "V12") == expected


@pytest.mark.parametrize(
    ("attrs", "expected"),
    [
        ((), ["W T1 دوێنێ"]),
        ((("value", ""),), ["W T1 دوێنێ"]),
        ((("value", "2024-05-01"),), []),
    ],
)
def test_required_attributes_without_a_default_are_asked_for(attrs, expected):
    notation = "[دوێنێ]DATE [ئازاد]PER [هات]Contact.Meet [وا]indirect"
    given = edited_facts(notation, lambda a: changed(a, "T1", attrs=attrs))
    assert told(given, "V24") == expected


def status(state, mentions, events, quotes):
    return StatusRecord(state, mentions, events, quotes)


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (
            status(SetStatus.APPROVED, Coverage.PARTIAL, Coverage.NONE, Coverage.COMPLETE),
            ["mention E SET", "event E SET"],
        ),
        (
            status(SetStatus.APPROVED, Coverage.COMPLETE, Coverage.COMPLETE, Coverage.NONE),
            ["quote E SET"],
        ),
        (status(SetStatus.APPROVED, Coverage.COMPLETE, Coverage.COMPLETE, Coverage.COMPLETE), []),
        (status(SetStatus.REVIEWED, Coverage.PARTIAL, Coverage.NONE, Coverage.NONE), []),
    ],
)
def test_an_approved_set_is_complete_in_every_layer(record, expected):
    assert told(edited_facts("[ئازاد]PER", lambda a: with_records(a, record)), "V50") == expected


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, []),
        (set_header(), []),
        (set_header("gold", kind=SetKind.ADJUDICATED, adjudicator=AnnotatorId("c1")), ["E"]),
        (set_header("gold", kind=SetKind.ADJUDICATED, derived_from=(SetId("a1"),)), []),
    ],
)
def test_an_adjudicated_set_names_its_sources(header, expected):
    assert told(facts("[ئازاد]PER", header=header), "V52") == expected


def test_a_status_record_has_neither_references_nor_vocabulary():
    record = status(SetStatus.COMPLETE, Coverage.COMPLETE, Coverage.NONE, Coverage.NONE)
    given = edited_facts("[ئازاد]PER", lambda a: with_records(a, record))
    assert (told(given, "V11"), told(given, "V12")) == ([], [])

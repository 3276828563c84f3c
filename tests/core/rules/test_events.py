"""Rules of the event layer."""

import pytest

from annotator.core.annotations import Entity
from annotator.core.document import Segmentation
from annotator.core.ids import RecordId
from annotator.core.scheme import FillerKind
from annotator.core.span import Fragments, Span
from tests.builders import changed, edited_facts, event_type, facts, role, scheme, with_records
from tests.core.rules.told import told


def test_a_trigger_holds_a_word():
    assert told(facts("[ ،]Contact.Meet"), "V30") == ["E EV1  ،"]
    assert told(facts("[کۆبوونەوە]Contact.Meet"), "V30") == []


@pytest.mark.parametrize(
    ("notation", "expected"),
    [
        ("[شەڕ]Conflict.Attack(Participant=T1) [ئازاد]PER", ["role E EV1 شەڕ"]),
        ("[شەڕ]Conflict.Attack(Winner=T1) [ئازاد]PER", []),
        ("[شەڕ]Conflict.War(Winner=T1) [ئازاد]PER", []),
        ("[شەڕ]Conflict.Attack [هێزەکان]EV1.Attacker", ["span E EV1 شەڕ"]),
        ("[شەڕ]Conflict.Attack(Attacker=EV2) [مردن]Conflict.Attack", ["event E EV1 شەڕ"]),
        ("[شەڕ]Conflict.Attack(Attacker=Q1) [وا]indirect", ["quote E EV1 شەڕ"]),
        ("[شەڕ]Conflict.Attack(Place=E1) [بەغدا]GPE=E1", ["implicit E EV1 شەڕ"]),
        ("[کۆبووەوە]Contact.Meet(Topic=Q1) [وا]indirect [نەوت]EV1.Topic", []),
        ("[شەڕ]Conflict.Attack(Place=T1) [ئازاد]PER", ["label E EV1 شەڕ"]),
        ("[شەڕ]Conflict.Attack(Place=T1) [بەغدا]GPE", []),
        ("[شەڕ]Conflict.Attack(Place=T9)", []),
        ("[سەردان]Movement.Visit(Destination=E1) [ئازاد]PER=E1", ["label E EV1 سەردان"]),
        ("[سەردان]Movement.Visit(Destination=E9)", []),
        ("[شەڕ]Conflict.Attack(Attacker=T1) [ئازاد]PER", []),
    ],
)
def test_roles_and_fillers_follow_the_frame(notation, expected):
    assert told(facts(notation), "V31") == expected


def test_a_mention_where_none_is_admitted():
    frame = event_type("Contact.Meet", "m", role("Topic", "t", FillerKind.EVENT))
    small = scheme(event_types=(frame,))
    odd = facts("[باس]Contact.Meet(Topic=T1) [ئازاد]PER", scheme=small)
    assert told(odd, "V31") == ["mention E EV1 باس"]


@pytest.mark.parametrize(
    ("notation", "expected"),
    [
        ("[کۆبووەوە]Contact.Meet", ["W EV1 کۆبووەوە"]),
        ("[کۆبووەوە]Contact.Meet(Participant=E1)", []),
        ("[شەڕ]Conflict.Attack", []),
        ("[شەڕ]Conflict.War", []),
    ],
)
def test_required_roles(notation, expected):
    assert told(facts(notation), "V32") == expected


@pytest.mark.parametrize(
    ("notation", "expected"),
    [
        ("[شەڕ]Conflict.Attack(Attacker=E1,Attacker=E2)", ["E EV1 شەڕ"]),
        ("[کۆبووەوە]Contact.Meet(Participant=E1,Participant=E2)", []),
        ("[شەڕ]Conflict.Attack(Attacker=E1,Target=E2)", []),
    ],
)
def test_roles_that_do_not_repeat(notation, expected):
    assert told(facts(notation), "V33") == expected


@pytest.mark.parametrize(
    ("notation", "expected"),
    [
        ("[شەڕ]Conflict.Attack(Attacker=E1,Target=E1)", ["roles W EV1 شەڕ"]),
        ("[کۆبووەوە]Contact.Meet(Participant=T1,Participant=T1)", ["twice W EV1 کۆبووەوە"]),
        ("[شەڕ]Conflict.Attack(Attacker=E1,Target=E2)", []),
    ],
)
def test_one_filler_for_one_role(notation, expected):
    assert told(facts(notation), "V34") == expected


@pytest.mark.parametrize(
    ("notation", "expected"),
    [
        ("[ا]Contact.Meet(Topic=EV1)", ["self E EV1 ا"]),
        ("[ا]Contact.Meet(Topic=EV2) [ب]Contact.Meet(Topic=EV1)", ["cycle E EV2 ب"]),
        (
            "[ا]Contact.Meet(Topic=EV2) [ب]Contact.Meet(Topic=EV3) [پ]Contact.Meet(Topic=EV2)",
            ["cycle E EV3 پ"],
        ),
        ("[ا]Contact.Meet(Topic=EV2,Topic=EV3) [ب]Contact.Meet(Topic=EV3) [پ]Contact.Meet", []),
        ("[ا]Contact.Meet(Topic=EV9)", []),
    ],
)
def test_no_event_takes_part_in_itself(notation, expected):
    assert told(facts(notation), "V35") == expected


def test_a_long_chain_of_events_is_followed_without_recursion():
    links = " ".join(f"[ا]Contact.Meet(Topic=EV{n % 3000 + 1})" for n in range(1, 3001))
    assert told(facts(links), "V35") == ["cycle E EV3000 ا"]


@pytest.mark.parametrize(
    ("notation", "expected"),
    [
        ("[کۆبووەوە]Contact.Meet(Participant=T1).\n[ئازاد]PER هات.", ["W EV1 کۆبووەوە"]),
        ("[کۆبووەوە]Contact.Meet.\n[لەسەر نەوت]EV1.Topic", ["W EV1 کۆبووەوە"]),
        ("[کۆبووەوە]Contact.Meet(Participant=T1). [ئازاد]PER هات.", []),
        ("[کۆبووەوە]Contact.Meet(Topic=Q1).\n[وا]indirect", []),
        ("[کۆبووەوە]Contact.Meet(Participant=T9)", []),
    ],
)
def test_arguments_stand_in_the_paragraph_of_the_trigger(notation, expected):
    assert told(facts(notation), "V36") == expected


def test_without_paragraphs_there_is_no_window():
    bare = facts(
        "[کۆبووەوە]Contact.Meet(Participant=T1)\n[ئازاد]PER", segmentation=Segmentation((), (), ())
    )
    assert told(bare, "V36") == []


def test_a_trigger_in_pieces_has_a_head():
    notation = "[پێشوازی]Contact.Meet لێ [کرد]EV1.trigger"
    assert told(facts(notation), "V37") == ["W EV1 پێشوازی لێ کرد"]
    headed = Fragments((Span(0, 7), Span(11, 14)), head=Span(0, 7))
    assert told(edited_facts(notation, lambda a: changed(a, "EV1", trigger=headed)), "V37") == []
    assert told(facts("[کۆبوونەوە]Contact.Meet"), "V37") == []


@pytest.mark.parametrize(
    ("notation", "expected"),
    [
        ("[[شەڕ]Conflict.Attack]Conflict.Attack", ["W EV2 شەڕ"]),
        ("[[شەڕ]Conflict.Attack]Contact.Meet", []),
        ("[شەڕ]Conflict.Attack و [شەڕ]Conflict.Attack", []),
    ],
)
def test_the_same_event_twice(notation, expected):
    assert told(facts(notation), "V38") == expected


def test_an_implicit_filler_is_judged_by_the_label_of_its_entity():
    place = Entity(RecordId("E1"), "GPE", "بەغدا")
    visit = edited_facts("[سەردان]Movement.Visit(Destination=E1)", lambda a: with_records(a, place))
    assert told(visit, "V31") == []

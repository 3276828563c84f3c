"""A mapping as a value, laid over annotation sets."""

from collections import Counter

import pytest
from msgspec.structs import replace

from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import (
    Argument,
    Entity,
    Event,
    EventTarget,
    ImplicitTarget,
    Mention,
    MentionTarget,
    Polarity,
    Quote,
    QuoteType,
    Realis,
    SpanTarget,
    Speaker,
    SuggestionDecision,
)
from annotator.core.edits import Change, Edit
from annotator.core.ids import Layer, RecordId
from annotator.core.proposals import Proposal, Verdict
from annotator.core.span import Fragments
from annotator.workbench.label_mapping import (
    LEAVE_OUT,
    NO_MAPPING,
    Decision,
    Fate,
    LabelMapping,
    Mapped,
    Name,
    values_of,
)
from annotator.workbench.merge_scheme import Part
from annotator.workbench.schemes import read_scheme_text, scheme_from_text

PLACE = Fragments.at(0, 4)
T1, T2, E1, E2, EV1, EV2, Q1 = map(RecordId, ("T1", "T2", "E1", "E2", "EV1", "EV2", "Q1"))
SHIP, PORT = Name(Part.LABEL, "SHIP"), Name(Part.LABEL, "PORT")
SAIL = Name(Part.EVENT_TYPE, "Sail")
WHO, WHERE = Name(Part.ROLE, "Who", "Sail"), Name(Part.ROLE, "Where", "Sail")
MOOD, TRUTH = Name(Part.ATTRIBUTE, "Mood", "event"), Name(Part.ATTRIBUTE, "Truth", "event")


def ours(identifier):
    return Decision(Fate.OURS, identifier)


def set_of(*records):
    return AnnotationSet().apply(Edit("edit.import", tuple(Change(None, r) for r in records)))


RECORDS = (
    Entity(E1, "SHIP", "کەشتی"),
    Entity(E2, "PORT", "بەندەر"),
    Mention(T1, "SHIP", PLACE, entity=E1),
    Mention(T2, "PORT", PLACE, entity=E2),
    Event(
        EV1,
        "Sail",
        PLACE,
        (Argument("Who", MentionTarget(T1)), Argument("Where", MentionTarget(T2))),
        attrs=(("Mood", "OTHER"), ("Truth", "no")),
    ),
    Event(EV2, "Arrive", PLACE, (Argument("After", EventTarget(EV1)),)),
    Quote(
        Q1,
        QuoteType.DIRECT,
        PLACE,
        speaker=Speaker(MentionTarget(T1)),
        addressees=(SpanTarget(PLACE, E1), ImplicitTarget(E2)),
    ),
)


def apply(decisions, *records):
    return LabelMapping(decisions).apply(set_of(*(records or RECORDS)))


def test_without_decisions_nothing_changes():
    annotations = set_of(*RECORDS)
    assert NO_MAPPING.apply(annotations) == Mapped(annotations, Counter())


def test_labels_types_roles_and_attributes_get_their_names():
    mapped = apply(
        {
            SHIP: ours("VEH"),
            SAIL: ours("Movement.Visit"),
            WHO: ours("Visitor"),
            MOOD: ours("tone"),
        }
    )
    found = mapped.annotations
    assert [found.mention(each).label for each in ("T1", "T2")] == ["VEH", "PORT"]
    assert found.entity("E1").label == "VEH"
    event = found.event("EV1")
    assert (event.type, event.attrs) == ("Movement.Visit", (("Truth", "no"), ("tone", "OTHER")))
    assert [each.role for each in event.arguments] == ["Visitor", "Where"]
    assert (mapped.left_out, mapped.links) == (Counter(), 0)


def test_what_goes_takes_along_what_pointed_at_it_and_that_is_counted():
    mapped = apply({SHIP: LEAVE_OUT})
    found = mapped.annotations
    assert set(found.records) == {"E2", "T2", "EV1", "EV2", "Q1"}
    assert [each.role for each in found.event("EV1").arguments] == ["Where"]
    quote = found.quote("Q1")
    assert quote.speaker.who is None
    assert quote.addressees == (SpanTarget(PLACE), ImplicitTarget(E2))
    # The mention and the entity, which the addressee's text refers to; and that link goes as well.
    assert (mapped.left_out, mapped.links) == ({SHIP: 2}, 3)


def test_an_event_that_goes_is_no_target_any_more():
    mapped = apply({SAIL: LEAVE_OUT})
    assert mapped.annotations.event("EV2").arguments == ()
    assert (mapped.left_out, mapped.links) == ({SAIL: 1}, 1)


def test_numbers_are_never_given_out_again():
    mapped = apply({PORT: LEAVE_OUT})
    assert mapped.annotations.next_id(Layer.MENTION) == "T3"


def test_entities_that_nothing_refers_to_any_more_go_unless_somebody_looked_them_up():
    other = Entity(RecordId("E3"), "GROUP", "x")
    looked_up = replace(other, id=RecordId("E4"), kb=(("wikidata", "Q1"),))
    unused = replace(other, id=RecordId("E5"))
    mentions = [
        Mention(RecordId(f"T{number}"), "SHIP", PLACE, entity=entity.id)
        for number, entity in enumerate((other, looked_up), start=1)
    ]
    mapped = apply({SHIP: LEAVE_OUT}, other, looked_up, unused, *mentions)
    assert set(mapped.annotations.records) == {"E4", "E5"}
    assert (mapped.left_out, mapped.links) == ({SHIP: 2}, 0)


def test_entities_that_are_left_out_are_told_with_what_links_to_them():
    looked_up = Entity(E1, "OLD", "x", (("wikidata", "Q1"),))
    linked, of_gone = Entity(E2, "OLD", "y"), Entity(RecordId("E3"), "GONE", "z")
    unused = Entity(RecordId("E4"), "OLD", "w")
    mapped = apply(
        {Name(Part.LABEL, "OLD"): LEAVE_OUT, Name(Part.LABEL, "GONE"): LEAVE_OUT},
        looked_up, linked, of_gone, unused,
        Mention(T1, "SHIP", PLACE, entity=E2),
        Mention(T2, "GONE", PLACE, entity=of_gone.id),
    )  # fmt: skip
    assert mapped.annotations.mention("T1").entity is None
    assert set(mapped.annotations.records) == {"T1"}
    assert mapped.left_out == {Name(Part.LABEL, "OLD"): 3, Name(Part.LABEL, "GONE"): 1}
    assert mapped.links == 1


def test_two_roles_of_one_filler_become_one():
    event = Event(
        EV1,
        "Sail",
        PLACE,
        (Argument("Who", MentionTarget(T1)), Argument("Where", MentionTarget(T1))),
    )
    mapped = apply({WHERE: ours("Who")}, Mention(T1, "SHIP", PLACE), event)
    assert mapped.annotations.event("EV1").arguments == (Argument("Who", MentionTarget(T1)),)
    assert (mapped.left_out, mapped.links) == ({WHERE: 1}, 0)


def test_of_two_attributes_of_one_name_the_second_is_left_out_and_told():
    mapped = apply({MOOD: ours("tone"), TRUTH: ours("tone")})
    assert mapped.annotations.event("EV1").attrs == (("tone", "OTHER"),)
    assert mapped.left_out == {TRUTH: 1}


def test_what_is_a_field_of_ours_goes_into_the_field():
    mapped = apply({MOOD: ours("realis"), TRUTH: ours("polarity")})
    event = mapped.annotations.event("EV1")
    assert (event.realis, event.polarity, event.attrs) == (Realis.OTHER, Polarity.POSITIVE, ())
    assert mapped.left_out == {TRUTH: 1}  # "no" is no polarity


def test_values_are_ours_where_ours_are_alike():
    scheme = scheme_from_text(read_scheme_text("ckb-news"))
    when = Name(Part.ATTRIBUTE, "When", "event")
    event = Event(EV1, "Sail", PLACE, attrs=(("Truth", "Negative"), ("When", "PAST")))
    other = Event(EV2, "Sail", PLACE, attrs=(("When", "long ago"),))
    mapping = LabelMapping({when: ours("tense"), TRUTH: ours("polarity")}, values_of(scheme))
    found = mapping.apply(set_of(event, other)).annotations
    assert found.event("EV1").attrs == (("tense", "past"),)
    assert found.event("EV1").polarity is Polarity.NEGATIVE
    assert found.event("EV2").attrs == (("tense", "long ago"),)
    kept = LabelMapping({TRUTH: LEAVE_OUT}, values_of(scheme)).apply(set_of(event)).annotations
    assert kept.event("EV1").attrs == (("When", "PAST"),)


@pytest.mark.parametrize(
    ("layer", "label", "expected"),
    [
        (Layer.MENTION, "SHIP", "VEH"),
        (Layer.MENTION, "PORT", None),
        (Layer.EVENT, "Sail", "Movement.Visit"),
        (Layer.QUOTE, "direct", "direct"),
    ],
)
def test_what_was_refused_is_still_refused_under_its_new_name(layer, label, expected):
    proposal = Proposal("memory", layer, label, PLACE)
    decision = SuggestionDecision(RecordId("D1"), Verdict.REJECTED, proposal)
    mapping = {SHIP: ours("VEH"), PORT: LEAVE_OUT, SAIL: ours("Movement.Visit")}
    found = apply(mapping, decision).annotations.get("D1")
    assert (None if found is None else found.proposal.label) == expected

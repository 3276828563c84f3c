"""Records: what they stand on, what they refer to, and how a reference is cut."""

import pytest
from msgspec.structs import replace

from annotator.core.annotations import (
    NO_SPEAKER,
    Argument,
    Coverage,
    Entity,
    Event,
    EventTarget,
    Evidence,
    ImplicitTarget,
    Mention,
    MentionTarget,
    Quote,
    QuoteTarget,
    QuoteType,
    SetStatus,
    SpanTarget,
    Speaker,
    SpeakerForm,
    StatusRecord,
    SuggestionDecision,
    anchor_of,
    attribute,
    detached,
    layer_of,
    parties_of,
    references,
    spans_of,
    with_value,
)
from annotator.core.ids import Layer
from annotator.core.proposals import Proposal, Verdict
from annotator.core.span import Fragments, Span

FREE = SpanTarget(Fragments.at(20, 25), "E2")
MENTION = Mention("T1", "PER", Fragments.at(0, 5), entity="E1", attrs=(("facet", "place"),))
ENTITY = Entity("E1", "PER", "ئازاد")
EVENT = Event(
    "EV1",
    "Contact.Meet",
    Fragments((Span(6, 8), Span(10, 12))),
    (
        Argument("Participant", MentionTarget("T1")),
        Argument("Participant", ImplicitTarget("E3")),
        Argument("Topic", FREE),
        Argument("Topic", SpanTarget(Fragments.at(26, 27))),
        Argument("Topic", EventTarget("EV2")),
        Argument("Topic", QuoteTarget("Q1")),
    ),
)
QUOTE = Quote(
    "Q1",
    QuoteType.DIRECT,
    Fragments.at(30, 40),
    marks=(Span(29, 30), Span(40, 41)),
    cue=Fragments.at(42, 45),
    speaker=Speaker(FREE, SpeakerForm.NOMINAL, Evidence.EXPLICIT),
    addressees=(MentionTarget("T1"), ImplicitTarget("E3")),
    parent="Q2",
)
BARE_QUOTE = Quote("Q3", QuoteType.INDIRECT, Fragments.at(1, 2))
STATUS = StatusRecord(SetStatus.NEW, Coverage.NONE, Coverage.NONE, Coverage.NONE)
DECISION = SuggestionDecision(
    "D1", Verdict.REJECTED, Proposal("dates", Layer.MENTION, "DATE", Fragments.at(3, 9))
)
ALL = (MENTION, ENTITY, EVENT, QUOTE, BARE_QUOTE, STATUS, DECISION)


def test_layers():
    assert [layer_of(record) for record in ALL] == [
        Layer.MENTION,
        Layer.ENTITY,
        Layer.EVENT,
        Layer.QUOTE,
        Layer.QUOTE,
        Layer.STATUS,
        Layer.DECISION,
    ]


def test_anchors():
    assert anchor_of(MENTION) == Fragments.at(0, 5)
    assert anchor_of(EVENT) == EVENT.trigger
    assert anchor_of(QUOTE) == Fragments.at(30, 40)


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (MENTION, [(0, 5)]),
        (ENTITY, []),
        (EVENT, [(6, 8), (10, 12), (20, 25), (26, 27)]),
        (QUOTE, [(30, 40), (29, 30), (40, 41), (42, 45), (20, 25)]),
        (BARE_QUOTE, [(1, 2)]),
        (STATUS, []),
        (DECISION, [(3, 9)]),
    ],
)
def test_every_span_of_a_record(record, expected):
    assert [(span.start, span.end) for span in spans_of(record)] == expected


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (MENTION, ["E1"]),
        (replace(MENTION, entity=None), []),
        (ENTITY, []),
        (EVENT, ["T1", "E3", "E2", "EV2", "Q1"]),
        (QUOTE, ["E2", "T1", "E3", "Q2"]),
        (BARE_QUOTE, []),
        (STATUS, []),
        (DECISION, []),
    ],
)
def test_references(record, expected):
    assert list(references(record)) == expected


def test_parties():
    assert list(parties_of(QUOTE)) == [FREE, MentionTarget("T1"), ImplicitTarget("E3")]
    assert list(parties_of(BARE_QUOTE)) == []


@pytest.mark.parametrize("record", ALL)
@pytest.mark.parametrize("gone", ["T1", "E1", "E2", "E3", "EV2", "Q1", "Q2"])
def test_a_detached_record_does_not_refer_to_what_is_gone(record, gone):
    rest = [reference for reference in references(record) if reference != gone]
    assert list(references(detached(record, gone))) == rest


@pytest.mark.parametrize("record", ALL)
def test_detaching_a_stranger_changes_nothing(record):
    assert detached(record, "T99") == record


def test_an_argument_goes_with_what_filled_it():
    without = detached(EVENT, "T1")
    assert without.arguments == EVENT.arguments[1:]


def test_a_free_piece_of_text_stays_when_its_entity_goes():
    unlinked = SpanTarget(FREE.fragments)
    assert detached(EVENT, "E2").arguments[2] == Argument("Topic", unlinked)
    speaker = detached(QUOTE, "E2").speaker
    assert speaker == Speaker(unlinked, SpeakerForm.NOMINAL, Evidence.EXPLICIT)


def test_a_speaker_that_is_gone_takes_form_and_evidence_along():
    spoken = replace(QUOTE, speaker=Speaker(MentionTarget("T1"), SpeakerForm.NAME))
    left = detached(spoken, "T1")
    assert (left.speaker, left.addressees, left.parent) == (
        NO_SPEAKER,
        (ImplicitTarget("E3"),),
        "Q2",
    )
    assert detached(QUOTE, "Q2").parent is None


def test_attributes():
    assert attribute(MENTION, "facet") == "place"
    assert attribute(MENTION, "value") is None
    pairs = with_value(MENTION.attrs, "a", "1")
    assert pairs == (("a", "1"), ("facet", "place"))
    assert with_value(pairs, "facet", None) == (("a", "1"),)
    assert with_value((), "x", None) == ()

"""Commands of the quote layer."""

import pytest

from annotator.core.annotations import (
    NO_SPEAKER,
    Evidence,
    ImplicitTarget,
    MentionLevel,
    MentionTarget,
    QuoteType,
    SpanTarget,
    Speaker,
    SpeakerForm,
)
from annotator.core.commands.quotes import (
    add_addressee,
    add_quote,
    describe_speaker,
    remove_addressee,
    set_cue,
    set_quote_type,
    set_speaker,
    type_by_marks,
)
from annotator.core.commands.records import delete
from annotator.core.span import Fragments, Span
from tests.builders import annotated, changed, scheme
from tests.core.commands.refusing import refused


def made(notation):
    return annotated(notation)[1]


def added(before, start, end, **choices):
    return before.apply(add_quote(before, Fragments.at(start, end), **choices))


@pytest.mark.parametrize(
    ("content", "marks", "expected"),
    [
        ((1, 9), (), QuoteType.INDIRECT),
        ((1, 9), ((0, 1), (9, 10)), QuoteType.DIRECT),
        ((0, 9), ((0, 1), (5, 6)), QuoteType.MIXED),
        ((0, 9), ((3, 4), (9, 10)), QuoteType.MIXED),
        ((1, 9), ((0, 1),), QuoteType.MIXED),
    ],
)
def test_marks_tell_the_type(content, marks, expected):
    spans = tuple(Span(*mark) for mark in marks)
    assert type_by_marks(Fragments.at(*content), spans) is expected
    assert added(made("«هەموو شت»"), *content, marks=spans).quote("Q1").type is expected


def test_a_given_type_is_kept():
    after = added(made("هەموو شت"), 0, 5, quote_type=QuoteType.MIXED)
    assert after.quote("Q1").type is QuoteType.MIXED


def test_the_same_words_are_one_quote():
    before = added(made("هەموو شت"), 0, 5)
    with refused("refused.duplicate_quote"):
        add_quote(before, Fragments.at(0, 5))


def test_a_quote_goes_into_the_smallest_around_it():
    before = added(added(made("x" * 30), 0, 30), 5, 20)
    after = added(before, 6, 10)
    assert [q.parent for q in after.quotes()] == [None, "Q1", "Q2"]


def test_a_quote_adopts_the_quotes_inside_it():
    before = added(added(added(made("x" * 30), 0, 30), 6, 8), 10, 12)
    after = added(before, 5, 20)
    assert [q.parent for q in after.quotes()] == [None, "Q4", "Q4", "Q1"]


def test_a_quote_beside_is_no_relation():
    after = added(added(made("x" * 30), 0, 10), 8, 20)
    assert [q.parent for q in after.quotes()] == [None, None]


def test_the_cue():
    before = added(made("گوتی هەموو شت"), 5, 13)
    after = before.apply(set_cue(before, "Q1", Fragments.at(0, 4)))
    assert after.quote("Q1").cue == Fragments.at(0, 4)
    assert after.apply(set_cue(after, "Q1", None)).quote("Q1").cue is None


@pytest.mark.parametrize(
    ("who", "level", "expected"),
    [
        (MentionTarget("T1"), MentionLevel.NAM, (SpeakerForm.NAME, Evidence.EXPLICIT)),
        (MentionTarget("T1"), MentionLevel.NOM, (SpeakerForm.NOMINAL, Evidence.ANAPHORIC)),
        (MentionTarget("T1"), MentionLevel.PRO, (SpeakerForm.PRONOUN, Evidence.ANAPHORIC)),
        (ImplicitTarget("E1"), MentionLevel.NAM, (SpeakerForm.NONE, Evidence.IMPLICIT)),
        (
            SpanTarget(Fragments.at(0, 2)),
            MentionLevel.NAM,
            (SpeakerForm.NOMINAL, Evidence.EXPLICIT),
        ),
        (
            SpanTarget(Fragments.at(0, 2), "E1"),
            MentionLevel.NAM,
            (SpeakerForm.NOMINAL, Evidence.EXPLICIT),
        ),
    ],
)
def test_form_and_evidence_follow_the_speaker(who, level, expected):
    before = changed(made("[ئەو]PER=E1 گوتی «[باشە]direct»"), "T1", level=level)
    after = before.apply(set_speaker(before, scheme(), "Q1", who))
    assert after.quote("Q1").speaker == Speaker(who, *expected)
    gone = after.apply(set_speaker(after, scheme(), "Q1", None))
    assert gone.quote("Q1").speaker == NO_SPEAKER


def test_a_speaker_must_be_able_to_speak():
    before = made("[چیا]LOC=E1 «[باشە]direct»")
    for who in (MentionTarget("T1"), ImplicitTarget("E1")):
        with refused("refused.speaker_label", label="LOC", admitted="GPE, ORG, PER"):
            set_speaker(before, scheme(), "Q1", who)
        with refused("refused.speaker_label"):
            add_addressee(before, scheme(), "Q1", who)
    with refused("refused.no_such_record"):
        set_speaker(before, scheme(), "Q1", SpanTarget(Fragments.at(0, 2), "E9"))


def test_another_speaker_frees_the_entity_of_the_last():
    before = made("[ئەو]PER=E1 [ئێمە]PER=E2 «[باشە]direct(speaker=E2)»")
    before = before.apply(delete(before, ["T2"]))
    after = before.apply(set_speaker(before, scheme(), "Q1", MentionTarget("T1")))
    assert [e.id for e in after.entities()] == ["E1"]


def test_describing_the_speaker():
    before = made("[ئەو]PER «[باشە]direct(speaker=T1)»")
    edit = describe_speaker(before, "Q1", form=SpeakerForm.CLITIC, evidence=Evidence.UNKNOWN)
    assert before.apply(edit).quote("Q1").speaker == Speaker(
        MentionTarget("T1"), SpeakerForm.CLITIC, Evidence.UNKNOWN
    )


def test_addressees_come_and_go():
    before = made("[ئەو]PER=E1 [ئێمە]PER=E2 «[باشە]direct»")
    before = before.apply(delete(before, []))
    for who in (MentionTarget("T1"), ImplicitTarget("E2")):
        before = before.apply(add_addressee(before, scheme(), "Q1", who))
        with refused("refused.addressee_twice"):
            add_addressee(before, scheme(), "Q1", who)
    before = before.apply(delete(before, ["T2"]))
    after = before.apply(remove_addressee(before, "Q1", ImplicitTarget("E2")))
    assert after.quote("Q1").addressees == (MentionTarget("T1"),)
    assert "E2" not in after
    with refused("refused.no_such_addressee"):
        remove_addressee(after, "Q1", ImplicitTarget("E1"))


def test_the_type_can_be_said():
    before = made("«[باشە]direct»")
    edit = set_quote_type(before, "Q1", QuoteType.MIXED)
    assert before.apply(edit).quote("Q1").type is QuoteType.MIXED

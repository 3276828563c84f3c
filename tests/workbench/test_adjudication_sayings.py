"""What annotators say, in as many words as tell them apart."""

import pytest
from msgspec.structs import replace

from annotator.adjudication.choices import Leave, Take
from annotator.adjudication.comparison import Comparison
from annotator.adjudication.grouping import Side
from annotator.core.annotations import (
    Argument,
    EventTarget,
    ImplicitTarget,
    MentionLevel,
    QuoteTarget,
    Realis,
    Speaker,
    SpeakerForm,
)
from annotator.core.ids import Layer, RecordId
from annotator.foundation.catalogue import load_catalogue, without_isolates
from annotator.workbench.adjudication_sayings import Sayings
from tests.adjudication.sets import EMPTY, A, B, C, chosen, sides
from tests.builders import annotated, attribute_spec, changed, scheme


class Told:
    """The words about the units of a comparison."""

    def __init__(self, comparison, notation, *, gold=EMPTY, language="en"):
        self.units = comparison.against(gold).listed
        self.sayings = Sayings(
            catalogue=load_catalogue(language),
            scheme=scheme(),
            text=annotated(notation)[0].text,
            sets={side.id: side.annotations for side in comparison.sides},
            numbers={side.id: number for number, side in enumerate(comparison.sides, 1)},
        )

    def said(self, number=-1):
        unit = self.units[number]
        return [without_isolates(self.sayings.said(unit, side)) for side in (A, B)]


def told(one, other, **choices):
    return Told(Comparison(sides(one, other)), one, **choices)


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ("[ئازاد]PERی کوڕ", "[ئازاد]ORGی کوڕ", ["PER", "ORG"]),
        ("[ئازاد]PERی کوڕ", "ئازادی کوڕ", ["PER", "–"]),
        ("[ئازاد]PERی کوڕ", "[ئازادی]PER کوڕ", ["PER, «ئازاد»", "PER, «ئازادی»"]),
        ("[ئازاد]PER=E1ی کوڕ", "[ئازاد]PERی کوڕ", ["PER, → ئازاد", "PER, → –"]),
    ],
)
def test_mentions(one, other, said):
    assert told(one, other).said() == said


def test_events_tell_their_arguments_and_attributes():
    one = "[ئازاد]PER=E1 [چوو]Contact.Meet(Participant=T1) بۆ [شار]EV1.Topic «[باش]direct»"
    other = "[ئازاد]PER=E1 [چوو]Contact.Meet بۆ شار «[باش]direct»"
    left, right = sides(one, other)
    event = left.annotations.event("EV1")
    more = (
        *event.arguments,
        Argument("X", QuoteTarget(RecordId("Q1"))),
        Argument("X", ImplicitTarget(RecordId("E1"))),
        Argument("X", EventTarget(RecordId("EV1"))),
    )
    left = Side(A, changed(left.annotations, "EV1", arguments=more, attrs=(("tense", "past"),)))
    right = Side(B, changed(right.annotations, "EV1", cluster="c1", type="Un.Known"))
    said = Told(Comparison([left, right]), one).said(1)
    assert said[0].startswith("Contact.Meet, tense: past, Participant: ئازاد, ")
    assert said[0].endswith("Topic: شار, X: باش, X: ئازاد, X: چوو")
    assert said[1] == "Un.Known, Same as (cluster): c1, no arguments"


def test_quotes_tell_each_part():
    one = "«[[ئازاد]PER [گوتی]Q2.cue «[باش نییە]direct(speaker=T1,addressee=T1,parent=Q1)»]direct»"
    other = "«[[ئازاد]PER گوتی «[باش نییە]direct»]direct»"
    left, right = sides(one, other)
    speaker = Speaker(left.annotations.quote("Q2").speaker.who, SpeakerForm.NAME)
    left = Side(A, changed(left.annotations, "Q2", speaker=speaker, attrs=(("a", "b"),)))
    said = Told(Comparison([left, right]), one).said()
    assert said[0] == (
        "direct, a: b, cue: گوتی, speaker: ئازاد, name, unknown, addressee: ئازاد, "
        "quote around it: ئازاد گوتی «باش نییە»"
    )
    assert said[1] == (
        "direct, cue: –, speaker: –, not in the text, unknown, addressee: –, quote around it: –"
    )


def test_entities_tell_their_names():
    left, right = sides("[هەولێر]GPE=E1", "[هەولێر]GPE=E1")
    right = Side(B, changed(right.annotations, "E1", name="شاری هەولێر"))
    comparison = Comparison([left, right])
    gold = chosen(comparison, Take("mention:0", A))
    one = Told(comparison, "[هەولێر]GPE", gold=gold)
    assert one.said(0) == ["GPE, هەولێر", "GPE, شاری هەولێر"]
    assert (one.sayings.words(one.units[0]), one.sayings.kind(one.units[0])) == (
        "هەولێر", "entity",
    )  # fmt: skip
    changed_gold = changed(gold, "E1", name="شارەکە")
    edited = Told(comparison, "[هەولێر]GPE", gold=changed_gold)
    shown = edited.sayings.in_full(edited.units[0], [(A, "شیلان"), (B, "ئارام")])
    assert without_isolates(shown).splitlines()[-1] == "Gold: شارەکە"


@pytest.mark.parametrize("language", ["en", "ckb"])
def test_the_state_tells_whom_gold_follows(language):
    one, other = "[ئازاد]PERی کوڕ", "[ئازاد]ORGی کوڕ"
    comparison = Comparison(sides(one, other))
    catalogue = load_catalogue(language)
    fresh = Told(comparison, one, language=language)
    assert fresh.sayings.state(fresh.units[0]) == catalogue.text("adjudication.state.open")
    gold = chosen(comparison, Take("mention:0", B))
    taken = Told(comparison, one, gold=gold, language=language)
    word = catalogue.text("adjudication.state.taken")
    assert taken.sayings.state(taken.units[0]) == f"{word}: {catalogue.number(2)}"
    edited = Told(comparison, one, gold=changed(gold, "T1", label="LOC"), language=language)
    assert edited.sayings.state(edited.units[0]) == catalogue.text(
        "adjudication.taken_edited", state=word
    )
    names = [(A, "شیلان"), (B, "ئارام"), ("a3", "سارا")]
    assert len(edited.sayings.in_full(edited.units[0], names).splitlines()) == 3
    left = Told(comparison, one, gold=chosen(comparison, Leave("mention:0")), language=language)
    assert left.sayings.state(left.units[0]) == catalogue.text("adjudication.state.left")
    assert left.sayings.differences(left.units[0]) == catalogue.text("adjudication.differs.label")


def test_long_texts_are_cut_between_words():
    text = "یەک دوو سێ چوار پێنج شەش حەوت هەشت نۆ دە یازدە دوازدە سێزدە"
    one = told(f"«[{text}]direct»", f"«{text}»")
    assert one.sayings.words(one.units[0]) == "یەک دوو سێ چوار … یازدە دوازدە سێزدە"
    joined = "ئ" * 60
    other = told(f"[{joined}]PER", joined)
    assert other.sayings.words(other.units[0]) == f"{'ئ' * 20} … {'ئ' * 20}"


def test_attributes_of_mentions_and_values_of_the_scheme_have_words():
    left, right = sides("[ئازاد]PER", "[ئازاد]PER")
    right = Side(B, changed(right.annotations, "T1", level=MentionLevel.NOM))
    one = Told(Comparison([left, right]), "[ئازاد]PER")
    assert one.said() == ["PER, name", "PER, noun phrase"]
    spec = attribute_spec("tense", Layer.EVENT, "past")
    left, right = sides("[چوو]Contact.Meet", "[چوو]Contact.Meet")
    left = Side(A, changed(left.annotations, "EV1", attrs=(("tense", "past"),)))
    other = Told(Comparison([left, right]), "[چوو]Contact.Meet")
    other.sayings = replace(other.sayings, scheme=scheme(attributes=(spec,)))
    assert f"{spec.name.en}: {spec.values[0].name.en}" in other.said()[0]


def test_only_attributes_that_differ_are_told():
    one = "[چوو]Contact.Meet"
    left, right = sides(one, one)
    right = Side(B, changed(right.annotations, "EV1", realis=Realis.OTHER))
    said = Told(Comparison([left, right]), one).said()
    assert said == ["Contact.Meet, realis: actual", "Contact.Meet, realis: other"]


@pytest.mark.parametrize(
    ("clusters", "said"),
    [
        (("c1", "c1"), ["Contact.Meet, realis: actual", "Contact.Meet, realis: other"]),
        (
            ("c1", None),
            ["Contact.Meet, realis: actual, Same as (cluster): c1", "Contact.Meet, realis: other"],
        ),
    ],
)
def test_a_cluster_of_one_name_is_told_only_where_nothing_else_differs(clusters, said):
    one = "[چوو]Contact.Meet"
    left, right = (
        Side(side.id, changed(side.annotations, "EV1", cluster=cluster))
        for side, cluster in zip(sides(one, one), clusters, strict=True)
    )
    right = Side(B, changed(right.annotations, "EV1", realis=Realis.OTHER))
    assert Told(Comparison([left, right]), one).said() == said


def test_what_is_said_runs_from_right_to_left_in_sorani():
    """Every part of it is isolated, so nothing else would tell the direction of the whole."""
    one = told("[ئازاد]PER=E1ی کوڕ", "[ئازاد]PERی کوڕ", language="ckb")
    assert one.said() == ["\u200fPER، → ئازاد", "\u200fPER، → –"]


def test_what_was_left_out_before_there_was_news_is_told_as_nothing():
    one = "[ئازاد]PER"
    gold = chosen(Comparison(sides(one, one)), Leave("mention:0"))
    news = told(one, "[ئازاد]ORG", gold=gold)
    shown = news.sayings.in_full(news.units[0], [(A, "شیلان"), (B, "ئارام")])
    assert without_isolates(shown).splitlines()[-1] == "Gold: –"


def test_those_who_say_the_same_have_one_line():
    one = "[ئازاد]PER"
    comparison = Comparison(sides(one, "[ئازاد]ORG", one))
    shown = Told(comparison, one)
    names = [(A, "شیلان"), (B, "ئارام"), (C, "سارا")]
    assert without_isolates(shown.sayings.in_full(shown.units[0], names)).splitlines() == [
        "Annotator 1+3, شیلان, سارا: PER",
        "Annotator 2, ئارام: ORG",
    ]

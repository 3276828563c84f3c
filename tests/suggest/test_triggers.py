"""Triggers: nouns with their verbs, verbs, and what was marked before."""

import pytest

from annotator.core.ids import Layer
from annotator.core.span import Fragments, Span
from annotator.suggest.memory import Marked, Memory
from annotator.suggest.ranking import LEAST_SCORE
from annotator.suggest.triggers import TRIGGERS
from tests.builders import scheme as small_scheme
from tests.suggest.readers import ask, knowledge, said


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وەزیر پێشوازی لە شاندێک کرد.", [("پێشوازی کرد", "Contact.Meet")]),
        ("وەزیر پێشوازی لە شاندێک.", []),
        ("پێشوازی لە شاندێک، ئەو کرد.", []),
        ("پێشوازی لە شاندێک. ئەو کرد.", []),
        ("سەردانی دهۆکی کرد", [("سەردانی کرد", "Movement.Visit")]),
        ("خۆپیشاندانیان کرد.", [("خۆپیشاندانیان کرد", "Conflict.Protest")]),
        ("لە کۆبوونەوەکەدا باس کرا", [("کۆبوونەوەکە", "Contact.Meet")]),
        ("لە کۆبوونەوەیش و", [("کۆبوونەوە", "Contact.Meet")]),
        ("کێشەی هەڵبژاردنەکانە.", [("هەڵبژاردنەکان", "Government.Elect")]),
        ("شاندەکە کۆبووەوە.", [("کۆبووەوە", "Contact.Meet")]),
        ("شەڕی دژی ئەوانی کردەوە", [("شەڕی", "Conflict.Attack")]),
        (
            "سوپاسی پشتیوانیی ئەوانی کرد",
            [("سوپاسی کرد", "Diplomacy.Support"), ("پشتیوانیی", "Diplomacy.Support")],
        ),
        ("گفتوگۆی نوێ قسەی کرد", [("گفتوگۆی", "Contact.Negotiate")]),
        ('لە "گفتوگۆی دهۆک" قسە و باسیان کرد', []),
        ('لە "گفتوگۆی نوێی دهۆک" قسە و باسیان کرد', [("گفتوگۆی", "Contact.Negotiate")]),
        (
            'بەشداری لە "دیمانەی نوێ، کۆن" دەکات',
            [("بەشداری دەکات", "Gathering.Attend")],
        ),
        ("سەردانی " + "ئەو " * 20 + "کرد", [("سەردانی", "Movement.Visit")]),
    ],
)
def test_words_that_tell_of_events(text, expected):
    assert said(TRIGGERS, text) == expected


def test_the_noun_is_the_head_and_a_verb_beside_it_joins_it():
    _, (apart,) = ask(TRIGGERS, "پێشوازی لێ کرد")
    assert apart.fragments == Fragments((Span(0, 7), Span(11, 14)), Span(0, 7))
    _, (joined,) = ask(TRIGGERS, "سەردانی کرد")
    assert joined.fragments == Fragments((Span(0, 11),), Span(0, 7))
    _, (alone,) = ask(TRIGGERS, "سەردانی دهۆک")
    assert alone.fragments == Fragments.at(0, 7)
    assert joined.score > alone.score > LEAST_SCORE


@pytest.mark.parametrize("place", ["project", "document"])
def test_marked_triggers_are_learned(place):
    told = {place: ["[گردبوونەوە]Conflict.Protest"]}
    text, (one,) = ask(TRIGGERS, "لە گردبوونەوەکەدا", **told)
    assert (one.fragments.of(text), one.proposal.label) == ("گردبوونەوەکە", "Conflict.Protest")
    assert (one.reason.key, dict(one.reason.values)) == ("reason.trigger_marked", {"count": 1})
    assert one.score > LEAST_SCORE


def test_marks_decide_between_types():
    told = ["[گفتوگۆ]Contact.Meet"] * 6
    _, found = ask(TRIGGERS, "گفتوگۆ", project=told)
    likely = {one.proposal.label: one.score > LEAST_SCORE for one in found}
    assert likely == {"Contact.Negotiate": False, "Contact.Meet": True}


def test_refusals_silence_a_trigger():
    refused = Marked(Layer.EVENT, "Contact.Negotiate", "گفتوگۆ", is_refused=True)
    scores = []
    for times in range(4):
        known = knowledge()
        for _ in range(times):
            known.project.learn(refused)
        scores.append(ask(TRIGGERS, "گفتوگۆ", known)[1][0].score)
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > LEAST_SCORE > scores[3]


def test_a_type_that_the_scheme_lacks_is_not_suggested():
    known = knowledge(scheme=small_scheme())
    assert said(TRIGGERS, "گفتوگۆ و کۆبوونەوە", known) == [("کۆبوونەوە", "Contact.Meet")]


def test_memory_is_asked_as_well_where_the_list_knows_nothing():
    assert said(TRIGGERS, "باران", knowledge(scheme=small_scheme())) == []
    assert Memory().phrases(Layer.EVENT).has_last_word("باران") is False

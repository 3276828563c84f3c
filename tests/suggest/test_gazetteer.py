"""Names of the lists and of other documents."""

import pytest
from msgspec.structs import replace

from annotator.core.annotations import MentionLevel
from annotator.core.ids import Layer
from annotator.suggest.gazetteer import GAZETTEER
from annotator.suggest.memory import Marked, Memory
from annotator.suggest.ranking import LEAST_SCORE
from tests.builders import scheme as small_scheme
from tests.suggest.readers import ask, knowledge, said

DUHOK = "شاندەکە گەیشتە دهۆک"


def refusing(*labels, surface="دهۆک"):
    return Memory([Marked(Layer.MENTION, label, surface, is_refused=True) for label in labels])


def score(text, label, **told):
    _, found = ask(GAZETTEER, text, **told)
    return next(one.score for one in found if one.proposal.label == label)


def test_names_of_the_lists_without_their_clitics():
    text = "شاندەکە لە هەولێرەوە گەیشتە سوپای عێراقیش"
    assert said(GAZETTEER, text) == [
        ("هەولێر", "GPE"),
        ("سوپای عێراق", "ORG"),
        ("عێراق", "GPE"),
    ]


def test_a_guideline_that_keeps_clitics_gets_whole_words_only():
    known = knowledge(scheme=small_scheme())
    assert said(GAZETTEER, "هەولێرەوە دهۆک", known) == [("دهۆک", "GPE")]


def test_a_label_that_the_scheme_does_not_have_is_not_suggested():
    known = knowledge(scheme=small_scheme())
    assert said(GAZETTEER, "کورد و عەرەب", known) == []


def test_what_was_marked_in_other_documents_is_suggested_with_its_level():
    _, (one,) = ask(GAZETTEER, "شیلان هات", project=["[شیلان]PER", "[شیلان]PER"])
    assert (one.proposal.label, one.reason.key) == ("PER", "reason.marked_before")
    assert dict(one.reason.values) == {"count": 2}
    assert one.details.level is MentionLevel.NAM
    _, (listed,) = ask(GAZETTEER, DUHOK)
    assert (listed.reason.key, listed.details.level) == ("reason.listed", None)


def test_marks_speak_for_a_label_and_against_the_others():
    once, often = ["[دهۆک]ORG"], ["[دهۆک]ORG"] * 9
    assert score(DUHOK, "GPE") > score(DUHOK, "GPE", project=once)
    assert score(DUHOK, "GPE", project=often) < LEAST_SCORE < score(DUHOK, "ORG", project=often)
    assert score("شیلان", "PER", project=["[شیلان]PER"]) > LEAST_SCORE


@pytest.mark.parametrize("place", ["project", "document"])
def test_refusals_silence_a_name(place):
    def asked(times):
        known = replace(knowledge(), **{place: refusing(*["GPE"] * times)})
        return ask(GAZETTEER, DUHOK, known)[1][0].score

    scores = [asked(times) for times in range(5)]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > LEAST_SCORE > scores[4]


def test_an_ordinary_word_is_a_name_only_when_it_was_marked():
    text = "ڕووداو هات"
    assert score(text, "ORG") < LEAST_SCORE
    assert score(text, "ORG", project=["[رووداو]ORG"] * 4) > LEAST_SCORE

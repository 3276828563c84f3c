"""The same words elsewhere in the document."""

from msgspec.structs import replace

from annotator.core.annotations import MentionLevel
from annotator.core.ids import Layer
from annotator.suggest.memory import Marked, Memory
from annotator.suggest.propagation import PROPAGATION
from annotator.suggest.ranking import LEAST_SCORE
from tests.builders import scheme as small_scheme
from tests.suggest.readers import ask, knowledge, said

HERE = "[شاندەکە]ORG و شاندەکەش هاتن"


def test_every_place_with_words_that_are_marked():
    text, found = ask(PROPAGATION, HERE, document=[HERE])
    assert [one.fragments.of(text) for one in found] == ["شاندەکە", "شاندەکە"]
    assert {(one.proposal.label, one.reason.key) for one in found} == {
        ("ORG", "reason.marked_here")
    }
    assert found[0].details.level is MentionLevel.NAM
    assert found[0].score > LEAST_SCORE


def test_of_two_labels_the_one_marked_more_often_is_likelier():
    twice = [HERE, "[شاندەکە]ORG", "[شاندەکە]GPE"]
    _, found = ask(PROPAGATION, "شاندەکە", document=twice)
    assert {one.proposal.label: one.score > LEAST_SCORE for one in found} == {
        "ORG": True,
        "GPE": False,
    }


def test_refusals_here_silence_it():
    mark = Marked(Layer.MENTION, "ORG", "شاندەکە")
    for times, is_said in ((0, True), (1, True), (2, False)):
        memory = Memory([mark, *[replace(mark, is_refused=True)] * times])
        known = replace(knowledge(), document=memory)
        (one,) = ask(PROPAGATION, "شاندەکە", known)[1]
        assert (one.score > LEAST_SCORE) is is_said


def test_labels_that_are_off_stay_unsaid():
    known = knowledge(document=["[شاندەکە]LANG"])
    assert said(PROPAGATION, "شاندەکە", known) == []
    assert said(PROPAGATION, "شاندەکە", knowledge(scheme=small_scheme())) == []

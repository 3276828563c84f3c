"""What of all suggestions is shown."""

import pytest
from msgspec.structs import replace

from annotator.core.annotations import MentionLevel
from annotator.core.ids import Layer
from annotator.core.span import Fragments, Span
from annotator.suggest.ranking import LEAST_SCORE, ranked
from tests.builders import annotated, changed, scheme
from tests.suggest.readers import marks, suggestion

SCHEME = scheme()
NOTHING = annotated("دهۆک")[1]


def mention(start, end, label="GPE", **values):
    return suggestion(Layer.MENTION, label, Fragments.at(start, end), **values)


def event(start, end, *more, **values):
    spans = Fragments((Span(start, end), *more))
    return suggestion(Layer.EVENT, "Contact.Meet", spans, **values)


def quote(start, end):
    return suggestion(Layer.QUOTE, "direct", Fragments.at(start, end))


def shown(*suggestions, notation="دهۆک", refused=()):
    _, annotations = annotated(notation)
    return list(ranked(suggestions, marks(annotations, refused), SCHEME))


def test_suggestions_come_in_reading_order_outer_before_inner():
    found = [quote(4, 30), mention(20, 24), mention(4, 8), event(10, 12)]
    assert shown(*found) == [found[0], found[2], found[3], found[1]]


def test_what_is_unlikely_is_not_shown():
    assert shown(mention(0, 4, score=LEAST_SCORE - 0.01)) == []
    likely = mention(0, 4, score=LEAST_SCORE)
    assert shown(likely) == [likely]


@pytest.mark.parametrize("start", [0, 61, 64, 150, 396])
def test_what_is_long_stands_in_the_way_along_its_whole_length(start):
    long, short = mention(0, 400), mention(start, start + 4)
    assert shown(short, long) == [long]
    beside = mention(400, 404)
    assert shown(beside, long) == [long, beside]
    name = f"[{'دهۆک ' * 80}]GPE و زاخۆ"
    assert shown(short, beside, notation=name) == [beside]


def test_of_what_overlaps_the_longer_and_then_the_likelier_is_shown():
    long, short = mention(0, 10, score=0.6), mention(5, 10, score=0.9)
    assert shown(short, long) == [long]
    better, worse = mention(0, 4, "ORG", score=0.9), mention(0, 4, "GPE", score=0.7)
    assert shown(worse, better) == [better]
    same = mention(0, 4, score=0.9, suggester="a"), mention(0, 4, score=0.9, suggester="b")
    assert shown(*reversed(same)) == [same[0]]


def test_the_layers_do_not_exclude_each_other_but_a_name_holds_no_trigger():
    named, told = mention(0, 10), event(0, 4, Span(12, 30))
    assert shown(told, named) == [named]
    spoken = quote(0, 20)
    assert shown(spoken, named) == [spoken, named]
    across = event(0, 3, Span(15, 18))
    assert shown(across, mention(5, 9)) == [across, mention(5, 9)]


def test_quotes_may_lie_in_quotes_but_not_cross():
    outer, inner, crossing = quote(0, 20), quote(5, 10), quote(15, 25)
    assert shown(outer, inner, crossing) == [outer, inner]


def test_a_name_may_be_suggested_in_a_phrase_that_is_no_name():
    _, annotations = annotated("[خەڵکی دهۆک]PER")
    phrase = changed(annotations, "T1", level=MentionLevel.NOM)
    nested = {**SCHEME.nesting, "PER": frozenset({"GPE"})}
    lenient = replace(SCHEME, nesting=nested)
    inside = mention(6, 10)
    assert ranked([inside], marks(phrase), lenient) == (inside,)
    assert ranked([inside], marks(annotations), lenient) == ()


def test_what_was_refused_stays_away_under_any_label():
    place = (Layer.MENTION, (Span(0, 4),))
    assert shown(mention(0, 4, "LOC"), refused=[place]) == []
    assert len(shown(mention(0, 5), refused=[place])) == 1
    assert len(shown(event(0, 4), refused=[place])) == 1


@pytest.mark.parametrize(
    ("notation", "suggested", "is_shown"),
    [
        ("[دهۆک]GPE و زاخۆ", mention(0, 4), False),
        ("[دهۆک]GPE و زاخۆ", mention(0, 4, "LOC"), False),
        ("[دهۆک]GPE و زاخۆ", mention(0, 11, "ORG"), False),
        ("[دهۆک]GPE و زاخۆ", mention(2, 8), False),
        ("[دهۆک]GPE و زاخۆ", mention(7, 11), True),
        ("[شاری دهۆک]GPE", mention(5, 9, "LOC"), False),
        ("[ئازاد عومەر]PER", mention(6, 11, "PER"), False),
        ("[سوپای دهۆک]ORG", mention(6, 10), True),
        ("[سوپای دهۆک]ORG", mention(6, 10, "PER"), False),
        ("[سوپای دهۆک]TITLE", mention(6, 10), True),
        ("[سوپای دهۆک]ORG", event(6, 10), False),
        ("[سوپای دهۆک]ORG", event(0, 5, Span(12, 15)), False),
        ("[هات]Contact.Meet دهۆک", event(0, 3), False),
        ("[هات]Contact.Meet دهۆک", mention(0, 3), True),
        ("[هات دهۆک]direct", quote(0, 8), False),
        ("[هات دهۆک]direct", quote(4, 8), True),
        ("[هات دهۆک]direct زاخۆ", quote(4, 12), False),
        ("[هات]direct دهۆک", quote(0, 8), False),
        ("[هات]direct دهۆک", mention(0, 3), True),
        ("[هات]direct دهۆک", event(0, 3), True),
    ],
)
def test_nothing_is_suggested_on_hand_work(notation, suggested, is_shown):
    assert bool(shown(suggested, notation=notation)) is is_shown

"""Boundaries, fragments and heads."""

import pytest

from annotator.core.annotations import QuoteType
from annotator.core.commands.spans import (
    Part,
    add_fragment,
    fragments_of,
    move_boundary,
    set_fragments,
    set_head,
)
from annotator.core.span import Fragments, Span
from tests.builders import annotated, changed
from tests.core.commands.refusing import refused

LIGHT = "[جەختی]Contact.Meet لە شت [کردەوە]EV1.trigger باش"
A, B = Span(0, 5), Span(12, 18)
CUED = "[جەختی]Q1.cue لە «[شتێک]direct» [کردەوە]Q1.cue"


def made(notation):
    return annotated(notation)[1]


def moved(before, identifier, part=Part.ANCHOR, **edges):
    return before.apply(move_boundary(before, identifier, part, **edges))


def test_parts():
    before = made(CUED)
    assert fragments_of(before.quote("Q1"), Part.ANCHOR) == before.quote("Q1").content
    assert fragments_of(before.quote("Q1"), Part.CUE) == before.quote("Q1").cue
    with refused("refused.no_cue", identifier="Q1"):
        fragments_of(made("«[شت]direct»").quote("Q1"), Part.CUE)
    with refused("refused.no_cue", identifier="T1"):
        fragments_of(made("[شت]PER").mention("T1"), Part.CUE)


def test_the_outer_edges_move():
    before = made("وتی [سوریا]GPE باشە")
    assert moved(before, "T1", start=3).mention("T1").fragments == Fragments.at(3, 9)
    assert moved(before, "T1", end=8).mention("T1").fragments == Fragments.at(4, 8)
    assert moved(before, "T1", start=10, end=15).mention("T1").fragments == Fragments.at(10, 15)
    split = moved(made(LIGHT), "EV1", start=1, end=17).event("EV1").trigger
    assert split == Fragments((Span(1, 5), Span(12, 17)))


def test_a_boundary_is_refused_where_nothing_would_be_left():
    before = made(LIGHT)
    with refused("refused.span_empty", start=5, end=5):
        move_boundary(before, "EV1", Part.ANCHOR, start=5)
    with refused("refused.span_empty"):
        move_boundary(before, "EV1", Part.ANCHOR, end=12)
    with refused("refused.no_such_record"):
        move_boundary(before, "T1", Part.ANCHOR, end=12)
    with refused("refused.no_cue"):
        move_boundary(before, "EV1", Part.CUE, end=12)


@pytest.mark.parametrize(
    ("head", "edges", "expected"),
    [
        (A, {"start": 1}, Span(1, 5)),
        (B, {"end": 20}, Span(12, 20)),
        (B, {"start": 1}, B),
        (Span(2, 4), {"start": 1}, Span(2, 4)),
        (Span(2, 4), {"start": 3}, None),
        (None, {"start": 3}, None),
    ],
)
def test_a_head_that_is_a_fragment_moves_with_it(head, edges, expected):
    before = changed(made(LIGHT), "EV1", trigger=Fragments((A, B), head))
    assert moved(before, "EV1", **edges).event("EV1").trigger.head == expected


def test_a_discontinuous_trigger_and_cue_get_a_head_mentions_and_contents_do_not():
    event = made("[جەختی]Contact.Meet لە شت کردەوە")
    assert event.apply(add_fragment(event, "EV1", Part.ANCHOR, B)).event(
        "EV1"
    ).trigger == Fragments((A, B), A)
    mention = made("[جەختی]PER لە شت کردەوە")
    joined = mention.apply(add_fragment(mention, "T1", Part.ANCHOR, B)).mention("T1")
    assert joined.fragments == Fragments((A, B))
    quote = made("[جەختی]Q1.cue [لە]indirect شت کردەوە باش")
    cued = quote.apply(add_fragment(quote, "Q1", Part.CUE, B)).quote("Q1")
    assert cued.cue == Fragments((A, B), A)
    content = quote.apply(add_fragment(quote, "Q1", Part.ANCHOR, B)).quote("Q1").content
    assert content == Fragments((Span(6, 8), B))


def test_pieces_that_touch_become_one_without_a_head():
    before = made("[جەختی]Contact.Meet لە شت")
    edit = add_fragment(before, "EV1", Part.ANCHOR, Span(5, 8))
    assert edit.name == "edit.add_fragment"
    assert before.apply(edit).event("EV1").trigger == Fragments.at(0, 8)


def test_a_head_once_chosen_stays_and_what_is_inside_is_refused():
    before = changed(made(LIGHT), "EV1", trigger=Fragments((A, B), B))
    edit = add_fragment(before, "EV1", Part.ANCHOR, Span(20, 22))
    assert before.apply(edit).event("EV1").trigger.head == B
    with refused("refused.fragment_inside", identifier="EV1"):
        add_fragment(before, "EV1", Part.ANCHOR, Span(13, 15))


def test_the_head_is_set_and_taken_back():
    before = made(CUED)
    edit = set_head(before, "Q1", Part.CUE, Span(0, 3))
    assert edit.name == "edit.set_head"
    after = before.apply(edit)
    assert after.quote("Q1").cue.head == Span(0, 3)
    assert after.apply(set_head(after, "Q1", Part.CUE, None)).quote("Q1") == before.quote("Q1")
    with refused("refused.head_outside"):
        set_head(before, "Q1", Part.CUE, Span(5, 7))


def test_the_type_follows_the_marks_unless_somebody_said_otherwise():
    before = made("وتی «[هەموو شت]direct» باشە")
    content = Fragments.at(0, 13)
    wider = before.apply(set_fragments(before, "Q1", Part.ANCHOR, content)).quote("Q1")
    assert (wider.content, wider.type) == (content, QuoteType.MIXED)
    said = changed(before, "Q1", type=QuoteType.INDIRECT)
    kept = said.apply(set_fragments(said, "Q1", Part.ANCHOR, content)).quote("Q1")
    assert kept.type is QuoteType.INDIRECT


def parents(annotations):
    return [quote.parent for quote in annotations.quotes()]


def test_nesting_follows_a_content_that_moves():
    before = made("[یەک [دوو]indirect(parent=Q1) سێ]indirect [چوار]indirect پێنج")
    out = moved(before, "Q1", end=4)
    assert parents(out) == [None, None, None]
    wide = moved(before, "Q1", end=21)
    assert parents(wide) == [None, "Q1", "Q1"]


def test_a_quote_that_shrinks_into_its_child_becomes_the_child():
    before = made("[یەک [دوو سێ چوار]indirect(parent=Q1) پێنج]indirect")
    after = moved(before, "Q1", start=8, end=11)
    assert parents(after) == ["Q2", None]
    assert parents(moved(after, "Q1", start=0, end=22)) == [None, "Q1"]


def test_a_cue_moves_without_touching_the_nesting():
    before = made("[گوتی]Q1.cue [یەک [دوو]indirect سێ]indirect(parent=Q2)")
    before = changed(before, "Q1", parent=None)
    after = moved(before, "Q1", Part.CUE, end=3)
    assert after.quote("Q1").cue == Fragments.at(0, 3)
    assert parents(after) == parents(before)

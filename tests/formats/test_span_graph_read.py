"""Sets out of spans and arrows, of our own and of strangers."""

import pytest
from hypothesis import given, strategies as st

from annotator.core.annotations import (
    Argument,
    EventTarget,
    MentionTarget,
    QuoteTarget,
    SpanTarget,
    Speaker,
)
from annotator.core.span import Fragments, Span
from annotator.formats.span_graph import NEXT, Arrow, Node, SpanGraph, kind_and_label
from annotator.formats.span_graph_read import set_of_graph

AT = Fragments.at


def read(nodes, arrows=()):
    """The set out of ``id label start end`` and ``source label target``, and the notes."""
    made = []
    for line in nodes:
        identifier, label, start, end = line.split()
        made.append(Node(identifier, *kind_and_label(label), Span(int(start), int(end))))
    drawn = [Arrow(one, two, label) for one, label, two in map(str.split, arrows)]
    found = set_of_graph(SpanGraph(made, drawn), "d", "f.json")
    notes = [(note.key.removeprefix("formats."), dict(note.values)) for note in found.notes]
    return found.content.annotations, notes


def test_pieces_are_joined_in_whatever_order_they_are_told():
    nodes = ["a PER 0 2", "b PER 8 9", "c PER 4 6"]
    annotations, notes = read(nodes, ["a part:next c", "c part:next b"])
    assert [one.fragments for one in annotations.mentions()] == [
        Fragments((Span(0, 2), Span(4, 6), Span(8, 9)))
    ]
    assert notes == []
    long = [f"n{number} PER {2 * number} {2 * number + 1}" for number in range(50)]
    chain = [f"n{number} part:next n{number + 1}" for number in range(49)]
    annotations, notes = read(long, reversed(chain))
    assert (len(list(annotations.mentions())), notes) == (1, [])


@pytest.mark.parametrize("arrow", ["a part:next b", "a part:next x", "x part:next a"])
def test_pieces_of_different_things_stay_apart(arrow):
    annotations, notes = read(["a PER 0 2", "b ORG 4 6"], [arrow])
    assert [one.label for one in annotations.mentions()] == ["PER", "ORG"]
    assert notes == [("foreign_arrows", {"count": 1, "labels": "part:next"})]


def test_pieces_that_go_in_a_circle_are_joined_once():
    annotations, notes = read(["a PER 0 2", "b PER 4 6"], ["a part:next b", "b part:next a"])
    assert (len(list(annotations.mentions())), notes) == (1, [])


def test_events_have_what_their_arrows_lead_to():
    annotations, notes = read(
        ["e event:Meet 0 2", "f event:Go 3 5", "t PER 6 8", "q quote:direct 9 20",
         "p part:argument 21 23"],
        ["e who t", "e why f", "e topic q", "e place p", "e who t"],
    )  # fmt: skip
    assert annotations.event("EV1").arguments == (
        Argument("who", MentionTarget("T1")),
        Argument("why", EventTarget("EV2")),
        Argument("topic", QuoteTarget("Q1")),
        Argument("place", SpanTarget(AT(21, 23))),
    )
    assert notes == []


def test_quotes_have_cue_parties_and_parent():
    annotations, notes = read(
        ["q quote:mixed 0 20", "r quote:direct 2 10", "c part:cue 21 23", "t PER 24 26",
         "s part:speaker 27 29"],
        ["q cue c", "q speaker t", "r speaker s", "r addressee t", "r parent q"],
    )  # fmt: skip
    outer, inner = annotations.quotes()
    assert (outer.cue, outer.speaker) == (AT(21, 23), Speaker(MentionTarget("T1")))
    assert inner.speaker == Speaker(SpanTarget(AT(27, 29)))
    assert (inner.addressees, inner.parent) == ((MentionTarget("T1"),), "Q1")
    assert notes == []


@pytest.mark.parametrize(
    "arrow",
    [
        "t friend u",  # between mentions
        "e who x",  # to nothing
        "x who t",  # from nothing
        "e who e",  # to itself
        "e who z",  # to a quote of no type we know
        "z speaker t",  # from one
        "q cue t",  # a cue that is no piece of text of its own
        "q speaker e",  # an event cannot speak
        "q addressee r",  # nor can a quote listen
        "q parent r",  # the inner one is no parent
        "q parent t",  # nor is a mention
        "r parent r2",  # nor one of the same place
        "q because t",  # no such part
    ],
)
def test_arrows_without_a_place_are_counted(arrow):
    nodes = ["t PER 0 2", "u PER 3 5", "e event:Meet 6 8", "q quote:direct 9 30",
             "r quote:direct 10 20", "r2 quote:direct 10 20", "z quote:strange 31 33"]  # fmt: skip
    annotations, notes = read(nodes, [arrow])
    assert ("foreign_arrows", {"count": 1, "labels": arrow.split()[1]}) in notes
    assert notes[1:] == [("foreign_parts", {"count": 1, "labels": "strange"})]
    assert annotations.event("EV1").arguments == ()
    assert {(one.cue, one.speaker, one.addressees, one.parent) for one in annotations.quotes()} == {
        (None, Speaker(), (), None)
    }


def test_only_the_first_cue_speaker_and_parent_count():
    nodes = ["q quote:direct 5 9", "o quote:mixed 0 30", "w quote:mixed 1 29", "c part:cue 31 33",
             "d part:cue 34 36", "t PER 37 39"]  # fmt: skip
    arrows = ["q cue c", "q cue d", "q speaker t", "q speaker d", "q parent o", "q parent w"]
    annotations, notes = read(nodes, arrows)
    first = annotations.quote("Q1")
    assert (first.cue, first.parent) == (AT(31, 33), "Q2")
    assert notes == [
        ("foreign_arrows", {"count": 3, "labels": "cue, parent, speaker"}),
        ("foreign_parts", {"count": 1, "labels": "cue"}),
    ]


def test_parts_of_nothing_are_counted_by_label():
    _, notes = read(["a part:cue 0 1", "b part:x 2 3", "c part:cue 4 5"])
    assert notes == [("foreign_parts", {"count": 3, "labels": "cue, x"})]


places = st.tuples(st.integers(0, 9), st.integers(1, 9)).map(lambda p: Span(p[0], p[0] + p[1]))
labels = st.sampled_from(["PER", "event:Go", "event:Meet", "quote:direct", "quote:x", "part:cue"])
ends = st.sampled_from("abcdefgh")
roles = st.sampled_from([NEXT, NEXT, "cue", "speaker", "addressee", "parent", "Who"])


@given(
    st.dictionaries(ends, st.tuples(labels, places)),
    st.lists(st.builds(Arrow, ends, ends, roles), max_size=12),
)
def test_whatever_is_drawn_becomes_a_set_without_circles(drawn, arrows):
    nodes = [Node(name, *kind_and_label(label), span) for name, (label, span) in drawn.items()]
    found = set_of_graph(SpanGraph(nodes, arrows), "d", "f.json")
    annotations = found.content.annotations
    mentions = [node for node in nodes if node.full_label == "PER"]
    assert len(list(annotations.mentions())) <= len(mentions)
    for quote in annotations.quotes():
        passed = {quote.id}
        while quote.parent is not None:
            quote = annotations.quote(quote.parent)
            assert quote.id not in passed
            passed.add(quote.id)

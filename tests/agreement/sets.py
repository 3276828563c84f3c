"""Annotation sets as short lines, and measures as short answers."""

from hypothesis import strategies as st

from annotator.core.annotations import (
    Argument,
    Entity,
    Event,
    ImplicitTarget,
    Mention,
    MentionTarget,
    Quote,
    QuoteType,
    SpanTarget,
    Speaker,
)
from annotator.core.ids import Layer, record_id
from annotator.core.span import Fragments, Span
from tests.builders import annotation_set


def place(*edges, head=None):
    """Fragments from edges: ``place(0, 4, 6, 9)`` are two of them."""
    spans = tuple(map(Span, edges[::2], edges[1::2]))
    return Fragments(spans, None if head is None else Span(*head))


def mentions(*told):
    """A set of mentions, each as label and edges; ``("PER", 0, 4)``."""
    records = (
        Mention(record_id(Layer.MENTION, number), label, place(*edges))
        for number, (label, *edges) in enumerate(told, 1)
    )
    return annotation_set(*records)


def counts(tally):
    """True positives, false positives and false negatives."""
    return tally.true_positives, tally.false_positives, tally.false_negatives


def shares(tally):
    """Precision, recall and F1."""
    return tally.precision, tally.recall, tally.f1


@st.composite
def small_places(draw, length=14):
    """Fragments in a short text, so that many overlap."""
    pieces = draw(
        st.lists(st.tuples(st.integers(0, length), st.integers(1, 5)), min_size=1, max_size=2)
    )
    return Fragments.merged(Span(start, start + size) for start, size in pieces)


labels = st.sampled_from(["PER", "GPE"])


@st.composite
def mention_sets(draw, most=5):
    """Sets of few mentions, nested, discontinuous and twice."""
    told = draw(st.lists(st.tuples(labels, small_places()), max_size=most))
    return annotation_set(
        *(
            Mention(record_id(Layer.MENTION, number), label, fragments)
            for number, (label, fragments) in enumerate(told, 1)
        )
    )


@st.composite
def rich_sets(draw):
    """Sets with entities, mentions, events and quotes that refer to each other."""
    entities = [
        Entity(record_id(Layer.ENTITY, number), "PER", name)
        for number, name in enumerate(draw(st.lists(st.sampled_from("ab"), max_size=3)), 1)
    ]
    ids = st.sampled_from([entity.id for entity in entities]) if entities else st.none()
    found = [
        Mention(record_id(Layer.MENTION, number), label, fragments, entity=draw(st.none() | ids))
        for number, (label, fragments) in enumerate(
            draw(st.lists(st.tuples(labels, small_places()), max_size=4)), 1
        )
    ]
    targets = [st.builds(SpanTarget, small_places(), st.none() | ids)]
    if found:
        targets.append(st.builds(MentionTarget, st.sampled_from([m.id for m in found])))
    if entities:
        targets.append(st.builds(ImplicitTarget, ids))
    arguments = st.lists(
        st.builds(Argument, st.sampled_from(["Agent", "Place"]), st.one_of(targets)), max_size=3
    )
    events = [
        Event(record_id(Layer.EVENT, number), kind, trigger, tuple(draw(arguments)))
        for number, (kind, trigger) in enumerate(
            draw(st.lists(st.tuples(st.sampled_from("XY"), small_places()), max_size=4)), 1
        )
    ]
    quotes = [
        Quote(
            record_id(Layer.QUOTE, number),
            draw(st.sampled_from(QuoteType)),
            content,
            cue=draw(st.none() | small_places()),
            speaker=Speaker(draw(st.none() | st.one_of(targets))),
        )
        for number, content in enumerate(draw(st.lists(small_places(), max_size=3)), 1)
    ]
    return annotation_set(*entities, *found, *events, *quotes)

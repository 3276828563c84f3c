"""Hypothesis strategies for the core values, for every test that wants any record there can be."""

from __future__ import annotations

from hypothesis import strategies as st

from annotator.core.annotations import (
    Argument,
    Coverage,
    Entity,
    Event,
    EventTarget,
    Evidence,
    ImplicitTarget,
    Mention,
    MentionLevel,
    MentionTarget,
    Polarity,
    Quote,
    QuoteTarget,
    QuoteType,
    Realis,
    SetStatus,
    SpanTarget,
    Speaker,
    SpeakerForm,
    StatusRecord,
    SuggestionDecision,
)
from annotator.core.edits import Change, Edit, Focus
from annotator.core.ids import Layer, record_id
from annotator.core.proposals import Proposal, Verdict
from annotator.core.provenance import Origin, Provenance
from annotator.core.span import Fragments, Span

TEXT_LENGTH = 400
"""Spans of the strategies lie inside a text of this length."""

numbers = st.integers(1, 10**6)
texts = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from('ەڕێژە\u200c\u200f🙂\u2028"\\'),
    max_size=12,
)
names = texts.filter(bool)


def ids(layer):
    return numbers.map(lambda number: record_id(layer, number))


@st.composite
def spans(draw, length=TEXT_LENGTH):
    start = draw(st.integers(0, length - 1))
    return Span(start, draw(st.integers(start + 1, length)))


@st.composite
def fragments(draw, length=TEXT_LENGTH):
    found = Fragments.merged(draw(st.lists(spans(length), min_size=1, max_size=3)))
    if not draw(st.booleans()):
        return found
    home = draw(st.sampled_from(found.spans))
    start = draw(st.integers(home.start, home.end - 1))
    return Fragments(found.spans, Span(start, draw(st.integers(start + 1, home.end))))


attributes = st.dictionaries(names, texts, max_size=3).map(lambda pairs: tuple(pairs.items()))
provenances = st.builds(Provenance, st.sampled_from(Origin), texts)
entities_or_none = st.none() | ids(Layer.ENTITY)
parties = (
    st.builds(MentionTarget, ids(Layer.MENTION))
    | st.builds(SpanTarget, fragments(), entities_or_none)
    | st.builds(ImplicitTarget, ids(Layer.ENTITY))
)
targets = (
    parties | st.builds(EventTarget, ids(Layer.EVENT)) | st.builds(QuoteTarget, ids(Layer.QUOTE))
)
mentions = st.builds(
    Mention,
    id=ids(Layer.MENTION),
    label=names,
    fragments=fragments(),
    level=st.sampled_from(MentionLevel),
    entity=entities_or_none,
    attrs=attributes,
    provenance=provenances,
)
entities = st.builds(
    Entity,
    id=ids(Layer.ENTITY),
    label=names,
    name=texts,
    kb=attributes,
    provenance=provenances,
)
events = st.builds(
    Event,
    id=ids(Layer.EVENT),
    type=names,
    trigger=fragments(),
    arguments=st.lists(st.builds(Argument, names, targets), max_size=4).map(tuple),
    realis=st.sampled_from(Realis),
    polarity=st.sampled_from(Polarity),
    cluster=st.none() | names,
    attrs=attributes,
    provenance=provenances,
)
quotes = st.builds(
    Quote,
    id=ids(Layer.QUOTE),
    type=st.sampled_from(QuoteType),
    content=fragments(),
    marks=st.lists(spans(), max_size=2).map(tuple),
    cue=st.none() | fragments(),
    speaker=st.builds(
        Speaker, st.none() | parties, st.sampled_from(SpeakerForm), st.sampled_from(Evidence)
    ),
    addressees=st.lists(parties, max_size=2).map(tuple),
    parent=st.none() | ids(Layer.QUOTE),
    cluster=st.none() | names,
    attrs=attributes,
    provenance=provenances,
)
statuses = st.builds(
    StatusRecord,
    status=st.sampled_from(SetStatus),
    mentions=st.sampled_from(Coverage),
    events=st.sampled_from(Coverage),
    quotes=st.sampled_from(Coverage),
)
decisions = st.builds(
    SuggestionDecision,
    id=ids(Layer.DECISION),
    verdict=st.sampled_from(Verdict),
    proposal=st.builds(
        Proposal,
        suggester=names,
        layer=st.sampled_from([Layer.MENTION, Layer.EVENT, Layer.QUOTE]),
        label=names,
        fragments=fragments(),
    ),
)
records = mentions | entities | events | quotes | statuses | decisions
focuses = st.builds(
    Focus,
    st.integers(0, TEXT_LENGTH),
    st.integers(0, TEXT_LENGTH),
    st.none() | ids(Layer.MENTION) | ids(Layer.EVENT),
)
changes = st.one_of(
    records.map(lambda record: Change(None, record)),
    records.map(lambda record: Change(record, None)),
    st.one_of(
        *(
            st.tuples(kind, kind)
            for kind in (mentions, entities, events, quotes, statuses, decisions)
        )
    ).map(lambda pair: Change(pair[0], _with_id(pair[1], pair[0].id))),
)
edits = st.builds(
    Edit,
    name=names,
    changes=st.lists(changes, max_size=4).map(tuple),
    focus=st.none() | focuses,
)


def _with_id(record, identifier):
    values = {name: getattr(record, name) for name in type(record).__slots__}
    return type(record)(**{**values, "id": identifier})

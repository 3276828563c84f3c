"""Articles with annotations of every kind at every place, made at random by hypothesis.

Words touch or have one space, several or a line feed between them; annotations begin and end
anywhere, nest, cross each other and whole sentences, stand on spaces, and are in pieces.
"""

from hypothesis import strategies as st

from annotator.core.annotations import (
    Argument,
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
    SpanTarget,
    Speaker,
    SpeakerForm,
)
from annotator.core.ids import Layer, RecordId, record_id
from annotator.core.span import Fragments, Span
from tests.formats.specimens import article_of

WORDS = (
    "کورد",
    "هەولێر",
    "😀",
    "گوتی",
    "می\u200cدیا",
    "،",
    ".",
    "«",
    "»",
    "٢٢",
    "؟",
    "#",
    "کردەوە",
)
GAPS = ("", " ", " ", " ", "  ", "\n", " \n ")
LABELS = ("PER", "GPE", "TITLE", "NORP", "Unknown")
ROLES = ("Participant", "Topic", "Place")
ENTITIES = [RecordId(f"E{number}") for number in (1, 2, 3)]


@st.composite
def texts(draw):
    """A few words, or none, but at least a space, so that there is a place to mark."""
    pairs = draw(st.lists(st.tuples(st.sampled_from(GAPS), st.sampled_from(WORDS)), max_size=14))
    end = draw(st.sampled_from(("", " ", "\n")))
    first = draw(st.sampled_from((*WORDS, " ")))
    return first + "".join(map("".join, pairs)) + end


@st.composite
def places(draw, text, *, most=3):
    """A piece of a text, or several."""
    offsets = st.integers(0, len(text))
    edges = sorted(set(draw(st.lists(offsets, min_size=2, max_size=2 * most, unique=True))))
    spans = tuple(Span(a, b) for a, b in zip(edges[::2], edges[1::2], strict=False))
    head = None
    if draw(st.booleans()):
        inside = draw(st.sampled_from(spans))
        start = draw(st.integers(inside.start, inside.end - 1))
        head = Span(start, draw(st.integers(start + 1, inside.end)))
    return Fragments(spans, head)


@st.composite
def free_targets(draw, text):
    return SpanTarget(draw(places(text)), draw(st.sampled_from([None, *ENTITIES])))


@st.composite
def parties(draw, text, mentions):
    kinds = [free_targets(text), st.sampled_from(ENTITIES).map(ImplicitTarget)]
    if mentions:
        kinds.append(st.sampled_from([each.id for each in mentions]).map(MentionTarget))
    return draw(st.one_of(kinds))


@st.composite
def articles(draw, identifier="d1"):
    """An article with one annotation set."""
    text = draw(texts())
    return article_of(identifier, text, draw(record_lists(text)))


@st.composite
def record_lists(draw, text):
    entities = [Entity(each, "PER", "ناو", (("wikidata", "Q9"),)) for each in ENTITIES]
    mentions = [
        Mention(
            record_id(Layer.MENTION, number),
            draw(st.sampled_from(LABELS)),
            draw(places(text, most=2)),
            draw(st.sampled_from(MentionLevel)),
            draw(st.sampled_from([None, *ENTITIES])),
            draw(st.sampled_from([(), (("facet", "place"),)])),
        )
        for number in range(1, draw(st.integers(0, 6)) + 1)
    ]
    quotes = draw(quote_lists(text, mentions))
    events = draw(event_lists(text, mentions, quotes))
    return [*entities, *mentions, *quotes, *events]


@st.composite
def quote_lists(draw, text, mentions):
    return [
        Quote(
            record_id(Layer.QUOTE, number),
            draw(st.sampled_from(QuoteType)),
            draw(places(text)),
            marks=draw(places(text)).spans if draw(st.booleans()) else (),
            cue=draw(st.none() | places(text)),
            speaker=Speaker(
                draw(st.none() | parties(text, mentions)),
                draw(st.sampled_from(SpeakerForm)),
                draw(st.sampled_from(Evidence)),
            ),
            addressees=tuple(draw(st.lists(parties(text, mentions), max_size=1))),
            cluster=draw(st.sampled_from([None, "q1"])),
        )
        for number in range(1, draw(st.integers(0, 3)) + 1)
    ]


@st.composite
def event_lists(draw, text, mentions, quotes):
    identifiers = [record_id(Layer.EVENT, n) for n in range(1, draw(st.integers(0, 4)) + 1)]
    kinds = [parties(text, mentions)]
    if identifiers:
        kinds.append(st.sampled_from(identifiers).map(EventTarget))
    if quotes:
        kinds.append(st.sampled_from([each.id for each in quotes]).map(QuoteTarget))
    arguments = st.builds(Argument, st.sampled_from(ROLES), st.one_of(kinds))
    return [
        Event(
            identifier,
            draw(st.sampled_from(("Contact.Meet", "Unknown.Type"))),
            draw(places(text)),
            tuple(draw(st.lists(arguments, max_size=5))),
            draw(st.sampled_from(Realis)),
            draw(st.sampled_from(Polarity)),
            draw(st.sampled_from([None, "c1"])),
        )
        for identifier in identifiers
    ]

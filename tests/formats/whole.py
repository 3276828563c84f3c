"""An article whose annotations have everything that a record can have, in odd places too."""

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
from annotator.core.ids import RecordId
from annotator.core.provenance import Origin, Provenance
from annotator.core.span import Fragments, Span
from tests.formats.specimens import article_of

TEXT = "😀 شیلان\nسەعید گوتی: «با بڕۆین» و ئەویش وەڵامی دایەوە.\n\nباران  باری و کۆتایی هات."
BY = Provenance(Origin.SUGGESTION, "memory")


def at(*words, head=None):
    """The places of words, each looked for behind the one before."""
    spans, start = [], 0
    for word in words:
        start = TEXT.index(word, start)
        spans.append(Span(start, start + len(word)))
        start = spans[-1].end
    return Fragments(tuple(spans), head and at(head).spans[0])


def records():
    return (
        Entity(RecordId("E1"), "PER", "شیلان  سەعید", (("wikidata", "Q1"), ("ناو", "x y"))),
        Entity(RecordId("E2"), "ORG", "", (("wikidata", "Q2"),)),
        Entity(RecordId("E3"), "LOC", "بێ ناو", (("geonames", "98"),)),
        Mention(RecordId("T2"), "PER", at("شیلان\nسەعید"), entity=RecordId("E1"), provenance=BY),
        Mention(
            RecordId("T5"),
            "کەسی نوێ",
            at("ئەویش"),
            MentionLevel.PRO,
            RecordId("E1"),
            (("Level", "x"), ("note", "دوو وشە")),
        ),
        Mention(
            RecordId("T9"), "FAC", at("باران", "باری", head="باری"), attrs=(("facet", "place"),)
        ),
        Mention(RecordId("T10"), "GPE", at("دایەوە", "باران")),
        Mention(RecordId("T11"), "TITLE", at(".\n", "باران")),
        Mention(RecordId("T12"), "ORG", at("کۆتایی"), entity=RecordId("E2")),
        Event(
            RecordId("EV3"),
            "Contact.Meet",
            at("وەڵامی", "دایەوە", head="وەڵامی"),
            (
                Argument("Place", ImplicitTarget(RecordId("E3"))),
                Argument("Participant", MentionTarget(RecordId("T2"))),
                Argument("Participant", MentionTarget(RecordId("T5"))),
                Argument("Participant", ImplicitTarget(RecordId("E2"))),
                Argument("Topic", QuoteTarget(RecordId("Q1"))),
                Argument("Topic", EventTarget(RecordId("EV4"))),
                Argument("Topic", SpanTarget(at("باران"), RecordId("E3"))),
                Argument("Topic2", SpanTarget(at("باران", "هات"))),
            ),
            Realis.OTHER,
            Polarity.NEGATIVE,
            "c1",
            (("tense", "past"),),
        ),
        Event(RecordId("EV4"), "Contact_Meet", at("باری")),
        Quote(
            RecordId("Q1"),
            QuoteType.DIRECT,
            at("با بڕۆین"),
            tuple(at(one).spans[0] for one in "«»"),
            at("گوتی", "و", head="گوتی"),
            Speaker(MentionTarget(RecordId("T2")), SpeakerForm.NAME, Evidence.EXPLICIT),
            (
                MentionTarget(RecordId("T5")),
                ImplicitTarget(RecordId("E2")),
                SpanTarget(at("و")),
                ImplicitTarget(RecordId("E3")),
            ),
            RecordId("Q2"),
            "k1",
            (("medium", "statement"),),
            BY,
        ),
        Quote(
            RecordId("Q2"),
            QuoteType.INDIRECT,
            at("سەعید گوتی: «با بڕۆین» و ئەویش"),
            speaker=Speaker(ImplicitTarget(RecordId("E3")), SpeakerForm.CLITIC),
        ),
        Quote(
            RecordId("Q3"),
            QuoteType.MIXED,
            at("کۆتایی", "هات"),
            speaker=Speaker(SpanTarget(at("باران"), RecordId("E3"))),
        ),
        Quote(RecordId("Q4"), QuoteType.INDIRECT, at("هات")),
    )


def whole(*others, identifier="whole", text=TEXT):
    """The article with all of it, and `others` besides."""
    return article_of(identifier, text, (*records(), *others))

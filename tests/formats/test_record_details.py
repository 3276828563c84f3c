"""What annotations say besides label, place and links."""

from annotator.core.annotations import (
    Event,
    Evidence,
    Mention,
    MentionLevel,
    Polarity,
    Quote,
    QuoteType,
    Realis,
    Speaker,
    SpeakerForm,
)
from annotator.core.span import Fragments, Span
from annotator.formats.record_details import details_of

PLAIN = Fragments.at(0, 4)
HEADED = Fragments((Span(0, 4),), Span(1, 3))
ATTRS = (("facet", "place"),)


def test_what_is_said_by_default_is_no_detail():
    for record in (
        Mention("T1", "PER", PLAIN),
        Event("EV1", "A.b", PLAIN),
        Quote("Q1", QuoteType.DIRECT, PLAIN, cue=PLAIN),
    ):
        assert list(details_of(record)) == []


def test_all_that_can_be_said():
    assert list(details_of(Mention("T1", "PER", HEADED, MentionLevel.PRO, None, ATTRS))) == [
        ("level", "PRO"), ("head", "1-3"), ("facet", "place"),
    ]  # fmt: skip
    event = Event("EV1", "A.b", HEADED, (), Realis.OTHER, Polarity.NEGATIVE, "c", ATTRS)
    assert list(details_of(event)) == [
        ("realis", "other"), ("polarity", "negative"), ("cluster", "c"), ("head", "1-3"),
        ("facet", "place"),
    ]  # fmt: skip
    speaker = Speaker(None, SpeakerForm.CLITIC, Evidence.IMPLICIT)
    quote = Quote("Q1", QuoteType.MIXED, PLAIN, (), HEADED, speaker, (), None, "c", ATTRS)
    assert list(details_of(quote)) == [
        ("form", "clitic"), ("evidence", "implicit"), ("cluster", "c"), ("cue head", "1-3"),
        ("facet", "place"),
    ]  # fmt: skip

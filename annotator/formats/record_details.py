"""What an annotation says besides label, place and links, as names with values.

Only what somebody has said: a value that every annotation has by default is not among them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from annotator.core.annotations import (
    Event,
    Evidence,
    Mention,
    MentionLevel,
    Polarity,
    Quote,
    Realis,
    SpeakerForm,
    anchor_of,
)

Detail = tuple[str, str]


def details_of(record: Mention | Event | Quote) -> Iterator[Detail]:
    """Level, realis, polarity, cluster …, the place of the head, and the attributes."""
    yield from said_of(record)
    if isinstance(record, Quote) and record.cue is not None and record.cue.head is not None:
        yield "cue head", f"{record.cue.head.start}-{record.cue.head.end}"
    head = anchor_of(record).head
    if head is not None:
        yield "head", f"{head.start}-{head.end}"
    yield from record.attrs


def said_of(record: Mention | Event | Quote) -> Iterator[Detail]:
    """The values that every record of its kind has, where they are not those by default."""
    match record:
        case Mention():
            if record.level is not MentionLevel.NAM:
                yield "level", record.level.value
        case Event():
            yield from _of_event(record)
        case Quote():
            yield from _of_quote(record)
        case _:
            assert_never(record)


def _of_event(event: Event) -> Iterator[Detail]:
    if event.realis is not Realis.ACTUAL:
        yield "realis", event.realis.value
    if event.polarity is not Polarity.POSITIVE:
        yield "polarity", event.polarity.value
    if event.cluster is not None:
        yield "cluster", event.cluster


def _of_quote(quote: Quote) -> Iterator[Detail]:
    if quote.speaker.form is not SpeakerForm.NONE:
        yield "form", quote.speaker.form.value
    if quote.speaker.evidence is not Evidence.UNKNOWN:
        yield "evidence", quote.speaker.evidence.value
    if quote.cluster is not None:
        yield "cluster", quote.cluster

"""What records say beyond their place and label, told by its names in gold."""

import pytest
from msgspec.structs import replace

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
from annotator.core.span import Fragments, Span
from annotator.formats.details import (
    argument_name,
    names_of_details,
    tell_details,
    tell_entities,
    tell_quotes,
)
from annotator.formats.set_documents import SetDocuments
from annotator.formats.token_view import Runs
from tests.builders import annotation_set
from tests.formats.specimens import bundle

PLACE = Fragments.at(0, 3)
MENTION = Mention(RecordId("T1"), "PER", PLACE)
EVENT = Event(RecordId("EV1"), "Contact.Meet", PLACE)
QUOTE = Quote(RecordId("Q1"), QuoteType.DIRECT, PLACE)
ENTITY = Entity(RecordId("E1"), "PER", "ناو")
HEADED = Fragments((Span(0, 3),), Span(0, 2))
FACET = (("facet", "place"),)


@pytest.mark.parametrize(
    ("record", "names"),
    [
        (MENTION, []),
        (replace(MENTION, level=MentionLevel.PRO), ["level"]),
        (replace(MENTION, entity=ENTITY.id, attrs=FACET), ["entity", "facet"]),
        (ENTITY, ["label", "name"]),
        (replace(ENTITY, kb=(("wikidata", "Q1"),)), ["label", "name", "kb"]),
        (EVENT, []),
        (replace(EVENT, realis=Realis.GENERIC), ["realis"]),
        (
            replace(EVENT, polarity=Polarity.NEGATIVE, cluster="c", attrs=FACET),
            ["polarity", "cluster", "facet"],
        ),
        (replace(EVENT, trigger=HEADED), ["head"]),
        (replace(MENTION, fragments=HEADED, level=MentionLevel.PRO), ["level", "head"]),
        (replace(QUOTE, content=HEADED, cue=HEADED), ["type", "cue head", "head"]),
        (QUOTE, ["type"]),
        (replace(QUOTE, marks=(Span(0, 1),), parent=RecordId("Q2")), ["type", "marks", "parent"]),
        (
            replace(QUOTE, speaker=Speaker(None, SpeakerForm.CLITIC, Evidence.IMPLICIT)),
            ["type", "form", "evidence"],
        ),
        (replace(QUOTE, cluster="q", attrs=FACET), ["type", "cluster", "facet"]),
    ],
)
def test_what_a_record_says_besides(record, names):
    assert list(names_of_details(record)) == names


@pytest.mark.parametrize(
    ("target", "name"),
    [
        (MentionTarget(MENTION.id), "Place=T1"),
        (EventTarget(EVENT.id), "Place=EV1"),
        (QuoteTarget(QUOTE.id), "Place=Q1"),
        (ImplicitTarget(ENTITY.id), "Place=E1"),
        (SpanTarget(Fragments((Span(2, 3), Span(5, 9))), ENTITY.id), "Place=2-9"),
    ],
)
def test_an_argument_has_a_name(target, name):
    assert argument_name(Argument("Place", target)) == name


def test_what_is_held_is_not_told():
    told = []
    (one,) = SetDocuments([bundle("d1", "وشە")], told.append)
    runs = Runs(one)
    tell_details(runs, replace(MENTION, entity=ENTITY.id, attrs=FACET), "entity")
    tell_details(runs, MENTION)
    tell_details(runs, MENTION, more="label")
    other = replace(ENTITY, id=RecordId("E2"))
    tell_entities(runs, annotation_set(ENTITY, other), {other.id})
    tell_quotes(runs, annotation_set(QUOTE))
    assert [(loss.record, loss.kind.value, loss.detail) for loss in told] == [
        ("T1", "detail", "facet"),
        ("T1", "detail", "label"),
        ("E1", "entity", ""),
        ("E2", "detail", "label, name"),
        ("Q1", "quote", ""),
    ]

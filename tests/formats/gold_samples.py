"""A small scheme and a Sorani news item written for the tests, with everything a set can hold."""

import re
from types import MappingProxyType

from msgspec.structs import replace

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
)
from annotator.core.document import Document, Metadata, Segmentation, Source
from annotator.core.ids import AnnotatorId, DocumentId, RecordId, SetId
from annotator.core.provenance import Origin, Provenance
from annotator.core.scheme import EventType, FillerKind, Guideline, Role, Scheme, Wording
from annotator.core.set_header import SetHeader, SetKind
from annotator.core.span import Fragments, Span
from annotator.formats.base import Bundle, ExportContext, SegmentedBundle, SetContent, Tokenizer
from tests.builders import annotation_set

WORDS = Wording("وشە", "word")
IMPORTED = Provenance(Origin.IMPORT, "x.jsonl")


def event_type(identifier, *roles):
    return EventType(
        identifier,
        WORDS,
        WORDS,
        "m",
        "#aa0000",
        tuple(Role(role, WORDS, "x", frozenset(FillerKind)) for role in roles),
    )


SCHEME = Scheme(
    id="ckb-news",
    version="1.0.0",
    name=WORDS,
    guideline=Guideline("ckb-news-guide", "0.3", "stem", Wording("ڕێنمایی", "guide")),
    labels=(),
    event_types=(
        event_type("Contact.Meet", "Participant", "Topic", "Place"),
        event_type("Diplomacy.Support", "Supporter", "Beneficiary"),
        event_type("Contact.Negotiate", "Participant", "Topic"),
    ),
    attributes=(),
    quote_types=(),
    quote_color="#00aa00",
    speaker_labels=frozenset({"PER"}),
    nesting=MappingProxyType({}),
    sha256="57b0ae7ebc91f423de73a842886700b5898582305ea7d45908af662b197c20a4",
)
CONTEXT = ExportContext(SCHEME, Tokenizer("ckb-regex", "1.0.0"), "1.0.0")

TEXT = (
    "😀 ئازاد لە هەولێر لەگەڵ نەورۆز کۆبووەوە. جەختی لە ئاشتی کردەوە.\n"
    'نەورۆز گوتی: "کار دەکەین، \u200cئازاد گوتی باشە".'
)


def split(text):
    """Words and single signs; sentences end with a full stop; paragraphs with LF."""
    tokens = tuple(Span(*m.span()) for m in re.finditer(r"[\w\u200c]+|[^\w\s]", text))
    sentences = tuple(Span(*m.span()) for m in re.finditer(r"\S[^.\n]*[^\s.]?\.?\S*", text))
    paragraphs = tuple(Span(*m.span()) for m in re.finditer(r"\S[^\n]*", text))
    return Segmentation(tokens, sentences, paragraphs)


def at(piece, occurrence=1, text=TEXT):
    """The span of a piece of the text."""
    start = -1
    for _ in range(occurrence):
        start = text.index(piece, start + 1)
    return Span(start, start + len(piece))


def place(*pieces, head=None):
    spans = tuple(at(*piece) if isinstance(piece, tuple) else at(piece) for piece in pieces)
    return Fragments(spans, None if head is None else at(head))


STATUS = StatusRecord(SetStatus.APPROVED, Coverage.COMPLETE, Coverage.PARTIAL, Coverage.COMPLETE)


def full_records(provenance=IMPORTED):
    """Records with every kind of target, discontinuous places, heads and attributes."""
    records = [
        Entity(RecordId("E1"), "PER", "ئازاد", (("wikidata", "Q1"),)),
        Entity(RecordId("E2"), "GPE", "هەولێر"),
        Entity(RecordId("E10"), "PER", "نەورۆز"),
        Mention(RecordId("T10"), "PER", place("ئازاد"), entity=RecordId("E1")),
        Mention(RecordId("T2"), "GPE", place("هەولێر"), entity=RecordId("E2"),
                attrs=(("facet", "place"),)),
        Mention(RecordId("T3"), "PER", place("نەورۆز"), entity=RecordId("E10")),
        Mention(RecordId("T4"), "NORP", place("ئازاد", "نەورۆز", head="نەورۆز"),
                MentionLevel.NOM),
        Mention(RecordId("T5"), "PER", place(("ئازاد", 2)), MentionLevel.PRO),
        Event(RecordId("EV1"), "Contact.Meet", place("کۆبووەوە"), (
            Argument("Topic", QuoteTarget(RecordId("Q1"))),
            Argument("Participant", ImplicitTarget(RecordId("E2"))),
            Argument("Participant", MentionTarget(RecordId("T3"))),
            Argument("Participant", MentionTarget(RecordId("T10"))),
            Argument("Place", SpanTarget(place("لە هەولێر"), RecordId("E2"))),
            Argument("Topic", SpanTarget(place("ئاشتی"))),
            Argument("Topic", EventTarget(RecordId("EV2"))),
        )),
        Event(RecordId("EV2"), "Diplomacy.Support", place("جەختی", "کردەوە", head="جەختی"),
              realis=Realis.OTHER, polarity=Polarity.NEGATIVE, cluster="c1",
              attrs=(("tense", "past"),)),
        Quote(RecordId("Q1"), QuoteType.DIRECT,
              place("کار دەکەین، \u200cئازاد گوتی باشە"), (at('"'), at('"', 2)), place("گوتی"),
              Speaker(MentionTarget(RecordId("T3")), SpeakerForm.NAME, Evidence.EXPLICIT),
              (MentionTarget(RecordId("T5")), SpanTarget(place(("گوتی", 2)), RecordId("E1")),
               ImplicitTarget(RecordId("E2")))),
        Quote(RecordId("Q2"), QuoteType.MIXED, place("باشە"), parent=RecordId("Q1"),
              cluster="c2", attrs=(("medium", "tweet"),),
              speaker=Speaker(SpanTarget(place(("ئازاد", 2))), SpeakerForm.NOMINAL)),
        Quote(RecordId("Q3"), QuoteType.INDIRECT, place("لە ئاشتی"),
              speaker=Speaker(ImplicitTarget(RecordId("E1")), SpeakerForm.CLITIC,
                              Evidence.ANAPHORIC)),
    ]  # fmt: skip
    return [*(replace(record, provenance=provenance) for record in records), STATUS]


def header(identifier="gold", document="d1"):
    return SetHeader(
        id=SetId(identifier),
        document=DocumentId(document),
        kind=SetKind.ADJUDICATED,
        annotators=(AnnotatorId("a1"), AnnotatorId("a2")),
        created="2026-11-20T09:00:00Z",
        modified="2026-11-20T10:00:00Z",
        adjudicator=AnnotatorId("c1"),
        derived_from=(SetId("a1"), SetId("a2")),
    )


def document(identifier="d1", text=TEXT, **metadata):
    source = Source("x.txt", "ab" * 32, "utf-16le", "crlf", has_bom=True)
    return Document(DocumentId(identifier), text, source, Metadata(**metadata))


def full_bundle(identifier="d1", **metadata):
    content = SetContent(header(document=identifier), annotation_set(*full_records()))
    return Bundle(document(identifier, **metadata), (content,))


def segmented(bundle):
    return SegmentedBundle(bundle, split(bundle.document.text))

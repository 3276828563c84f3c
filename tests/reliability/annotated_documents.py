"""Any documents with any annotation sets on them, as hypothesis draws them, and as gold."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace

import hypothesis.strategies as st

from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import (
    Argument,
    Coverage,
    Entity,
    Event,
    Evidence,
    ImplicitTarget,
    Mention,
    MentionLevel,
    MentionTarget,
    Quote,
    QuoteType,
    Realis,
    Record,
    SetStatus,
    SpanTarget,
    Speaker,
    SpeakerForm,
    StatusRecord,
)
from annotator.core.document import Document, Segmentation, Source
from annotator.core.edits import Change, Edit
from annotator.core.ids import AnnotatorId, DocumentId, RecordId, SetId
from annotator.core.set_header import SetHeader, SetKind
from annotator.core.span import Fragments
from annotator.formats.base import Bundle, ExportContext, SegmentedBundle, SetContent, Tokenizer
from annotator.formats.gold_write import write_gold
from annotator.foundation.paths import resource
from annotator.kurdish.segmentation import segment
from annotator.kurdish.tokens import TOKENIZER_ID, TOKENIZER_VERSION
from annotator.workbench.schemes import scheme_from_text

SCHEME = scheme_from_text(resource("schemes", "ckb-news.json").read_text(encoding="utf-8"))
LABELS = [label.id for label in SCHEME.labels]
TYPES = [kind.id for kind in SCHEME.event_types]
NOW = "2026-11-20T09:00:00Z"

_WORDS = [
    "هەولێر", "ئازاد", "گوتی", "«کار", "دەکەین»", "😀", "👨\u200d👩\u200d👧", "می\u200cخوات", "x",
    "٢٠٢٦", "\u0622\u0627\u0653", "کــورد", "\U00010331", '"', "a\u2028b", "c\u00a0d", "e\x85f",
    "\u202bg\u202c", "\ufeffh", "<b>", "\\", "\u0301",
]  # fmt: skip
_GAPS = [" ", " ", " ", ". ", "؟\n", "\n", "\r\n", "\r", "\t", "\n\n"]


@dataclass(frozen=True)
class Written:
    """A document as it lies in a file, and the sets on it."""

    raw: str
    sets: tuple[tuple[Record, ...], ...]

    @property
    def text(self) -> str:
        """The text as it is stored."""
        return self.raw.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


@st.composite
def written(draw) -> Written:
    """A text with every kind of letter and line end, and up to three sets on it."""
    words = draw(st.lists(st.sampled_from(_WORDS) | st.text(_letters, min_size=1, max_size=6),
                          min_size=1, max_size=25))  # fmt: skip
    raw = "".join(word + draw(st.sampled_from(_GAPS)) for word in words)
    made = Written(f"ناو {raw}", ())
    tokens = segment(made.text).tokens
    sets = draw(st.lists(_records(tokens), max_size=3))
    return replace(made, sets=tuple(tuple(records) for records in sets))


_letters = st.characters(exclude_categories=["Cs", "Cc"])


@st.composite
def _records(draw, tokens) -> list[Record]:
    def place():
        count = draw(st.integers(1, 3))
        return Fragments.merged([draw(st.sampled_from(tokens)) for _ in range(count)])

    def party():
        kinds = [lambda: SpanTarget(place())]
        kinds += [lambda: MentionTarget(draw(st.sampled_from(mentions)).id)] if mentions else []
        kinds += [lambda: ImplicitTarget(draw(st.sampled_from(entities)).id)] if entities else []
        return draw(st.sampled_from(kinds))()

    def some(prefix):
        return [RecordId(f"{prefix}{n}") for n in range(1, draw(st.integers(0, 4)) + 1)]

    label = st.sampled_from(LABELS)
    entities = [Entity(i, draw(label), draw(st.text(_letters, max_size=6))) for i in some("E")]
    mentions: list[Mention] = []
    for identifier in some("T"):
        entity = draw(st.none() | st.sampled_from(entities)) if entities else None
        level = draw(st.sampled_from(MentionLevel))
        known = None if entity is None else entity.id
        mentions.append(Mention(identifier, draw(label), place(), level, entity=known))
    events = [
        Event(i, draw(st.sampled_from(TYPES)), place(),
              tuple(Argument("Place", party()) for _ in range(draw(st.integers(0, 2)))),
              realis=draw(st.sampled_from(Realis)))
        for i in some("EV")
    ]  # fmt: skip
    quotes = [
        Quote(i, draw(st.sampled_from(QuoteType)), place(),
              speaker=Speaker(party(), draw(st.sampled_from(SpeakerForm)), Evidence.EXPLICIT))
        for i in some("Q")
    ]  # fmt: skip
    coverage = (draw(st.sampled_from(Coverage)) for _ in range(3))
    status = StatusRecord(draw(st.sampled_from(SetStatus)), *coverage)
    return [*entities, *mentions, *events, *quotes, status]


def gold_of(documents: list[Written]) -> bytes:
    """The gold file of the documents ``d0``, ``d1`` …, with the sets of a1, a2 and a3."""
    items = [_item(number, made) for number, made in enumerate(documents) if made.sets]
    target = io.BytesIO()
    context = ExportContext(SCHEME, Tokenizer(TOKENIZER_ID, TOKENIZER_VERSION), "1.0.0")
    write_gold(items, target, context)
    return target.getvalue()


def _item(number: int, made: Written) -> SegmentedBundle:
    document = Document(DocumentId(f"d{number}"), made.text, Source("x.txt", "ab" * 32))
    sets = tuple(
        SetContent(_header(document.id, f"a{person}"), _annotations(records))
        for person, records in enumerate(made.sets, 1)
    )
    segmentation: Segmentation = segment(made.text)
    return SegmentedBundle(Bundle(document, sets), segmentation)


def _header(document: DocumentId, person: str) -> SetHeader:
    return SetHeader(
        id=SetId(person),
        document=document,
        kind=SetKind.ANNOTATOR,
        annotators=(AnnotatorId(person),),
        created=NOW,
        modified=NOW,
    )


def _annotations(records: tuple[Record, ...]) -> AnnotationSet:
    edit = Edit("edit.import", tuple(Change(None, record) for record in records))
    return AnnotationSet().apply(edit)

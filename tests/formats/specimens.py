"""Annotated articles that hold everything an annotation set can hold, for every format alike.

The texts were written for the tests: emoji before spans, ZWNJ, double spaces, quotes, mentions
inside of others and in pieces, boundaries inside of words, arguments of every kind, two sets of one
article, an empty set, an article of one word.
"""

from msgspec.structs import replace

from annotator.core.annotations import (
    Coverage,
    Entity,
    Mention,
    MentionLevel,
    SetStatus,
    StatusRecord,
)
from annotator.core.document import Document, Metadata, Source, text_sha256
from annotator.core.ids import AnnotatorId, DocumentId, RecordId, SetId
from annotator.core.set_header import SetHeader, SetKind
from annotator.core.span import Fragments
from annotator.formats.base import Bundle, ExportContext, SegmentedBundle, SetContent, Tokenizer
from annotator.formats.set_documents import SetDocument
from annotator.kurdish.segmentation import segment
from annotator.workbench.schemes import DEFAULT_SCHEME, read_scheme_text, scheme_from_text
from tests.builders import annotated, annotation_set, changed, with_records

SCHEME = scheme_from_text(read_scheme_text(DEFAULT_SCHEME))
NOTHING_KNOWN = Metadata()
TOKENIZER = Tokenizer("ckb-regex", "1.0.0")

RICH = (
    "😀 [[سەرۆکی]TITLE [هەرێم]GPE=E2]PER=E1 [کۆبووەوە]Contact.Meet(Participant=T3,Participant=E2"
    ",Topic=Q1) لە [هەولێر]GPE=E2دا  لەگەڵ [نێردەی]NORP [[ئەمریکا]GPE=E3]T5.part. "
    "ئەو [جەختی]Contact.Negotiate(Participant=T3) لە [ئاشتی]EV2.Topic [کردەوە]EV2.trigger.\n"
    "[سەرۆک]PER=E1 [گوتی]Q1.cue: «[کار دەکەین بۆ [می\u200cدیا]ORG]direct(speaker=T7,addressee=E3)»."
)
PLAIN = "[کەرکووک]GPE و [سلێمانی]GPE لە ٢٢ - ٩ - ٢٠٢٠."


def context(**values):
    """What an export needs, in the scheme that comes with the program."""
    return ExportContext(SCHEME, TOKENIZER, "1.0.0", is_reproducible=True, **values)


def header(document, identifier="a1", **values):
    """Whose set it is."""
    return SetHeader(
        SetId(identifier),
        DocumentId(document),
        SetKind.ANNOTATOR,
        (AnnotatorId(identifier),),
        created="2026-11-25T09:00:00Z",
        modified="2026-11-25T09:30:00Z",
        **values,
    )


def bundle(identifier, notation, *others, sets=("a1",), metadata=NOTHING_KNOWN):
    """A document with one set for each of `sets`, all alike, with `others` besides."""
    made, annotations = annotated(notation, identifier)
    source = Source(f"{identifier}.txt", made.sha256, newline="lf")
    document = Document(made.id, made.text, source, metadata)
    status = StatusRecord(
        SetStatus.APPROVED, Coverage.COMPLETE, Coverage.COMPLETE, Coverage.COMPLETE
    )
    annotations = with_records(annotations, *others, status)
    contents = tuple(SetContent(header(identifier, one), annotations) for one in sets)
    return SegmentedBundle(Bundle(document, contents), segment(document.text))


def article_of(identifier, text, records):
    """A document with this text and one set of just these records."""
    source = Source(f"{identifier}.txt", text_sha256(text), newline="lf")
    document = Document(DocumentId(identifier), text, source)
    content = SetContent(header(identifier), annotation_set(*records))
    return SegmentedBundle(Bundle(document, (content,)), segment(text))


def with_set(item, edit):
    """The article, its only set as `edit` makes it."""
    (content,) = item.bundle.sets
    sets = (replace(content, annotations=edit(content.annotations)),)
    return replace(item, bundle=replace(item.bundle, sets=sets))


def with_changed(item, identifier, **fields):
    """The article with some fields of one record replaced, without any check."""
    return with_set(item, lambda annotations: changed(annotations, identifier, **fields))


def of_kind(item, *kinds):
    """The article with its sets as if they were of these kinds."""
    sets = tuple(
        replace(content, header=replace(content.header, kind=kind))
        for content, kind in zip(item.bundle.sets, kinds, strict=True)
    )
    return replace(item, bundle=replace(item.bundle, sets=sets))


def set_document(document, annotations, tell, segmentation):
    """One annotation set on its way into a file; `tell` is told its losses."""
    content = SetContent(header(document.id), annotations)
    return SetDocument(document.id, document.id, document, content, segmentation, tell)


def specimens():
    """The articles, in the order of their ids."""
    text = annotated(RICH)[0].text
    inside = text.index("هەولێر") + 2
    extras = (
        Mention(RecordId("T20"), "LOC", Fragments.at(inside, inside + 3), MentionLevel.NOM,
                attrs=(("facet", "place"),)),
        Entity(RecordId("E9"), "ORG", "بێ ناوهێنان", (("wikidata", "Q9"),)),
    )  # fmt: skip
    return (
        bundle("empty", "وشە"),
        bundle("plain", PLAIN, metadata=Metadata(title="شارەکان", outlet="نووسین", split="dev")),
        bundle("rich", RICH, *extras),
        bundle("twice", PLAIN, sets=("a1", "a2")),
    )

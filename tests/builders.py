"""The language of the tests: text with brackets, a small scheme, and the facts of a check.

``annotated("[جەیمس جێفری]PER گەیشتە [هەولێر]GPE")`` gives a document and an annotation set. What
stands behind a closing bracket says what the bracket is; brackets may nest:

* ``]PER`` a mention, ``]PER=E1`` one that refers to an entity;
* ``]Contact.Meet`` (anything with a capital and a dot) the trigger of an event;
  ``]Contact.Meet(Participant=T1,Topic=Q1)`` with arguments: mentions, events and quotes by id, and
  an entity id for an implicit filler;
* ``]direct``, ``]indirect``, ``]mixed`` the content of a quote;
  ``]direct(speaker=T1,addressee=E2,parent=Q2)`` with parties. Quotation marks that touch the
  bracket of a direct or mixed quote from outside become its marks;
* ``]T1.part``, ``]EV1.trigger``, ``]Q1.content``, ``]Q1.cue`` one more fragment of these;
  ``]Q1.mark`` a mark, ``]Q1.speaker`` and ``]Q1.addressee`` a party that is a free piece of text,
  ``]EV1.Topic`` an argument that is one.

Ids are counted per layer in the order of the opening brackets. Entities that are named get the
label and the text of their first mention.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from types import MappingProxyType

from msgspec.structs import replace

from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import (
    Record,
)
from annotator.core.document import Document, Metadata, Segmentation, Source
from annotator.core.findings import Facts
from annotator.core.ids import (
    AnnotatorId,
    DocumentId,
    Layer,
    RecordId,
    SetId,
    layer_and_number,
)
from annotator.core.set_header import SetHeader, SetKind
from annotator.core.span import Span
from tests.notation import parse, party as party, records_of, target as target
from tests.small_scheme import (
    attribute_spec as attribute_spec,
    event_type as event_type,
    label as label,
    role as role,
    scheme as scheme,
    wording as wording,
)


def annotated(notation: str, identifier: str = "d1") -> tuple[Document, AnnotationSet]:
    """The document and the annotation set that the notation describes."""
    text, brackets = parse(notation)
    return document(text, identifier), annotation_set(*records_of(text, brackets))


def document(text: str, identifier: str = "d1", **metadata: str) -> Document:
    """A document with this text."""
    original = hashlib.sha256(text.encode("utf-8", "surrogatepass"))
    source = Source(f"{identifier}.txt", original.hexdigest())
    return Document(DocumentId(identifier), text, source, Metadata(**metadata))


def annotation_set(*records: Record) -> AnnotationSet:
    """A set with these records, exactly as given: references to nothing are let in."""
    numbers: dict[Layer, int] = {}
    for record in records:
        layer, number = layer_and_number(record.id)
        if layer is not Layer.STATUS:
            numbers[layer] = max(numbers.get(layer, 0), number)
    by_id = {record.id: record for record in records}
    return AnnotationSet(MappingProxyType(by_id), MappingProxyType(numbers))


def with_records(annotations: AnnotationSet, *records: Record) -> AnnotationSet:
    """The set with records replaced or added, without any check."""
    by_id = {**annotations.records, **{record.id: record for record in records}}
    return annotation_set(*by_id.values())


def changed(annotations: AnnotationSet, identifier: str, **fields: object) -> AnnotationSet:
    """The set with some fields of one record replaced, without any check."""
    record = annotations.records[RecordId(identifier)]
    return with_records(annotations, replace(record, **fields))


def segmentation(text: str) -> Segmentation:
    """Words and signs; sentences end at ``.``, ``؟`` and ``!``; paragraphs at line feeds."""
    return Segmentation(
        tokens=_matches(r"\w[\w\u200c]*|[^\w\s]", text),
        sentences=_matches(r"[^\s.؟!][^.؟!\n]*[.؟!]?[\"”»]?", text),
        paragraphs=_matches(r"[^\n]+", text),
    )


def facts(notation: str, **changes: object) -> Facts:
    """The facts of a check on what the notation describes.

    By default grapheme clusters are single code points, joiners may stand anywhere and the
    comparison form of a string is the string.
    """
    the_document, annotations = annotated(notation)
    plain = Facts(
        annotations=annotations,
        header=None,
        document=the_document,
        segmentation=segmentation(the_document.text),
        scheme=scheme(),
        is_boundary=_every_boundary,
        orphans_joiner=_no_orphan,
        stem_ends=_whole_words,
        fold=str,
    )
    return replace(plain, **changes)


def edited_facts(
    notation: str, edit: Callable[[AnnotationSet], AnnotationSet], **changes: object
) -> Facts:
    """The facts of the notation after a change to its set."""
    plain = facts(notation, **changes)
    return replace(plain, annotations=edit(plain.annotations))


def set_header(identifier: str = "a1", **changes: object) -> SetHeader:
    """The header of an annotator's set."""
    plain = SetHeader(
        id=SetId(identifier),
        document=DocumentId("d1"),
        kind=SetKind.ANNOTATOR,
        annotators=(AnnotatorId("a1"),),
        created="2026-11-21T09:00:00Z",
        modified="2026-11-21T09:00:00Z",
    )
    return replace(plain, **changes)


def _matches(pattern: str, text: str) -> tuple[Span, ...]:
    return tuple(Span(*match.span()) for match in re.finditer(pattern, text))


def _every_boundary(text: str, offset: int) -> bool:
    return 0 <= offset <= len(text)


def _no_orphan(text: str, span: Span) -> bool:
    return False


def _whole_words(text: str, span: Span) -> tuple[int, ...]:
    return (span.end,)

"""The sets of one document, read and checked: what an export takes, and what stands in its way."""

from __future__ import annotations

from msgspec import Struct

from annotator.core.annotations import SuggestionDecision
from annotator.core.checks import Finding
from annotator.core.document import Document, Segmentation
from annotator.core.scheme import Scheme
from annotator.core.span import Span
from annotator.formats.base import Bundle, SegmentedBundle, SetContent
from annotator.foundation.errors import UserError
from annotator.kurdish.segmentation import segment
from annotator.store.stored_rows import DocumentRows
from annotator.workbench.checking import SetFindings, errors_in
from annotator.workbench.export_scope import FINISHED


class Checked(Struct, frozen=True):
    """The chosen sets of one document, read and checked.

    `blocked` are those that may not become gold; `decisions` counts the refused suggestions.
    """

    item: SegmentedBundle
    blocked: tuple[SetFindings, ...]
    decisions: int


def checked(rows: DocumentRows, scheme: Scheme) -> Checked:
    """The sets of one document, which is segmented once.

    Raises `UserError` naming document and record where something is damaged.
    """
    document = rows.document()
    segmentation = segment(document.text)
    contents, blocked = [], []
    for each in rows.sets:
        content = SetContent(each.header, each.annotations())
        contents.append(content)
        errors = _errors(document, content, segmentation, scheme)
        if errors:
            blocked.append(SetFindings(document, each.header, errors))
    item = SegmentedBundle(Bundle(document, tuple(contents)), segmentation)
    decisions = sum(
        isinstance(record, SuggestionDecision)
        for content in contents
        for record in content.annotations.records.values()
    )
    return Checked(item, tuple(blocked), decisions)


def _errors(
    document: Document, content: SetContent, segmentation: Segmentation, scheme: Scheme
) -> tuple[Finding, ...]:
    """What keeps a set from being gold; an unfinished set does not claim to be."""
    annotations = content.annotations
    if annotations.status.status not in FINISHED:
        return ()
    return errors_in(
        document, annotations, scheme, header=content.header, segmentation=segmentation
    )


class Proof(Struct, frozen=True, array_like=True):
    """What somebody else found out of a document in which nothing is wrong."""

    tokens: tuple[Span, ...]
    sentences: tuple[Span, ...]
    paragraphs: tuple[Span, ...]
    decisions: int


def proof(rows: DocumentRows, scheme: Scheme) -> Proof | None:
    """For another process: what `proved` needs besides the rows; None where anything is wrong."""
    try:
        found = checked(rows, scheme)
    except UserError:
        return None  # whoever asked tells it
    if found.blocked:
        return None
    parts = found.item.segmentation
    return Proof(
        tokens=parts.tokens,
        sentences=parts.sentences,
        paragraphs=parts.paragraphs,
        decisions=found.decisions,
    )


def proved(rows: DocumentRows, known: Proof) -> Checked:
    """What `checked` gives, without finding out again what is known."""
    contents = tuple(SetContent(each.header, each.proved_annotations()) for each in rows.sets)
    segmentation = Segmentation(known.tokens, known.sentences, known.paragraphs)
    item = SegmentedBundle(Bundle(rows.document(), contents), segmentation)
    return Checked(item, (), known.decisions)

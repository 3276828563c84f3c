"""Where work stood in a project: the document that was left last, who worked, and in which set."""

from __future__ import annotations

from annotator.core.ids import DocumentId
from annotator.core.set_header import Annotator, SetHeader, SetKind
from annotator.store.connection import Transaction
from annotator.store.meta import LAST_ANNOTATOR, LAST_DOCUMENT, LAST_SET
from annotator.store.project_file import ProjectFile


def note_place(
    project: ProjectFile, transaction: Transaction, header: SetHeader, person: Annotator
) -> None:
    """Keep that this person works in this set now."""
    project.meta.set(transaction, LAST_DOCUMENT, header.document)
    project.meta.set(transaction, LAST_SET, header.id)
    project.meta.set(transaction, LAST_ANNOTATOR, person.id)


def note_person(project: ProjectFile, transaction: Transaction, person: Annotator) -> None:
    """Keep that this person works now, in a set of one's own."""
    project.meta.set(transaction, LAST_SET, person.id)
    project.meta.set(transaction, LAST_ANNOTATOR, person.id)


def is_last(project: ProjectFile, header: SetHeader) -> bool:
    """Whether this set is where work stood; files of before tell the document only."""
    last = project.meta.get(LAST_SET) or header.id
    return (project.meta.get(LAST_DOCUMENT), last) == (header.document, header.id)


def last_place(
    project: ProjectFile, person: Annotator
) -> tuple[DocumentId, SetHeader | None] | None:
    """The document that was left last, else the first one; None where there is none.

    With it the header of gold, where it was gold in which this person worked.
    """
    known = [entry.id for entry in project.documents.entries()]
    if not known:
        return None
    last = project.meta.get(LAST_DOCUMENT)
    document = next((identifier for identifier in known if identifier == last), None)
    if document is None:
        return known[0], None
    return document, _gold(project, document, person)


def _gold(project: ProjectFile, document: DocumentId, person: Annotator) -> SetHeader | None:
    if project.meta.get(LAST_ANNOTATOR) != person.id:
        return None
    last = project.meta.get(LAST_SET)
    headers = (header for header in project.annotations.headers(document) if header.id == last)
    return next((header for header in headers if header.kind is SetKind.ADJUDICATED), None)

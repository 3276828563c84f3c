"""The documents of a project as a list shows them, with how far one annotator is; ways through."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from annotator.core.annotations import SetStatus
from annotator.core.ids import DocumentId, SetId
from annotator.store.project_file import ProjectFile
from annotator.workbench.open_document import OpenDocument


class DocumentLine(Struct, frozen=True):
    """A document as the list shows it, with the status of the current annotator's set.

    `length` is in code points; the counts are of the current annotator.
    """

    id: DocumentId
    name: str
    length: int
    status: SetStatus
    annotations: int


def document_lines(project: ProjectFile, set_id: SetId) -> list[DocumentLine]:
    """Every document in order, with the status of the set that has this id in it."""
    statuses = project.annotations.statuses()
    counts = project.annotations.counts()
    lines = []
    for entry in project.documents.entries():
        key = (entry.id, set_id)
        lines.append(
            DocumentLine(
                id=entry.id,
                name=entry.name,
                length=entry.length,
                status=statuses.get(key, SetStatus.NEW),
                annotations=sum(counts.get(key, {}).values()),
            )
        )
    return lines


def line_of(opened: OpenDocument) -> DocumentLine:
    """The line of an open document as it is now, without reading anything."""
    document, annotations = opened.document, opened.annotations
    return DocumentLine(
        id=document.id,
        name=document.name,
        length=len(document.text),
        status=annotations.status.status,
        annotations=len(annotations),
    )


def neighbour(project: ProjectFile, current: DocumentId | None, step: int) -> DocumentId | None:
    """The document `step` places after another (before it when negative), or None.

    The first one where no document is given, or one that is not in the project.
    """
    identifiers = [entry.id for entry in project.documents.entries()]
    if current not in identifiers:
        return identifiers[0] if identifiers else None
    index = identifiers.index(current) + step
    return identifiers[index] if 0 <= index < len(identifiers) else None


def nearest(project: ProjectFile, removed: DocumentId) -> DocumentId | None:
    """The document that stood after one in the trash, else the last one, else None."""
    position = next(e.position for e in project.documents.removed() if e.id == removed)
    entries = project.documents.entries()
    after = next((entry.id for entry in entries if entry.position > position), None)
    return after or (entries[-1].id if entries else None)


def next_unfinished(lines: Sequence[DocumentLine], current: DocumentId | None) -> DocumentId | None:
    """The next document after another that is not complete, going round once."""
    index = next((i for i, line in enumerate(lines) if line.id == current), -1)
    for line in (*lines[index + 1 :], *lines[: max(index, 0)]):
        if line.status in (SetStatus.NEW, SetStatus.IN_PROGRESS):
            return line.id
    return None

"""Writing what a project edit says of documents, sets, people and the scheme."""

from __future__ import annotations

from typing import assert_never

from annotator.core.ids import AnnotatorId, DocumentId, SetId
from annotator.core.project_edits import Presence, ProjectEdit, Thing
from annotator.store.connection import Transaction
from annotator.store.project_file import ProjectFile


def write_project_edit(
    project: ProjectFile,
    transaction: Transaction,
    edit: ProjectEdit,
    *,
    at: str,
    scheme: str | None = None,
) -> ProjectEdit:
    """Write presences and scheme of an edit; gives the edit with the numbers of the schemes."""
    for presence in edit.presences:
        _write_presence(project, transaction, presence, at=at)
    if scheme is None:
        return edit
    before = project.schemes.number
    after = project.schemes.replace(transaction, scheme, at=at)
    return ProjectEdit(edit.name, edit.details, edit.presences, (before, after))


def _write_presence(
    project: ProjectFile, transaction: Transaction, presence: Presence, *, at: str
) -> None:
    match presence.thing:
        case Thing.DOCUMENT:
            document = DocumentId(presence.id)
            if presence.is_here:
                project.documents.restore(transaction, document)
            else:
                project.documents.remove(transaction, document, at=at)
        case Thing.SET:
            assert presence.document is not None  # a set is always one of a document
            set_id = SetId(presence.id)
            if presence.is_here:
                project.annotations.restore(transaction, presence.document, set_id)
            else:
                project.annotations.remove(transaction, presence.document, set_id, at=at)
        case Thing.PERSON:
            person = AnnotatorId(presence.id)
            if presence.is_here:
                project.people.restore(transaction, person)
            else:
                project.people.remove(transaction, person, at=at)
        case _:
            assert_never(presence.thing)

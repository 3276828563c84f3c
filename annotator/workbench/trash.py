"""The trash: documents, annotators and labels that were taken out, and how they come back.

Nothing in the trash is deleted. A document keeps its sets, an annotator's sets go and come with
the annotator, and a label in the trash is one that is not offered any more: what was marked with it
stays marked, is exported and keeps its colour.
"""

from __future__ import annotations

from collections.abc import Sequence

from annotator.core.annotation_set import AnnotationSet
from annotator.core.ids import AnnotatorId, DocumentId, SetId
from annotator.core.project_edits import Presence, ProjectEdit
from annotator.core.set_header import Annotator
from annotator.foundation.errors import Refused
from annotator.store.documents import DocumentEntry
from annotator.store.project_file import ProjectFile
from annotator.workbench.project_changes import ProjectChanged, ProjectChanges
from annotator.workbench.schemes import scheme_of, text_with_label

REMOVE_DOCUMENTS = "edit.remove_documents"
RESTORE_DOCUMENTS = "edit.restore_documents"
REMOVE_PERSON = "edit.remove_person"
RESTORE_PERSON = "edit.restore_person"
REMOVE_LABEL = "edit.remove_label"
RESTORE_LABEL = "edit.restore_label"


class Trash:
    """What is in the trash of a project, and the ways in and out."""

    def __init__(self, project: ProjectFile, changes: ProjectChanges) -> None:
        self._project = project
        self._changes = changes

    def documents(self) -> tuple[DocumentEntry, ...]:
        """The documents in the trash, those that went last first."""
        return self._project.documents.removed()

    def annotation_count(self, document: DocumentId) -> int:
        """How many mentions, events and quotes all sets of a document hold."""
        counts = self._project.annotations.counts_of(document)
        return sum(sum(of_set.values()) for of_set in counts.values())

    def people(self) -> tuple[Annotator, ...]:
        """The annotators in the trash."""
        return self._project.people.removed()

    def remove_documents(self, documents: Sequence[DocumentId]) -> ProjectChanged:
        """Put documents into the trash, as one step. Raises `Refused` for none."""
        return self._move(REMOVE_DOCUMENTS, documents, is_here=False)

    def restore_documents(self, documents: Sequence[DocumentId]) -> ProjectChanged:
        """Take documents out of the trash, as one step. Raises `Refused` for none."""
        return self._move(RESTORE_DOCUMENTS, documents, is_here=True)

    def remove_person(self, person: Annotator) -> ProjectChanged:
        """Put an annotator with all sets into the trash. Raises `Refused` for the last one."""
        if len(self._project.people.all()) < 2:
            raise Refused("refused.last_annotator")
        presences = tuple(each.inverse for each in presences_of(self._project, person))
        return self._changes.perform(ProjectEdit(REMOVE_PERSON, _name(person.name), presences))

    def restore_person(self, person: Annotator) -> ProjectChanged:
        """Take an annotator with all sets out of the trash."""
        presences = presences_of(self._project, person)
        return self._changes.perform(ProjectEdit(RESTORE_PERSON, _name(person.name), presences))

    def remove_label(self, label: str, name: str) -> ProjectChanged:
        """Offer an entity label no more; what is marked with it stays.

        Raises `Refused` for the last one that is offered, or one there is not.
        """
        offered = [each.id for each in scheme_of(self._project).labels if each.is_enabled]
        if offered == [label]:
            raise Refused("refused.last_label")
        return self._switch_label(REMOVE_LABEL, label, name, is_enabled=False)

    def restore_label(self, label: str, name: str) -> ProjectChanged:
        """Offer an entity label again. Raises `Refused` for one there is not."""
        return self._switch_label(RESTORE_LABEL, label, name, is_enabled=True)

    def _switch_label(
        self, edit: str, label: str, name: str, *, is_enabled: bool
    ) -> ProjectChanged:
        text = text_with_label(self._project.schemes.current(), label, is_enabled=is_enabled)
        return self._changes.perform(ProjectEdit(edit, _name(name)), scheme=text)

    def _move(self, name: str, documents: Sequence[DocumentId], *, is_here: bool) -> ProjectChanged:
        if not documents:
            raise Refused("refused.no_document")
        presences = tuple(Presence.of_document(each, is_here=is_here) for each in documents)
        entry = self._project.documents.get(documents[0])
        details = (("documents", len(documents)), ("name", entry.name))
        return self._changes.perform(ProjectEdit(name, details, presences))


def presences_of(project: ProjectFile, person: Annotator) -> tuple[Presence, ...]:
    """A person and all sets of that person alone, as things that come."""
    entries = (*project.documents.entries(), *project.documents.removed())
    own = SetId(person.id)
    sets = (
        Presence.of_set(entry.id, own, is_here=True)
        for entry in entries
        if project.annotations.header(entry.id, own) is not None
    )
    return (Presence.of_person(AnnotatorId(person.id), is_here=True), *sets)


def _name(name: str) -> tuple[tuple[str, str | int], ...]:
    return (("name", name),)


def count_of_label(annotations: AnnotationSet, label: str) -> int:
    """How many mentions of a set have the label."""
    return sum(1 for mention in annotations.mentions() if mention.label == label)

"""One label changed to another in the whole project, as one step."""

from __future__ import annotations

from msgspec import Struct

from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import Mention
from annotator.core.commands.mentions import EntityChoice
from annotator.core.commands.relabelling import relabel_all
from annotator.core.document import Document
from annotator.core.edits import Edit
from annotator.core.ids import Layer
from annotator.core.project_edits import ProjectEdit
from annotator.store.project_file import ProjectFile
from annotator.workbench.entities import entity_for
from annotator.workbench.open_document import OpenDocument
from annotator.workbench.project_changes import (
    RELABEL_ALL,
    Door,
    ProjectChanged,
    ProjectChanges,
    SetEdit,
)
from annotator.workbench.schemes import scheme_of


class ProjectRelabelling(Struct, frozen=True):
    """What will be done: the edits of sets, how many mentions change, and how many stay."""

    before: str
    after: str
    sets: tuple[SetEdit, ...]
    changed: int
    refused: int


class Relabeller:
    """Changes a label to another in one project; `door` opens a set."""

    def __init__(self, project: ProjectFile, changes: ProjectChanges, door: Door) -> None:
        self._project = project
        self._changes = changes
        self._door = door

    def plan(self, before: str, after: str) -> ProjectRelabelling:
        """Work out what would change; nothing is written.

        Raises `Refused` where the scheme has no label `after` or it is the same, and `UserError`
        where a set is damaged.
        """
        scheme = scheme_of(self._project)
        scheme.label(after)
        sets: list[SetEdit] = []
        changed = refused = 0
        for document, set_id in self._project.label_use.sets_with(Layer.MENTION, before):
            opened = self._door(document, set_id)

            def choose(
                annotations: AnnotationSet, mention: Mention, of: Document = opened.document
            ) -> EntityChoice:
                surface = mention.fragments.of(of.text)
                return entity_for(annotations, scheme, label=after, surface=surface)

            found = relabel_all(opened.annotations, scheme, before, after, choose=choose)
            changed += found.changed
            refused += found.refused
            if not found.edit.is_empty:
                sets.append(SetEdit(opened, found.edit))
        return ProjectRelabelling(before, after, tuple(sets), changed, refused)

    def perform(self, plan: ProjectRelabelling, here: OpenDocument | None = None) -> ProjectChanged:
        """Do it as one step, which Ctrl+Z takes back in its documents and `here`.

        Raises `Refused` where a set has changed since it was planned.
        """
        sets = plan.sets
        if here is not None and all(each.document is not here for each in sets):
            sets = (*sets, SetEdit(here, Edit(RELABEL_ALL, ())))
        details = (("count", plan.changed), ("before", plan.before), ("after", plan.after))
        return self._changes.perform(ProjectEdit(RELABEL_ALL, details), sets)

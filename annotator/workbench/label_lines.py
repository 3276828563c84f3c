"""The entity labels of a project as a list shows them, with how often each is used."""

from __future__ import annotations

from enum import Enum

from msgspec import Struct

from annotator.core.ids import Layer
from annotator.store.project_file import ProjectFile
from annotator.workbench.schemes import scheme_of


class LabelState(Enum):
    """Whether a label can be marked with."""

    OFFERED = "offered"
    NOT_OFFERED = "not_offered"
    UNKNOWN = "unknown"
    """It is in use, but the scheme has no such label (any more)."""


class LabelLine(Struct, frozen=True):
    """A label, and how many mentions have it over all annotation sets of the project."""

    id: str
    name: str
    count: int
    state: LabelState


def label_lines(project: ProjectFile, language: str) -> list[LabelLine]:
    """The labels of the scheme in its order, then those in use that it does not know."""
    counts = {
        label: count
        for (layer, label), count in project.label_use.counts().items()
        if layer is Layer.MENTION
    }
    labels = scheme_of(project).labels
    known = [
        LabelLine(
            id=label.id,
            name=label.name.in_language(language),
            count=counts.pop(label.id, 0),
            state=LabelState.OFFERED if label.is_enabled else LabelState.NOT_OFFERED,
        )
        for label in labels
    ]
    return known + [
        LabelLine(id=label, name=label, count=count, state=LabelState.UNKNOWN)
        for label, count in counts.items()
    ]

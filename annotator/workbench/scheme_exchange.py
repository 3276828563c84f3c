"""Another scheme for the project: what it would not know, and the step that takes it."""

from __future__ import annotations

from msgspec import Struct

from annotator.core.ids import Layer
from annotator.core.project_edits import ProjectEdit
from annotator.core.scheme import Scheme
from annotator.foundation.errors import Refused
from annotator.store.project_file import ProjectFile
from annotator.workbench.project_changes import ProjectChanged, ProjectChanges
from annotator.workbench.schemes import scheme_from_text, scheme_of

REPLACE_SCHEME = "edit.replace_scheme"


class UnknownLabel(Struct, frozen=True):
    """A label or type in use that a scheme does not have, and how often it is used."""

    layer: Layer
    label: str
    count: int


def unknown_labels(project: ProjectFile, scheme: Scheme) -> tuple[UnknownLabel, ...]:
    """What is in use and the scheme does not know, the most used first."""
    known = {
        Layer.MENTION: {label.id for label in scheme.labels},
        Layer.EVENT: {kind.id for kind in scheme.event_types},
        Layer.QUOTE: {kind.id for kind in scheme.quote_types},
    }
    found = [
        UnknownLabel(layer, label, count)
        for (layer, label), count in project.label_use.counts().items()
        if label not in known[layer]
    ]
    return tuple(sorted(found, key=lambda one: -one.count))


def replace_scheme(
    project: ProjectFile, changes: ProjectChanges, text: str, *, language: str
) -> ProjectChanged:
    """Use the scheme of this JSON text from now on, as one step.

    Raises `UserError` where it is none, `Refused` where it is the one in use.
    """
    scheme, present = scheme_from_text(text), scheme_of(project)
    if scheme.sha256 == present.sha256:
        raise Refused("refused.same_scheme")
    details = (("name", scheme.name.in_language(language)), ("version", scheme.version))
    return changes.perform(ProjectEdit(REPLACE_SCHEME, details), scheme=text)

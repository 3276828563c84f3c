"""Projects as a whole: make one, and tell what is in it."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from annotator.core.annotations import SetStatus
from annotator.core.ids import Layer
from annotator.store.project_file import ProjectFile
from annotator.workbench.clock import Clock, stamp
from annotator.workbench.people import clean_name
from annotator.workbench.schemes import DEFAULT_SCHEME, read_scheme_text, scheme_of

SUFFIX = ".nishan"


def create_project(
    path: Path, *, clock: Clock, scheme: str = DEFAULT_SCHEME, annotator: str | None = None
) -> ProjectFile:
    """Make a project file with a scheme and, if wanted, its first annotator; it comes back open.

    Raises `UserError` when the file exists, cannot be written, or the scheme cannot be used, and
    `Refused` for an empty name; then there is no file.
    """
    return ProjectFile.create(
        path,
        scheme_json=read_scheme_text(scheme),
        name=path.stem,
        now=stamp(clock()),
        annotator=None if annotator is None else clean_name(annotator),
    )


def project_name(project: ProjectFile) -> str:
    """What a project is called, by its file where nobody has said."""
    return project.meta.get("name") or project.path.stem


class ProjectFacts(Struct, frozen=True):
    """What is in a project, in numbers. Characters are code points."""

    path: str
    name: str
    scheme: str
    scheme_version: str
    documents: int
    characters: int
    annotators: tuple[str, ...]
    sets: dict[str, int]
    mentions: int
    events: int
    quotes: int


def facts_of(project: ProjectFile) -> ProjectFacts:
    """Count what is in a project without reading the annotations."""
    scheme = scheme_of(project)
    entries = project.documents.entries()
    totals = dict.fromkeys(Layer, 0)
    for counts in project.annotations.counts().values():
        for layer, number in counts.items():
            totals[layer] += number
    statuses = list(project.annotations.statuses().values())
    return ProjectFacts(
        path=str(project.path),
        name=project_name(project),
        scheme=scheme.id,
        scheme_version=scheme.version,
        documents=len(entries),
        characters=sum(entry.length for entry in entries),
        annotators=tuple(person.name for person in project.people.all()),
        sets={status.value: statuses.count(status) for status in SetStatus},
        mentions=totals[Layer.MENTION],
        events=totals[Layer.EVENT],
        quotes=totals[Layer.QUOTE],
    )

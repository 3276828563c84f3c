"""Annotators by name."""

from __future__ import annotations

from annotator.core.set_header import Annotator
from annotator.foundation.errors import Refused
from annotator.store.project_file import ProjectFile
from annotator.workbench.clock import Clock, stamp


def annotator_named(project: ProjectFile, name: str, clock: Clock) -> Annotator:
    """The annotator of this name, added to the project when unknown.

    Raises `Refused` for an empty name.
    """
    cleaned = " ".join(name.split())
    if not cleaned:
        raise Refused("refused.annotator_name_empty")
    known = project.people.by_name(cleaned)
    if known is not None:
        return known
    with project.transaction() as transaction:
        return project.people.add(transaction, cleaned, at=stamp(clock()))

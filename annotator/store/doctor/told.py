"""What the acts on a project tell of each thing by itself: when it came and when it went."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from annotator.core.ids import DocumentId
from annotator.core.project_edits import (
    Presence,
    ProjectEntry,
    ProjectStep,
    Thing,
    is_in_project,
    steps_of,
)

Name: TypeAlias = tuple[Thing, str, str]
"""A thing: what it is, of which document, and its id."""


def known_as(presence: Presence) -> Presence:
    """The presence under one spelling: ids of documents are the same in capitals and small."""
    if presence.thing is Thing.DOCUMENT:
        return replace(presence, id=presence.id.casefold())
    if presence.document is None:
        return presence
    return replace(presence, document=DocumentId(presence.document.casefold()))


def name_in_acts(presence: Presence) -> Name:
    """Of which thing a presence speaks."""
    known = known_as(presence)
    return known.thing, "" if known.document is None else str(known.document), known.id


class Told(Struct, frozen=True):
    """The steps that let a thing come or go, the oldest first, and the last act about it.

    Each step is given with what it says of that thing alone.
    """

    steps: Mapping[Name, Sequence[ProjectStep]]
    last: Mapping[Name, ProjectEntry]

    def is_here(self, presence: Presence) -> bool:
        """Whether the thing of `presence` is in the project, as the program judges it."""
        known = known_as(presence)
        return is_in_project(self.steps.get(name_in_acts(known), ()), known)


def told_by_acts(entries: Iterable[ProjectEntry]) -> Told:
    """What entries tell that follow from each other. Raises `Defect` where they do not."""
    entries = tuple(entries)
    steps: dict[Name, list[ProjectStep]] = {}
    last: dict[Name, ProjectEntry] = {}
    for step in reversed(steps_of(entries)):
        for each in step.edit.presences:
            alone = replace(step, edit=replace(step.edit, presences=(known_as(each),)))
            steps.setdefault(name_in_acts(each), []).append(alone)
    for entry in entries:
        last.update((name_in_acts(each), entry) for each in entry.edit.presences)
    return Told(steps, last)

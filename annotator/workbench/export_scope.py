"""Which annotation sets an export takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType

from annotator.core.annotations import SetStatus
from annotator.core.ids import DocumentId, Layer, SetId
from annotator.core.set_header import Annotator, SetHeader, SetKind
from annotator.core.splits import Shares
from annotator.formats.base import Format
from annotator.formats.gold_write import GOLD
from annotator.foundation.errors import UserError
from annotator.store.project_file import ProjectFile
from annotator.workbench.clock import Clock, stamp
from annotator.workbench.people import known_annotator

FINISHED = (SetStatus.COMPLETE, SetStatus.REVIEWED, SetStatus.APPROVED)


ADJUDICATED = "gold"
"""In place of an annotator's name: the adjudicated sets. A person of this name comes first."""


class Scope(Enum):
    """Which annotation sets are exported."""

    APPROVED = "approved"
    COMPLETE = "complete"
    ALL = "all"

    def takes(self, status: SetStatus) -> bool:
        """Whether a set of this status is exported."""
        if self is Scope.ALL:
            return True
        return status in FINISHED if self is Scope.COMPLETE else status is SetStatus.APPROVED


@dataclass(frozen=True, slots=True)
class SplitChoices:
    """How documents are divided. What documents say of their split holds, unless `ignores_given`.

    The same seed divides the same documents in the same way.
    """

    shares: Shares
    seed: int = 0
    ignores_given: bool = False


@dataclass(frozen=True, slots=True)
class ExportChoices:
    """What to export and how.

    `annotator` limits it to one person's sets, or as `ADJUDICATED` to the adjudicated ones. A draft
    is written in spite of errors, and its manifest says so. Reproducible exports leave timestamps
    out. `options` are values for the options of the format; `split` divides the documents.
    """

    scope: Scope = Scope.COMPLETE
    annotator: str | None = None
    is_draft: bool = False
    is_reproducible: bool = False
    format: Format = GOLD
    options: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    split: SplitChoices | None = None


FINISHED_SETS = ExportChoices()
"""What is exported when nothing else is said."""


@dataclass(frozen=True, slots=True)
class ChosenSets:
    """The sets of one document that are exported; one that is not stored has no records."""

    document: DocumentId
    headers: tuple[SetHeader, ...]
    is_stored: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """What an export did not take, so that nobody takes it for all there is.

    `documents` are those of which nothing was taken; `sets` did not qualify, and the annotations
    are theirs. `decisions` are refused suggestions in the sets taken, which gold does not hold.
    `trashed` are documents in the trash, which no other number counts.
    """

    documents: int
    sets: int
    mentions: int
    events: int
    quotes: int
    decisions: int
    trashed: int = 0


def left_out(project: ProjectFile, chosen: Sequence[ChosenSets], *, decisions: int) -> LeftOut:
    """Count what is in a project and not among the chosen sets."""
    taken = {(one.document, header.id) for one in chosen for header in one.headers}
    counts = project.annotations.counts()
    left = [counts[place] for place in counts.keys() - taken]
    documents = {entry.id for entry in project.documents.entries()}
    return LeftOut(
        documents=len(documents - {one.document for one in chosen}),
        sets=len(left),
        mentions=sum(count[Layer.MENTION] for count in left),
        events=sum(count[Layer.EVENT] for count in left),
        quotes=sum(count[Layer.QUOTE] for count in left),
        decisions=decisions,
        trashed=len(project.documents.removed()),
    )


def choose_sets(project: ProjectFile, choices: ExportChoices, clock: Clock) -> list[ChosenSets]:
    """The sets that qualify, in the order of document ids.

    With `Scope.ALL` a document that nobody has begun gets an empty set, unless only adjudicated
    ones are wanted. Raises `UserError` for an annotator whom nobody knows.
    """
    owner = _owner(project, choices.annotator)
    is_adjudicated = owner is None and choices.annotator is not None
    nobody = owner or next(iter(project.people.all()), None)
    now = stamp(clock())
    statuses = project.annotations.statuses()
    stored: dict[DocumentId, list[SetHeader]] = {}
    for header in project.annotations.headers():
        is_wanted = header.kind is SetKind.ADJUDICATED or not is_adjudicated
        if is_wanted and (owner is None or owner.id in header.annotators):
            stored.setdefault(header.document, []).append(header)
    chosen = []
    for entry in sorted(project.documents.entries(), key=lambda entry: entry.id):
        headers = stored.get(entry.id, [])
        if not headers and choices.scope is Scope.ALL and not is_adjudicated:
            headers = [empty_header(entry.id, nobody, now)]
        taken = tuple(
            header
            for header in headers
            if choices.scope.takes(statuses.get((entry.id, header.id), SetStatus.NEW))
        )
        if taken:
            chosen.append(ChosenSets(entry.id, taken, is_stored=entry.id in stored))
    return chosen


def _owner(project: ProjectFile, name: str | None) -> Annotator | None:
    if name is None:
        return None
    found = known_annotator(project, name)
    if found is None and name.strip() != ADJUDICATED:
        known = ", ".join(person.name for person in project.people.all())
        raise UserError("export.no_annotator", name=name, known=known)
    return found


def empty_header(document: DocumentId, person: Annotator | None, now: str) -> SetHeader:
    """The header of the set of a document that nobody has begun."""
    return SetHeader(
        id=SetId(person.id if person else "none"),
        document=document,
        kind=SetKind.ANNOTATOR,
        annotators=(person.id,) if person else (),
        created=now,
        modified=now,
    )

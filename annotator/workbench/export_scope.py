"""Which annotation sets an export takes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from types import MappingProxyType

from msgspec import Struct, field

from annotator.core.annotations import SetStatus
from annotator.core.ids import DocumentId, Layer, SetId
from annotator.core.set_header import Annotator, SetHeader, SetKind
from annotator.core.splits import Shares
from annotator.formats.base import Format
from annotator.formats.gold_write import GOLD
from annotator.foundation.errors import UserError
from annotator.store.annotations import SetSummary
from annotator.store.project_file import ProjectFile
from annotator.workbench.clock import Clock, stamp
from annotator.workbench.people import known_annotator

_PAGE = 1_000
"""Documents that are looked at together."""
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


class SplitChoices(Struct, frozen=True):
    """How documents are divided. What documents say of their split holds, unless `ignores_given`.

    The same seed divides the same documents in the same way.
    """

    shares: Shares
    seed: int = 0
    ignores_given: bool = False


class ExportChoices(Struct, frozen=True):
    """What to export and how.

    `annotator` limits it to one person's sets, or as `ADJUDICATED` to the adjudicated ones. A draft
    is written in spite of errors, and its manifest says so. Reproducible exports leave timestamps
    out. `options` are values for the options of the format; `split` divides the documents. In a
    folder only what an export has put there is replaced, unless it `overwrites`.
    """

    scope: Scope = Scope.COMPLETE
    annotator: str | None = None
    is_draft: bool = False
    is_reproducible: bool = False
    format: Format = GOLD
    options: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    split: SplitChoices | None = None
    overwrites: bool = False


FINISHED_SETS = ExportChoices()
"""What is exported when nothing else is said."""


class ChosenSets(Struct, frozen=True):
    """The sets of one document that are exported; one that is not stored has no records."""

    document: DocumentId
    headers: tuple[SetHeader, ...]
    is_stored: bool


class LeftOut(Struct, frozen=True, kw_only=True):
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


class Totals(Struct):
    """How much there is of what is counted."""

    documents: int = 0
    sets: int = 0
    layers: Counter[Layer] = field(default_factory=Counter)

    def add(self, summary: SetSummary) -> None:
        """Count a stored set."""
        self.sets += 1
        self.layers.update(summary.counts)


class ChosenDocuments:
    """The sets that qualify, document by document in the order of their ids.

    They are asked for anew each time somebody goes through them, a page at a time: a project may
    hold more documents than shall be in memory. `taken` and `left` count what qualifies and what
    does not.
    """

    def __init__(self, project: ProjectFile, choices: ExportChoices, clock: Clock) -> None:
        self._project = project
        self._scope = choices.scope
        self._owner = _owner(project, choices.annotator)
        self._is_adjudicated = self._owner is None and choices.annotator is not None
        self._now = stamp(clock())
        self._ids = project.documents.ids()
        self.taken, self.left = Totals(), Totals()
        for one, summaries in self._each():
            self.left.documents += one is None
            if one is not None:
                self.taken.documents += 1
                self.taken.sets += len(one.headers)
            taken = () if one is None else one.headers
            for summary in summaries:
                if summary.header not in taken:
                    self.left.add(summary)

    def __len__(self) -> int:
        return self.taken.documents

    def __iter__(self) -> Iterator[ChosenSets]:
        return (one for one, _ in self._each() if one is not None)

    def _each(self) -> Iterator[tuple[ChosenSets | None, Sequence[SetSummary]]]:
        """Every document: what is taken of it, and all of its sets."""
        for first in range(0, len(self._ids), _PAGE):
            ids = self._ids[first : first + _PAGE]
            summaries = self._project.annotations.summaries(ids)
            sets: dict[DocumentId, list[SetSummary]] = {}
            for summary in summaries:
                sets.setdefault(summary.header.document, []).append(summary)
            for identifier in ids:
                there = sets.get(identifier, [])
                yield self._taken(identifier, there), there

    def _taken(self, document: DocumentId, sets: Sequence[SetSummary]) -> ChosenSets | None:
        """The sets of a document that qualify.

        With `Scope.ALL` one that nobody has begun gets an empty set, unless only adjudicated ones
        are wanted.
        """
        wanted = [one for one in sets if self._is_wanted(one.header)]
        if not wanted and self._scope is Scope.ALL and not self._is_adjudicated:
            nobody = self._owner or next(iter(self._project.people.all()), None)
            return ChosenSets(
                document, (empty_header(document, nobody, self._now),), is_stored=False
            )
        taken = tuple(one.header for one in wanted if self._scope.takes(one.status))
        return ChosenSets(document, taken, is_stored=True) if taken else None

    def _is_wanted(self, header: SetHeader) -> bool:
        if self._is_adjudicated:
            return header.kind is SetKind.ADJUDICATED
        return self._owner is None or self._owner.id in header.annotators


def left_out(project: ProjectFile, chosen: ChosenDocuments, *, decisions: int) -> LeftOut:
    """What is in a project and not among the chosen sets."""
    left = chosen.left
    return LeftOut(
        documents=left.documents,
        sets=left.sets,
        mentions=left.layers[Layer.MENTION],
        events=left.layers[Layer.EVENT],
        quotes=left.layers[Layer.QUOTE],
        decisions=decisions,
        trashed=len(project.documents.removed()),
    )


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

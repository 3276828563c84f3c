"""Adjudication of a whole project at once: what is decided by a rule, as one project step."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import TypeAlias

from msgspec import Struct, field
from msgspec.structs import replace

from annotator.adjudication.comparison import Voteless
from annotator.adjudication.gold import Decided, decide
from annotator.adjudication.strategies import Strategy, choices_by
from annotator.core.annotation_set import AnnotationSet
from annotator.core.edits import Edit
from annotator.core.ids import AnnotatorId, DocumentId, SetId
from annotator.core.project_edits import Presence, ProjectEdit
from annotator.core.set_header import SetHeader
from annotator.foundation.errors import Refused, UserError
from annotator.kurdish.segmentation import segment
from annotator.store.connection import Transaction
from annotator.store.project_file import ProjectFile
from annotator.workbench.adjudicating import (
    Sides,
    compare,
    header_for,
    is_news,
    sides_of,
)
from annotator.workbench.clock import Clock, stamp
from annotator.workbench.importing import Progress
from annotator.workbench.open_document import OpenDocument
from annotator.workbench.project_changes import Door, ProjectChanges, SetEdit
from annotator.workbench.schemes import scheme_of

ADJUDICATE_PROJECT = "edit.adjudicate_project"

Page: TypeAlias = Callable[[], OpenDocument | None]
"""Gives the document that is on the page, if one is."""


class DocumentReport(Struct, frozen=True):
    """What came of one document; all numbers are units.

    Of `units`, all annotators say the same of `agreed`. `before` were decided already, `decided`
    are by this step, `open` are left. `along` came along with others, and `left_out` references
    were left out, because gold does not have what they refer to.
    """

    document: DocumentId
    name: str
    units: int
    agreed: int
    before: int
    decided: int
    open: int
    along: int
    left_out: int
    voteless: tuple[Voteless, ...] = ()


class AdjudicationReport(Struct, frozen=True):
    """What came of all documents. `alone` have fewer than two sets with a vote.

    `changing` is in how many gold anything is written; `step` is the number of the project step,
    None where nothing was written.
    """

    documents: tuple[DocumentReport, ...] = ()
    alone: tuple[str, ...] = ()
    changing: int = 0
    step: int | None = None

    def total(self, number: Callable[[DocumentReport], int]) -> int:
        """The sum of a number over all documents."""
        return sum(map(number, self.documents))


class _Plan(Struct, frozen=True):
    """What will be written of one document. `voting` are the sets that were compared.

    Nothing of what they hold is kept: a project has many documents.
    """

    voting: tuple[SetId, ...]
    sides: Sides
    edit: Edit
    report: DocumentReport


class _Planned(Struct):
    plans: list[_Plan] = field(default_factory=list)
    alone: list[str] = field(default_factory=list)

    @property
    def report(self) -> AdjudicationReport:
        return AdjudicationReport(
            documents=tuple(plan.report for plan in self.plans),
            alone=tuple(self.alone),
            changing=len(self.changing),
        )

    @property
    def changing(self) -> list[_Plan]:
        """Those in which anything is decided."""
        return [plan for plan in self.plans if not plan.edit.is_empty]


class ProjectAdjudicator:
    """Decides about the units of many documents by one rule."""

    def __init__(
        self,
        project: ProjectFile,
        *,
        changes: ProjectChanges,
        door: Door,
        clock: Clock,
        page: Page = lambda: None,
        takes_unfinished: bool = False,
    ) -> None:
        self._project = project
        self._changes = changes
        self._door = door
        self._clock = clock
        self._page = page
        self._takes_unfinished = takes_unfinished

    def preview(
        self,
        strategy: Strategy,
        documents: Collection[DocumentId] = (),
        progress: Progress = lambda done, total: True,
    ) -> AdjudicationReport:
        """What would be decided in these documents, in all where none is given.

        Nothing is written. Raises like `run`.
        """
        return self._plan(strategy, documents, progress).report

    def run(
        self,
        strategy: Strategy,
        documents: Collection[DocumentId] = (),
        *,
        adjudicator: AnnotatorId,
        progress: Progress = lambda done, total: True,
    ) -> AdjudicationReport:
        """Decide, as one step; where there is nothing to decide, nothing is written.

        Raises `UserError` for a document that is not there, is damaged or cannot be written, and
        `Refused` when `progress` asks to stop.
        """
        planned = self._plan(strategy, documents, progress)
        if not planned.changing:
            return planned.report
        now = stamp(self._clock())
        headers = [
            header_for(self._project, plan.voting, plan.sides, adjudicator, now)
            for plan in planned.changing
        ]
        fresh = [
            header
            for header, plan in zip(headers, planned.changing, strict=True)
            if plan.sides.gold is None and not self._is_on_page(header)
        ]
        details = (
            ("documents", len(headers)),
            ("count", planned.report.total(lambda report: report.decided)),
        )
        presences = tuple(
            Presence.of_set(header.document, header.id, is_here=True)
            for header in headers
            if header in fresh or self._is_in_trash(header)
        )

        def write_new(transaction: Transaction, _: int) -> None:
            for header, plan in zip(headers, planned.changing, strict=True):
                if header in fresh:
                    self._project.annotations.add_set(transaction, header)
                elif is_news(plan.sides, header):
                    self._project.annotations.derive(transaction, header)

        changed = self._changes.perform(
            ProjectEdit(ADJUDICATE_PROJECT, details, presences),
            self._edits(headers, planned.changing),
            first=write_new,
        )
        return replace(planned.report, step=changed.step)

    def _edits(self, headers: Sequence[SetHeader], plans: Sequence[_Plan]) -> Iterator[SetEdit]:
        for header, plan in zip(headers, plans, strict=True):
            page = self._page()
            is_here = page is not None and self._is_on_page(header)
            opened = page if is_here else self._door(header.document, header.id)
            assert opened is not None  # what is on the page is open
            yield SetEdit(opened, plan.edit)

    def _is_on_page(self, header: SetHeader) -> bool:
        page = self._page()
        return page is not None and (page.document.id, page.header.id) == (
            header.document,
            header.id,
        )

    def _is_in_trash(self, header: SetHeader) -> bool:
        return self._project.annotations.removed_at(header.document, header.id) is not None

    def _plan(
        self, strategy: Strategy, documents: Collection[DocumentId], progress: Progress
    ) -> _Planned:
        entries = self._project.documents.entries()
        missing = sorted(set(documents) - {entry.id for entry in entries})
        if missing:
            raise UserError("adjudicate.no_document", identifier=missing[0])
        wanted = [entry for entry in entries if not documents or entry.id in documents]
        planned = _Planned()
        for done, entry in enumerate(wanted):
            if not progress(done, len(wanted)):
                raise Refused("adjudicate.cancelled")
            plan = self._plan_of(entry.id, entry.name, strategy)
            if plan is None:
                planned.alone.append(entry.name)
            else:
                planned.plans.append(plan)
        progress(len(wanted), len(wanted))
        return planned

    def _plan_of(self, document: DocumentId, name: str, strategy: Strategy) -> _Plan | None:
        sides = sides_of(self._project, document)
        comparison = compare(
            self._project, sides.annotators, takes_unfinished=self._takes_unfinished
        )
        if not comparison.compared:
            return None
        gold = AnnotationSet() if sides.gold is None else self._project.annotations.read(sides.gold)
        before = comparison.against(gold)
        choices = choices_by(strategy, before)
        decided = decide(comparison, gold, choices, name=ADJUDICATE_PROJECT, before=before)
        report = _report(document, name, before.decided, decided, comparison.voteless)
        voting = tuple(side.id for side in comparison.sides)
        return _Plan(voting, sides, decided.edit, report)


def _report(
    document: DocumentId,
    name: str,
    before: int,
    decided: Decided,
    voteless: tuple[Voteless, ...],
) -> DocumentReport:
    after = decided.after
    return DocumentReport(
        document=document,
        name=name,
        units=len(after.listed),
        agreed=sum(unit.is_agreed for unit in after.listed),
        before=before,
        decided=after.decided - before,
        open=len(after.open),
        along=len(decided.along),
        left_out=decided.left_out,
        voteless=voteless,
    )


def adjudicator_of(
    project: ProjectFile, clock: Clock, *, takes_unfinished: bool = False
) -> ProjectAdjudicator:
    """Adjudicates a project that nobody looks at."""

    def door(document: DocumentId, set_id: object) -> OpenDocument:
        headers = project.annotations.every_header(document)
        header = next(each for each in headers if each.id == set_id)
        found = project.documents.get(document)
        scheme, segmentation = scheme_of(project), segment(found.text)
        return OpenDocument(project, scheme, found, header, segmentation=segmentation, clock=clock)

    changes = ProjectChanges(project, clock, door)
    return ProjectAdjudicator(
        project, changes=changes, door=door, clock=clock, takes_unfinished=takes_unfinished
    )

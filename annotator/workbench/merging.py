"""Merging another project file into the open one, as one step that is taken back as a whole.

The other file is only read. Documents are the same by their text, people by their names; what each
set gains is worked out by `core.merging`. Our scheme, metadata and trash stay as they are, and the
report tells where theirs differ.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from annotator.core.history import Act
from annotator.core.ids import DocumentId, SetId
from annotator.core.merging import MERGE
from annotator.core.project_edits import Presence, ProjectEdit
from annotator.foundation.errors import Refused, UserError
from annotator.kurdish.segmentation import segment
from annotator.store.connection import Transaction
from annotator.store.other_project import other_project
from annotator.store.project_file import ProjectFile
from annotator.workbench.clock import Clock, stamp
from annotator.workbench.importing import Progress
from annotator.workbench.merge_plan import MergePlan, NewDocument, Planner, SetPlan, bringing
from annotator.workbench.merge_report import MergeReport
from annotator.workbench.merge_scheme import lacking, with_lacking
from annotator.workbench.open_document import OpenDocument
from annotator.workbench.project_changes import Door, ProjectChanges, SetEdit
from annotator.workbench.schemes import scheme_of

Page = Callable[[], OpenDocument | None]
"""Gives the document that is on the page, if one is."""


class MergeChoices(Struct, frozen=True):
    """What somebody was asked: whether a sudden drop is meant, and labels are to be added."""

    accepts_drops: bool = False
    adds_labels: bool = False


class _Written:
    """How much of a merge has been written; stops it where that is wished."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress = progress
        self._total = total
        self._done = 0

    def one_more(self) -> None:
        """Raise `Refused` when somebody asked to stop; what was written is taken back then."""
        if not self._progress(self._done, self._total):
            raise Refused("merging.cancelled")
        self._done += 1


class Merger:
    """Merges one other project into the open one; made by `merger_of`."""

    def __init__(
        self,
        project: ProjectFile,
        other: ProjectFile,
        *,
        changes: ProjectChanges,
        door: Door,
        page: Page,
        clock: Clock,
    ) -> None:
        self._project = project
        self._other = other
        self._changes = changes
        self._door = door
        self._page = page
        self._clock = clock

    def preview(self, progress: Progress = lambda done, total: True) -> MergeReport:
        """What would come. Raises `Refused` when `progress` asks to stop, `UserError` for damage.

        Nothing is written.
        """
        return self._report(Planner(self._project, self._other).plan(progress))

    def run(
        self,
        choices: MergeChoices = MergeChoices(),
        progress: Progress = lambda done, total: True,
    ) -> MergeReport:
        """Merge; where there is nothing new, nothing is written and there is no step.

        Raises `Refused` when `progress` asks to stop, or much would go and nobody has said that it
        may; raises `UserError` when the project cannot be written. All leave it as it was.
        """
        plan = Planner(self._project, self._other).plan(progress)
        report = self._report(plan)
        if report.is_empty:
            return report
        if plan.drops and not choices.accepts_drops:
            raise Refused("merging.sudden_drop", sets=len({drop.place for drop in plan.drops}))
        scheme = self._scheme_with(report) if choices.adds_labels else None
        written = _Written(progress, len(plan.documents) + len(plan.sets))
        changed = self._changes.perform(
            ProjectEdit(MERGE, self._details(report), self._presences(plan)),
            (self._set_edit(each, written) for each in plan.sets),
            scheme=scheme,
            first=lambda transaction, step: self._write_new(transaction, step, plan, written),
        )
        return replace(report, step=changed.step)

    def can_add(self, report: MergeReport) -> bool:
        """Whether anything that our scheme lacks is declared by theirs."""
        return bool(report.lacking) and self._scheme_with(report) is not None

    def _scheme_with(self, report: MergeReport) -> str | None:
        ours, theirs = self._project.schemes.current(), self._other.schemes.current()
        return with_lacking(ours, theirs, report.lacking)

    def _report(self, plan: MergePlan) -> MergeReport:
        return MergeReport(
            documents=tuple(new.pair.theirs.name for new in plan.documents),
            people=tuple(person.name for person in plan.people.values()),
            sets=tuple(plan.news),
            conflicts=tuple(plan.conflicts),
            drops=tuple(plan.drops),
            lacking=lacking(plan.named),
            differing=tuple(plan.differing),
            back=tuple(plan.back),
            left=tuple(plan.left),
        )

    def _details(self, report: MergeReport) -> tuple[tuple[str, str | int], ...]:
        return (
            ("name", self._other.path.stem.encode("utf-8", "replace").decode("utf-8")),
            ("documents", len(report.documents)),
            ("sets", len(report.sets)),
            ("annotations", report.annotations),
            ("conflicts", len(report.conflicts)),
        )

    def _presences(self, plan: MergePlan) -> tuple[Presence, ...]:
        """What comes. The set on the page is there already, even while it is empty."""
        here = {each.presence for each in plan.sets if each.is_new and self._is_on_page(each)}
        return tuple(presence for presence in plan.presences if presence not in here)

    def _set_edit(self, plan: SetPlan, written: _Written) -> SetEdit:
        written.one_more()
        document = self._page()
        if document is None or not self._is_on_page(plan):
            document = self._door(plan.header.document, plan.header.id)
        return SetEdit(document, plan.edit)

    def _is_on_page(self, plan: SetPlan) -> bool:
        page = self._page()
        return page is not None and (page.document.id, page.header.id) == (
            plan.header.document,
            plan.header.id,
        )

    def _write_new(
        self, transaction: Transaction, step: int, plan: MergePlan, written: _Written
    ) -> None:
        """People and documents that are new, and what the next merge will begin from."""
        at = stamp(self._clock())
        for person in plan.people.values():
            self._project.people.add(transaction, person.name, at=at, identifier=person.id)
        for new in plan.documents:
            written.one_more()
            self._write_document(transaction, new, at=at)
        for each in plan.sets:
            if each.is_new and not self._is_on_page(each):
                self._project.annotations.add_set(transaction, each.header)
        self._project.lineages.remember(transaction, step, plan.met)

    def _write_document(self, transaction: Transaction, new: NewDocument, *, at: str) -> None:
        document = replace(self._other.documents.get(new.pair.theirs.id), id=new.pair.id)
        self._project.documents.add(transaction, document, at=at)
        for theirs, here in new.headers:
            annotations = self._other.annotations.read(theirs)
            edit = bringing(annotations)
            tables, numbers = self._project.annotations, annotations.last_numbers
            tables.add_set(transaction, here)
            tables.write(transaction, here, edit, numbers=numbers, at=at)
            # A set of a new document goes and comes with its document.
            self._project.journal.append(transaction, here, act=Act.DO, edit=edit, at=at)


@contextmanager
def merger_of(
    path: Path,
    project: ProjectFile,
    *,
    clock: Clock,
    changes: ProjectChanges | None = None,
    door: Door | None = None,
    page: Page = lambda: None,
) -> Iterator[Merger]:
    """Opens another project file to be merged into the open one; it stays as it is.

    Without a window nobody has a document open, and there is a door of its own.

    Raises `Refused` for the open project itself and for one that can only be read, `UserError` like
    `other_project`.
    """
    if project.is_read_only:
        raise UserError("store.read_only", name=project.path.name)
    if _is_one_file(path, project.path):
        raise Refused("merging.same_file", name=path.name)
    with other_project(path) as other:
        door = door or plain_door(project, clock)
        changes = changes or ProjectChanges(project, clock, door)
        yield Merger(project, other, changes=changes, door=door, page=page, clock=clock)


def _is_one_file(one: Path, other: Path) -> bool:
    """Whether two paths lead to one file; not where one leads to none, as a share that is away."""
    with suppress(OSError):
        return one.samefile(other)
    return False


def plain_door(project: ProjectFile, clock: Clock) -> Door:
    """Opens sets of a project that nobody looks at."""

    def door(document: DocumentId, set_id: SetId) -> OpenDocument:
        header = project.annotations.header(document, set_id)
        assert header is not None  # a merge adds sets before it opens them
        found = project.documents.get(document)
        return OpenDocument(
            project,
            scheme_of(project),
            found,
            header,
            segmentation=segment(found.text),
            clock=clock,
        )

    return door

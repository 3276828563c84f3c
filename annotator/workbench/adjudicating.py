"""Adjudication of one document: its annotators compared, its gold set open for decisions.

Each decision is an edit of the gold set and goes through its open document like all work, so it is
written at once and can be taken back at any time. The gold set is made with the first decision.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from annotator.adjudication.choices import Choice
from annotator.adjudication.comparison import Comparison, Units
from annotator.adjudication.gold import Decided, decide, gold_header
from annotator.adjudication.grouping import Side
from annotator.adjudication.strategies import all_agree, choices_by
from annotator.core.edits import Focus
from annotator.core.ids import AnnotatorId, DocumentId, SetId
from annotator.core.set_header import SetHeader, SetKind
from annotator.foundation.errors import Refused
from annotator.store.project_file import ProjectFile
from annotator.workbench.clock import stamp
from annotator.workbench.open_document import OpenDocument
from annotator.workbench.workspace import Workspace

ADJUDICATE = "edit.adjudicate"
ADJUDICATE_AGREED = "edit.adjudicate_agreed"

LEAST = 2
"""Sets with a vote, without which there is nothing to compare."""


class Sides(Struct, frozen=True):
    """The sets of a document that are compared, and the gold set made of them, if there is one."""

    annotators: tuple[SetHeader, ...]
    gold: SetHeader | None


def sides_of(project: ProjectFile, document: DocumentId) -> Sides:
    """The annotators' sets of a document, and its gold set; one in the trash goes on from there."""
    here = project.annotations.headers(document)
    annotators = tuple(header for header in here if header.kind is SetKind.ANNOTATOR)
    every = (*here, *project.annotations.every_header(document))
    golden = (header for header in every if header.kind is SetKind.ADJUDICATED)
    return Sides(annotators, next(golden, None))


def compare(
    project: ProjectFile, headers: Iterable[SetHeader], *, takes_unfinished: bool = False
) -> Comparison:
    """Read and compare sets of one document. Raises `UserError` where one is damaged."""
    sides = [Side(header.id, project.annotations.read(header)) for header in headers]
    return Comparison(sides, takes_unfinished=takes_unfinished)


def header_for(
    project: ProjectFile,
    voting: Sequence[SetId],
    sides: Sides,
    adjudicator: AnnotatorId,
    now: str,
) -> SetHeader:
    """The header of the gold set: the one there is, else a new one, which is not stored yet.

    `voting` are the sets with a vote. That of a set tells also of those who have one only since;
    see `is_news`.
    """
    if sides.gold is not None:
        known = sides.gold.derived_from
        fresh = (side for side in voting if side not in known)
        return replace(sides.gold, derived_from=(*known, *fresh))
    headers = [header for header in sides.annotators if header.id in voting]
    document = headers[0].document
    taken = {header.id for header in project.annotations.every_header(document)}
    return gold_header(document, headers, adjudicator=adjudicator, taken=taken, now=now)


def is_news(sides: Sides, header: SetHeader) -> bool:
    """Whether a gold set that is stored does not tell yet from which sets it comes."""
    return sides.gold is not None and sides.gold.derived_from != header.derived_from


class Adjudication:
    """One document being adjudicated. `units` are as the gold set is now.

    `derive` is called before the first decision; it writes from which sets gold comes.
    """

    def __init__(
        self,
        comparison: Comparison,
        gold: OpenDocument,
        derive: Callable[[], None] = lambda: None,
    ) -> None:
        self.comparison = comparison
        self.gold = gold
        self._derive: Callable[[], None] | None = derive
        self.units: Units = comparison.against(gold.annotations)

    def decide(self, choices: Iterable[Choice], *, name: str = ADJUDICATE) -> Decided:
        """Make choices as one step. Raises like `OpenDocument.perform`."""
        decided = decide(
            self.comparison, self.gold.annotations, choices, name=name, before=self.units
        )
        if not decided.edit.is_empty:
            first = next(iter(decided.edit.written()), None)
            unit = None if first is None else decided.after.golden.get(first.id)
            start = 0 if unit is None else decided.after.all[unit].start
            if self._derive is not None:
                self._derive()
                self._derive = None
            self.gold.perform(decided.edit, focus=Focus(start, start))
            self.units = decided.after
        return decided

    def take_agreed(self) -> Decided:
        """Take everything on which all agree and nobody has decided, as one step."""
        return self.decide(choices_by(all_agree, self.units), name=ADJUDICATE_AGREED)

    @property
    def place(self) -> int:
        """Where the last step of the gold set was, in code points; 0 where there is none."""
        step = self.gold.next_undo
        focus = None if step is None else step.edit.focus
        return 0 if focus is None else focus.caret

    def undo(self) -> None:
        """Take the last step of the gold set back. Raises `Refused` where there is none."""
        self._turn(self.gold.undo)

    def redo(self) -> None:
        """Bring the step back that was taken back last. Raises `Refused` where there is none."""
        self._turn(self.gold.redo)

    def _turn(self, act: Callable[[], object]) -> None:
        act()
        self.units = self.comparison.against(self.gold.annotations)


def open_adjudication(
    workspace: Workspace, document: DocumentId, *, takes_unfinished: bool = False
) -> Adjudication:
    """Compare the annotators of a document, with whoever works now as the adjudicator.

    Raises `Refused` where fewer than two sets have a vote, `UserError` where one is damaged.
    """
    project = workspace.project
    sides = sides_of(project, document)
    comparison = compare(project, sides.annotators, takes_unfinished=takes_unfinished)
    if not comparison.compared:
        raise Refused(
            "refused.too_few_to_adjudicate",
            finished=len(comparison.sides),
            sets=len(sides.annotators),
        )
    now = stamp(workspace.clock())
    voting = [side.id for side in comparison.sides]
    header = header_for(project, voting, sides, workspace.annotator.id, now)

    def derive() -> None:
        if is_news(sides, header):
            with project.transaction() as transaction:
                project.annotations.derive(transaction, header)

    return Adjudication(comparison, workspace.door_of(header), derive)

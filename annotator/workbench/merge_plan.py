"""What a merge would do, worked out before anything is written."""

from __future__ import annotations

from collections import Counter

from msgspec import Struct, field

from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import Event, Mention, Quote, layer_of
from annotator.core.edits import Change, Edit
from annotator.core.ids import AnnotatorId, DocumentId, Layer
from annotator.core.lineage import Lineage, Meeting, SetCopy, is_known, meetings_after, split_of
from annotator.core.merging import MERGE, Merged, copy_provenance, merge
from annotator.core.project_edits import Presence, ProjectStep, steps_of
from annotator.core.set_drop import set_drops
from annotator.core.set_header import Annotator, SetHeader
from annotator.foundation.errors import Refused
from annotator.store.lineages import SetKey
from annotator.store.project_file import ProjectFile
from annotator.workbench.importing import Progress
from annotator.workbench.merge_pairs import (
    DocumentPair,
    People,
    header_here,
    paired,
    taken_back,
)
from annotator.workbench.merge_report import (
    ConflictNews,
    DropNews,
    Place,
    SetNews,
    conflict_news,
    worth_telling,
)
from annotator.workbench.merge_scheme import Named, count_lacking
from annotator.workbench.schemes import scheme_of
from annotator.workbench.trash import presences_of

Met = dict[SetKey, tuple[Meeting, ...]]


class SetPlan(Struct, frozen=True):
    """What is to be written of one set of a document that is here: its header, and the edit."""

    header: SetHeader
    edit: Edit
    is_new: bool

    @property
    def presence(self) -> Presence:
        """That the set comes."""
        return Presence.of_set(self.header.document, self.header.id, is_here=True)


class NewDocument(Struct, frozen=True):
    """A document to bring; each of its sets by the header there and the header here."""

    pair: DocumentPair
    headers: tuple[tuple[SetHeader, SetHeader], ...]


class MergePlan(Struct):
    """Everything that a merge will write, and what there is to say about it."""

    documents: list[NewDocument] = field(default_factory=list)
    people: dict[AnnotatorId, Annotator] = field(default_factory=dict)
    sets: list[SetPlan] = field(default_factory=list)
    presences: dict[Presence, None] = field(default_factory=dict)
    met: Met = field(default_factory=dict)
    news: list[SetNews] = field(default_factory=list)
    conflicts: list[ConflictNews] = field(default_factory=list)
    drops: list[DropNews] = field(default_factory=list)
    named: Named = field(default_factory=Counter)
    differing: list[str] = field(default_factory=list)
    back: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


class Planner:
    """Compares two projects. Nothing is written."""

    def __init__(self, project: ProjectFile, other: ProjectFile) -> None:
        steps = steps_of(project.project_journal.entries())
        self._project = project
        self._other = other
        self._people = People(project, other)
        self._scheme = scheme_of(project)
        name = other.path.name.encode("utf-8", "replace").decode("utf-8")
        self._copied = copy_provenance(name)
        self._remembered = {
            project: _remembered(project, steps),
            other: _remembered(other, steps_of(other.project_journal.entries())),
        }
        self._taken_back = taken_back(steps, MERGE)
        self._plan = MergePlan()

    def plan(self, progress: Progress) -> MergePlan:
        """Look at every document of theirs.

        Raises `Refused` when `progress` asks to stop, `UserError` for what is damaged.
        """
        total = self._other.documents.count()
        for done, pair in enumerate(paired(self._project, self._other)):
            if not progress(done, total):
                raise Refused("merging.cancelled")
            if pair.is_new:
                self._plan_new(pair)
            else:
                self._plan_shared(pair)
        progress(total, total)
        return self._plan

    def _plan_new(self, pair: DocumentPair) -> None:
        """A document that is not here comes with all of its sets."""
        headers = []
        for header in self._other.annotations.headers(pair.theirs.id):
            theirs = self._copy(self._other, header)
            if not theirs.annotations.records:
                continue
            here = self._header(header, pair.id)
            headers.append((header, here))
            edit = bringing(theirs.annotations)
            ids = {identifier: identifier for identifier in theirs.annotations.records}
            merged = Merged(edit, ids, ())
            numbers = theirs.annotations.last_numbers
            self._plan.met[pair.id, here.id] = meetings_after(
                merged, SetCopy(AnnotationSet()), theirs, at=1, numbers=numbers
            )
            self._tell(self._place(pair, here), edit, is_new=True)
        self._plan.documents.append(NewDocument(pair, tuple(headers)))
        self._plan.presences[Presence.of_document(pair.id, is_here=True)] = None

    def _plan_shared(self, pair: DocumentPair) -> None:
        """A document that is here gains what is new in its sets; its metadata stay."""
        has_news = False
        for header in self._other.annotations.headers(pair.theirs.id):
            has_news = self._plan_set(pair, header) or has_news
        title = pair.theirs.name
        if pair.is_in_trash and (has_news or pair.id in self._taken_back):
            self._plan.presences[Presence.of_document(pair.id, is_here=True)] = None
            self._plan.back.append(title)
        elif pair.is_in_trash:
            self._plan.left.append(title)
        here = self._project.documents.get(pair.id)
        if here.metadata != self._other.documents.get(pair.theirs.id).metadata:
            self._plan.differing.append(here.name)

    def _plan_set(self, pair: DocumentPair, header: SetHeader) -> bool:
        """Merge one set; whether there is anything new in it."""
        here = header_here(self._project, self._people, header, pair.id)
        is_new = self._project.annotations.header(pair.id, here.id) is None
        lineage = self._project.lineages.lineage(here)
        if is_known(lineage, self._met(here, lineage), self._other.lineages.lineage(header)):
            return False
        ours = SetCopy(AnnotationSet()) if is_new else self._copy(self._project, here)
        theirs = self._copy(self._other, header)
        merged = merge(split_of(ours, theirs), ours.annotations, theirs.annotations, self._copied)
        after = ours.annotations.apply(merged.edit)
        at = len(ours.lineage.chain) + (0 if merged.edit.is_empty else 1)
        self._plan.met[pair.id, here.id] = meetings_after(
            merged, ours, theirs, at=at, numbers=after.last_numbers
        )
        place = self._place(pair, here)
        text = self._project.documents.get(pair.id).text if merged.conflicts else ""
        told = worth_telling(merged.conflicts)
        self._plan.conflicts.extend(conflict_news(place, each, text) for each in told)
        if merged.edit.is_empty:
            return False
        drops = set_drops(ours.annotations, merged.edit)
        self._plan.drops.extend(DropNews(place, drop) for drop in drops)
        plan = SetPlan(self._header(header, pair.id), merged.edit, is_new)
        self._plan.sets.append(plan)
        if is_new or self._project.annotations.removed_at(pair.id, here.id) is not None:
            self._plan.presences[plan.presence] = None
        self._tell(place, merged.edit, is_new=is_new)
        return True

    def _header(self, header: SetHeader, document: DocumentId) -> SetHeader:
        """The header here of a set that comes, with the people it needs."""
        here = header_here(self._project, self._people, header, document)
        makers = (*here.annotators, *filter(None, (here.adjudicator,)))
        for person in self._people.new:
            if person.id in makers and person.id not in self._plan.people:
                self._plan.people[person.id] = person
                self._plan.presences[Presence.of_person(person.id, is_here=True)] = None
        for person in self._project.people.removed():
            came = Presence.of_person(person.id, is_here=True)
            if person.id in makers and came not in self._plan.presences:
                self._plan.presences.update(dict.fromkeys(presences_of(self._project, person)))
        return here

    def _copy(self, project: ProjectFile, header: SetHeader) -> SetCopy:
        lineage = project.lineages.lineage(header)
        return SetCopy(
            annotations=project.annotations.read(header),
            lineage=lineage,
            meetings=self._met(header, lineage, project),
            backwards=project.journal.backwards(header),
        )

    def _met(
        self, header: SetHeader, lineage: Lineage, project: ProjectFile | None = None
    ) -> tuple[Meeting, ...]:
        """The meetings of a set in merges that stand, here unless another project is meant."""
        met = self._remembered[project or self._project]
        return tuple(
            meeting
            for step, of_step in met.items()
            if step not in lineage.undone
            for meeting in of_step.get((header.document, header.id), ())
        )

    def _place(self, pair: DocumentPair, header: SetHeader) -> Place:
        people = {p.id: p.name for p in (*self._project.people.all(), *self._people.new)}
        names = (people.get(each, each) for each in header.annotators)
        return Place(pair.id, pair.theirs.name, header.id, ", ".join(names) or header.id)

    def _tell(self, place: Place, edit: Edit, *, is_new: bool) -> None:
        added = Counter(layer_of(record) for record in edit.added())
        self._plan.news.append(
            SetNews(
                place,
                is_new,
                mentions=added[Layer.MENTION],
                events=added[Layer.EVENT],
                quotes=added[Layer.QUOTE],
                changed=sum(1 for each in edit.changes if each.before and each.after),
                removed=sum(
                    1 for each in edit.removed() if isinstance(each, Mention | Event | Quote)
                ),
            )
        )
        count_lacking(self._plan.named, self._scheme, edit.written())


def bringing(annotations: AnnotationSet) -> Edit:
    """The edit that brings a whole set."""
    return Edit(MERGE, tuple(Change(None, record) for record in annotations.records.values()))


def _remembered(project: ProjectFile, steps: tuple[ProjectStep, ...]) -> dict[int, Met]:
    """The meetings of every merge that stands, by the number of its step."""
    merges = (step for step in steps if step.is_done and step.edit.name == MERGE)
    return {step.seq: dict(project.lineages.met(step.seq)) for step in merges}

"""Random work of two annotators and an adjudicator, with restarts and crashes, against a model."""

import shutil
import tempfile
from pathlib import Path

from hypothesis import settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from annotator.adjudication.choices import Keep, Leave, Take
from annotator.adjudication.strategies import first_of, majority
from annotator.core.annotations import SetStatus, StatusRecord
from annotator.core.commands.records import set_status
from annotator.core.ids import DocumentId, SetId
from annotator.workbench.adjudicating import open_adjudication
from annotator.workbench.adjudicating_project import ProjectAdjudicator
from tests.random_work import edits_of, is_whole, meaning, works
from tests.workbench.projects import ARAM, clock, opened, project_with

PAGE, SIDES, GOLD = DocumentId("a"), (SetId("a1"), SetId("a2")), SetId("gold")


class Adjudicating(RuleBasedStateMachine):
    """The model: what gold said after each step that stands, and after each that was undone."""

    def __init__(self):
        super().__init__()
        self.room = tempfile.TemporaryDirectory()
        self.path = project_with(Path(self.room.name), {"a": "ئ" * 40})
        self.workspace = opened(self.path)
        self.said = [None]
        self.undone = []
        self.copies = 0

    @property
    def gold(self):
        project = self.workspace.project
        header = project.annotations.header(PAGE, GOLD)
        return None if header is None else project.annotations.read(header)

    @property
    def meaning(self):
        return None if self.gold is None else meaning(self.gold)

    def begun(self):
        return open_adjudication(self.workspace, PAGE)

    def next_undo(self):
        return self.begun().gold.next_undo

    def stepping(self, act):
        """Do something that may be a step of gold; only a step is remembered."""
        before = self.next_undo()
        act()
        if self.next_undo() != before:
            self.said.append(self.meaning)
            self.undone.clear()

    def annotate(self, side, work):
        door = self.workspace.door(PAGE, side)
        for edit, _ in list(edits_of(door.annotations, work)):
            door.perform(edit)
        if door.annotations.status.status is not SetStatus.COMPLETE:
            door.perform(set_status(door.annotations, SetStatus.COMPLETE))

    @initialize(ours=works, theirs=works)
    def begin(self, ours, theirs):
        self.annotate(SIDES[0], ours)
        self.workspace.change_annotator(ARAM)
        self.annotate(SIDES[1], theirs)

    @rule(side=st.sampled_from(SIDES), work=works)
    def go_on(self, side, work):
        self.annotate(side, work)

    @rule(data=st.data())
    def decide(self, data):
        one = self.begun()
        if one.units.listed:
            unit = data.draw(st.sampled_from([unit.key for unit in one.units.listed]))
            choices = [Leave(unit), Keep(unit), *(Take(unit, side) for side in SIDES)]
            choice = data.draw(st.sampled_from(choices))
            self.stepping(lambda: one.decide([choice]))

    @rule()
    def take_agreed(self):
        one = self.begun()
        self.stepping(one.take_agreed)
        assert one.units.agreed == ()

    @rule(strategy=st.sampled_from([majority, *map(first_of, SIDES)]))
    def decide_by_rule(self, strategy):
        adjudicator = ProjectAdjudicator(
            self.workspace.project,
            changes=self.workspace.changes,
            door=self.workspace.door,
            clock=clock,
        )
        person = self.workspace.annotator.id
        self.stepping(lambda: adjudicator.run(strategy, adjudicator=person))

    @precondition(lambda self: len(self.said) > 1)
    @rule()
    def undo(self):
        self.begun().undo()
        self.undone.append(self.said.pop())
        assert self.meaning == (self.said[-1] or meaning(type(self.gold)()))

    @precondition(lambda self: self.undone)
    @rule()
    def redo(self):
        self.begun().redo()
        self.said.append(self.undone.pop())
        assert self.meaning == self.said[-1]

    @rule()
    def restart(self):
        before = self.meaning
        self.workspace.close()
        self.workspace = opened(self.path)
        assert self.meaning == before

    @rule()
    def crash(self):
        """What a second disk would hold now is opened in its place."""
        before = self.meaning
        self.copies += 1
        folder = Path(self.room.name) / f"copy{self.copies}"
        folder.mkdir()
        for suffix in ("", "-wal"):
            file = self.path.with_name(self.path.name + suffix)
            if file.exists():
                shutil.copy(file, folder)
        self.workspace.close()
        self.path = folder / self.path.name
        self.workspace = opened(self.path)
        assert self.meaning == before

    @invariant()
    def gold_refers_to_nothing_that_is_not_there(self):
        gold = self.gold
        if gold is not None:
            assert is_whole(gold)
            status = gold.records.get("SET")
            assert status is None or isinstance(status, StatusRecord)

    def teardown(self):
        self.workspace.project.check()
        self.workspace.close()
        self.room.cleanup()


Adjudicating.TestCase.settings = settings(max_examples=6, stateful_step_count=12, deadline=None)
TestAdjudicating = Adjudicating.TestCase

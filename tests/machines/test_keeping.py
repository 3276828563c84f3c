"""Random steps of a project, taken back in any order, against a model that knows nothing of SQL."""

import tempfile
from pathlib import Path

from hypothesis import settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from annotator.core.commands.mentions import add_mention
from annotator.core.ids import DocumentId, Layer, SetId
from annotator.core.span import Fragments
from annotator.workbench.project_changes import PURGE
from annotator.workbench.purging import Purger
from annotator.workbench.relabelling import Relabeller
from annotator.workbench.trash import Trash
from tests.workbench.projects import clock, import_into, new_project, opened, write

OWN = SetId("a1")
KINDS = ("DATE", "MONEY", "PERCENT")
TEXT = "یەک دوو سێ چوار پێنج شەش حەوت هەشت نۆ دە"


class Keeping(RuleBasedStateMachine):
    """The model: which documents are here, the label of every mark, and what each step did.

    A step is a list of (kind, key, before, after); taking it back sets `before` where `after` still
    is, for marks. A document is where the last step that stands puts it.
    """

    def __init__(self):
        super().__init__()
        self.room = tempfile.TemporaryDirectory()
        self.folder = Path(self.room.name)
        with new_project(self.folder) as project:
            self.path = project.path
        self.workspace = opened(self.path)
        self.is_here = {}
        self.labels = {}
        self.steps = {}
        self.files = 0

    @property
    def trash(self):
        return Trash(self.workspace.project, self.workspace.changes)

    def remember(self, seq, done):
        self.steps[seq] = (done, True)

    def some(self, data, is_here):
        known = sorted(d for d, here in self.is_here.items() if here is is_here)
        return data.draw(st.lists(st.sampled_from(known), min_size=1, unique=True))

    def used(self):
        return sorted({label for key, label in self.labels.items() if self.is_here[key[0]]})

    def has(self, is_here):
        return is_here in self.is_here.values()

    @initialize()
    def begin(self):
        for _ in range(2):
            self.bring()
            self.add(f"n{self.files}", "DATE")

    @rule()
    def bring(self):
        self.files += 1
        name = f"n{self.files}"
        file = write(self.folder, f"{name}.txt", f"{TEXT} {self.files}")
        report = import_into(self.workspace.project, file)
        assert report.imported == (name,)
        self.is_here[name] = True
        seq = self.workspace.changes.steps()[0].seq
        self.remember(seq, [("document", name, False, True)])

    @precondition(lambda self: self.has(is_here=True))
    @rule(data=st.data())
    def remove(self, data):
        self.move(self.some(data, is_here=True), self.trash.remove_documents, is_here=False)

    @precondition(lambda self: self.has(is_here=False))
    @rule(data=st.data())
    def restore(self, data):
        self.move(self.some(data, is_here=False), self.trash.restore_documents, is_here=True)

    def move(self, documents, act, *, is_here):
        message = act([DocumentId(each) for each in documents])
        self.remember(message.step, [("document", d, not is_here, is_here) for d in documents])
        for document in documents:
            self.is_here[document] = is_here

    @precondition(lambda self: self.has(is_here=True))
    @rule(data=st.data(), label=st.sampled_from(KINDS))
    def mark(self, data, label):
        for document in self.some(data, is_here=True):
            self.add(document, label)

    def add(self, document, label):
        door = self.workspace.door(DocumentId(document), OWN)
        start = sum(1 for name, _ in self.labels if name == document) * 3
        if start + 2 <= len(TEXT):
            place = Fragments.at(start, start + 2)
            edit = add_mention(door.annotations, self.workspace.scheme, place, label, entity=None)
            (mention,) = edit.added()
            door.perform(edit)
            self.labels[document, mention.id] = label

    @precondition(lambda self: self.used())
    @rule(data=st.data(), step=st.sampled_from([1, 2]))
    def relabel(self, data, step):
        before = data.draw(st.sampled_from(self.used()))
        after = KINDS[(KINDS.index(before) + step) % len(KINDS)]
        changed = [
            key for key, label in self.labels.items() if label == before and self.is_here[key[0]]
        ]
        changes, door = self.workspace.changes, self.workspace.door
        relabeller = Relabeller(self.workspace.project, changes, door)
        plan = relabeller.plan(before, after)
        assert (plan.changed, plan.refused) == (len(changed), 0)
        seq = relabeller.perform(plan).step
        self.remember(seq, [("label", key, before, after) for key in changed])
        self.labels.update(dict.fromkeys(changed, after))

    @precondition(lambda self: self.steps)
    @rule(data=st.data())
    def turn_any(self, data):
        seq = data.draw(st.sampled_from(sorted(self.steps)))
        _, is_done = self.steps[seq]
        changes = self.workspace.changes
        self.turn(seq, (changes.undo if is_done else changes.redo)(seq))

    @rule()
    def undo_newest(self):
        step = self.workspace.changes.next_undo()
        if step is not None:
            self.turn(step.seq, self.workspace.changes.undo(step.seq))

    @rule()
    def redo_newest(self):
        step = self.workspace.changes.next_redo()
        if step is not None:
            self.turn(step.seq, self.workspace.changes.redo(step.seq))

    def turn(self, seq, message):
        done, is_done = self.steps[seq]
        self.steps[seq] = (done, not is_done)
        left_out = 0
        for kind, key, before, after in done:
            here, there = (after, before) if is_done else (before, after)
            if kind == "document" and key in self.is_here and self.place_of(key) is there:
                self.is_here[key] = there
            elif kind == "label" and self.labels.get(key) == here:
                self.labels[key] = there
            elif kind == "document" or key in self.labels:
                left_out += 1
        assert message.left_out == left_out

    def place_of(self, document):
        """Where the last step that stands puts a document, else where it was before the first."""
        acts = [
            (before, after, stands)
            for _, (done, stands) in sorted(self.steps.items())
            for kind, key, before, after in done
            if (kind, key) == ("document", document)
        ]
        standing = [after for _, after, stands in acts if stands]
        return standing[-1] if standing else acts[0][0]

    @precondition(lambda self: self.has(is_here=False))
    @rule(data=st.data())
    def purge(self, data):
        documents = [DocumentId(each) for each in self.some(data, is_here=False)]
        purger = Purger(self.workspace.project, self.workspace.changes, clock)
        purger.run(documents, purger.target())
        assert self.workspace.changes.steps()[0].edit.name == PURGE
        for document in documents:
            del self.is_here[document]
        self.labels = {key: label for key, label in self.labels.items() if key[0] in self.is_here}

    @rule()
    def restart(self):
        self.workspace.close()
        self.workspace = opened(self.path)

    @invariant()
    def documents_are_where_the_model_has_them(self):
        here = {line.id: line.annotations for line in self.workspace.lines()}
        thrown = {
            entry.id: self.trash.annotation_count(entry.id) for entry in self.trash.documents()
        }
        marks = {d: sum(1 for name, _ in self.labels if name == d) for d in self.is_here}
        assert here == {d: n for d, n in marks.items() if self.is_here[d]}
        assert thrown == {d: n for d, n in marks.items() if not self.is_here[d]}

    @invariant()
    def labels_are_counted_as_the_model_has_them(self):
        held = [label for key, label in self.labels.items() if self.is_here[key[0]]]
        counts = self.workspace.project.label_use.counts()
        assert counts == {(Layer.MENTION, label): held.count(label) for label in set(held)}

    @invariant()
    def steps_stand_as_the_model_has_them(self):
        steps = self.workspace.changes.steps()
        standing = {step.seq: step.is_done for step in steps if step.edit.name != PURGE}
        assert standing == {seq: is_done for seq, (_, is_done) in self.steps.items()}

    def teardown(self):
        self.workspace.project.check()
        self.workspace.close()
        self.room.cleanup()


Keeping.TestCase.settings = settings(max_examples=15, stateful_step_count=25, deadline=None)
TestKeeping = Keeping.TestCase

"""Random edits, undos and redos on a set, against a plain dictionary and a list of its states."""

from hypothesis import settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from msgspec.structs import replace

from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import (
    Argument,
    Entity,
    Event,
    Mention,
    MentionTarget,
    detached,
    references,
)
from annotator.core.edits import Change, Edit
from annotator.core.history import Act, History, JournalEntry
from annotator.core.ids import Layer, layer_and_number
from annotator.core.span import Fragments

LABELS = st.sampled_from(["PER", "ORG", "GPE"])
PLACES = st.integers(0, 50)


class Editing(RuleBasedStateMachine):
    """`states` are the records after each step that still counts, `undone` those taken back."""

    def __init__(self):
        super().__init__()
        self.annotations = AnnotationSet()
        self.history = History()
        self.journal = []
        self.states = [{}]
        self.undone = []
        self.given = set()

    def do(self, *changes, joins=False):
        edit = Edit("edit.x", tuple(Change(before, after) for before, after in changes))
        joins = joins and len(self.states) > 1
        self.apply(Act.DO, edit, joins=joins)
        state = dict(self.states[-1])
        for change in edit.changes:
            state.pop(change.id, None)
            if change.after is not None:
                state[change.id] = change.after
                if change.before is None:
                    assert change.id not in self.given
                    self.given.add(change.id)
        if joins:
            self.states.pop()
        self.states.append(state)
        self.undone.clear()

    def apply(self, act, edit, *, target=None, joins=False):
        entry = JournalEntry(len(self.journal) + 1, act, edit, "", target=target, joins=joins)
        self.annotations = self.annotations.apply(edit)
        self.history.record(entry)
        self.journal.append(entry)

    def pick(self, data, kind):
        return data.draw(
            st.sampled_from([r for r in self.states[-1].values() if isinstance(r, kind)])
        )

    def has(self, kind):
        return any(isinstance(record, kind) for record in self.states[-1].values())

    @rule(label=LABELS, start=PLACES)
    def add_mention_with_entity(self, label, start):
        entity = Entity(self.annotations.next_id(Layer.ENTITY), label, "ناو")
        identifier = self.annotations.next_id(Layer.MENTION)
        place = Fragments.at(start, start + 3)
        self.do((None, entity), (None, Mention(identifier, label, place, entity=entity.id)))

    @precondition(lambda self: self.has(Mention))
    @rule(data=st.data(), start=PLACES)
    def add_event(self, data, start):
        participant = Argument("Participant", MentionTarget(self.pick(data, Mention).id))
        identifier = self.annotations.next_id(Layer.EVENT)
        place = Fragments.at(start, start + 2)
        self.do((None, Event(identifier, "Contact.Meet", place, (participant,))))

    @precondition(lambda self: self.has(Mention))
    @rule(data=st.data(), label=LABELS)
    def relabel(self, data, label):
        old = self.pick(data, Mention)
        self.do((old, replace(old, label=label)))

    @precondition(lambda self: self.has(Mention))
    @rule(data=st.data(), start=PLACES)
    def nudge(self, data, start):
        old = self.pick(data, Mention)
        moved = replace(old, fragments=Fragments.at(start, start + 4))
        self.do((old, moved), joins=True)

    @precondition(lambda self: self.states[-1])
    @rule(data=st.data())
    def delete(self, data):
        gone = self.pick(data, object)
        holders = [r for r in self.states[-1].values() if gone.id in references(r)]
        self.do(*((r, detached(r, gone.id)) for r in holders), (gone, None))

    @precondition(lambda self: len(self.states) > 1)
    @rule()
    def undo(self):
        step = self.history.next_undo
        self.apply(Act.UNDO, step.edit.inverse, target=step.seq)
        self.undone.append(self.states.pop())

    @precondition(lambda self: self.undone)
    @rule()
    def redo(self):
        step = self.history.next_redo
        self.apply(Act.REDO, step.edit, target=step.seq)
        self.states.append(self.undone.pop())

    @rule()
    def restart(self):
        self.history = History(self.journal)

    @invariant()
    def the_records_are_those_of_the_model(self):
        assert dict(self.annotations.records) == self.states[-1]

    @invariant()
    def the_stacks_are_as_deep_as_the_model(self):
        assert self.history.depth == len(self.states) - 1
        assert (self.history.next_redo is None) == (not self.undone)

    @invariant()
    def no_number_given_out_comes_again(self):
        for layer in (Layer.MENTION, Layer.ENTITY, Layer.EVENT):
            used = [layer_and_number(i)[1] for i in self.given if layer_and_number(i)[0] is layer]
            assert layer_and_number(self.annotations.next_id(layer))[1] == max(used, default=0) + 1


Editing.TestCase.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
TestEditing = Editing.TestCase

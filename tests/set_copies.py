"""Copies of an annotation set that are worked on apart and merged, with journals but no file."""

from itertools import count

from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import Mention
from annotator.core.edits import Change, Edit
from annotator.core.history import Act, JournalEntry
from annotator.core.ids import Layer, record_id
from annotator.core.lineage import Lineage, SetCopy, is_known, meetings_after, split_of
from annotator.core.merging import copy_provenance, merge
from annotator.core.span import Fragments

COPIED = copy_provenance("x")


class Working:
    """A copy of a set whose entries have names: what two copies did alike has the same name."""

    numbers = count(1)

    def __init__(self, other=None):
        self.annotations = other.annotations if other else AnnotationSet()
        self.entries = list(other.entries) if other else []
        self.chain = list(other.chain) if other else []
        self.meetings = list(other.meetings) if other else []

    @property
    def copy(self):
        return SetCopy(
            self.annotations,
            Lineage(tuple(self.chain)),
            tuple(self.meetings),
            reversed(self.entries),
        )

    def perform(self, edit):
        self.annotations = self.annotations.apply(edit)
        self.entries.append(JournalEntry(len(self.entries) + 1, Act.DO, edit, ""))
        self.chain.append(f"x{next(self.numbers)}")

    def put(self, number, label):
        record = Mention(record_id(Layer.MENTION, number), label, Fragments.at(number, number + 1))
        before = self.annotations.get(record.id)
        self.perform(Edit("edit.x", (Change(before, record),)))

    def remove(self, identifier):
        gone = self.annotations.get(identifier)
        self.perform(Edit("edit.x", (Change(gone, None),)))

    def merge(self, other):
        """Take the other copy in, as the program does; what that was, None where all was known."""
        ours, theirs = self.copy, other.copy
        if is_known(ours.lineage, ours.meetings, theirs.lineage):
            return None
        merged = merge(split_of(ours, theirs), self.annotations, other.annotations, COPIED)
        if not merged.edit.is_empty:
            self.perform(merged.edit)
        numbers = self.annotations.last_numbers
        self.meetings.extend(
            meetings_after(merged, ours, theirs, at=len(self.chain), numbers=numbers)
        )
        return merged

    @property
    def labels(self):
        return {m.fragments.start: m.label for m in self.annotations.mentions()}

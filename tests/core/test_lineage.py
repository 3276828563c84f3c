"""Where two copies of a set parted and met, by their journals."""

from itertools import count

import pytest

from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import Mention
from annotator.core.edits import Change, Edit
from annotator.core.history import Act, JournalEntry
from annotator.core.ids import Layer, RecordId, record_id
from annotator.core.lineage import Lineage, Meeting, SetCopy, meetings_after, split_of
from annotator.core.merging import NOTHING_SHARED, Split, copy_provenance, merge
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
        ours, theirs = self.copy, other.copy
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


@pytest.fixture
def pair():
    first = Working()
    first.put(1, "PER")
    first.put(2, "PER")
    return first, Working(first)


def test_nothing_in_common_is_no_past():
    ours, theirs = Working(), Working()
    theirs.put(1, "PER")
    assert split_of(ours.copy, theirs.copy) == NOTHING_SHARED
    alone = SetCopy(theirs.annotations)  # a set that no journal tells of
    assert split_of(ours.copy, alone) == NOTHING_SHARED


def test_the_common_beginning_is_the_past(pair):
    ours, theirs = pair
    ours.put(2, "ORG")
    theirs.remove("T1")
    theirs.put(3, "LOC")
    past = split_of(ours.copy, theirs.copy)
    assert {i: r.label for i, r in past.base.items()} == {"T1": "PER", "T2": "PER"}
    assert dict(past.known) == {"T1": "T1", "T2": "T2"}
    assert ours.merge(theirs).conflicts == ()
    assert ours.labels == {2: "ORG", 3: "LOC"}


def test_a_later_merge_goes_on_from_the_last_one(pair):
    ours, theirs = pair
    ours.put(3, "GPE")
    theirs.put(3, "LOC")  # the same number at another place would be the same; here it conflicts
    theirs.put(4, "LOC")
    ours.merge(theirs)
    theirs.put(4, "ORG")
    theirs.remove("T1")
    assert ours.merge(theirs).conflicts == ()
    assert ours.labels[4] == "ORG"
    assert 1 not in ours.labels
    assert ours.merge(theirs).edit.is_empty


def test_what_was_deleted_here_after_a_merge_stays_away(pair):
    ours, theirs = pair
    theirs.put(3, "LOC")
    ours.merge(theirs)
    ours.remove("T3")
    theirs.put(4, "LOC")
    ours.merge(theirs)
    assert ours.labels == {1: "PER", 2: "PER", 4: "LOC"}


def test_the_other_side_goes_on_from_the_meeting_too(pair):
    ours, theirs = pair
    theirs.put(3, "LOC")
    ours.put(4, "GPE")
    ours.merge(theirs)
    ours.put(3, "ORG")
    ours.remove("T1")
    theirs.put(2, "TITLE")
    found = theirs.merge(ours)
    assert found.conflicts == ()
    assert theirs.labels == {2: "TITLE", 3: "ORG", 4: "GPE"}
    ours.merge(theirs)
    assert ours.labels == theirs.labels


def test_with_theirs_comes_what_theirs_had_taken_in(pair):
    ours, theirs = pair
    third = Working(theirs)
    third.put(3, "LOC")
    theirs.put(3, "LOC")
    theirs.put(4, "GPE")
    theirs.merge(third)
    ours.merge(theirs)
    third.put(3, "ORG")
    assert ours.merge(third).conflicts == ()
    assert ours.labels == {1: "PER", 2: "PER", 3: "ORG", 4: "GPE"}


def test_what_never_had_an_id_here_gets_one_that_nobody_has(pair):
    ours, theirs = pair
    theirs.put(3, "LOC")
    ours.put(3, "GPE")
    ours.meetings = [Meeting(3, 3, theirs.chain[2], {RecordId("T1"): RecordId("T1")})]
    past = split_of(ours.copy, theirs.copy)
    assert dict(past.known) == {"T1": "T1", "T2": "T4", "T3": "T5"}
    found = merge(past, ours.annotations, theirs.annotations, COPIED)
    numbers = ours.annotations.last_numbers
    (meeting,) = meetings_after(found, ours.copy, theirs.copy, at=3, numbers=numbers)
    assert dict(meeting.ids) == {"T1": "T1"}


def test_a_set_without_a_journal_is_met_by_nobody(pair):
    ours, _ = pair
    found = merge(Split(), ours.annotations, AnnotationSet(), COPIED)
    assert meetings_after(found, ours.copy, Working().copy, at=2, numbers={}) == ()

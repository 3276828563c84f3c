"""Where two copies of a set parted and met, by their journals."""

import pytest

from annotator.core.annotation_set import AnnotationSet
from annotator.core.ids import RecordId
from annotator.core.lineage import Meeting, SetCopy, is_known, meetings_after, split_of
from annotator.core.merging import NOTHING_SHARED, Split, merge
from tests.set_copies import COPIED, Working


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
    assert ours.merge(theirs) is None


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


def test_what_went_on_from_theirs_or_took_it_in_knows_it(pair):
    ours, theirs = pair
    older, met = theirs.copy.lineage, ours.copy.meetings
    ours.put(3, "LOC")
    assert is_known(ours.copy.lineage, met, older)
    theirs.put(4, "LOC")
    assert not is_known(ours.copy.lineage, met, theirs.copy.lineage)
    ours.merge(theirs)
    assert is_known(ours.copy.lineage, ours.copy.meetings, theirs.copy.lineage)
    assert not is_known(ours.copy.lineage, ours.copy.meetings, Working().copy.lineage)

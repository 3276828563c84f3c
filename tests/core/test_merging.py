"""Merging two copies of a set: what is taken over, what is kept on both sides, and what is one."""

import pytest
from msgspec.structs import replace

from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import (
    Coverage,
    Entity,
    Mention,
    SetStatus,
    StatusRecord,
)
from annotator.core.commands.records import delete, set_status
from annotator.core.edits import Change, Edit
from annotator.core.ids import Layer, RecordId, record_id
from annotator.core.merging import (
    MERGE,
    NOTHING_SHARED,
    Clash,
    Conflict,
    Split,
    copy_provenance,
    merge,
)
from annotator.core.proposals import Proposal, SuggestionDecision, Verdict
from annotator.core.provenance import Origin, Provenance
from annotator.core.span import Fragments
from tests.builders import annotated

COPIED = copy_provenance("shilan.nishan")
BASE = annotated(
    "[ئازاد]PER=E1 لە [هەولێر]GPE=E2 [گەڕایەوە]Movement.Visit(Visitor=T1) و [دهۆک]GPE=E3"
)[1]


def split(base=BASE):
    return Split(base.records, {identifier: identifier for identifier in base.records})


def perform(annotations, *changes):
    """The set with records added, replaced (by id) or, where they are an id, deleted."""
    made = []
    for change in changes:
        if isinstance(change, str):
            annotations = annotations.apply(delete(annotations, [RecordId(change)]))
        else:
            made.append(Change(annotations.get(change.id), change))
    return annotations.apply(Edit("edit.x", tuple(made)))


def relabelled(annotations, identifier, label):
    return perform(annotations, replace(annotations.get(identifier), label=label))


def mention(number, start, label="LOC", **fields):
    return Mention(
        record_id(Layer.MENTION, number), label, Fragments.at(start, start + 1), **fields
    )


def merged(ours, theirs, base=BASE):
    found = merge(split(base), ours, theirs, COPIED)
    after = ours.apply(found.edit)
    assert merge(split(base), after, theirs, COPIED).edit.is_empty
    return found, after


class TestTakenOver:
    def test_nothing_new_is_an_empty_edit(self):
        found, after = merged(relabelled(BASE, "T2", "ORG"), BASE)
        assert (found.edit, found.conflicts) == (Edit(MERGE, ()), ())
        assert after.get("T2").label == "ORG"

    def test_what_only_they_changed_added_or_deleted(self):
        theirs = perform(relabelled(BASE, "T2", "ORG"), mention(9, 2), "T3")
        found, after = merged(BASE, theirs)
        assert dict(after.records) == dict(theirs.records)
        assert found.conflicts == ()
        assert [change.id for change in found.edit.changes] == ["T2", "T9", "E3", "T3"]

    def test_what_both_did_alike_is_done_once(self):
        ours = perform(relabelled(BASE, "T2", "ORG"), mention(9, 2), "T3")
        theirs = perform(relabelled(BASE, "T2", "ORG"), mention(12, 2), "T3")
        found, _ = merged(ours, theirs)
        assert (found.edit.changes, found.conflicts) == ((), ())
        assert found.ids["T12"] == "T9"


class TestIds:
    def test_one_number_for_two_records_gives_theirs_a_fresh_one(self):
        entity = Entity(RecordId("E4"), "LOC", "چیا")
        ours = perform(BASE, mention(4, 2))
        theirs = perform(BASE, entity, mention(4, 3, entity=entity.id))
        found, after = merged(ours, theirs)
        assert (found.ids["T4"], found.ids["E4"]) == ("T5", "E4")
        assert after.get("T4") == ours.get("T4")
        assert after.get("T5") == mention(5, 3, entity=entity.id)

    def test_a_number_that_was_given_out_here_is_not_used_again(self):
        ours = perform(perform(BASE, mention(7, 2)), "T7")
        found, _ = merged(ours, perform(BASE, mention(6, 3)))
        assert found.ids["T6"] == "T8"

    def test_without_a_common_past_equal_records_are_one(self):
        notation = "[ئازاد]PER=E1 [گەڕایەوە]Movement.Visit(Visitor=T1) «[باش]direct(speaker=T1)»"
        same = annotated(notation)[1]
        found = merge(NOTHING_SHARED, same, same, COPIED)
        assert (found.edit.changes, found.conflicts) == ((), ())

    def test_each_record_is_one_with_at_most_one(self):
        twice = perform(BASE, mention(4, 2), mention(5, 2))
        found, after = merged(perform(BASE, mention(4, 2)), twice)
        assert (found.ids["T4"], found.ids["T5"]) == ("T4", "T5")
        assert merge(split(), after, perform(twice, mention(6, 2)), COPIED).ids["T6"] == "T6"

    def test_entities_of_one_name_are_told_apart_by_their_mentions(self):
        text = "[ئازاد]PER=E1 و [ئازاد]PER=E2"
        ours = annotated(text)[1]
        theirs = annotated("[ئازاد]PER=E2 و [ئازاد]PER=E1")[1]
        renamed = annotated("[ئازاد]PER=E2 و [ئازاد]PER=E3")[1]
        swapped = merge(NOTHING_SHARED, ours, theirs, COPIED)
        assert swapped.edit.is_empty
        assert (swapped.ids["E2"], swapped.ids["E1"]) == ("E1", "E2")
        assert merge(NOTHING_SHARED, ours, renamed, COPIED).edit.is_empty

    def test_a_mention_of_old_tells_which_entity_is_which(self):
        first = Entity(RecordId("E4"), "PER", "نوێ")
        second = replace(first, id=RecordId("E5"))

        def linked(one, two):
            return perform(
                BASE,
                first,
                second,
                replace(BASE.get("T1"), entity=one),
                replace(BASE.get("T2"), entity=two),
            )

        ours, theirs = linked("E4", "E5"), linked("E5", "E4")
        found, _ = merged(ours, theirs)
        assert (found.edit.changes, found.ids["E4"], found.ids["E5"]) == ((), "E5", "E4")

    def test_an_entity_that_says_something_else_is_another(self):
        theirs = perform(
            annotated("[ئازاد]PER=E1")[1],
            Entity(RecordId("E1"), "PER", "ئازاد", kb=(("wd", "Q1"),)),
        )
        found = merge(NOTHING_SHARED, annotated("[ئازاد]PER=E1")[1], theirs, COPIED)
        assert (found.ids["E1"], found.ids["T1"]) == ("E2", "T2")
        assert [each.clash for each in found.conflicts] == [Clash.BOTH_ADDED]


class TestConflicts:
    def test_changed_on_both_sides_stands_side_by_side(self):
        ours, theirs = relabelled(BASE, "T1", "ORG"), relabelled(BASE, "T1", "LOC")
        found, after = merged(ours, theirs)
        copy = replace(theirs.get("T1"), id=RecordId("T4"), provenance=COPIED)
        assert (after.get("T1"), after.get("T4")) == (ours.get("T1"), copy)
        assert after.get("EV1") == BASE.get("EV1")  # what refers to it refers to ours
        assert found.conflicts == (
            Conflict(Clash.BOTH_CHANGED, ours.get("T1"), theirs.get("T1"), RecordId("T4")),
        )
        assert Provenance(Origin.IMPORT, "merge:shilan.nishan") == COPIED

    def test_what_they_change_again_changes_the_copy(self):
        ours, theirs = relabelled(BASE, "T1", "ORG"), relabelled(BASE, "T1", "LOC")
        _, after = merged(ours, theirs)
        later = relabelled(theirs, "T1", "EVT")
        again = merge(split(theirs), after, later, COPIED)
        assert [(c.before.label, c.after.label) for c in again.edit.changes] == [("LOC", "EVT")]
        assert again.conflicts[0].copy == "T4"

    def test_a_copy_refers_to_the_copies_of_what_it_refers_to(self):
        def renamed(label, name):
            entity = replace(BASE.get("E1"), name=name)
            return perform(relabelled(BASE, "T1", label), entity)

        ours, theirs = renamed("ORG", "ا"), renamed("LOC", "ب")
        _, after = merged(ours, theirs)
        assert (after.get("T4").entity, after.get("E4").name) == ("E4", "ب")
        later = relabelled(theirs, "T1", "EVT")
        again = merge(split(theirs), after, later, COPIED)
        assert [(c.id, c.after.label, c.after.entity) for c in again.edit.changes] == [
            ("T4", "EVT", "E4")
        ]

    def test_what_happens_to_say_what_they_said_before_is_no_copy(self):
        ours = perform(relabelled(BASE, "T1", "ORG"), replace(BASE.get("T1"), id=RecordId("T9")))
        found, after = merged(ours, relabelled(BASE, "T1", "LOC"))
        assert after.get("T9").label == "PER"
        assert found.conflicts[0].copy == "T10"

    def test_deleted_here_and_changed_there_is_back(self):
        theirs = relabelled(BASE, "T2", "ORG")
        found, after = merged(perform(BASE, "T2"), theirs)
        assert after.get("T2") == theirs.get("T2")
        assert after.get("E2") == BASE.get("E2")
        assert found.conflicts == (Conflict(Clash.DELETED_HERE, None, theirs.get("T2")),)

    def test_changed_here_and_deleted_there_stays(self):
        ours = relabelled(BASE, "T2", "ORG")
        found, after = merged(ours, perform(BASE, "T2"))
        assert dict(after.records) == dict(ours.records)
        assert found.conflicts == (Conflict(Clash.DELETED_THERE, ours.get("T2"), None),)

    def test_added_at_one_place_differently_is_told(self):
        entity = Entity(RecordId("E4"), "LOC", "چیا")
        ours = perform(BASE, entity, mention(4, 2, entity=entity.id))
        found, after = merged(ours, perform(BASE, mention(4, 2, "ORG")))
        assert [each.label for each in after.mentions()][-2:] == ["LOC", "ORG"]
        clash = found.conflicts[0]
        assert (clash.clash, clash.ours.id, clash.copy) == (Clash.BOTH_ADDED, "T4", "T5")

    def test_decisions_have_no_provenance(self):
        proposal = Proposal("names", Layer.MENTION, "PER", Fragments.at(0, 5))
        base = perform(BASE, SuggestionDecision(RecordId("D1"), Verdict.REJECTED, proposal))

        def judged(label):
            other = replace(proposal, label=label)
            return perform(base, SuggestionDecision(RecordId("D1"), Verdict.CORRECTED, other))

        _, after = merged(judged("ORG"), judged("LOC"), base)
        assert (after.get("D1").proposal.label, after.get("D2").proposal.label) == ("ORG", "LOC")
        later = merge(split(judged("LOC")), after, judged("GPE"), COPIED)
        assert [change.id for change in later.edit.changes] == ["D3"]


class TestHoldingTogether:
    def test_what_is_in_use_here_is_not_deleted(self):
        event = BASE.get("EV1")
        used = replace(event, id=RecordId("EV2"), arguments=annotated_argument("T2"))
        found, after = merged(perform(BASE, used), perform(BASE, "T2"))
        assert after.get("T2") == BASE.get("T2")
        assert found.conflicts == (Conflict(Clash.DELETED_THERE, BASE.get("T2"), None),)

    def test_what_is_in_use_there_comes_back(self):
        used = replace(BASE.get("EV1"), id=RecordId("EV2"), arguments=annotated_argument("T2"))
        found, after = merged(perform(BASE, "T2"), perform(BASE, used))
        assert (after.get("T2"), after.get("E2")) == (BASE.get("T2"), BASE.get("E2"))
        assert found.conflicts == (Conflict(Clash.DELETED_HERE, None, BASE.get("T2")),)

    def test_an_entity_without_mentions_goes(self):
        base = perform(BASE, mention(4, 2, entity=RecordId("E2")))
        _, after = merged(perform(base, "T2"), perform(base, "T4"), base)
        assert "E2" not in after

    def test_an_entity_that_they_keep_without_use_is_taken_over_like_that(self):
        entity = replace(BASE.get("E2"), name="ناوێکی تر")
        theirs = perform(perform(BASE, "T2"), entity)
        assert merged(BASE, theirs)[1].get("E2") == entity

    @pytest.mark.parametrize("side", ["knowledge base", "conflict", "use"])
    def test_an_entity_that_somebody_wants_stays(self, side):
        base = perform(BASE, mention(4, 2, entity=RecordId("E2")))
        ours, theirs = perform(base, "T2"), perform(base, "T4")
        entity = base.get("E2")
        if side == "knowledge base":
            base, ours, theirs = (
                perform(each, replace(entity, kb=(("wd", "Q1"),))) for each in (base, ours, theirs)
            )
        elif side == "conflict":
            ours = perform(ours, replace(entity, name="هه"))
            theirs = perform(theirs, replace(entity, name="هۆ"))
        else:
            theirs = perform(theirs, mention(5, 3, entity=entity.id))
        assert "E2" in merged(ours, theirs, base)[1]


class TestStatus:
    def status(self, annotations, status):
        return annotations.apply(set_status(annotations, status))

    def test_it_comes_like_everything_else(self):
        _, after = merged(BASE, self.status(BASE, SetStatus.COMPLETE))
        assert after.status.status is SetStatus.COMPLETE

    @pytest.mark.parametrize("is_ours_lower", [True, False])
    def test_of_two_the_lower_one_holds(self, is_ours_lower):
        low = self.status(BASE, SetStatus.IN_PROGRESS)
        high = self.status(BASE, SetStatus.APPROVED)
        found, after = merged(*((low, high) if is_ours_lower else (high, low)))
        assert after.status == StatusRecord(
            SetStatus.IN_PROGRESS, Coverage.PARTIAL, Coverage.PARTIAL, Coverage.PARTIAL
        )
        assert [each.clash for each in found.conflicts] == [Clash.BOTH_CHANGED]


def annotated_argument(target):
    return annotated(f"[ا]PER [ب]PER [پ]Movement.Visit(Visitor={target})")[1].get("EV1").arguments


def test_an_empty_set_takes_everything():
    found = merge(NOTHING_SHARED, AnnotationSet(), BASE, COPIED)
    assert dict(AnnotationSet().apply(found.edit).records) == dict(BASE.records)

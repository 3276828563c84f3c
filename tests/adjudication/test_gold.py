"""Choices become a gold set in which everything that is referred to is there."""

import pytest
from hypothesis import given, settings, strategies as st

from annotator.adjudication.choices import Keep, Leave, Take
from annotator.adjudication.comparison import Comparison
from annotator.adjudication.gold import decide, gold_header
from annotator.adjudication.grouping import Side
from annotator.adjudication.strategies import all_agree, choices_by, first_of, majority
from annotator.adjudication.units import State
from annotator.core.annotations import Coverage, Entity, Realis, SetStatus, StatusRecord
from annotator.core.commands.records import set_status
from annotator.core.ids import STATUS_ID, AnnotatorId, DocumentId, Layer, RecordId, SetId
from annotator.core.proposals import SuggestionDecision
from annotator.core.provenance import Origin
from annotator.core.set_header import SetKind
from tests.adjudication.sets import (
    EMPTY,
    NAME,
    A,
    B,
    C,
    chosen,
    compared,
    finished,
    listed,
    partly,
    sides,
)
from tests.builders import changed, set_header
from tests.random_work import after, is_whole, meaning, works

MEETING = "[ئازاد]PER [کۆبووەوە]Contact.Meet(Participant=T1,Place=T2) لە [هەولێر]GPE"


def decided(comparison, *choices, gold=EMPTY):
    return decide(comparison, gold, choices, name=NAME)


def test_what_is_taken_tells_who_says_so():
    comparison = compared("[ئازاد]PER چوو", "[ئازاد]ORG چوو", "[ئازاد]PER چوو")
    gold = chosen(comparison, Take("mention:0", C))
    (mention,) = gold.mentions()
    assert (mention.label, mention.provenance.origin) == ("PER", Origin.ADJUDICATION)
    assert mention.provenance.detail.partition("#")[0] == "a1+a3"


def test_another_choice_changes_the_record_that_is_there():
    comparison = compared(MEETING, MEETING.replace("ئازاد]PER", "ئازاد]ORG"))
    gold = chosen(comparison, *choices_by(all_agree, comparison.against(EMPTY)))
    before = gold.event("EV1")
    gold = chosen(comparison, Take("mention:0", B), gold=gold)
    assert gold.event("EV1") == before
    assert sorted(mention.label for mention in gold.mentions()) == ["GPE", "ORG"]


def test_what_a_choice_refers_to_comes_along_and_is_looked_at_again_where_they_differ():
    comparison = compared(MEETING, MEETING.replace("ئازاد]PER", "ئازاد]ORG"))
    done = decided(comparison, Take("event:6", B))
    assert done.along == ("mention:0", "mention:18")
    assert listed(comparison, EMPTY.apply(done.edit)) == [
        ("mention:0", "unsettled", ["label"]),
        ("event:6", "taken", []),
        ("mention:18", "taken", []),
    ]
    gold = chosen(comparison, Keep("mention:0"), gold=EMPTY.apply(done.edit))
    assert [unit[1] for unit in listed(comparison, gold)] == ["taken"] * 3
    assert sorted(mention.label for mention in gold.mentions()) == ["GPE", "ORG"]


def test_what_was_left_out_is_not_referred_to():
    comparison = compared(MEETING, MEETING)
    gold = chosen(comparison, Leave("mention:0"))
    done = decided(comparison, Take("event:6", A), gold=gold)
    assert (done.along, done.left_out) == (("mention:18",), 1)
    (event,) = gold.apply(done.edit).events()
    assert [argument.role for argument in event.arguments] == ["Place"]


def test_leaving_out_what_is_referred_to_leaves_the_reference_out():
    comparison = compared(MEETING, MEETING)
    gold = chosen(comparison, Take("event:6", A))
    done = decided(comparison, Leave("mention:18"), gold=gold)
    assert done.left_out == 1
    gold = gold.apply(done.edit)
    assert [argument.role for argument in gold.event("EV1").arguments] == ["Participant"]
    assert [unit[1] for unit in listed(comparison, gold)] == ["taken", "taken", "left"]


def test_choices_of_one_step_know_each_other():
    comparison = compared(MEETING, MEETING.replace("ئازاد]PER", "ئازاد]ORG"))
    done = decided(comparison, Take("event:6", A), Take("mention:0", B), Leave("mention:18"))
    gold = EMPTY.apply(done.edit)
    assert (done.along, done.left_out) == ((), 1)
    assert [mention.label for mention in gold.mentions()] == ["ORG"]
    assert [unit[1] for unit in listed(comparison, gold)] == ["taken", "taken", "left"]


def test_taking_the_silence_of_somebody_leaves_it_out():
    comparison = compared("[ئازاد]PER", "ئازاد")
    gold = chosen(comparison, Take("mention:0", B))
    assert listed(comparison, gold) == [("mention:0", "left", ["missing"])]
    gold = chosen(comparison, Take("mention:0", A), gold=gold)
    assert listed(comparison, gold) == [("mention:0", "taken", ["missing"])]
    assert not any(isinstance(r, SuggestionDecision) for r in gold.records.values())
    gold = chosen(comparison, Leave("mention:0"), gold=gold)
    gold = chosen(comparison, Leave("mention:0"), gold=gold)
    assert sum(isinstance(r, SuggestionDecision) for r in gold.records.values()) == 1


def test_events_that_hold_each_other_come_together():
    one = "[گوتی]Contact.Meet(Topic=EV2) کە [چوو]Movement.Go(Cause=EV1)"
    comparison = compared(one, one)
    done = decided(comparison, Take("event:0", A))
    gold = EMPTY.apply(done.edit)
    assert done.along == ("event:8",)
    assert len(gold) == 2
    assert is_whole(gold)


def test_quotes_bring_their_parents_and_speakers():
    one = "[ئازاد]PER=E1: «[ئەو گوتی «[باش]direct(speaker=T1,addressee=E1,parent=Q1)»]direct»"
    comparison = compared(one, one)
    inner = comparison.against(EMPTY).listed[-1]
    gold = chosen(comparison, Take(inner.key, B))
    assert meaning(gold.apply(set_status(gold, SetStatus.COMPLETE))) == meaning(
        comparison.sides[0].annotations
    )


def test_an_entity_that_gold_does_not_use_is_not_put_there():
    comparison = compared("[ئازاد]PER=E1", "[ئازاد]PER=E1")
    done = decided(comparison, Take("entity:0", A))
    assert done.edit.is_empty
    gold = chosen(comparison, Take("mention:0", A))
    assert decided(comparison, Leave("entity:0"), gold=gold).edit.is_empty


def test_an_entity_that_went_with_its_mention_comes_back_with_the_next():
    one = "[ئازاد]PER=E1 و [ئەو]PER=E1"
    comparison = compared(one, one)
    gold = chosen(comparison, Take("mention:0", A))
    done = decided(comparison, Leave("mention:0"), Take("mention:8", A), gold=gold)
    gold = gold.apply(done.edit)
    assert [mention.entity for mention in gold.mentions()] == ["E1"]
    assert is_whole(gold)


def test_an_entity_is_chosen_with_its_only_mention():
    comparison = compared("[هەولێر]GPE=E1", "[هەولێر]ORG=E1")
    gold = chosen(comparison, Take("mention:0", A))
    assert [unit[1] for unit in listed(comparison, gold)] == ["taken"]
    gold = chosen(comparison, Take("mention:0", B), gold=gold)
    assert comparison.against(gold).all["entity:0"].state is State.TAKEN
    assert [entity.label for entity in gold.entities()] == ["ORG"]
    one, other = "[هەولێر]GPE=E1 و [شار]GPE=E1", "[هەولێر]ORG=E1 و [شار]ORG=E1"
    comparison = compared(one, other)
    gold = chosen(comparison, Take("mention:0", A), Take("mention:9", A))
    gold = chosen(comparison, Take("mention:0", B), gold=gold)
    assert [entity.label for entity in gold.entities()] == ["GPE"]


def test_clusters_of_two_annotators_do_not_mix():
    text = "[چوو]Movement.Go و [ڕۆیشت]Movement.Go و [هات]Movement.Go و [گەیشت]Movement.Go"
    ours, theirs = (
        Side(side.id, changed(changed(side.annotations, one, cluster="c1"), two, cluster="c1"))
        for side, one, two in zip(sides(text, text), ("EV1", "EV3"), ("EV2", "EV4"), strict=True)
    )
    comparison = Comparison([ours, theirs])
    gold = chosen(comparison, Take("event:0", A))
    gold = chosen(comparison, Take("event:6", A), gold=gold)
    gold = chosen(comparison, Take("event:14", B), Take("event:20", B), gold=gold)
    assert [event.cluster for event in gold.events()] == ["c1", "c1", "c1-2", "c1-2"]


GONE = "[چوو]Movement.Go و [ڕۆیشت]Movement.Go و [هات]Movement.Go"


def test_an_event_leaves_its_cluster_when_another_annotator_is_followed():
    ours, theirs = sides(GONE, GONE)
    one = changed(changed(ours.annotations, "EV1", cluster="c1"), "EV2", cluster="c1")
    other = changed(changed(theirs.annotations, "EV2", cluster="k"), "EV3", cluster="k")
    comparison = Comparison([Side(A, one), Side(B, other)])
    first, second, third = (unit.key for unit in comparison.against(EMPTY).listed)
    gold = chosen(comparison, Take(first, A), Take(second, A))
    assert [event.cluster for event in gold.events()] == ["c1", "c1"]
    gold = chosen(comparison, Take(second, B), gold=gold)
    assert [event.cluster for event in gold.events()] == ["c1", "k"]
    gold = chosen(comparison, Take(third, B), gold=gold)
    assert [event.cluster for event in gold.events()] == ["c1", "k", "k"]
    gold = chosen(comparison, Take(second, A), gold=gold)
    assert [event.cluster for event in gold.events()] == ["c1", "c1", "k"]


def test_gold_follows_an_annotator_before_it_has_the_whole_cluster():
    ours, theirs = sides(GONE, GONE)
    one = changed(changed(ours.annotations, "EV1", cluster="c1"), "EV2", cluster="c1")
    comparison = Comparison([Side(A, one), theirs])
    first, _, third = (unit.key for unit in comparison.against(EMPTY).listed)
    gold = chosen(comparison, Take(first, A))
    assert comparison.against(gold).all[first].like == (A,)
    edited = changed(gold, "EV1", realis=Realis.OTHER)
    assert comparison.against(edited).all[first].like == ()
    more = chosen(comparison, Take(third, A), gold=gold)
    strange = changed(more, "EV2", cluster="c1")
    assert comparison.against(strange).all[first].like == ()


def test_an_event_that_is_taken_again_keeps_its_cluster():
    ours, theirs = sides(GONE, GONE)
    one = changed(changed(ours.annotations, "EV1", cluster="c1"), "EV2", cluster="c1")
    comparison = Comparison([Side(A, one), theirs])
    first = comparison.against(EMPTY).listed[0].key
    gold = chosen(comparison, Take(first, A))
    gold = chosen(comparison, Take(first, A), gold=gold)
    assert [event.cluster for event in gold.events()] == ["c1"]


def test_clusters_of_quotes_have_names_of_their_own():
    both = "[گوتی]Contact.Meet «[باش]direct» و [هات]Movement.Go"
    ours, theirs = sides(both, both)
    one = changed(changed(ours.annotations, "EV1", cluster="c1"), "Q1", cluster="c1")
    comparison = Comparison([Side(A, one), theirs])
    gold = chosen(comparison, *(Take(u.key, A) for u in comparison.against(EMPTY).listed))
    assert (gold.event("EV1").cluster, gold.quote("Q1").cluster) == ("c1", "c1")


def test_what_is_not_there_any_more_is_passed_over():
    comparison = compared("[ئازاد]PER", "[ئازاد]PER")
    assert decided(comparison, Take("mention:7", A)).edit.is_empty
    assert decided(comparison, Keep("mention:0")).edit.is_empty


def test_a_layer_that_is_not_compared_comes_along_only():
    ours, theirs = sides(MEETING, MEETING)
    theirs = Side(B, partly(theirs.annotations, mentions=Coverage.PARTIAL))
    comparison = Comparison([ours, theirs])
    done = decided(comparison, Take("event:6", B))
    gold = EMPTY.apply(done.edit)
    assert len(list(gold.mentions())) == 2
    status = gold.status
    assert (status.status, status.mentions) == (SetStatus.COMPLETE, Coverage.PARTIAL)
    assert (status.events, status.quotes) == (Coverage.COMPLETE, Coverage.COMPLETE)


def test_gold_is_complete_when_nothing_is_left():
    comparison = compared("[ئازاد]PER و [شیلان]PER", "[ئازاد]PER و [شیلان]ORG")
    done = decided(comparison, *choices_by(all_agree, comparison.against(EMPTY)))
    gold = EMPTY.apply(done.edit)
    assert gold.status == StatusRecord(
        SetStatus.IN_PROGRESS, Coverage.PARTIAL, Coverage.COMPLETE, Coverage.COMPLETE
    )
    gold = chosen(comparison, Leave("mention:8"), gold=gold)
    assert gold.status.status is SetStatus.COMPLETE
    approved = gold.apply(set_status(gold, SetStatus.APPROVED))
    again = chosen(comparison, Take("mention:8", A), gold=approved)
    assert again.status.status is SetStatus.APPROVED
    news = compared("[ئازاد]PER و [شیلان]PER", "[ئازاد]LOC و [شیلان]ORG")
    opened = chosen(news, Take("mention:8", B), gold=approved)
    assert opened.status.status is SetStatus.IN_PROGRESS
    assert gold.records[STATUS_ID] == gold.status


def test_where_nobody_has_marked_anything_gold_is_empty_and_complete():
    comparison = compared("ئازاد", "ئازاد")
    gold = EMPTY.apply(decided(comparison).edit)
    assert (len(gold), gold.status.status) == (0, SetStatus.COMPLETE)
    assert decided(comparison, gold=gold).edit.is_empty
    assert decided(compared("ئازاد")).edit.is_empty


def test_open_names_of_entities_keep_the_mentions_open():
    ours, theirs = sides("[هەولێر]GPE=E1", "[هەولێر]GPE=E1")
    theirs = Side(B, changed(theirs.annotations, "E1", name="شار"))
    gold = chosen(Comparison([ours, theirs]), Take("mention:0", A))
    assert (gold.status.status, gold.status.mentions) == (
        SetStatus.IN_PROGRESS, Coverage.PARTIAL,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("notations", "labels"),
    [
        (("[ئازاد]PER", "[ئازاد]PER", "[ئازاد]ORG"), ["PER"]),
        (("[ئازاد]PER", "[ئازاد]LOC", "[ئازاد]ORG"), None),
        (("[ئازاد]PER", "ئازاد", "ئازاد"), []),
        (("[ئازاد]PER", "[ئازاد]ORG"), None),
    ],
)
def test_the_majority_decides_where_there_is_one(notations, labels):
    comparison = compared(*notations)
    units = comparison.against(EMPTY)
    choices = choices_by(majority, units)
    gold = chosen(comparison, *choices)
    is_open = comparison.against(gold).open != ()
    assert (None if is_open else [mention.label for mention in gold.mentions()]) == labels


def test_one_annotator_first_leaves_to_the_others_what_that_one_has_not_looked_at():
    ours, theirs = sides("[ئازاد]PER [چوو]Movement.Go", "[ئازاد]ORG [چوو]Movement.Go")
    third = Side(C, theirs.annotations)
    ours = Side(A, partly(ours.annotations, events=Coverage.NONE))
    comparison = Comparison([ours, theirs, third])
    gold = chosen(comparison, *choices_by(first_of(A), comparison.against(EMPTY)))
    assert [mention.label for mention in gold.mentions()] == ["PER"]
    assert [event.type for event in gold.events()] == ["Movement.Go"]


def test_a_strategy_decides_what_only_came_along():
    comparison = compared(MEETING, MEETING.replace("ئازاد]PER", "ئازاد]ORG"))
    gold = chosen(comparison, *choices_by(all_agree, comparison.against(EMPTY)))
    assert [unit[1] for unit in listed(comparison, gold)] == ["unsettled", "taken", "taken"]
    gold = chosen(comparison, *choices_by(first_of(B), comparison.against(gold)), gold=gold)
    assert [unit[1] for unit in listed(comparison, gold)] == ["taken"] * 3
    assert gold.event("EV1").arguments[0].target.mention in gold
    news = compared(MEETING, MEETING.replace("ئازاد]PER", "ئازاد]LOC"))
    assert choices_by(first_of(B), news.against(gold)) == []


def test_a_strategy_leaves_alone_what_was_left_out_before_there_was_news():
    gold = chosen(compared("[ئازاد]PER", "[ئازاد]PER"), Leave("mention:0"))
    news = compared("[ئازاد]PER", "[ئازاد]PER", "[ئازاد]ORG")
    assert listed(news, gold) == [("mention:0", "unsettled", ["label"])]
    assert choices_by(majority, news.against(gold)) == []


def test_keeping_gold_keeps_what_it_leaves_out():
    gold = chosen(compared("[ئازاد]PER", "[ئازاد]PER"), Leave("mention:0"))
    news = compared("[ئازاد]PER", "[ئازاد]ORG")
    gold = chosen(news, Keep("mention:0"), gold=gold)
    assert listed(news, gold) == [("mention:0", "left", ["label"])]
    assert sum(isinstance(record, SuggestionDecision) for record in gold.records.values()) == 1


def test_a_strategy_leaves_alone_what_was_decided():
    comparison = compared("[ئازاد]PER", "[ئازاد]ORG")
    gold = chosen(comparison, Take("mention:0", B))
    assert choices_by(first_of(A), comparison.against(gold)) == []


def test_the_header_tells_of_what_gold_was_made():
    headers = [
        set_header("a1"), set_header("a2", annotators=(AnnotatorId("a2"),)), set_header("a3")
    ]  # fmt: skip
    made = gold_header(
        DocumentId("d1"),
        headers,
        adjudicator=AnnotatorId("c1"),
        taken={SetId("a1"), SetId("gold"), SetId("gold2")},
        now="2026-11-25T10:00:00Z",
    )
    assert (made.id, made.kind, made.adjudicator) == ("gold3", SetKind.ADJUDICATED, "c1")
    assert (made.annotators, made.derived_from) == (("a1", "a2"), ("a1", "a2", "a3"))
    plain = gold_header(DocumentId("d1"), headers, adjudicator=AnnotatorId("c1"), taken=(), now="x")
    assert (plain.id, plain.created, plain.modified) == ("gold", "x", "x")


def used(annotations):
    """The set without entities that nothing refers to, and without its status and refusals."""
    kept = {
        identifier: record
        for identifier, record in annotations.records.items()
        if not isinstance(record, StatusRecord | SuggestionDecision)
        and not (isinstance(record, Entity) and not list(annotations.referring_to(identifier)))
    }
    return type(annotations)(kept, annotations.last_numbers)


@settings(max_examples=35, deadline=None)
@given(works, works, works)
def test_gold_is_whole_and_says_what_was_decided(shared, ours, theirs):
    base = after(EMPTY, shared)
    one, other = after(base, ours), after(base, theirs)
    comparison = Comparison([Side(A, finished(one)), Side(B, finished(other))])
    units = comparison.against(EMPTY)
    gold = chosen(comparison, *choices_by(first_of(A), units))
    assert is_whole(gold)
    assert meaning(used(gold)) == meaning(used(one))
    assert all(unit.layer is Layer.ENTITY for unit in comparison.against(gold).open)
    agreed = chosen(comparison, *choices_by(all_agree, units))
    assert is_whole(agreed)
    rest = chosen(comparison, *choices_by(first_of(B), comparison.against(agreed)), gold=agreed)
    assert is_whole(rest)
    assert set(comparison.against(rest).all) >= set(comparison.against(agreed).all)


@settings(max_examples=20, deadline=None)
@given(works)
def test_everything_is_agreed_where_two_say_the_same(work):
    said = after(EMPTY, work)
    comparison = Comparison([Side(A, finished(said)), Side(B, finished(said))])
    units = comparison.against(EMPTY)
    assert units.open == units.agreed
    gold = chosen(comparison, *choices_by(all_agree, units))
    assert meaning(used(gold)) == meaning(used(said))
    assert comparison.against(gold).open == ()
    assert RecordId("SET") in gold.records or not units.listed


@settings(max_examples=20, deadline=None)
@given(works, works, works, st.sampled_from([A, B]))
def test_decisions_stand_whoever_comes_first_and_whoever_says_the_same(shared, ours, theirs, first):
    base = after(EMPTY, shared)
    one, other = (
        Side(side, finished(after(base, work))) for side, work in ((A, ours), (B, theirs))
    )
    comparison = Comparison([one, other])
    gold = chosen(comparison, *choices_by(first_of(first), comparison.against(EMPTY)))
    gold = chosen(comparison, *(Keep(u.key) for u in comparison.against(gold).open), gold=gold)
    assert comparison.against(gold).open == ()
    assert Comparison([other, one]).against(gold).open == ()
    assert Comparison([one, other, Side(C, one.annotations)]).against(gold).open == ()

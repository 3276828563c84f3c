"""A rule decides at once all that it would decide one time after the other."""

from hypothesis import given, settings, strategies as st

from annotator.adjudication.comparison import Comparison
from annotator.adjudication.grouping import Side
from annotator.adjudication.ruling import decide_by
from annotator.adjudication.strategies import all_agree, choices_by, first_of, majority
from tests.adjudication.sets import EMPTY, NAME, A, B, finished, listed, sides
from tests.builders import changed
from tests.random_work import after, is_whole, works


def ruled(strategy, comparison, gold=EMPTY):
    before = comparison.against(gold)
    return decide_by(strategy, comparison, gold, name=NAME, before=before)


def test_names_of_entities_are_decided_with_what_brings_them():
    ours, theirs = sides("[ئازاد]PER=E1", "[ئازاد]PER=E1")
    theirs = Side(B, changed(theirs.annotations, "E1", name="ئازادی کوڕ"))
    comparison = Comparison([ours, theirs])
    for side, name in ((A, "ئازاد"), (B, "ئازادی کوڕ")):
        done = ruled(first_of(side), comparison)
        gold = EMPTY.apply(done.edit)
        assert [unit[1] for unit in listed(comparison, gold)] == ["taken", "taken"]
        assert [entity.name for entity in gold.entities()] == [name]
        assert done.after.open == ()
    done = ruled(all_agree, comparison)
    assert [unit.state.value for unit in done.after.listed] == ["unsettled", "taken"]


@settings(max_examples=20, deadline=None)
@given(works, works, works, st.sampled_from([all_agree, majority, first_of(A), first_of(B)]))
def test_a_rule_has_nothing_to_say_the_second_time(shared, ours, theirs, strategy):
    base = after(EMPTY, shared)
    one, other = (Side(A, finished(after(base, ours))), Side(B, finished(after(base, theirs))))
    comparison = Comparison([one, other])
    done = ruled(strategy, comparison)
    gold = EMPTY.apply(done.edit)
    assert is_whole(gold)
    assert comparison.against(gold) == done.after
    assert choices_by(strategy, done.after) == []
    assert ruled(strategy, comparison, gold).edit.is_empty

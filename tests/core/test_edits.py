"""Changes and edits as values."""

import pytest
from hypothesis import given, strategies as st

from annotator.core.annotations import Mention
from annotator.core.edits import Change, Edit, Focus, merged
from annotator.core.span import Fragments
from annotator.foundation.errors import Defect
from tests.builders import annotation_set

ONE = Mention("T1", "PER", Fragments.at(0, 5))
ONE_AS_ORG = Mention("T1", "ORG", Fragments.at(0, 5))
TWO = Mention("T2", "GPE", Fragments.at(6, 9))


def test_a_change_has_a_side_and_keeps_its_id():
    with pytest.raises(Defect) as empty:
        Change(None, None)
    assert empty.value.key == "defect.empty_change"
    with pytest.raises(Defect) as renamed:
        Change(ONE, TWO)
    assert renamed.value.key == "defect.change_of_id"
    assert renamed.value.values == {"before": "T1", "after": "T2"}


def test_the_id_of_a_change():
    assert (Change(None, ONE).id, Change(TWO, None).id, Change(ONE, ONE_AS_ORG).id) == (
        "T1",
        "T2",
        "T1",
    )


def test_the_inverse_of_an_edit_turns_its_changes_and_their_order():
    focus = Focus(0, 5, "T1")
    edit = Edit("edit.x", (Change(None, ONE), Change(TWO, None)), focus)
    assert edit.inverse == Edit("edit.x", (Change(None, TWO), Change(ONE, None)), focus)
    assert edit.inverse.inverse == edit


def test_what_an_edit_adds_and_removes():
    edit = Edit("edit.x", (Change(None, ONE), Change(TWO, None)))
    assert (list(edit.added()), list(edit.removed())) == ([ONE], [TWO])
    relabel = Edit("edit.x", (Change(ONE, ONE_AS_ORG),))
    assert (list(relabel.added()), list(relabel.removed())) == ([], [])
    assert not edit.is_empty
    assert Edit("edit.x", ()).is_empty


def test_merging_joins_changes_of_one_record():
    first = Edit("edit.a", (Change(None, ONE),), Focus(1, 1))
    second = Edit("edit.b", (Change(ONE, ONE_AS_ORG), Change(None, TWO)), Focus(2, 2))
    assert merged(first, second) == Edit(
        "edit.b", (Change(None, ONE_AS_ORG), Change(None, TWO)), Focus(1, 1)
    )


def test_what_cancels_out_disappears():
    there = Edit("edit.a", (Change(None, ONE), Change(TWO, None)))
    assert merged(there, there.inverse).is_empty


labels = st.sampled_from([None, "PER", "ORG"])


@st.composite
def three_states(draw):
    """Three sets over the same four ids, and the edits between them."""
    states = [[draw(labels) for _ in range(4)] for _ in range(3)]

    def record(state, n):
        return state[n] and Mention(f"T{n + 1}", state[n], Fragments.at(n, n + 1))

    def edit(one, two):
        pairs = [(record(one, n), record(two, n)) for n in range(4)]
        return Edit("edit.x", tuple(Change(b, a) for b, a in pairs if b != a))

    start = annotation_set(*(r for n in range(4) if (r := record(states[0], n))))
    return start, edit(states[0], states[1]), edit(states[1], states[2])


@given(three_states())
def test_a_merged_edit_does_what_the_two_do(case):
    start, first, second = case
    one_by_one = start.apply(first).apply(second)
    at_once = start.apply(merged(first, second))
    assert at_once.records == one_by_one.records
    assert at_once.apply(merged(first, second).inverse).records == start.records

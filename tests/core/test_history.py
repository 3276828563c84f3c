"""Undo and redo stacks as a replay of the journal."""

import pytest
from hypothesis import given, strategies as st

from annotator.core.annotations import Mention
from annotator.core.edits import Change, Edit
from annotator.core.history import Act, History, JournalEntry, Step
from annotator.core.span import Fragments
from annotator.foundation.errors import Defect


def mention(number, end):
    return Mention(f"T{number}", "PER", Fragments.at(0, end))


def adding(number):
    return Edit("edit.add", (Change(None, mention(number, 1)),))


def moving(start, end):
    return Edit("edit.move", (Change(mention(1, start), mention(1, end)),))


def done(seq, edit, *, joins=False):
    return JournalEntry(seq, Act.DO, edit, "2026-11-21T09:00:00Z", joins=joins)


def taken_back(seq, step):
    edit = step.edit.inverse
    return JournalEntry(seq, Act.UNDO, edit, "2026-11-21T09:00:00Z", target=step.seq)


def brought_back(seq, step):
    return JournalEntry(seq, Act.REDO, step.edit, "2026-11-21T09:00:00Z", target=step.seq)


def test_an_empty_history_has_nothing_to_take_back():
    history = History()
    assert (history.next_undo, history.next_redo, history.depth) == (None, None, 0)


def test_steps_are_taken_back_last_first_and_brought_back_in_order():
    history = History([done(1, adding(1)), done(2, adding(2))])
    one, two = Step(1, adding(1)), Step(2, adding(2))
    assert (history.next_undo, history.depth) == (two, 2)
    history.record(taken_back(3, two))
    assert (history.next_undo, history.next_redo) == (one, two)
    history.record(taken_back(4, one))
    assert (history.next_undo, history.next_redo, history.depth) == (None, one, 0)
    history.record(brought_back(5, one))
    assert (history.next_undo, history.next_redo) == (one, two)


def test_a_new_edit_clears_what_could_be_brought_back():
    history = History([done(1, adding(1)), taken_back(2, Step(1, adding(1))), done(3, adding(2))])
    assert (history.next_undo, history.next_redo) == (Step(3, adding(2)), None)


def test_an_entry_that_joins_is_one_step_with_the_one_before():
    history = History(
        [done(1, adding(1)), done(2, moving(1, 2)), done(3, moving(2, 3), joins=True)]
    )
    assert (history.next_undo, history.depth) == (Step(2, moving(1, 3)), 2)


def test_the_first_entry_joins_nothing():
    history = History([done(1, adding(1), joins=True)])
    assert history.next_undo == Step(1, adding(1))


@pytest.mark.parametrize("act", [Act.UNDO, Act.REDO])
def test_a_journal_out_of_order_is_a_defect(act):
    for entries in ([], [done(1, adding(1))]):
        odd = JournalEntry(9, act, adding(1), "2026-11-21T09:00:00Z", target=7)
        with pytest.raises(Defect) as defect:
            History([*entries, odd])
        assert (defect.value.key, defect.value.values) == ("defect.journal_order", {"seq": 9})


def test_replaying_the_journal_gives_the_same_stacks():
    entries = [done(1, adding(1)), done(2, adding(2)), taken_back(3, Step(2, adding(2)))]
    history = History(entries)
    again = History(entries)
    assert (history.next_undo, history.next_redo) == (again.next_undo, again.next_redo)


ACTS = st.lists(st.sampled_from(["do", "join", "undo", "redo"]), max_size=14)


def journal(acts):
    """A journal in which these acts were done as far as they could be."""
    entries, history = [], History()
    for seq, act in enumerate(acts, 1):
        step = history.next_redo if act == "redo" else history.next_undo
        if act in ("do", "join"):
            entries.append(done(seq, adding(seq), joins=act == "join"))
        elif step is not None:
            made = taken_back if act == "undo" else brought_back
            entries.append(made(seq, step))
        else:
            continue
        history.record(entries[-1])
    return entries


def stacks(history):
    """What can be undone and redone, by undoing and redoing all of it."""
    undone = []
    while (step := history.next_redo) is not None:
        undone.append(step)
        history.record(brought_back(900 + len(undone), step))
    steps = []
    while (step := history.next_undo) is not None:
        steps.append(step)
        history.record(taken_back(950 + len(steps), step))
    return steps, undone


@given(ACTS, st.integers(0, 14))
def test_read_from_its_end_a_journal_gives_the_same_stacks(acts, cut):
    entries = journal(acts)
    older = History(entries[cut:], older=reversed(entries[:cut]))
    assert stacks(older) == stacks(History(entries))
    assert History(older=reversed(entries)).depth == History(entries).depth


def test_only_as_much_is_read_as_is_asked_for():
    read = []

    def older():
        for entry in reversed([done(1, adding(1)), done(2, adding(2)), done(3, adding(3))]):
            read.append(entry.seq)
            yield entry

    history = History(older=older())
    assert read == []
    assert (history.next_undo, history.next_redo) == (Step(3, adding(3)), None)
    assert read == [3]
    history.record(taken_back(4, Step(3, adding(3))))
    assert history.next_undo == Step(2, adding(2))
    assert read == [3, 2]


FIRST = Step(1, adding(1))


@pytest.mark.parametrize(
    "entries",
    [
        [brought_back(2, FIRST)],
        [done(1, adding(1)), brought_back(2, FIRST), done(3, adding(2))],
        [done(1, adding(1)), taken_back(2, FIRST), brought_back(3, Step(9, adding(1)))],
    ],
)
def test_an_older_part_out_of_order_is_a_defect_too(entries):
    with pytest.raises(Defect):
        stacks(History(older=reversed(entries)))

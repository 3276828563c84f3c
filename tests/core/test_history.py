"""Undo and redo stacks as a replay of the journal."""

import pytest

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

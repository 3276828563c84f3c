"""Undo and redo go back to where the work was; failures change nothing."""

import pytest

from annotator.core.commands.mentions import add_mention
from annotator.core.history import Act
from annotator.core.project_edits import ProjectEdit
from annotator.core.span import Fragments
from annotator.foundation.errors import UserError
from annotator.ui.editing.words import Selection
from annotator.ui.keyboard.physical import KeyPress

NEWS = "ئەحمەد گەیشتە هەولێر و کاوە هات"


def test_undo_returns_to_the_place_and_says_what(desk):
    d = desk(NEWS)
    d.at("هەولێر").press("3")
    d.at("کاوە").press("1 Ctrl+Z")
    assert d.editor.selection.caret == d.span("کاوە").start
    assert d.last == ("notice.undone", {"what": "mark entity"})
    d.press("Ctrl+Z")
    assert d.editor.selection.caret == d.span("هەولێر").start
    assert len(d.set) == 0
    d.press("Ctrl+Home Ctrl+Y")
    assert d.editor.selection.caret == d.span("هەولێر").start
    assert (d.editor.selected, d.last[0]) == ("T1", "notice.redone")
    d.press("Ctrl+Shift+Z")
    assert len(d.set) == 2


def test_undo_brings_the_selection_back(desk):
    d = desk(NEWS)
    d.press("Shift+Left 1 Ctrl+End Ctrl+Z")
    assert d.editor.selection == Selection(0, d.span("گەیشتە").end)


def test_undo_leaves_a_mode_whose_record_is_gone_and_keeps_another(desk):
    d = desk(NEWS)
    d.at("گەیشتە").press("E V")
    d.at("هەولێر").press("3 D")
    d.press("Ctrl+Z")
    assert (d.mode(), d.set.event("EV1").arguments) == ("EventFrame", ())
    d.press("Ctrl+Z Ctrl+Z")
    assert d.editor.mode is None
    assert len(d.set) == 0
    assert d.editor.current is None


def test_an_edit_without_a_place_does_not_move_the_eye(desk):
    d = desk("[ئەحمەد]PER هات", caret=7)
    d.press("Ctrl+Z")
    assert d.editor.selection.caret == 7


def test_what_cannot_be_written_is_told_and_changes_nothing(desk):
    d = desk(NEWS)
    before = d.state()
    d.project.close()
    d.press("1")
    assert [type(error) for error in d.failures] == [UserError]
    assert d.state() == before


def test_a_set_changed_meanwhile_refuses_the_old_edit(desk):
    d = desk("[ئەحمەد]PER هات")
    choices = d.editor
    d.press("L")
    link = next(c for c in choices.choices() if c.key == "N")
    d.editor.enter(None)
    d.press("Backspace")
    d.editor.attempt(link.run)
    assert d.refusal() == "refused.no_such_record"


def test_an_edit_that_changes_nothing_still_selects(desk):
    d = desk("[ئەحمەد]PER=E1 [سەرۆک]TITLE=E1")
    heard = []
    d.editor.changed.add(heard.append)
    d.at("سەرۆک").press("L 1")
    assert d.open.next_undo.edit.name == "edit.import"
    assert d.editor.selected == "T2"
    assert heard


def test_places_outside_the_text_are_brought_inside(desk):
    d = desk(NEWS)
    d.editor.place(Selection(-5, 999))
    assert d.editor.selection == Selection(0, len(NEWS))


@pytest.mark.parametrize("opening", ["", "Enter", "E", "Q", "Space"])
def test_what_is_understood_is_what_is_done(desk, opening):
    d = desk("[هات]Movement.Visit و [ئەو]PER گوتی «باشە»")
    depth = d.open.next_undo
    for key in (*"ABEFHLMNQSZ017", "Escape", "Enter", "Tab", "F5", "Space", "Backspace"):
        for shift in (False, True):
            while d.open.next_undo != depth:
                d.press("Ctrl+Z")
            d.editor.enter(None)
            d.at("باشە" if opening == "Q" else "هات")
            if opening:
                d.press(opening)
            press, before = KeyPress(key=key, shift=shift), d.state()
            is_understood = d.editor.understands(press)
            assert d.state() == before
            assert d.editor.press(press) is is_understood


def test_undoing_much_is_told_loudly(desk):
    d = desk("[یەک]PER [دوو]PER [سێ]PER [چوار]PER [پێنج]PER")
    d.press("Ctrl+Z")
    assert len(d.set) == 0
    assert (d.refusal(), d.last[1]["count"]) == ("notice.undone_many", 5)


def test_that_only_a_part_of_a_step_of_the_project_was_undone_is_told(desk):
    d = desk(NEWS)
    place = Fragments((d.span("هەولێر"),))
    edit = add_mention(d.set, d.editor.scheme, place, "GPE", entity=None)
    with d.project.transaction() as transaction:
        step = d.project.project_journal.append(
            transaction, Act.DO, ProjectEdit("edit.merge"), at="2026-11-25T09:00:00Z"
        )
        written = d.open.write(transaction, edit, Act.DO, project=step.seq)
    d.open.take(written)
    d.press("Ctrl+Z")
    assert d.last == ("notice.undone_part", {"what": "mark entity"})
    d.press("Ctrl+Y")
    assert d.last == ("notice.redone_part", {"what": "mark entity"})

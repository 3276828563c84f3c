"""The palette by its keys, and what it does in the real window."""

import pytest
from PySide6.QtCore import Qt

from annotator.app import make_desk, make_shell
from annotator.foundation.catalogue import without_isolates
from annotator.ui.dialogs import palette as palette_dialog
from annotator.ui.dialogs.palette import CommandPalette
from annotator.ui.fields import TextField
from annotator.ui.keyboard.keymap import default_keymap
from annotator.ui.palette_acts import RECENT_LIMIT, recent_choices, remember_choice
from annotator.ui.palette_entries import action_entries, document_entries
from tests.journeys.stage import stage
from tests.key_events import press
from tests.ui.window_room import boxes, make_project

__all__ = ["boxes", "stage"]

ACTIONS = ("project.new", "edit.undo", "edit.redo")


@pytest.fixture
def palette(catalogue, qtbot):
    entries = action_entries(ACTIONS, (catalogue,), default_keymap(), frozenset(ACTIONS[:2]))
    made = CommandPalette(catalogue, entries, lambda: (), recent=(), platform="xcb", parent=None)
    qtbot.addWidget(made)
    made.show()
    return made


def listed(palette):
    return [entry.id for entry in palette.shown]


def test_arrows_choose_and_enter_takes(palette):
    assert (listed(palette), palette.present.id) == (list(ACTIONS), "project.new")
    press(palette.field, "Down")
    assert palette.present.id == "edit.undo"
    press(palette.field, "Up Down Enter")
    assert (palette.chosen, palette.isVisible()) == ("edit.undo", False)


def test_what_cannot_run_says_so_and_stays(palette):
    press(palette.field, "Down Down Enter")
    assert (palette.chosen, palette.isVisible()) == (None, True)
    assert palette.message.objectName() == "refusal"
    assert palette.message.isVisible()


def test_a_click_takes(palette):
    palette.list.itemClicked.emit(palette.list.item(1))
    assert palette.chosen == "edit.undo"


@pytest.mark.parametrize("chord", ["Escape", "Ctrl+K"])
def test_it_goes_away_without_doing_anything(palette, chord):
    press(palette.field, chord, layout="iq(ku_ara)")
    assert (palette.chosen, palette.isVisible()) == (None, False)


def test_typing_narrows_the_list_and_nothing_found_is_told(palette):
    palette.field.setText("xyzzy")
    assert (listed(palette), palette.present) == ([], None)
    assert palette.message.isVisible()
    press(palette.field, "Enter")
    assert palette.chosen is None
    palette.field.setText("")
    assert not palette.message.isVisible()


def test_rows_are_spoken_whole(palette):
    spoken = palette.list.item(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert palette.shown[1].title in spoken
    assert "Ctrl+Z" in without_isolates(spoken)


def test_documents_are_asked_for_once_and_late(catalogue, qtbot):
    asked = []
    made = CommandPalette(
        catalogue,
        [],
        lambda: asked.append(None) or (),
        recent=(),
        platform="xcb",
        parent=None,
    )
    qtbot.addWidget(made)
    assert asked == []
    made.field.setText("a")
    made.field.setText("ab")
    assert asked == [None]


def test_very_many_documents_join_while_one_goes_on_typing(english, qtbot, monkeypatch):
    monkeypatch.setattr(palette_dialog, "_MOMENT", 0.0)
    names = [(f"d{number}", f"news {number}") for number in range(50)]
    made = CommandPalette(
        english,
        action_entries(ACTIONS, (english,), default_keymap(), frozenset(ACTIONS)),
        lambda: document_entries(names, english),
        recent=(),
        platform="xcb",
        parent=None,
    )
    qtbot.addWidget(made)
    made.field.setText("news 49")
    assert listed(made) == []
    qtbot.wait_until(lambda: listed(made) == ["document:d49"])
    assert made.present.id == "document:d49"


@pytest.fixture
def desk(stage, tmp_path):
    return stage(make_project(tmp_path), language="en")


def typing(monkeypatch, text):
    """Let whoever opens the palette type this and press Enter."""
    seen = []

    def run(palette):
        palette.field.setText(text)
        seen.append(palette.present)
        press(palette.field, "Enter")
        return 0

    monkeypatch.setattr(CommandPalette, "exec", run)
    return seen


@pytest.mark.parametrize(
    ("text", "check"),
    [
        ("mark event", lambda desk: desk.editor.mode is not None),
        ("نیشانە قەوارە شار", lambda desk: _labels(desk) == ["GPE"]),
        ("organization", lambda desk: _labels(desk) == ["ORG"]),
        ("contact.meet", lambda desk: len(list(desk.editor.annotations.events())) == 1),
        ("دووه‌م", lambda desk: desk.editor.document.document.id == "a2"),
        ("line further", lambda desk: desk.window.view.page.page_style.line_height > 1.5),
    ],
)
def test_what_is_chosen_happens_and_the_keys_are_on_the_page(desk, monkeypatch, text, check):
    desk.typist.press("Left")
    typing(monkeypatch, text)
    desk.typist.press("Ctrl+K")
    assert check(desk)
    assert desk.window.focusWidget() is desk.window.view.page


def _labels(desk):
    return [mention.label for mention in desk.editor.annotations.mentions()]


def test_what_was_used_stands_first_the_next_time(desk, monkeypatch):
    typing(monkeypatch, "further apart")
    desk.typist.press("Ctrl+K")
    assert recent_choices() == ["view.lines_apart"]
    seen = typing(monkeypatch, "")
    desk.typist.press("Ctrl+K")
    assert seen[0].id == "view.lines_apart"


def test_few_choices_are_remembered(desk):
    for number in range(RECENT_LIMIT + 3):
        remember_choice(f"act.{number}")
    remember_choice("act.5")
    assert recent_choices()[:2] == ["act.5", f"act.{RECENT_LIMIT + 2}"]
    assert len(recent_choices()) == RECENT_LIMIT


def test_undo_can_run_only_when_there_is_something(desk, monkeypatch):
    seen = typing(monkeypatch, "undo")
    desk.typist.press("Ctrl+K")
    desk.typist.press("3 Ctrl+K")
    assert [entry.is_enabled for entry in seen] == [False, True]
    assert _labels(desk) == []


def test_from_a_field_of_a_panel_and_under_a_kurdish_layout(desk, monkeypatch):
    field = desk.window.documents.findChild(TextField)
    field.setFocus()
    typing(monkeypatch, "mark event")
    press(field, "Ctrl+K", layout="iq(ku_ara)")
    assert desk.editor.mode is not None
    assert desk.window.focusWidget() is desk.window.view.page


def test_without_a_project_what_needs_one_is_faint(qapp, stage, monkeypatch, boxes):
    shell = make_shell(qapp, make_desk(language="en"))
    shell.start([])
    states = {}

    def run(palette):
        states.update({entry.id: entry.is_enabled for entry in palette.shown})
        return 0

    monkeypatch.setattr(CommandPalette, "exec", run)
    press(shell.start_window, "Ctrl+K")
    named = ("project.open", "preferences.open", "project.import", "event.new")
    assert [states[action] for action in named] == [True, True, False, False]
    typing(monkeypatch, "high contrast")
    press(shell.start_window, "Ctrl+K")
    assert shell.desk.theme.name == "dark"
    assert boxes.texts == []
    shell.quit()
    shell.close()

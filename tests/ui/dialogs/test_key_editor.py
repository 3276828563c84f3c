"""The key editor by its own keys: recording, refusing, taking, resetting, files."""

import json

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from annotator.foundation.catalogue import without_isolates
from annotator.ui.dialogs.key_editor import KeyEditor
from annotator.ui.keyboard.key_table import KeyTable
from annotator.ui.keyboard.user_keys import UserKeys, read_keys
from annotator.workbench.schemes import DEFAULT_SCHEME, read_scheme_text, scheme_from_text
from tests.key_events import press

SCHEME = scheme_from_text(read_scheme_text(DEFAULT_SCHEME))
TABLE = KeyTable(UserKeys(), SCHEME)


@pytest.fixture
def editor(catalogue, qtbot):
    made = KeyEditor(catalogue, TABLE, None, platform="xcb")
    qtbot.addWidget(made)
    made.show()
    return made


def record(editor, slot, chord, layout="us"):
    editor.tree.go_to(slot)
    press(editor.tree, "Enter")
    assert editor.recorder.isVisible()
    press(editor.recorder, chord, layout=layout)


def told(editor):
    return without_isolates(editor.message.text())


def test_enter_on_a_row_records_the_next_key_by_its_place(editor):
    record(editor, "event.new", "Ctrl+Shift+E", layout="iq(ku_ara)")
    assert editor.table.chords("event.new") == ("E", "Ctrl+Shift+E")
    assert not editor.recorder.isVisible()
    assert editor.tree.present == "event.new"
    assert "E / ە" in told(editor)


@pytest.mark.parametrize("chord", ["Ctrl+Tab", "Ctrl+Enter", "Shift+F4", "Ctrl+Space", "Ctrl+C"])
def test_keys_that_mean_something_in_dialogs_can_be_recorded(editor, chord):
    editor.tree.go_to("event.new")
    for action, taken in (("set.complete", "Ctrl+Enter"), ("suggestion.next", "Tab")):
        editor.table = editor.table.without_chord(action, taken)
    record(editor, "event.new", chord)
    assert chord in editor.table.chords("event.new")


def test_escape_leaves_everything_as_it_was(editor):
    record(editor, "event.new", "Escape")
    assert editor.table == TABLE
    assert not editor.recorder.isVisible()
    assert editor.isVisible()


def test_a_modifier_alone_is_waited_out(editor):
    editor.tree.go_to("event.new")
    editor.record()
    editor.recorder.recorded.connect(lambda chord: pytest.fail(chord))
    shift = QKeyEvent(
        QEvent.Type.KeyPress, Qt.Key.Key_Shift, Qt.KeyboardModifier.NoModifier, 50, 0, 0
    )
    QApplication.sendEvent(editor.recorder, shift)
    assert editor.recorder.isVisible()


def test_a_taken_key_is_refused_by_name_and_may_be_taken(editor, catalogue):
    record(editor, "quote.new", "E")
    assert editor.table == TABLE
    assert editor.message.objectName() == "refusal"
    assert TABLE.title("event.new", catalogue) in told(editor)
    assert editor.buttons["take"].isVisible()
    editor.buttons["take"].click()
    assert editor.table.chords("quote.new") == ("Q", "E")
    assert editor.table.chords("event.new") == ()
    assert not editor.buttons["take"].isVisible()


def test_a_reserved_key_is_refused_and_cannot_be_taken(editor):
    record(editor, "quote.new", "Ctrl+Shift+1")
    assert (editor.table, editor.message.objectName()) == (TABLE, "refusal")
    assert not editor.buttons["take"].isVisible()


def test_two_labels_two_types_and_two_roles_do_not_share_a_key(editor):
    shown = TABLE.chords
    types = [place for place in TABLE.places() if place.startswith("event_types/")]
    roles = [place for place in types if place.startswith(f"{types[0]}/roles/")]
    others = [place for place in types if "/roles/" not in place]
    for first, second in (("labels/PER", "labels/ORG"), others[:2], roles[:2]):
        record(editor, first, shown(second)[0])
        assert editor.table == TABLE
        assert editor.buttons["take"].isVisible()
        editor.buttons["take"].click()
        assert editor.table.chords(first) == shown(second)
        assert editor.table.chords(second) == shown(first)
        editor.table = TABLE


def test_keys_are_removed_and_come_back(editor):
    editor.tree.go_to("annotation.delete")
    editor.buttons["drop"].click()
    assert editor.table.chords("annotation.delete") == ("Backspace",)
    editor.buttons["drop"].click()
    editor.buttons["drop"].click()
    assert editor.table.chords("annotation.delete") == ()
    editor.buttons["reset"].click()
    assert editor.table == TABLE
    record(editor, "event.new", "K")
    editor.buttons["reset_all"].click()
    assert editor.table == TABLE


def test_the_filter_folds_spellings_and_leads_to_the_row(editor, catalogue):
    editor.filter.setText("گهرانهوه" if catalogue.language == "ckb" else "UNDO")
    assert editor.tree.present == "edit.undo"
    assert len(editor.tree.shown) < 6
    editor.filter.setText("xyzzy")
    assert editor.tree.shown == []
    editor.buttons["record"].click()
    editor.filter.setText("")
    assert len(editor.tree.shown) == len(TABLE.action_slots()) + len(TABLE.places())


def test_keys_travel_as_a_file(editor, tmp_path):
    record(editor, "event.new", "K")
    record(editor, "labels/PER", "Shift+1")
    path = tmp_path / "mine.json"
    editor.save(path)
    assert path.name in told(editor)
    assert read_keys(path) == editor.table.keys
    editor.buttons["reset_all"].click()
    editor.load(path)
    assert path.name in told(editor)
    assert editor.table.chords("event.new") == ("E", "K")
    assert editor.table.chords("labels/PER") == ("Shift+1",)


@pytest.mark.parametrize("content", ["", "{}", "[1]", json.dumps({"format": "nishan-keys/9"})])
def test_a_wrong_file_is_refused_and_nothing_changes(editor, tmp_path, content):
    path = tmp_path / "wrong.json"
    path.write_text(content, encoding="utf-8")
    editor.load(path)
    assert (editor.table, editor.message.objectName()) == (TABLE, "refusal")
    assert path.name in told(editor)


def test_a_file_that_cannot_be_written_is_told(editor, tmp_path):
    editor.save(tmp_path)
    assert editor.message.objectName() == "refusal"


def test_without_a_scheme_there_are_only_actions(qtbot, english):
    made = KeyEditor(english, replace(TABLE, scheme=None), None, platform="xcb")
    qtbot.addWidget(made)
    assert len(made.tree.shown) == len(KeyTable(UserKeys()).action_slots())

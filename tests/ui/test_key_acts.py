"""Changed keys in the running program: at once, after a restart, and never in the project."""

import json

import pytest

from annotator.app import make_desk, make_shell
from annotator.core.span import Span
from annotator.foundation.catalogue import without_isolates
from annotator.foundation.paths import settings_folder
from annotator.ui.demo.hand import Hand
from annotator.ui.demo.typist import Typist
from annotator.ui.dialogs.key_editor import KeyEditor
from annotator.ui.dialogs.key_sheet import KeySheet
from annotator.ui.keyboard.user_keys import KEYS_FILE, UserKeys, load_keys, save_keys
from annotator.workbench.clock import system_clock
from annotator.workbench.export_scope import ExportChoices, Scope
from annotator.workbench.exporting import Exporter
from tests.journeys.stage import stage
from tests.key_events import press
from tests.ui.window_room import boxes, make_project

__all__ = ["boxes", "stage"]


def editing(monkeypatch, change, button="ok"):
    """Let the key editor change its table and press a button."""

    def run(editor):
        editor.table = change(editor.table)
        getattr(editor, button).click()
        return 0

    monkeypatch.setattr(KeyEditor, "exec", run)


@pytest.fixture
def desk(stage, tmp_path):
    return stage(make_project(tmp_path), language="en")


def edit(desk):
    """Run the editor; the window is another one afterwards."""
    desk.shell.run("keys.edit")
    desk.typist = Typist(desk.window, press)
    desk.hand = Hand(desk.typist, lambda: desk.editor)


def labels(desk):
    return [mention.label for mention in desk.editor.annotations.mentions()]


def word(desk, name):
    start = desk.editor.text.index(name)
    desk.hand.select(Span(start, start + len(name)))


def titles(desk):
    legend = desk.window.view.legend.legend
    return {entry.title: without_isolates(entry.cap) for entry in legend.entries}


def test_changed_keys_hold_at_once_everywhere_and_after_a_restart(desk, monkeypatch, stage):
    editing(monkeypatch, lambda table: table.with_chord("event.new", "K").without_chord(
        "event.new", "E"
    ))  # fmt: skip
    edit(desk)
    desk.typist.press("E")
    assert desk.editor.mode is None
    assert desk.window.around.menu_actions["event.new"].text().endswith("K / ک\u2069")
    assert titles(desk)["event…"] == "K / ک"
    desk.typist.press("K")
    assert desk.editor.mode is not None
    assert make_desk().keymap.chords_of("event.new") == ("K",)


def test_labels_types_and_roles_answer_to_their_new_keys(desk, monkeypatch):
    scheme = desk.shell.workspace.plain_scheme
    meet = scheme.event_type("Contact.Meet")
    role = meet.roles[0]

    def change(table):
        table = table.with_chord("labels/LOC", "K").with_chord("labels/GPE", "Shift+1")
        table = table.with_chord("event_types/Contact.Meet", "7")
        return table.with_chord(f"event_types/Contact.Meet/roles/{role.id}", "8")

    editing(monkeypatch, change)
    edit(desk)
    word(desk, "هەولێر")
    assert titles(desk)["Location"] == "K / ک"
    desk.typist.press("K")
    word(desk, "کوردستانە")
    desk.typist.press("Shift+1 3")
    assert labels(desk) == ["LOC", "GPE"]
    assert "3" in without_isolates(desk.window.status.notice)
    word(desk, "کۆبوونەوە")
    desk.typist.press("E 7 Backspace")
    (event,) = desk.editor.annotations.events()
    assert event.type == "Contact.Meet"
    assert titles(desk)[role.name.en] == "8 / ٨"


def test_cancel_changes_nothing(desk, monkeypatch):
    editing(monkeypatch, lambda table: table.with_chord("event.new", "K"), "cancel")
    before, window = desk.shell.desk, desk.window
    desk.shell.run("keys.edit")
    assert (desk.shell.desk, desk.window) == (before, window)
    assert not (settings_folder() / KEYS_FILE).exists()


def test_the_sheet_leads_to_the_editor(desk, monkeypatch):
    monkeypatch.setattr(KeySheet, "exec", lambda sheet: sheet.edit.click())
    editing(monkeypatch, lambda table: table.with_chord("event.new", "K"))
    desk.typist.press("Shift+Slash")
    assert desk.shell.desk.keymap.chords_of("event.new") == ("E", "K")


def test_keys_stay_out_of_project_and_gold(stage, tmp_path, monkeypatch):
    project = make_project(tmp_path)
    plain = stage(project, language="en")
    stored = plain.shell.workspace.project.schemes.current()
    plain.close()
    keys = UserKeys().with_scheme("ckb-news", {"labels/GPE": "Shift+1", "labels/PER": ""})
    save_keys(settings_folder(), keys)
    desk = stage(project, language="en")
    word(desk, "هەولێر")
    desk.typist.press("Shift+1")
    assert labels(desk) == ["GPE"]
    workspace = desk.shell.workspace
    assert workspace.project.schemes.current() == stored
    assert workspace.scheme.sha256 == workspace.plain_scheme.sha256
    assert workspace.scheme.label("PER").key is None
    assert workspace.plain_scheme.label("PER").key == "1"
    target = tmp_path / "out.jsonl"
    choices = ExportChoices(Scope.ALL, is_draft=True)
    Exporter(workspace.project, system_clock).export_gold(target, choices)
    told = "".join(path.read_text(encoding="utf-8") for path in tmp_path.glob("out*"))
    assert '"GPE"' in told
    assert "Shift+1" not in told
    assert b"Shift+1" not in project.read_bytes()


def test_damaged_keys_are_told_once_and_the_usual_ones_hold(qapp, stage, tmp_path, boxes):
    path = settings_folder() / KEYS_FILE
    path.parent.mkdir(parents=True)
    path.write_text("{ damaged", encoding="utf-8")
    shell = make_shell(qapp, make_desk(language="en"))
    shell.start([make_project(tmp_path)])
    assert len(boxes.texts) == 1
    assert KEYS_FILE in boxes.texts[0]
    assert shell.desk.keys == UserKeys()
    assert path.read_text(encoding="utf-8") == "{ damaged"
    shell.quit()
    shell.close()


def test_a_choice_made_over_a_damaged_file_is_kept(desk, monkeypatch):
    path = settings_folder() / KEYS_FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"format": "other"}), encoding="utf-8")
    editing(monkeypatch, lambda table: table.with_chord("event.new", "K"))
    desk.shell.run("keys.edit")
    keys, trouble = load_keys(settings_folder())
    assert (keys.keymap.chords_of("event.new"), trouble) == (("E", "K"), None)

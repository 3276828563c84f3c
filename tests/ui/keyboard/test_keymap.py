"""Bindings, the user's changes to them, and what is refused."""

import json

import pytest
from hypothesis import given, strategies as st

from annotator.foundation.errors import Refused, UserError
from annotator.ui.keyboard.actions import action_ids
from annotator.ui.keyboard.keymap import Binding, Keymap, default_keymap
from annotator.ui.keyboard.physical import KeyPress, parse_chord

DEFAULTS = """
move.word_left Left | move.letter_right Alt+Right | move.sentence_left Ctrl+Left
move.document_end Ctrl+End | select.word_left Shift+Left | select.sentence_right Ctrl+Shift+Right
select.document_start Ctrl+Shift+Home | select.page_down Shift+PageDown
select.letter_left Shift+Comma | select.letter_right Shift+Period
boundary.end_left Alt+Shift+Left | boundary.start_right Ctrl+Alt+Shift+Right
label.1 1 | label.0 0 | event.new E | quote.new Q | quote.speaker S | quote.cue C
quote.addressee D | fragment.add Shift+Equal | entity.link L | attribute.pick F
mention.level M | span.head H | clitic.shorten W | clitic.restore Shift+W | repeat.last R
select.word Space | annotation.outer Shift+Enter | annotation.open Enter
annotation.next N | annotation.previous P
annotation.delete Backspace | annotation.delete Delete | edit.undo Ctrl+Z | edit.redo Ctrl+Y
edit.redo Ctrl+Shift+Z | set.complete Ctrl+Enter
help.guide F1 | help.keys Shift+Slash | help.keys Ctrl+F1
project.open Ctrl+O | project.import Ctrl+I | project.export Ctrl+E | project.new Ctrl+N
document.next Ctrl+PageDown | document.previous Ctrl+PageUp | view.zoom_in Ctrl+Equal
view.zoom_out Ctrl+Minus | view.zoom_reset Ctrl+0 | language.switch Ctrl+L | app.quit Ctrl+Q
mode.leave Escape
"""
CELLS = [cell.split() for cell in DEFAULTS.replace("\n", "|").split("|") if cell.strip()]


@pytest.mark.parametrize(("action", "chord"), CELLS)
def test_default_bindings(action, chord):
    assert default_keymap().action_for(parse_chord(chord)) == action


def test_default_bindings_are_canonical_and_free_of_conflicts():
    chords = [binding.chord for binding in default_keymap().bindings]
    assert [parse_chord(chord).chord for chord in chords] == chords
    assert len(set(chords)) == len(chords)


def test_text_and_repeat_do_not_matter():
    press = KeyPress(key="E", text="ە", is_repeat=True)
    assert default_keymap().action_for(press) == "event.new"
    assert default_keymap().action_for(KeyPress(key="F12")) is None


def test_an_override_replaces_all_chords_of_the_action():
    keymap = default_keymap().with_override("annotation.delete", "Shift+Ctrl+D")
    assert keymap.chords_of("annotation.delete") == ("Ctrl+Shift+D",)
    assert keymap.action_for(KeyPress(key="Backspace")) is None


def test_a_chord_of_another_action_is_refused_and_names_it():
    with pytest.raises(Refused) as refusal:
        default_keymap().with_override("quote.new", "E")
    assert refusal.value.key == "keys.conflict"
    assert refusal.value.values == {"chord": "E", "action": "event.new"}


def test_one_of_its_own_chords_may_be_kept():
    assert default_keymap().with_override("edit.redo", "Ctrl+Y").chords_of("edit.redo") == (
        "Ctrl+Y",
    )


@pytest.mark.parametrize(
    ("chord", "reason"),
    [
        ("Ctrl+Shift+1", "keys.typed_by_layouts"),
        ("Shift+Ctrl+0", "keys.typed_by_layouts"),
        ("Shift", "keys.only_modifiers"),
        ("Ctrl+Alt", "keys.only_modifiers"),
        ("Alt+F4", "keys.taken_by_system"),
        ("Ctrl+Nothing", "keys.unknown_chord"),
    ],
)
def test_unusable_chords_are_refused(chord, reason):
    with pytest.raises(Refused) as refusal:
        default_keymap().with_override("event.new", chord)
    assert refusal.value.key == reason


def test_two_actions_exchange_their_keys():
    keymap = default_keymap().without("event.new").with_override("quote.new", "E")
    keymap = keymap.with_override("event.new", "Q")
    assert keymap.to_json() == {"event.new": ["Q"], "quote.new": ["E"]}
    assert [keymap.action_of(chord) for chord in ("E", "Q")] == ["quote.new", "event.new"]


def test_only_differences_are_written():
    assert default_keymap().to_json() == {}
    assert default_keymap().without("label.1").to_json() == {"label.1": []}
    assert Keymap.from_json({}) == default_keymap()


@given(st.lists(st.tuples(st.sampled_from(action_ids()), st.sampled_from("EQXT01")), max_size=6))
def test_the_json_reads_back_as_the_same_keymap(changes):
    keymap = default_keymap()
    for action, key in changes:
        owner = keymap.action_of(f"Alt+{key}")
        keymap = keymap.without(owner) if owner else keymap
        keymap = keymap.with_override(action, f"Alt+{key}")
    assert Keymap.from_json(json.loads(json.dumps(keymap.to_json()))) == keymap


def test_a_choice_of_the_user_wins_over_a_default_and_unknown_actions_survive():
    saved = {"future.thing": ["E"]}
    keymap = Keymap.from_json(saved)
    assert keymap.action_of("E") == "future.thing"
    assert keymap.bindings[-1] == Binding(chord="E", action_id="future.thing")
    assert keymap.to_json() == {"event.new": [], "future.thing": ["E"]}


@pytest.mark.parametrize(
    ("saved", "error", "reason"),
    [
        ([], UserError, "keys.not_a_keymap"),
        ({"event.new": "E"}, UserError, "keys.not_a_keymap"),
        ({"event.new": [1]}, UserError, "keys.not_a_keymap"),
        ({"event.new": ["Ctrl+Shift+1"]}, Refused, "keys.typed_by_layouts"),
        ({"event.new": ["X"], "quote.new": ["X"]}, Refused, "keys.conflict"),
    ],
)
def test_unreadable_keymaps(saved, error, reason):
    with pytest.raises(error) as raised:
        Keymap.from_json(saved)
    assert raised.value.key == reason


def test_chords_are_added_and_taken_away_one_by_one():
    keymap = default_keymap().with_chord("event.new", "Shift+Ctrl+J")
    assert keymap.chords_of("event.new") == ("E", "Ctrl+Shift+J")
    assert keymap.with_chord("event.new", "E") == keymap
    assert keymap.without_chord("event.new", "E").chords_of("event.new") == ("Ctrl+Shift+J",)
    assert keymap.with_default("event.new") == default_keymap()
    with pytest.raises(Refused) as refusal:
        keymap.with_chord("quote.new", "E")
    assert refusal.value.key == "keys.conflict"


def test_usual_chords_do_not_come_back_over_another_action():
    keymap = default_keymap().without("event.new").with_override("quote.new", "E")
    with pytest.raises(Refused) as refusal:
        keymap.with_default("event.new")
    assert refusal.value.values == {"chord": "E", "action": "quote.new"}

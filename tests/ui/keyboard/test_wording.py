"""Keys, actions and refusals in both languages."""

import pytest

from annotator.foundation.catalogue import LANGUAGES, load_catalogue, without_isolates
from annotator.foundation.errors import Refused, UserError
from annotator.ui.keyboard.actions import action_ids
from annotator.ui.keyboard.keymap import Keymap, default_keymap
from annotator.ui.keyboard.layouts import typing_keys
from annotator.ui.keyboard.physical import KEYS, MODIFIERS
from annotator.ui.keyboard.wording import action_title, chord_text, key_text, refusal_text


@pytest.fixture(params=LANGUAGES)
def catalogue(request):
    return load_catalogue(request.param)


def test_every_action_has_a_title_of_its_own(catalogue):
    titles = [action_title(catalogue, action) for action in action_ids()]
    assert len(set(titles)) == len(titles)
    assert not set(titles) & set(action_ids())


def test_every_key_that_types_nothing_has_a_name(catalogue):
    named = (*(KEYS - set(typing_keys())), *MODIFIERS)
    assert all(f"key.{key}" in catalogue for key in named)


@pytest.mark.parametrize(
    ("chord", "text"),
    [
        ("E", "E / ە"),
        ("Ctrl+Shift+Z", "Ctrl+Shift+Z / ز"),
        ("Alt+Shift+Left", "Alt+Shift+←"),
        ("PageUp", "Page Up"),
        ("Slash", "/"),
    ],
)
def test_chords_show_both_caps(catalogue, chord, text):
    shown = chord_text(catalogue, chord)
    assert without_isolates(shown) == text
    assert shown == f"\u2068{text}\u2069"


def test_the_space_bar_is_named_in_the_language():
    assert [key_text(load_catalogue(name), "Space") for name in ("en", "ckb")] == [
        "Space",
        "بۆشایی",
    ]


def refusal_of(act, *arguments):
    with pytest.raises((Refused, UserError)) as raised:
        act(*arguments)
    return raised.value


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "en",
            "E / ە already calls “Mark as event…”; choose another key, or change that one first.",
        ),
        (
            "ckb",
            "E / ە پێشتر بۆ «وەک ڕووداو نیشانە بکە…» دانراوە؛"
            " کلیلێکی تر هەڵبژێرە، یان یەکەم جار ئەویان بگۆڕە.",
        ),
    ],
)
def test_a_conflict_names_the_other_action(language, sentence):
    error = refusal_of(default_keymap().with_override, "quote.new", "E")
    assert without_isolates(refusal_text(load_catalogue(language), error)) == sentence


@pytest.mark.parametrize("chord", ["Ctrl+Shift+3", "Alt+F4", "Ctrl+Alt", "Ctrl+Nothing"])
def test_every_refusal_is_a_sentence_with_the_chord(catalogue, chord):
    error = refusal_of(default_keymap().with_override, "quote.new", chord)
    sentence = without_isolates(refusal_text(catalogue, error))
    assert chord.replace("+3", "+3 / ٣") in sentence
    assert sentence.endswith(".")


def test_an_unreadable_keymap_is_told(catalogue):
    error = refusal_of(Keymap.from_json, {"event.new": 5})
    assert "event.new" in refusal_text(catalogue, error)
    assert action_title(catalogue, "future.thing") == "future.thing"

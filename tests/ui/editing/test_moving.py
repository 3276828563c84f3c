"""Arrow keys go where they point: forward is left in a Kurdish paragraph."""

import pytest

from annotator.ui.editing.words import Selection

RTL = "یەک دوو سێ. چوار پێنج شەش حەوت"
LTR = "one two six. four five seven"


@pytest.mark.parametrize(
    ("text", "caret", "chord", "expected"),
    [
        (RTL, 4, "Left", (8, 8)),
        (RTL, 4, "Right", (0, 0)),
        (LTR, 4, "Right", (8, 8)),
        (LTR, 4, "Left", (0, 0)),
        (RTL, 4, "Ctrl+Left", (12, 12)),
        (RTL, 14, "Ctrl+Right", (12, 12)),
        (LTR, 4, "Ctrl+Right", (13, 13)),
        (RTL, 4, "Alt+Left", (5, 5)),
        (RTL, 4, "Alt+Right", (3, 3)),
        (RTL, 14, "Up", (4, 4)),
        (RTL, 4, "Up", (0, 0)),
        (RTL, 4, "Down", (14, 14)),
        (RTL, 14, "Home", (10, 10)),
        (RTL, 14, "End", (19, 19)),
        (RTL, 14, "Ctrl+Home", (0, 0)),
        (RTL, 14, "Ctrl+End", (len(RTL), len(RTL))),
        (RTL, 14, "PageUp", (0, 0)),
        (RTL, 14, "PageDown", (len(RTL), len(RTL))),
        (RTL, 4, "Shift+Left", (4, 10)),
        (RTL, 4, "Shift+Right", (7, 0)),
        (LTR, 4, "Shift+Right", (4, 11)),
        (LTR, 4, "Shift+Left", (7, 0)),
        (RTL, 4, "Ctrl+Shift+Left", (4, 11)),
        (RTL, 4, "Ctrl+Shift+Right", (4, 0)),
        (LTR, 4, "Ctrl+Shift+Right", (4, 12)),
        (RTL, 4, "Shift+Comma", (4, 5)),
        (RTL, 4, "Shift+Period", (4, 3)),
        (RTL, 4, "Shift+Down", (4, 14)),
        (RTL, 14, "Shift+Ctrl+Home", (14, 0)),
        (RTL, 5, "Space", (4, 7)),
    ],
)
def test_a_key_moves_the_caret(desk, text, caret, chord, expected):
    d = desk(text, caret=caret)
    assert d.press(chord)
    assert d.editor.selection == Selection(*expected)
    assert d.told == []


def test_space_between_words_selects_nothing(desk):
    d = desk("یەک   دوو", caret=4)
    d.press("Space")
    assert d.editor.selection == Selection.at(4)


def test_every_key_of_an_empty_text_is_harmless(desk):
    d = desk("")
    d.sight.visible = None
    for binding in d.keymap.bindings:
        d.press(binding.chord)
        assert d.editor.focus.caret == 0
        assert not d.set.records
        d.legend()
    assert d.editor.in_sight() == []

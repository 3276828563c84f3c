"""Real events of each layout become the same presses; text fields still get their letters."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from annotator.ui.keyboard.from_qt import key_press_from
from annotator.ui.keyboard.keymap import default_keymap
from annotator.ui.keyboard.layouts import LAYOUTS
from tests.key_events import NAMED, further_letters, key_event, press, typed_by, typing_events

PLATFORMS = ("xcb", "wayland", "windows", "cocoa", "offscreen")
WINDOWS_ALT_GR = 0x42
Key, Modifier = Qt.Key, Qt.KeyboardModifier


def an_event(qt_key, held=Modifier.NoModifier, *, scan=0, virtual=0, native=0, text=""):
    return QKeyEvent(QEvent.Type.KeyPress, int(qt_key), held, scan, virtual, native, text)


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_command_is_called_under_every_layout(layout, platform):
    keymap = default_keymap()
    called = {
        each.chord: keymap.action_for(
            key_press_from(key_event(each.chord, layout, platform), platform)
        )
        for each in keymap.bindings
    }
    assert called == {each.chord: each.action_id for each in keymap.bindings}


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_typing_key_is_known_by_its_place(layout, platform):
    for chord, event in typing_events(layout, platform):
        assert key_press_from(event, platform).chord == chord


@pytest.mark.parametrize("platform", PLATFORMS)
def test_named_keys_with_every_modifier(platform):
    for key in NAMED:
        for held in ("", "Shift+", "Ctrl+", "Alt+", "Ctrl+Alt+Shift+"):
            event = key_event(held + key, platform=platform)
            assert key_press_from(event, platform).chord == held + key


def test_a_press_keeps_what_it_would_have_typed():
    found = key_press_from(key_event("Shift+E", "iq(ku_ara)", is_repeat=True), "xcb")
    assert (found.chord, found.text, found.is_repeat) == ("Shift+E", "ه", True)


@pytest.mark.parametrize(
    "key",
    [Key.Key_Shift, Key.Key_Control, Key.Key_Alt, Key.Key_AltGr, Key.Key_Meta, Key.Key_CapsLock],
)
def test_a_modifier_alone_is_no_press(key):
    assert key_press_from(an_event(key, scan=50), "xcb") is None
    on_the_place_of_a_letter = an_event(key, scan=38)
    assert key_press_from(on_the_place_of_a_letter, "xcb") is None


def test_backtab_is_shift_and_tab_even_without_the_modifier():
    assert key_press_from(an_event(Key.Key_Backtab), "offscreen").chord == "Shift+Tab"


def test_chords_with_the_windows_key_belong_to_the_system():
    event = an_event(Key.Key_E, Modifier.MetaModifier, scan=26, text="e")
    assert key_press_from(event, "xcb") is None


CTRL_ALT = Modifier.ControlModifier | Modifier.AltModifier


@pytest.mark.parametrize(
    ("platform", "held", "native", "chord"),
    [
        ("windows", CTRL_ALT, WINDOWS_ALT_GR, "E"),
        ("windows", CTRL_ALT | Modifier.ShiftModifier, WINDOWS_ALT_GR | 0x01, "Shift+E"),
        ("windows", Modifier.GroupSwitchModifier, WINDOWS_ALT_GR, "E"),
        ("windows", CTRL_ALT, 0x06, "Ctrl+Alt+E"),  # left Ctrl, left Alt
        ("windows", CTRL_ALT, 0x60, "Ctrl+Alt+E"),  # right Ctrl, right Alt
        ("windows", Modifier.AltModifier, 0x40, "Alt+E"),
        ("xcb", Modifier.GroupSwitchModifier, 0x80, "E"),
        ("xcb", CTRL_ALT, WINDOWS_ALT_GR, "Ctrl+Alt+E"),
    ],
)
def test_alt_gr_is_not_ctrl_and_alt(platform, held, native, chord):
    scan = 18 if platform == "windows" else 26
    event = an_event(Key.Key_E, held, scan=scan, virtual=0x45, native=native, text="€")
    assert key_press_from(event, platform).chord == chord


def test_the_keypad_marks_like_the_row_of_digits():
    event = an_event(Key.Key_3, Modifier.KeypadModifier, scan=89, virtual=0xFFB3, text="3")
    assert default_keymap().action_for(key_press_from(event, "xcb")) == "label.3"
    enter = an_event(Key.Key_Enter, Modifier.KeypadModifier, scan=104, text="\r")
    assert default_keymap().action_for(key_press_from(enter, "xcb")) == "annotation.open"


class Page(QWidget):
    """Something that reads its keys as the page does."""

    def __init__(self, platform):
        super().__init__()
        self.platform = platform
        self.actions = []

    def keyPressEvent(self, event):
        found = key_press_from(event, self.platform)
        if found is not None:
            self.actions.append(default_keymap().action_for(found))


def test_a_key_that_types_two_letters_calls_its_command_once(qtbot):
    page = Page("windows")
    qtbot.addWidget(page)
    assert [e.text() for e in further_letters("Shift+W", "KBDKURD", "windows")] == ["و", "و"]
    press(page, "Shift+W", layout="KBDKURD", platform="windows")
    assert page.actions == ["clitic.restore"]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_keys_pressed_one_after_another(qtbot, layout):
    page = Page("xcb")
    qtbot.addWidget(page)
    press(page, "Shift+Left E Ctrl+Z 1", layout=layout)
    assert page.actions == ["select.word_left", "event.new", "edit.undo", "label.1"]


def test_keys_of_qtest_have_no_scan_code_and_are_understood(qtbot):
    page = Page("offscreen")
    qtbot.addWidget(page)
    QTest.keyClick(page, Key.Key_E)
    QTest.keyClick(page, Key.Key_Slash, Modifier.ShiftModifier)
    QTest.keyClick(page, Key.Key_Left, Modifier.ControlModifier)
    assert page.actions == ["event.new", "help.keys", "move.sentence_left"]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_text_field_beside_it_still_gets_the_letters(qtbot, layout):
    field = QLineEdit()
    qtbot.addWidget(field)
    press(field, "E Q C 1 Shift+R", layout=layout)
    typed = "".join(typed_by(layout, key) for key in "EQC1") + typed_by(layout, "R", shift=True)
    assert field.text() == typed

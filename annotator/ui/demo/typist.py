"""A typist: presses physical keys in the window by sending it the events that Qt would send."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from annotator.ui.keyboard.physical import parse_chord
from annotator.ui.messages import require_nothing_unsaid

SendChord = Callable[[QWidget, str], None]
"""Presses and releases one chord with the widget in focus."""

_ROWS = (
    (10, "1234567890"),
    (24, "QWERTYUIOP"),
    (38, "ASDFGHJKL"),
    (52, "ZXCVBNM"),
)
_KEYCODES = {key: first + step for first, row in _ROWS for step, key in enumerate(row)}
_NAMED = {
    "Escape": (Qt.Key.Key_Escape, 9),
    "Backspace": (Qt.Key.Key_Backspace, 22),
    "Tab": (Qt.Key.Key_Tab, 23),
    "Enter": (Qt.Key.Key_Return, 36),
    "Space": (Qt.Key.Key_Space, 65),
    "Comma": (Qt.Key.Key_Comma, 59),
    "Period": (Qt.Key.Key_Period, 60),
    "Equal": (Qt.Key.Key_Equal, 21),
    "Home": (Qt.Key.Key_Home, 110),
    "Left": (Qt.Key.Key_Left, 113),
    "Right": (Qt.Key.Key_Right, 114),
    "End": (Qt.Key.Key_End, 115),
    "PageDown": (Qt.Key.Key_PageDown, 117),
    "PageUp": (Qt.Key.Key_PageUp, 112),
}


def send_chord(widget: QWidget, chord: str) -> None:
    """Press one chord as it comes from a US keyboard on X11."""
    press = parse_chord(chord)
    modifiers = Qt.KeyboardModifier.NoModifier
    for is_held, modifier in (
        (press.shift, Qt.KeyboardModifier.ShiftModifier),
        (press.ctrl, Qt.KeyboardModifier.ControlModifier),
        (press.alt, Qt.KeyboardModifier.AltModifier),
    ):
        if is_held:
            modifiers |= modifier
    if press.key in _NAMED:
        qt_key, keycode = _NAMED[press.key]
        code, text = qt_key.value, ""
    else:
        code, keycode = ord(press.key), _KEYCODES[press.key]
        text = press.key if press.shift else press.key.lower()
    kinds = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease)
    for kind in kinds:
        QApplication.sendEvent(widget, QKeyEvent(kind, code, modifiers, keycode, code, 0, text))


class Typist:
    """Presses keys wherever the focus is, and counts them."""

    def __init__(self, window: QWidget, send: SendChord = send_chord) -> None:
        self._window = window
        self._send = send
        self.presses = 0

    def press(self, chords: str) -> None:
        """Press chords separated by spaces, one after the other.

        Raises `UserError` where one did not do what it should, and nobody is there to be told.
        """
        for chord in chords.split():
            self._send(self._target(), chord)
            require_nothing_unsaid()
            self.presses += 1

    def type_text(self, text: str) -> None:
        """Replace what a text field holds, letter by letter, as a keyboard would."""
        target = self._target()
        self.press("Ctrl+A")
        for letter in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(
                    target, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
                )
            self.presses += 1

    def _target(self) -> QWidget:
        return self._window.focusWidget() or self._window

"""The fields of the panels, which leave the program's keys to the window, and keys of editing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QTextEdit,
    QWidget,
)

from annotator.ui.keyboard.from_qt import key_press_from
from annotator.ui.keyboard.physical import KeyPress
from annotator.ui.labels import leading_edge, make_plain, wrap

_ENDS: Final[Mapping[str, Callable[[QLineEdit], None]]] = MappingProxyType(
    {
        "Ctrl+Home": lambda field: field.home(False),
        "Ctrl+End": lambda field: field.end(False),
        "Ctrl+Shift+Home": lambda field: field.home(True),
        "Ctrl+Shift+End": lambda field: field.end(True),
    }
)
_EDITING: Final[Mapping[str, str]] = MappingProxyType(
    {
        "Ctrl+Z": "undo",
        "Ctrl+Y": "redo",
        "Ctrl+Shift+Z": "redo",
        "Ctrl+X": "cut",
        "Ctrl+C": "copy",
        "Ctrl+V": "paste",
        "Ctrl+A": "selectAll",
    }
)
_READING: Final = frozenset({"copy", "selectAll"})
_MOVES: Final = frozenset({"Left", "Right", "Backspace", "Delete"})
_DIGITS: Final = frozenset("0123456789")
_SHORTEST_CHOICE = 8


class TextField(QLineEdit):
    """A line to type in. Its own Ctrl keys are physical ones: Ctrl+Z undoes typing on every layout.

    All other Ctrl keys are left to the window, also those that some systems use for editing.
    `platform` is ``QGuiApplication.platformName()``.
    """

    def __init__(self, text: str, parent: QWidget, *, platform: str) -> None:
        super().__init__(text, parent)
        self._platform = platform
        # Absolute, because Qt would move an empty field's cursor with the keyboard's language.
        self.setAlignment(leading_edge() | Qt.AlignmentFlag.AlignVCenter)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type, edit, or leave the key to the window."""
        press = key_press_from(event, self._platform)
        if press is None or not press.ctrl or _is_typing(press):
            super().keyPressEvent(event)
        elif press.chord in _EDITING:
            getattr(self, _EDITING[press.chord])()
            event.accept()
        elif press.chord in _ENDS:
            _ENDS[press.chord](self)
            event.accept()
        else:
            event.ignore()


class EditingKeys(QObject):
    """Makes the Ctrl keys of editing physical ones in a field or a text view of Qt's own.

    Where Kurdish is the only layout of the keyboard, Qt on X11 and Wayland knows no Ctrl+C.
    """

    def __init__(self, field: QLineEdit | QPlainTextEdit | QTextEdit) -> None:
        super().__init__(field)
        self._field = field
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Do what the key stands for."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        press = key_press_from(event, QGuiApplication.platformName())
        act = None if press is None else _EDITING.get(press.chord)
        if act is None or (self._field.isReadOnly() and act not in _READING):
            return super().eventFilter(watched, event)
        getattr(self._field, act)()
        return True


def lend_to(field: QWidget) -> None:
    """Give `EditingKeys` to a field of Qt's own that can be typed in and has none."""
    if not isinstance(field, QLineEdit) or isinstance(field, TextField) or field.isReadOnly():
        return
    if not field.findChildren(EditingKeys):
        EditingKeys(field)


class ValueLabel(QLabel):
    """A text to read, select with the mouse and copy; it leaves every other key to the window."""

    def __init__(self, text: str, parent: QWidget, *, platform: str) -> None:
        super().__init__(parent)
        self._platform = platform
        make_plain(self)
        self.setText(text)
        wrap(self)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        policy = self.sizePolicy()  # kept but for one thing: it says that the height follows
        policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
        self.setSizePolicy(policy)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy, or leave the key to the window."""
        press = key_press_from(event, self._platform)
        is_copy = press is not None and press.chord == "Ctrl+C"
        if is_copy and self.hasSelectedText():
            QGuiApplication.clipboard().setText(self.selectedText())
        event.setAccepted(is_copy)


class ChoiceBox(QComboBox):
    """A choice among titles. The wheel scrolls the panel instead of changing the choice."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(_SHORTEST_CHOICE)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave it to the panel: an annotation must not change because somebody scrolls."""
        event.ignore()


def _is_typing(press: KeyPress) -> bool:
    """Whether a Ctrl chord moves within the field, or types (Ctrl+Shift+digit: joiners, marks)."""
    return press.key in _MOVES or (press.shift and press.key in _DIGITS)

"""Buttons with words on them: Enter presses the one that has the focus."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _PushButton(QPushButton):
    """Qt hands Enter on a button like this to the default one; what has the focus comes first."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in _ENTER:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():  # a key that is held down presses once
            self.click()


def push_button(text: str, parent: QWidget) -> QPushButton:
    """A button that Enter presses only where it has the focus, or is the default one."""
    button = _PushButton(text, parent)
    button.setAutoDefault(False)
    return button

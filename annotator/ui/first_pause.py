"""How what is not on the first picture of a window waits for that picture.

Timers that are over go before painting: who waited only for the clock would make a slow machine
show its window later.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

FIRST_PAUSE_MS = 100
"""How long is waited at most, from opening a document: a window may never be painted."""


class FirstPaint(QObject):
    """Calls `act` once, after a widget was painted for the first time."""

    def __init__(self, widget: QWidget, act: Callable[[], None]) -> None:
        super().__init__(widget)
        self._act = act
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look for the painting, and then for nothing more."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, lambda: self._act())
        return False

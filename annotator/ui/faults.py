"""Errors that nobody caught: each kind is told once, in one box, whatever the window goes through.

An error in painting comes back with every repaint, and a box over the page makes it repaint. So an
error is known by where it arose: it is told the first time, never while a box is open, never inside
the call it arose in, and logged the first, tenth, hundredth … time.
"""

from __future__ import annotations

import threading
import traceback
from collections import Counter
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from annotator.foundation.logs import note_error
from annotator.foundation.redaction import place_of, told

MOST_TOLD = 5
"""In one session; whoever has read that often that something is wrong knows it."""

WAIT_MS = 300
"""Until it is looked again whether another box is still open."""


class Faults(QObject):
    """Takes errors in any thread; `tell` is called in the window's, from the event loop.

    While `is_busy` (another box is open) it waits.
    """

    _arrived = Signal()

    def __init__(
        self,
        tell: Callable[[], None],
        parent: QObject,
        *,
        is_busy: Callable[[], bool] = lambda: False,
    ) -> None:
        super().__init__(parent)
        self._tell = tell
        self._is_busy = is_busy
        self._counts: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._is_telling = False
        self._told = 0
        self._arrived.connect(self._on_arrived, Qt.ConnectionType.QueuedConnection)

    def take(self, error: BaseException) -> None:
        """Log an error that nobody caught, and have it told if it is the first of its kind."""
        kind = kind_of(error)
        with self._lock:
            self._counts[kind] += 1
            count = self._counts[kind]
        if str(count).strip("0") == "1":
            note_error(error, "unhandled" if count == 1 else f"unhandled {count} times")
        if count == 1:
            self._arrived.emit()

    def _on_arrived(self) -> None:
        if self._is_telling or self._told >= MOST_TOLD:
            return
        if self._is_busy():
            QTimer.singleShot(WAIT_MS, self, self._on_arrived)
            return
        self._is_telling = True
        self._told += 1
        try:
            self._tell()
        finally:
            self._is_telling = False


def kind_of(error: BaseException) -> str:
    """What is the same for errors that are one mistake: what it is, and where it arose."""
    frames = [frame.f_code for frame, _ in traceback.walk_tb(error.__traceback__)]
    own = [code for code in frames if "annotator" in code.co_filename] or frames
    where = f"{place_of(own[-1].co_filename)} {own[-1].co_name}" if own else ""
    return f"{told(error).partition('(')[0]} {where}"

"""When a window was painted first, for the measuring of the start; nothing else uses it."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from annotator import __version__

SIZE = (1000, 700)
_NEXT = 1
"""The priority of an event that is to come before all that waits: `Qt.HighEventPriority`."""

_LOOK_MS = 1
"""How often is looked whether the window is whole."""

_replaced: list[Callable[..., None]] = []
"""What stood in for a method of Qt: it must outlive its own call, for Qt only borrows it."""


class _Teller(QObject):
    """Tells the moment at which an event comes back that was posted while painting."""

    def __init__(self, is_whole: Callable[[], bool]) -> None:
        super().__init__()
        self._is_whole = is_whole
        self._has_told = False

    def event(self, _: QEvent) -> bool:
        """The picture is there; wait for the rest of it, and end."""
        if not self._has_told:  # what stands in for a method may be called more than once
            self._has_told = True
            _tell("painted")
            self._await_whole()
        return True

    def _await_whole(self) -> None:
        if not self._is_whole():
            QTimer.singleShot(_LOOK_MS, self._await_whole)
            return
        _tell("whole")
        QTimer.singleShot(0, QApplication.closeAllWindows)


def _tell(what: str) -> None:
    sys.stdout.write(f"{what} {time.monotonic()}\n")
    sys.stdout.flush()


def tell_first_paint(kind: type[QWidget], is_whole: Callable[[], bool] = lambda: True) -> None:
    """Tell on the standard output when the first widget of a kind was painted.

    Tell also when `is_whole` says first that all of the window is there, and end. The moments are
    those of the system's steady clock, in seconds, so that whoever started the program can compare.
    An event filter would be simpler, but makes Python's side of everything in the window, which
    takes as long as a third of the window itself.
    """
    paint = kind.paintEvent
    teller = _Teller(is_whole)

    def paint_first(self: QWidget, event: QPaintEvent, /) -> None:
        kind.paintEvent = paint  # type: ignore[method-assign]
        paint(self, event)
        # The picture is on the screen when this one comes: before timers and keys, after painting.
        QApplication.postEvent(teller, QEvent(QEvent.Type.User), _NEXT)

    kind.paintEvent = paint_first  # type: ignore[method-assign]
    _replaced.append(paint_first)


class _EmptyWindow(QWidget):
    """A window with nothing in it."""


def show_empty_window() -> int:
    """What the start is measured against: an application with a bare window."""
    application = QApplication(sys.argv[:1])
    tell_first_paint(_EmptyWindow)
    window = _EmptyWindow()
    window.setWindowTitle(f"Nîşan {__version__}")
    window.resize(*SIZE)
    window.show()
    return application.exec()

"""When a window was painted first, for the measuring of the start; nothing else uses it."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from annotator import __version__

SIZE = (1000, 700)
_replaced: list[Callable[..., None]] = []
"""What stood in for a method of Qt: it must outlive its own call, for Qt only borrows it."""


def tell_first_paint(kind: type[QWidget]) -> None:
    """Tell on the standard output when the first widget of a kind was painted, and end.

    The moment is that of the system's steady clock, in seconds, so that whoever started the
    program can compare. An event filter would be simpler, but makes Python's side of everything in
    the window, which takes as long as a third of the window itself.
    """
    paint = kind.paintEvent

    def paint_first(self: QWidget, event: QPaintEvent, /) -> None:
        kind.paintEvent = paint  # type: ignore[method-assign]
        paint(self, event)
        QTimer.singleShot(0, _tell)

    kind.paintEvent = paint_first  # type: ignore[method-assign]
    _replaced.append(paint_first)


def _tell() -> None:
    sys.stdout.write(f"painted {time.monotonic()}\n")
    sys.stdout.flush()
    QTimer.singleShot(0, QApplication.closeAllWindows)


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

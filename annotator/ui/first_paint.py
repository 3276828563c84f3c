"""When a window was painted first, for the measuring of the start; nothing else uses it."""

from __future__ import annotations

import sys
import time

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from annotator import __version__

SIZE = (1000, 700)


class FirstPaint(QObject):
    """Tells on the standard output when the first widget of a kind was painted, and ends.

    The moment is that of the system's steady clock, in seconds, so that whoever started the
    program can compare.
    """

    def __init__(self, application: QApplication, kind: type[QWidget]) -> None:
        super().__init__(application)
        self._application = application
        self._kind = kind
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        """Wait for the paint; what is told is the moment after it."""
        if event.type() is QEvent.Type.Paint and isinstance(watched, self._kind):
            self._application.removeEventFilter(self)
            QTimer.singleShot(0, self, self._tell)
        return False

    def _tell(self) -> None:
        sys.stdout.write(f"painted {time.monotonic()}\n")
        sys.stdout.flush()
        QTimer.singleShot(0, self._application, QApplication.closeAllWindows)


def show_empty_window() -> int:
    """What the start is measured against: an application with a bare window."""
    application = QApplication(sys.argv[:1])
    FirstPaint(application, QWidget)
    window = QWidget()
    window.setWindowTitle(f"Nîşan {__version__}")
    window.resize(*SIZE)
    window.show()
    return application.exec()

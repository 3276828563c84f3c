"""Projects that the system asks the running program to open.

macOS starts a program only once: a double click on a project, or dropping it on the icon, reaches
the one that runs as an event, also the click that started it. Elsewhere the file is on the command
line.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication


class OpenedBySystem(QObject):
    """Calls `open_file` with each file, when whatever is being done is done.

    Python sees every event that it looks for in an application, so it looks only where they come.
    """

    def __init__(self, application: QApplication, open_file: Callable[[Path], None]) -> None:
        super().__init__(application)
        self._open = open_file
        if sys.platform == "darwin":
            application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the events that name a file, and no other."""
        if not isinstance(event, QFileOpenEvent) or not event.file():
            return False
        path = Path(event.file())
        QTimer.singleShot(0, self, lambda: self._open(path))
        return True

"""The icon of the windows, where no file beside the program tells it.

Windows and macOS take it from the program. A Linux desktop looks for one by the name of the
program, and finds none where it was only unpacked; not every one looks.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from annotator.foundation.paths import resource

AFTER_MS = 100
"""The window is to be there first: a picture of lines takes its time."""


def show_icon_soon(application: QApplication) -> None:
    """Give the windows their icon once they are there."""
    if sys.platform.startswith("linux"):
        QTimer.singleShot(AFTER_MS, application, lambda: show_icon(application))


def show_icon(application: QApplication) -> None:
    """Give every window its icon, those that are open and those to come."""
    from PySide6.QtGui import QIcon

    application.setWindowIcon(QIcon(str(resource("icons", "nishan.svg"))))

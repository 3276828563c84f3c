"""The watch over a running program: log, crashes, errors nobody caught, and ends from outside."""

from __future__ import annotations

import logging
import platform
import sys
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import TYPE_CHECKING, Final, Self

from PySide6.QtCore import (
    QObject,
    Qt,
    QTimer,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
    qVersion,
)
from PySide6.QtWidgets import QApplication

from annotator import __version__
from annotator.foundation.errors import AnnotatorError
from annotator.foundation.logs import Logging, logs_folder, note, note_qt
from annotator.foundation.sessions import Session, newly_crashed
from annotator.ui.console_close import ConsoleClose
from annotator.ui.endings import SIGNALLED, Endings
from annotator.ui.faults import Faults
from annotator.ui.messages import is_asking, keep_quiet, show_error
from annotator.ui.opened_by_system import OpenedBySystem
from annotator.ui.putting_away import commit_typing, end, mend, put_away
from annotator.ui.shell import Shell
from annotator.ui.window_icon import show_icon_soon

if TYPE_CHECKING:
    from PySide6.QtCore import QMessageLogContext

_LEVELS: Final = MappingProxyType(
    {
        QtMsgType.QtDebugMsg: logging.DEBUG,
        QtMsgType.QtInfoMsg: logging.INFO,
        QtMsgType.QtWarningMsg: logging.WARNING,
        QtMsgType.QtCriticalMsg: logging.ERROR,
        QtMsgType.QtFatalMsg: logging.CRITICAL,
    }
)
_CONSOLE_CLOSED = SIGNALLED + 1
"""As if by SIGHUP, which is what it is elsewhere."""


class Watch(QObject):
    """Kept with ``with`` while the program runs; `run` is its event loop."""

    _console_closed = Signal()

    def __init__(self, application: QApplication, shell: Shell) -> None:
        super().__init__(application)
        self._application = application
        self._shell = shell
        folder = logs_folder()
        self._crashes = newly_crashed(folder)
        self._session = Session(folder, version=__version__)
        self.faults = Faults(self._on_fault, self, is_busy=is_asking)
        self._logging = Logging(self.faults.take)
        self._opened_by_system = OpenedBySystem(application, self._on_file)

    def __enter__(self) -> Self:
        self._session.begin()
        self._logging.start()
        self._qt_before = qInstallMessageHandler(on_qt_message)
        self._endings = Endings(self._end, self)
        self._console_closed.connect(self._on_console_closed, Qt.ConnectionType.QueuedConnection)
        self._console = ConsoleClose(self._console_closed.emit)
        self._application.aboutToQuit.connect(self._put_away)
        self._application.commitDataRequest.connect(self._on_session_asks)
        note(
            f"started {__version__} python {platform.python_version()} qt {qVersion()}",
            system=sys.platform,
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._put_away()
        note("ended")
        self._application.aboutToQuit.disconnect(self._put_away)
        self._application.commitDataRequest.disconnect(self._on_session_asks)
        self._endings.stop()
        qInstallMessageHandler(self._qt_before)
        self._logging.stop()
        self._session.end()
        self._console.stop()
        keep_quiet(self._application, is_quiet=False)

    def run(self) -> int:
        """Stay until the program ends; its exit code. Tells first what became of the last time."""
        crashes = self._crashes
        show_icon_soon(self._application)
        if crashes:
            QTimer.singleShot(0, self, lambda: self._shell.reports.ready.tell_crashes(crashes))
        code = self._application.exec() if self._endings.code is None else 0
        return code if self._endings.code is None else self._endings.code

    def _end(self, code: int) -> None:
        end(self._application, self._shell, code)

    def _put_away(self) -> None:
        put_away(self._application, self._shell)

    def _on_fault(self) -> None:
        mend(self._shell)
        self._shell.reports.ready.tell_fault()

    def _on_console_closed(self) -> None:
        self._endings.code = _CONSOLE_CLOSED
        self._end(_CONSOLE_CLOSED)

    def _on_file(self, path: Path) -> None:
        try:
            self._shell.open_project(path)
        except AnnotatorError as error:
            show_error(self._shell.window, self._shell.desk.catalogue, error)

    def _on_session_asks(self) -> None:
        """The session may end: nothing is to be left in fields, but the program may go on."""
        commit_typing(self._shell)


def on_qt_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    """Log what Qt says, and say it where Qt would."""
    if "propagateSizeHints" in message:  # the offscreen platform says it of every window
        return
    note_qt(message, level=_LEVELS.get(kind, logging.WARNING))
    if sys.stderr is not None and kind is not QtMsgType.QtDebugMsg:
        sys.stderr.write(f"{message}\n")

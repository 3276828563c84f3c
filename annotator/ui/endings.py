"""The ends that come from outside: a signal, a console that closes, the session that is ended.

While Qt sleeps in its event loop no Python runs, and so no handler of a signal either. What does
run is a few lines of C that write the signal's number into one end of a pair; Qt watches the other.
"""

from __future__ import annotations

import signal
from collections.abc import Callable
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier

from annotator.foundation.logs import note
from annotator.foundation.wakeup import Wakeup

SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
"""Those that ask a program to end, where the system has them."""

SIGNALLED = 128
"""The exit code of a program that a signal ended is this and the signal's number."""


class Endings(QObject):
    """Calls `end` with the exit code when a signal asks the program to end, the first time."""

    def __init__(self, end: Callable[[int], None], parent: QObject) -> None:
        super().__init__(parent)
        self._end = end
        self.code: int | None = None
        self._wakeup = Wakeup()
        self._notifier = QSocketNotifier(self._wakeup.near, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_written)
        self._fd_before = signal.set_wakeup_fd(self._wakeup.far, warn_on_full_buffer=False)
        self._before = {number: signal.signal(number, _do_nothing) for number in _wanted()}

    def stop(self) -> None:
        """Leave signals to whoever had them before."""
        for number, handler in self._before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._fd_before)
        self._notifier.setEnabled(False)
        self._wakeup.close()

    def _on_written(self) -> None:
        for number in self._wakeup.read():
            if number in self._before and self.code is None:
                self.code = SIGNALLED + number
                note("ended by a signal", signal=signal.Signals(number).name)
                self._end(self.code)


def _wanted() -> list[signal.Signals]:
    """The signals to hear; one that was set to be ignored (``nohup``) stays so."""
    known = (getattr(signal, name, None) for name in SIGNALS)
    found = [number for number in known if isinstance(number, signal.Signals)]
    return [number for number in found if signal.getsignal(number) is not signal.SIG_IGN]


def _do_nothing(number: int, frame: FrameType | None) -> None:
    """Have Python's C part write the number; without a handler here the process would end."""

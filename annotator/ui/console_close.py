"""Windows tells a console program that its console closes, and ends it when the answer is given.

So the answer waits until the project is closed, at most as long as Windows does.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable

if sys.platform == "win32":
    import ctypes

_CLOSE, _LOGOFF, _SHUTDOWN = 2, 5, 6
_PATIENCE_SECONDS = 4.5
"""Windows ends the program after five seconds."""


class ConsoleClose:
    """Calls `end` in another thread when the console closes; elsewhere than on Windows nothing.

    `is_over` is to be set when everything has been put away.
    """

    def __init__(self, end: Callable[[], None]) -> None:
        self.is_over = threading.Event()
        self._end = end
        self._handler: object = None
        if sys.platform == "win32":
            kind = ctypes.WINFUNCTYPE(ctypes.c_int, ctypes.c_uint32)
            self._handler = kind(self._on_event)
            ctypes.windll.kernel32.SetConsoleCtrlHandler(self._handler, 1)

    def stop(self) -> None:
        """Hear no more of the console."""
        self.is_over.set()
        if sys.platform == "win32" and self._handler is not None:
            ctypes.windll.kernel32.SetConsoleCtrlHandler(self._handler, 0)
            self._handler = None

    def _on_event(self, event: int) -> int:
        if event not in (_CLOSE, _LOGOFF, _SHUTDOWN):
            return 0
        self._end()
        self.is_over.wait(_PATIENCE_SECONDS)
        return 1

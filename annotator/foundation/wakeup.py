"""Two ends inside one process: signals are written to the far one, whoever waits watches the near.

Pipes are enough but on Windows, where only sockets can be watched.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress

_MOST = 64
"""Bytes that are taken at a time."""


class Wakeup:
    """`near` and `far` are descriptors that never block; each byte written is a signal's number."""

    def __init__(self) -> None:
        if sys.platform == "win32":
            from socket import socketpair

            self._sockets = socketpair()
            for end in self._sockets:
                end.setblocking(False)
            self.near, self.far = (end.fileno() for end in self._sockets)
        else:
            self.near, self.far = os.pipe()
            for descriptor in (self.near, self.far):
                os.set_blocking(descriptor, False)

    def read(self) -> bytes:
        """What was written since; empty where that is nothing."""
        with suppress(BlockingIOError):
            if sys.platform == "win32":
                return self._sockets[0].recv(_MOST)
            return os.read(self.near, _MOST)
        return b""

    def close(self) -> None:
        """Close both ends."""
        if sys.platform == "win32":
            for end in self._sockets:
                end.close()
        else:
            os.close(self.near)
            os.close(self.far)

"""The log on the disk: lines at the end of one file, the older ones in files beside it.

Several processes write into one log. Each line is one appending write to a file that is opened for
it, so that no process holds the file of another one's turn; only who has the turn's lock moves the
full file aside. What cannot be written is lost, and nobody is disturbed.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

LOG_NAME = "nishan.log"
MOST_BYTES = 256 * 1024
"""Of one file; with the older ones the log takes at most four times as much."""

OLDER_FILES = 3
_TURN_NAME = "nishan.turn"
_TURN_SECONDS = 10.0
"""A lock as old as this was left by a process that died while it moved the files."""

_MODE = 0o600


class LogFile:
    """The log of a folder, which is made with the first line. No method raises `OSError`."""

    def __init__(self, folder: Path, *, most_bytes: int = MOST_BYTES) -> None:
        self._folder = folder
        self._most_bytes = most_bytes
        self._is_torn = False

    @property
    def path(self) -> Path:
        """The file with the newest lines."""
        return self._folder / LOG_NAME

    def append(self, text: str) -> None:
        """Write one or more whole lines, or nothing where that is not possible."""
        data = text.encode("utf-8", "backslashreplace")
        with suppress(OSError):
            self._turn_if_full(len(data))
            self._write(data)

    def last_lines(self, count: int) -> list[str]:
        """The newest lines of all files, oldest first; those that can be read."""
        lines: list[str] = []
        for number in range(OLDER_FILES + 1):
            with suppress(OSError):
                older = self._numbered(number).read_text("utf-8", "replace").splitlines()
                lines = [*older, *lines]
            if len(lines) >= count:
                break
        return lines[-count:]

    def _write(self, data: bytes) -> None:
        descriptor = self._open()
        try:
            # A line that was cut off by a full disk ends before the next one begins.
            whole = b"\n" + data if self._is_torn else data
            self._is_torn = os.write(descriptor, whole) != len(whole)
        finally:
            os.close(descriptor)

    def _open(self) -> int:
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
        try:
            return os.open(self.path, flags, _MODE)
        except FileNotFoundError:
            self._folder.mkdir(parents=True, exist_ok=True)
            return os.open(self.path, flags, _MODE)

    def _numbered(self, number: int) -> Path:
        return self.path if number == 0 else self.path.with_suffix(f".{number}.log")

    def _is_full(self, more: int) -> bool:
        try:
            return self.path.stat().st_size + more > self._most_bytes
        except OSError:
            return False

    def _turn_if_full(self, more: int) -> None:
        if not self._is_full(more):
            return
        with self._turn() as has_turn:
            # Somebody else may have moved the full file away in the meantime.
            if has_turn and self._is_full(more):
                for number in range(OLDER_FILES, 0, -1):
                    with suppress(FileNotFoundError):
                        os.replace(self._numbered(number - 1), self._numbered(number))

    @contextmanager
    def _turn(self) -> Iterator[bool]:
        """Whether this process alone may move the files now."""
        lock = self._folder / _TURN_NAME
        try:
            os.close(os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _MODE))
        except FileExistsError:
            with suppress(OSError):
                if time.time() - lock.stat().st_mtime > _TURN_SECONDS:
                    lock.unlink()
            yield False
            return
        try:
            yield True
        finally:
            lock.unlink(missing_ok=True)

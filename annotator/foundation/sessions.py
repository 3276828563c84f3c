"""Which sessions of the program ended as they should, and the stacks of those that crashed.

Each session has a file of its own, locked by the operating system while the process lives; the
stack of a crash in C is written into it as the process dies. A session that ends well takes its
file away. A file nobody holds is therefore what a crash, a kill or a power cut has left.
"""

from __future__ import annotations

import faulthandler
import os
import sys
from contextlib import suppress
from datetime import UTC, datetime
from io import BufferedRandom
from pathlib import Path

from msgspec import Struct

from annotator.foundation.redaction import place_of

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

SESSIONS = "sessions"
KEPT_CRASHES = 5
_LOCKED_BYTE_AT = 1 << 30
"""Far behind the content: a locked byte cannot be read or written on Windows."""

_MOST_STACK_BYTES = 64 * 1024
_RUNNING, _CRASHED = ".running", ".crash"


class Crash(Struct, frozen=True):
    """A session that did not end as it should: what it said of itself, and the stack, if any."""

    path: Path
    heading: str
    stack: str


class Session:
    """The present session: begun once in a process, ended when everything has been put away.

    Where its file cannot be written there is none, and nothing else happens.
    """

    def __init__(self, folder: Path, *, version: str) -> None:
        self._folder = folder / SESSIONS
        self._stream: BufferedRandom | None = None
        began = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        self._path = self._folder / f"{began.replace(':', '')}-{os.getpid()}{_RUNNING}"
        self._heading = f"{began} {version} {sys.platform} pid={os.getpid()}"

    def begin(self) -> None:
        """Leave a sign that the program runs, and have crashes in C written into it."""
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            self._stream = open(self._path, "x+b")  # noqa: SIM115 - open until the session ends
            self._stream.write(f"{self._heading}\n".encode())
            self._stream.flush()
            if is_locked_by_another(self._stream):
                return
            faulthandler.enable(self._stream, all_threads=True)

    def end(self) -> None:
        """Take the sign away; twice does no harm."""
        stream, self._stream = self._stream, None
        if stream is None:
            return
        faulthandler.disable()
        with suppress(OSError, ValueError):
            stream.close()
        with suppress(OSError):
            self._path.unlink()


def newly_crashed(folder: Path) -> list[Crash]:
    """The sessions that have crashed since somebody asked last, oldest first.

    Their files are kept for reports, the newest `KEPT_CRASHES`.
    """
    found = []
    for path in _files(folder, _RUNNING):
        with suppress(OSError):
            if _is_left(path):
                kept = path.with_suffix(_CRASHED)
                os.replace(path, kept)
                found.append(_read(kept))
    for path in _files(folder, _CRASHED)[:-KEPT_CRASHES]:
        with suppress(OSError):
            path.unlink()
    return found


def kept_crashes(folder: Path) -> list[Crash]:
    """The crashes that are kept for reports, oldest first; those that can be read."""
    crashes = []
    for path in _files(folder, _CRASHED):
        with suppress(OSError):
            crashes.append(_read(path))
    return crashes


def is_locked_by_another(stream: BufferedRandom) -> bool:
    """Take the lock of a session's file; True when a living process has it."""
    try:
        if sys.platform == "win32":
            stream.seek(_LOCKED_BYTE_AT)
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
            stream.seek(0, os.SEEK_END)
        else:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        # Also where the file system knows no locks: better no word than a false alarm.
        return True
    return False


def _is_left(path: Path) -> bool:
    with open(path, "r+b") as stream:
        return not is_locked_by_another(stream)


def _files(folder: Path, suffix: str) -> list[Path]:
    try:
        return sorted(path for path in (folder / SESSIONS).iterdir() if path.suffix == suffix)
    except OSError:
        return []


def _read(path: Path) -> Crash:
    with open(path, "rb") as stream:
        text = stream.read(_MOST_STACK_BYTES).decode("utf-8", "replace")
    heading, _, stack = text.partition("\n")
    return Crash(path, heading, "\n".join(_shortened(line) for line in stack.splitlines()))


def _shortened(line: str) -> str:
    """A line of a stack without the folders that may name the user: ``File "…", line 3 in f``."""
    before, quote, rest = line.partition('File "')
    file, end, after = rest.partition('"')
    return f"{before}{quote}{place_of(file)}{end}{after}" if quote else line

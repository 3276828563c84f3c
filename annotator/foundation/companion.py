"""A copy of this program that answers questions beside it, on another processor.

How to think about it: a *companion* is told once what kind of questions will come and what all of
them have in common; then it answers one after the other. It opens no file of the user's and keeps
nothing. Whatever it does not answer, because it could not be started, was stopped or came upon an
error, whoever asked finds out without it: a companion makes work faster and never changes what
comes of it. It ends with whoever started it, as its standard input does. A copy of another version
(the program may be replaced while it runs) refuses to begin.

Both sides speak in *frames*: the length as eight bytes, the lowest first, and that many bytes. The
companion greets with an empty frame when it is ready; later an empty one says that it has no
answer.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import IO, Self, TypeAlias

from annotator import __version__
from annotator.foundation.child import Child, start_child
from annotator.foundation.own_copy import COMPANION_FLAG

_LENGTH_BYTES = 8

Answerer: TypeAlias = Callable[[bytes], bytes]
"""Answers one question. What it raises becomes no answer."""

Tasks: TypeAlias = Mapping[str, Callable[[bytes], Answerer]]
"""By the name of a kind of questions: makes of what they have in common what answers them."""


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):  # not everywhere, and it knows of limits
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Companion:
    """The side that asks. To be used in a ``with``, which ends the copy."""

    def __init__(self, task: str, common: bytes, command: list[str] | None = None) -> None:
        self._writer = ThreadPoolExecutor(1)
        self._reader = ThreadPoolExecutor(1)
        self._child = _started(task, command)
        try:
            self._greeting = self.ask(common)
        except RuntimeError:  # this process may start no more threads
            self.close()
            self._greeting = _no_answer()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def is_ready(self) -> bool:
        """Whether it has begun to answer; asked before, it answers when it is ready."""
        return self._greeting.done()

    def ask(self, question: bytes) -> Future[bytes | None]:
        """The answer, when it comes; None where there will be none."""
        child = self._child
        if child is None or child.stdin is None or child.stdout is None:
            return _no_answer()
        self._writer.submit(_tell, child.stdin, question)
        return self._reader.submit(_hear, child.stdout)

    def close(self) -> None:
        """End the copy at once: it has nothing to lose. What was asked gets no answer."""
        child, self._child = self._child, None
        if child is not None:
            child.kill()
        self._writer.shutdown()
        self._reader.shutdown()
        if child is not None:
            for stream in (child.stdin, child.stdout):
                if stream is not None:
                    with suppress(OSError):  # what was still to be said is heard by nobody
                        stream.close()
            child.wait()


def _no_answer() -> Future[bytes | None]:
    answer: Future[bytes | None] = Future()
    answer.set_result(None)
    return answer


def _tell(stream: IO[bytes], data: bytes) -> None:
    with suppress(OSError):  # it has ended: reading tells
        write_frame(stream, data)


def _hear(stream: IO[bytes]) -> bytes | None:
    try:
        return read_frame(stream) or None
    except (OSError, OverflowError, MemoryError):  # of a length that nobody can have meant
        return None


def serve(task: Callable[[bytes], Answerer], questions: IO[bytes], answers: IO[bytes]) -> None:
    """The side that answers: until there are no more questions, or nobody hears the answers."""
    common = read_frame(questions)
    if common is None:
        return
    answer = task(common)
    if not _is_heard(answers, b""):
        return
    while (question := read_frame(questions)) is not None:
        try:
            told = answer(question)
        except Exception:
            # Whoever asked finds the same out, and tells the user.
            told = b""
        if not _is_heard(answers, told):
            return


def _is_heard(answers: IO[bytes], told: bytes) -> bool:
    try:
        write_frame(answers, told)
    except OSError:
        return False
    return True


def write_frame(stream: IO[bytes], data: bytes) -> None:
    """Write bytes so that they can be told from the next. Raises `OSError`."""
    stream.write(len(data).to_bytes(_LENGTH_BYTES, "little"))
    stream.write(data)
    stream.flush()


def read_frame(stream: IO[bytes]) -> bytes | None:
    """The next bytes; None where the stream ends before them, or in them. Raises `OSError`."""
    head = stream.read(_LENGTH_BYTES)
    if len(head) < _LENGTH_BYTES:
        return None
    length = int.from_bytes(head, "little")
    data = stream.read(length)
    return data if len(data) == length else None


def _started(task: str, command: list[str] | None) -> Child | None:
    try:
        return start_child(COMPANION_FLAG, task, __version__, talks=True, command=command)
    except OSError:
        return None

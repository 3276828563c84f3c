"""The log: what the program says of itself, for reports that users may read and send on.

One line is ``2026-11-25T09:00:00.000Z 4711 ERROR unhandled KeyError``; the lines of a stack follow
it, indented. What may stand in it is decided in `foundation.redaction`, for every line, and
whoever writes names an event with values instead of making a sentence.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
import warnings
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TextIO

from annotator.foundation.errors import AnnotatorError
from annotator.foundation.log_file import LogFile
from annotator.foundation.paths import state_folder
from annotator.foundation.redaction import place_of, shown_values, stack_of, told, words_of_qt

LOGGER = "annotator"
_SAID = "said"


def logs_folder() -> Path:
    """Where log and signs of sessions lie."""
    return state_folder() / "logs"


def note(event: str, /, *, level: int = logging.INFO, **values: object) -> None:
    """Write what happened: a name for it, and values of which the harmless ones are shown."""
    _write(level, event, shown_values(values))


def note_error(error: BaseException, event: str, /, *, is_expected: bool = False) -> None:
    """Write an error with the places it came through; its message is left out.

    An expected one is something the user was told: it is no reason for anybody to worry.
    """
    if is_expected and isinstance(error, AnnotatorError):
        _write(logging.INFO, event, told(error))
    else:
        _write(logging.ERROR, event, *stack_of(error))


def note_qt(message: str, *, level: int) -> None:
    """Write a message of Qt, without what it may have put into it."""
    _write(level, "qt", words_of_qt(message))


def _write(level: int, event: str, *said: str) -> None:
    logging.getLogger(LOGGER).log(level, event, extra={_SAID: said})


class LogWriter(logging.Handler):
    """Puts records into a `LogFile`. Of records that were not made here only the place is told."""

    def __init__(self, file: LogFile) -> None:
        super().__init__()
        self._file = file

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record; whatever goes wrong with that disturbs nobody."""
        try:
            self._file.append(line_of(record))
        except Exception:
            return


def line_of(record: logging.LogRecord) -> str:
    """A record as it stands in the log, with the end of the line."""
    moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
    moment = moment.replace("+00:00", "Z")
    said = getattr(record, _SAID, None)
    if said is None:
        where = f"{place_of(record.pathname)}:{record.lineno}"
        first, more = f"{record.name} {where} {record.funcName}", _stack_in(record)
    else:
        first, more = " ".join(part for part in (str(record.msg), *said[:1]) if part), said[1:]
    lines = "".join(f"    {line}\n" for line in more)
    return f"{moment} {record.process or os.getpid()} {record.levelname} {first}\n{lines}"


def _stack_in(record: logging.LogRecord) -> list[str]:
    error = record.exc_info[1] if record.exc_info else None
    return stack_of(error) if error is not None else []


class Logging:
    """The log of a running process: put in place by `start`, taken away by `stop`.

    Errors that nobody caught are logged, in every thread and in the collector's; `on_unhandled` is
    called with each, in whatever thread it comes. Warnings of Python are logged, too.
    """

    def __init__(self, on_unhandled: Callable[[BaseException], None] | None = None) -> None:
        self._on_unhandled = on_unhandled
        self._handler = LogWriter(LogFile(logs_folder()))
        self._restore: list[Callable[[], None]] = []

    def start(self) -> None:
        """Write everything from `logging.INFO` on, and hear of what nobody catches."""
        logger, root = logging.getLogger(LOGGER), logging.getLogger()
        before = logger.level
        logger.setLevel(logging.INFO)
        root.addHandler(self._handler)
        hooks = (sys.excepthook, threading.excepthook, sys.unraisablehook, warnings.showwarning)
        sys.excepthook = self._on_error
        threading.excepthook = self._on_thread_error
        sys.unraisablehook = self._on_unraisable
        warnings.showwarning = _on_warning

        def put_back() -> None:
            sys.excepthook, threading.excepthook, sys.unraisablehook = hooks[:3]
            warnings.showwarning = hooks[3]
            root.removeHandler(self._handler)
            logger.setLevel(before)

        self._restore.append(put_back)

    def stop(self) -> None:
        """Leave everything as it was before `start`."""
        while self._restore:
            self._restore.pop()()

    def hear(self, error: BaseException, event: str) -> None:
        """Take note of an error that nobody caught. Never raises."""
        try:
            if self._on_unhandled is None:
                note_error(error, event)
            else:
                self._on_unhandled(error)
        except Exception:
            return

    def _on_error(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if isinstance(error, KeyboardInterrupt):
            return
        self.hear(error.with_traceback(trace), "unhandled")

    def _on_thread_error(self, found: threading.ExceptHookArgs) -> None:
        if found.exc_value is not None:
            self.hear(found.exc_value, "unhandled in a thread")

    def _on_unraisable(self, found: sys.UnraisableHookArgs) -> None:
        # What it happened in is not told: its name may hold anything.
        if found.exc_value is not None:
            self.hear(found.exc_value, "unraisable")


def _on_warning(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    _write(logging.WARNING, f"{category.__name__} {place_of(filename)}:{lineno}")


def last_log_lines(count: int, folder: Path | None = None) -> Iterable[str]:
    """The newest lines of the log, oldest first."""
    return LogFile(logs_folder() if folder is None else folder).last_lines(count)


def log_error(error: BaseException, event: str, /, *, is_expected: bool = False) -> None:
    """Log an error of a program that keeps no log otherwise, such as the command line."""
    handler = LogWriter(LogFile(logs_folder()))
    logger = logging.getLogger(LOGGER)
    before = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        note_error(error, event, is_expected=is_expected)
    finally:
        logger.setLevel(before)
        logger.removeHandler(handler)

"""What the log may say: never a word of an article, an annotation or anything somebody typed.

How to think about it: whatever *can* carry text is left out, whatever it says this time. Of an
error stay its type, the places in the program it came through, the key of its sentence, and those
of its values that are numbers, file names or ids; never its message, for ``int("…")`` and a missing
key of a dictionary quote what they were given. Of a message of Qt stay the words of Qt.
"""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from enum import Enum
from pathlib import Path
from types import TracebackType

from annotator.foundation.errors import AnnotatorError
from annotator.foundation.late_pattern import LatePattern

MOST_FRAMES = 40
MOST_CAUSES = 5

_FILE_VALUES = frozenset({"path", "lock", "folder", "file"})
_PROGRAM_VALUES = frozenset({"table", "language", "error", "action", "system", "signal"})
_ID_VALUES = frozenset({"identifier", "record", "set", "missing"})
_ID = LatePattern(r"[A-Za-z]{1,3}[0-9]{1,7}")
_KEY = LatePattern(r"[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z0-9_-]+)*")
_PROJECT_NAME = LatePattern(r"[^\n]*\.nishan")
_QUOTED = LatePattern(r"\"[^\"]*(\"|$)|'[^']*('|$)|“[^”]*(”|$)|«[^»]*(»|$)|`[^`]*(`|$)")
_WORD_OF_QT = LatePattern(r"[A-Za-z0-9_.,:;()/<>=*&+%#!?-]{1,60}")
_MOST_WORDS = 30


def shown_values(values: Mapping[str, object]) -> str:
    """Named values for a line of the log: ``path=… offset=12``; what may be text is ``‹str›``."""
    return " ".join(f"{name}={shown_value(name, value)}" for name, value in values.items())


def shown_value(name: str, value: object) -> str:
    """One value: a number, a path, an id or a word of the program; else only its type."""
    match value:
        case bool() | int() | float() | None:
            return str(value)
        case Enum():
            return str(value.value) if isinstance(value.value, str | int) else value.name
        case Path():
            return _one_line(str(value))
        case str() if _is_harmless(name, value):
            return _one_line(value)
        case _:
            return f"‹{type(value).__name__}›"


def told(error: BaseException) -> str:
    """An error in one line, e.g. ``UserError store.full(name=a.nishan)``; never its message."""
    kind = type(error).__name__
    match error:
        case AnnotatorError():
            return f"{kind} {error.key}({shown_values(error.values)})"
        case OSError():
            path = error.filename if isinstance(error.filename, str) else None
            return f"{kind} errno={error.errno}" + (f" path={_one_line(path)}" if path else "")
        case _:
            return kind


def stack_of(error: BaseException) -> list[str]:
    """The error and what caused it, as lines: each told, then the places it came through."""
    lines: list[str] = []
    present: BaseException | None = error
    for _ in range(MOST_CAUSES):
        if present is None:
            break
        lines += [f"{'caused by ' if lines else ''}{told(present)}", *places(present.__traceback__)]
        present = present.__cause__ or (
            None if present.__suppress_context__ else present.__context__
        )
    return lines


def places(trace: TracebackType | None) -> list[str]:
    """The places a traceback leads through, outermost first; long ones lose their middle."""
    frames = [
        f"  {place_of(frame.f_code.co_filename)}:{line} {frame.f_code.co_name}"
        for frame, line in traceback.walk_tb(trace)
    ]
    if len(frames) <= MOST_FRAMES:
        return frames
    half = MOST_FRAMES // 2
    return [*frames[:half], f"  … {len(frames) - 2 * half} more …", *frames[-half:]]


def place_of(file: str) -> str:
    """A source file without the folders above its package, which may name the user."""
    parts = Path(file).parts
    for root in ("annotator", "site-packages", "tests"):
        if root in parts[:-1]:
            last = len(parts) - 1 - parts[::-1].index(root)
            return "/".join(parts[last + (root == "site-packages") :])
    return "/".join(parts[-2:])


def words_of_qt(message: str) -> str:
    """A message of Qt without what it quotes and without what follows its second colon.

    ``QString::arg: Argument missing: <the text>`` ends after *missing*; only plain ASCII words
    stay.
    """
    head = ": ".join(_QUOTED.ready.sub("…", message).split("\n")[0].split(": ")[:2])
    words = head.split(" ")[:_MOST_WORDS]
    return " ".join(word if _WORD_OF_QT.ready.fullmatch(word) else "…" for word in words)


def _is_harmless(name: str, value: str) -> bool:
    if name in _FILE_VALUES or (name == "name" and _PROJECT_NAME.ready.fullmatch(value)):
        return True
    if name in _PROGRAM_VALUES:
        return _KEY.ready.fullmatch(value) is not None
    return name in _ID_VALUES and _ID.ready.fullmatch(value) is not None


def _one_line(text: str) -> str:
    return "".join(letter if letter.isprintable() else "�" for letter in text)

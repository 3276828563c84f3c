"""The settings on the disk: only what differs from the defaults, and what newer versions wrote.

A value that cannot be used is passed over: the default stands in for it, and the file keeps it
until the user chooses another one. A file that is damaged as a whole is put aside before another
one is written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from pathlib import Path
from types import MappingProxyType
from typing import Any

from msgspec.structs import asdict

from annotator.foundation.atomic import file_error, write_text
from annotator.foundation.catalogue import LANGUAGES
from annotator.foundation.damaged import put_aside
from annotator.foundation.errors import UserError
from annotator.foundation.settings import (
    COLUMN_WIDTHS,
    LINE_HEIGHTS,
    POINTS,
    SYSTEM,
    THEMES,
    ArticleFont,
    Limits,
    Settings,
)

SETTINGS_FILE = "settings.json"


def read_settings(folder: Path) -> Settings:
    """The settings of a folder; the defaults where there is no file or it cannot be read."""
    try:
        return _usable(_stored(folder) or {})
    except UserError:
        return Settings()


def write_settings(folder: Path, settings: Settings) -> None:
    """Write what differs from the defaults; what is not known here stays in the file.

    A damaged file is put aside. Raises `UserError` for what the operating system refuses, also
    where there is a file that it does not let us read.
    """
    import json

    found = _stored(folder)
    stored = dict(found or {})
    before, default = _usable(stored), Settings()
    for name, value in asdict(settings).items():
        if value == getattr(before, name):
            continue  # it may stand there in a form that only a newer version can read
        if value == getattr(default, name):
            stored.pop(name, None)
        else:
            stored[name] = value.value if isinstance(value, Enum) else value
    text = json.dumps(stored, ensure_ascii=False, indent=2, sort_keys=True)
    if found is None:
        put_aside(folder / SETTINGS_FILE)
    write_text(folder / SETTINGS_FILE, f"{text}\n")


def _stored(folder: Path) -> Mapping[str, object] | None:
    """What the file holds: nothing where there is none, None where it is damaged.

    Raises `UserError` for what the operating system refuses.
    """
    path = folder / SETTINGS_FILE
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise file_error(error, path) from error
    except ValueError:
        return None
    import json  # slow to load, and most have no such file

    try:
        found = json.loads(text)
        json.dumps(found, ensure_ascii=False).encode()  # half characters cannot be written back
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _usable(stored: Mapping[str, object]) -> Settings:
    chosen: dict[str, Any] = {}
    for name, value in stored.items():
        try:
            chosen[name] = _READERS[name](value)
        except (KeyError, TypeError, ValueError):
            continue
    return Settings(**chosen)


def _one_of(*allowed: str) -> Callable[[object], object]:
    def read(value: object) -> object:
        if value not in allowed:
            raise ValueError
        return value

    return read


def _within(limits: Limits, kind: type[int] | type[float]) -> Callable[[object], object]:
    def read(value: object) -> object:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise TypeError
        if not limits.least <= value <= limits.most:
            raise ValueError
        return kind(value)

    return read


def _flag(value: object) -> object:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _names(value: object) -> object:
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise TypeError
    return tuple(value)


_READERS: Mapping[str, Callable[[object], object]] = MappingProxyType(
    {
        "language": _one_of(SYSTEM, *LANGUAGES),
        "theme": _one_of(SYSTEM, *THEMES),
        "article_font": ArticleFont,
        "points": _within(POINTS, float),
        "line_height": _within(LINE_HEIGHTS, float),
        "column_width": _within(COLUMN_WIDTHS, int),
        "shows_code_points": _flag,
        "suggests": _flag,
        "direct_folders": _names,
        "copied_folders": _names,
    }
)

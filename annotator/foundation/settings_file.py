"""The settings on the disk: only what differs from the defaults, and what newer versions wrote.

A value that cannot be used is passed over: the default stands in for it, and the file keeps it
until the user chooses another one.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields
from enum import Enum
from pathlib import Path
from types import MappingProxyType
from typing import Any

from annotator.foundation.atomic import write_text
from annotator.foundation.catalogue import LANGUAGES
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
    chosen: dict[str, Any] = {}
    for name, value in _stored(folder).items():
        try:
            chosen[name] = _READERS[name](value)
        except (KeyError, TypeError, ValueError):
            continue
    return Settings(**chosen)


def write_settings(folder: Path, settings: Settings) -> None:
    """Write what differs from the defaults; what is not known here stays in the file.

    Raises `UserError` for what the operating system refuses.
    """
    stored = dict(_stored(folder))
    before, default = read_settings(folder), Settings()
    for field in fields(Settings):
        value = getattr(settings, field.name)
        if value == getattr(before, field.name):
            continue  # it may stand there in a form that only a newer version can read
        if value == getattr(default, field.name):
            stored.pop(field.name, None)
        else:
            stored[field.name] = value.value if isinstance(value, Enum) else value
    text = json.dumps(stored, ensure_ascii=False, indent=2, sort_keys=True)
    write_text(folder / SETTINGS_FILE, f"{text}\n")


def _stored(folder: Path) -> Mapping[str, object]:
    try:
        found = json.loads((folder / SETTINGS_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


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
    }
)

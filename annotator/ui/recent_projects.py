"""The projects opened last, as the settings remember them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSettings

RECENT_LIMIT = 8
RECENT_SETTING = "recent_projects"


def recent_projects() -> list[Path]:
    """The projects opened last, the newest first."""
    stored = QSettings().value(RECENT_SETTING)
    listed = stored if isinstance(stored, list) else [stored] if stored else []
    return [Path(str(path)) for path in listed]


def remember_project(path: Path) -> None:
    """Put a project at the head of the recent ones."""
    before = recent_projects()
    kept = [path, *(known for known in before if known != path)][:RECENT_LIMIT]
    if kept != before:  # most often the last one is opened again, and writing takes its time
        QSettings().setValue(RECENT_SETTING, [str(known) for known in kept])

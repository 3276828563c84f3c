"""How SQLite really writes a project file, as it says itself; for the self-test."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from annotator.store.migrations import load_migrations
from annotator.store.opening import open_connection
from annotator.store.versions import sqlite_version

_PRAGMAS = {
    "journal": "PRAGMA journal_mode",
    "synchronous": "PRAGMA synchronous",
    "locking": "PRAGMA locking_mode",
    "foreign_keys": "PRAGMA foreign_keys",
    "schema": "PRAGMA user_version",
}


def settings_in_use(path: Path) -> Mapping[str, str]:
    """What a project that is opened for writing is written with, by name.

    Nobody else may have it open. Raises `UserError` as opening does.
    """
    connection = open_connection(path.resolve(), load_migrations(), is_read_only=False)
    try:
        rows = {name: connection.row(pragma) for name, pragma in _PRAGMAS.items()}
    finally:
        connection.close()
    found = {name: "" if row is None else str(row[0]) for name, row in rows.items()}
    return {"sqlite": sqlite_version(), **found}

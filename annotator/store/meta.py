"""The table `meta`: what the project is, and where its work stood."""

from __future__ import annotations

from annotator.store.connection import Connection, Transaction

UUID = "uuid"
"""Tells this project from every other; copies and backups keep it, a repaired copy has its own."""
NAME = "name"
CREATED = "created"
GENERATION = "generation"
"""Counts the sessions that wrote, so that of two copies the further one shows."""
LAST_DOCUMENT = "last_document"
LAST_SET = "last_set"
LAST_ANNOTATOR = "last_annotator"

_GET = "SELECT value FROM meta WHERE key = ?"
_SET = """INSERT INTO meta (key, value) VALUES (?, ?)
          ON CONFLICT (key) DO UPDATE SET value = excluded.value"""
_ADVANCE = "UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'generation'"


class Meta:
    """Named texts of the project."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, key: str) -> str | None:
        """The text under this name, or None."""
        row = self._connection.row(_GET, (key,))
        return None if row is None else str(row[0])

    def set(self, tx: Transaction, key: str, value: str) -> None:
        """Keep a text under this name."""
        tx.execute(_SET, (key, value))

    def advance_generation(self, tx: Transaction) -> None:
        """Count one more session that writes."""
        tx.execute(_ADVANCE)

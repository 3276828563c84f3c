"""What a project file holds, counted and digested, so that two files can be told apart quickly."""

from __future__ import annotations

import uuid

from msgspec import Struct

from annotator.foundation.errors import UserError
from annotator.foundation.sha256 import sha256
from annotator.store import meta
from annotator.store.connection import Connection, Row

_TABLES = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"
_SUMS = """SELECT coalesce(sum(mentions), 0), coalesce(sum(events), 0), coalesce(sum(quotes), 0)
           FROM annotation_sets"""
_SUMS_HERE = f"""{_SUMS} JOIN documents ON documents.key = document_key
                 WHERE documents.removed IS NULL AND annotation_sets.removed IS NULL"""
_DOCUMENTS = "SELECT count(*) FROM documents"
_DOCUMENTS_HERE = f"{_DOCUMENTS} WHERE removed IS NULL"

_LOOKED_AT = frozenset({"places"})
"""Tables that looking at a project changes."""
_PLACE_NAMES = frozenset({meta.GENERATION, meta.LAST_DOCUMENT, meta.LAST_SET, meta.LAST_ANNOTATOR})
"""Names in `meta` that looking at a project changes."""
_GROWING = frozenset({"annotations", "journal"})
"""Tables too long to be read whole. Every change of a record has a journal entry, and that has a
number and a digest."""
_DIGESTED = frozenset({"text", "body"})
"""Columns whose digest stands beside them."""


class Inventory(Struct, frozen=True):
    """What is in a project file; what is in its trash counts only where the name says so.

    The numbers with the trash tell how much a file holds: one that has thrown away much holds no
    less than before.

    `digest` is of everything but the places of carets, the trash as well, so that equal digests
    mean that nothing was done between the two; `generation` is that of `meta`.
    """

    uuid: str
    generation: int
    documents: int
    mentions: int
    events: int
    quotes: int
    digest: str
    documents_with_trash: int
    annotations_with_trash: int

    @property
    def annotations(self) -> int:
        """Mentions, events and quotes together, without those in the trash."""
        return self.mentions + self.events + self.quotes


def inventory_of(connection: Connection) -> Inventory:
    """Count what is in a file of any schema version, without reading texts and annotations.

    Raises ``store.damaged`` where the file does not say which project it is.
    """
    named = meta.Meta(connection)
    has_trash = "removed" in columns_of(connection, "documents")
    mentions, events, quotes = connection.rows(_SUMS_HERE if has_trash else _SUMS)[0]
    return Inventory(
        uuid=project_id(named.get(meta.UUID), name=connection.path.name),
        generation=_whole_number(named.get(meta.GENERATION)),
        documents=connection.rows(_DOCUMENTS_HERE if has_trash else _DOCUMENTS)[0][0],
        mentions=mentions,
        events=events,
        quotes=quotes,
        digest=_digest(connection),
        documents_with_trash=connection.rows(_DOCUMENTS)[0][0],
        annotations_with_trash=sum(connection.rows(_SUMS)[0]),
    )


def project_id(text: str | None, *, name: str) -> str:
    """The id of a project in its one spelling: it becomes the name of a folder.

    Raises ``store.damaged`` for what is no UUID; `name` is the file it stands in.
    """
    try:
        return str(uuid.UUID(text or ""))
    except ValueError as error:
        raise UserError("store.damaged", name=name) from error


def columns_of(connection: Connection, table: str) -> tuple[str, ...]:
    """The columns of a table; older schemas have fewer."""
    return tuple(row[1] for row in connection.rows(f"PRAGMA table_info({table})"))


def _whole_number(text: str | None) -> int:
    return int(text) if text is not None and text.isascii() and text.isdigit() else 0


def _digest(connection: Connection) -> str:
    found = sha256()
    for (table,) in connection.rows(_TABLES):
        if table not in _LOOKED_AT:
            found.update(f"{table}\n".encode())
            for row in _rows(connection, table):
                if table != "meta" or row[0] not in _PLACE_NAMES:
                    found.update(f"{row!r}\n".encode())
    return found.hexdigest()


def _rows(connection: Connection, table: str) -> list[Row]:
    names = columns_of(connection, table)
    columns = ", ".join(name for name in names if name not in _DIGESTED)
    last = "DESC LIMIT 1" if table in _GROWING else ""
    return connection.rows(f"SELECT {columns} FROM {table} ORDER BY 1 {last}")

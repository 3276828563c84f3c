"""Reading a copy of a project back in small steps, each over within milliseconds.

What is found out is whether the pages fit together, every text and body is what its digest says,
and every set holds as many records as it counts. A copy that is page for page that of its project
needs no second judgement of what the records say (`integrity.check_fully` gives that, and takes
twenty times as long); so this works for older schemas, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from annotator.core.document import text_sha256
from annotator.foundation.errors import UserError
from annotator.store.connection import Connection, Row
from annotator.store.integrity import check_structure
from annotator.store.inventory import columns_of
from annotator.store.project_journal import project_entry_digest
from annotator.store.rows import digest_of, entry_digest

_TABLES = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"


def check_in_steps(connection: Connection) -> Iterator[None]:
    """Read everything, with a yield after each step. Raises ``store.damaged``."""
    for (table,) in connection.rows(_TABLES):
        if connection.rows(f"PRAGMA quick_check({table})") != [("ok",)]:
            raise UserError("store.damaged", name=connection.path.name)
        yield
    for sql, is_sound in _checks(connection):
        last = -1
        while rows := connection.rows(sql, (last,)):
            if not all(map(is_sound, rows)):
                raise UserError("store.damaged", name=connection.path.name)
            last = rows[-1][0]
            yield


def check_at_once(connection: Connection) -> None:
    """Read everything, references between rows as well. Raises ``store.damaged``."""
    check_structure(connection)
    for _ in check_in_steps(connection):
        pass


def _is_body(row: Row) -> bool:
    _, body, digest = row
    return bool(digest_of(body) == digest)


def _is_entry(row: Row) -> bool:
    _, *columns, digest = row
    return bool(entry_digest(*columns) == digest)


def _is_project_entry(row: Row) -> bool:
    _, *columns, digest = row
    return bool(project_entry_digest(*columns) == digest)


def _is_document(row: Row) -> bool:
    _, text, length, sha256, body, digest = row
    return (len(text), text_sha256(text), digest_of(body)) == (length, sha256, digest)


def _is_counted(row: Row) -> bool:
    return bool(row[1:4] == row[4:7])


_HELD = "(SELECT count(*) FROM annotations WHERE set_key = annotation_sets.key AND layer = '{}')"
_CHECKS: tuple[tuple[str, Callable[[Row], bool]], ...] = (
    ("SELECT key, body, digest FROM schemes WHERE key > ? ORDER BY key LIMIT 4", _is_body),
    (
        "SELECT key, text, length, sha256, body, digest FROM documents WHERE key > ? "
        "ORDER BY key LIMIT 4",
        _is_document,
    ),
    ("SELECT key, body, digest FROM annotations WHERE key > ? ORDER BY key LIMIT 500", _is_body),
    (
        f"SELECT key, mentions, events, quotes, {_HELD.format('mention')}, "
        f"{_HELD.format('event')}, {_HELD.format('quote')} FROM annotation_sets "
        "WHERE key > ? ORDER BY key LIMIT 10",
        _is_counted,
    ),
)
_ENTRIES = """SELECT seq, act, target, joins, made, {}, body, digest FROM journal WHERE seq > ?
              ORDER BY seq LIMIT 100"""
_PROJECT_ENTRIES = """SELECT seq, act, target, made, body, digest FROM project_journal
                      WHERE seq > ? ORDER BY seq LIMIT 100"""


def _checks(connection: Connection) -> Iterator[tuple[str, Callable[[Row], bool]]]:
    """Statements that give rows after a key, and what must hold of each row."""
    yield from _CHECKS
    if "project" in columns_of(connection, "journal"):
        yield _ENTRIES.format("project"), _is_entry
        yield _PROJECT_ENTRIES, _is_project_entry
    else:
        yield _ENTRIES.format("NULL"), _is_entry

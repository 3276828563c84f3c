"""The table `journal`: every edit, undo and redo of every set, appended and never changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TypeAlias

from msgspec.structs import replace

from annotator.core.edits import Edit
from annotator.core.history import Act, JournalEntry
from annotator.core.ids import DocumentId, SetId
from annotator.core.set_header import SetHeader
from annotator.foundation.errors import Defect, UserError
from annotator.store.connection import Connection, Row, Transaction
from annotator.store.rows import entry_from_row, entry_to_row

_APPEND = """INSERT INTO journal (set_key, act, target, joins, made, project, body, digest)
             SELECT annotation_sets.key, ?, ?, ?, ?, ?, ?, ? FROM annotation_sets
             JOIN documents ON documents.key = document_key
             WHERE documents.id = ? AND annotation_sets.id = ?"""
_OF_SET = """SELECT seq, act, target, joins, made, project, body, digest FROM journal
             WHERE set_key = (SELECT annotation_sets.key FROM annotation_sets
              JOIN documents ON documents.key = document_key
              WHERE documents.id = ? AND annotation_sets.id = ?)"""
_ENTRIES = f"{_OF_SET} ORDER BY seq"
_BEFORE = f"{_OF_SET} AND seq < ? ORDER BY seq DESC LIMIT ?"
_OF_PROJECT = """SELECT documents.id, annotation_sets.id, seq, act, target, joins, made, project,
                 journal.body, journal.digest FROM journal
                 JOIN annotation_sets ON annotation_sets.key = set_key
                 JOIN documents ON documents.key = document_key
                 WHERE project = ? AND act = 'do' ORDER BY seq"""
# SQLite takes the other columns of the row that has the greatest `seq`. A body may be damaged.
_LAST_OF_PROJECT = """SELECT project, set_key, act,
                      CASE WHEN json_valid(body) THEN json_extract(body, '$.name') END AS name,
                      max(seq) FROM journal WHERE project IS NOT NULL GROUP BY project, set_key"""
_PROJECT_STATES = f"""SELECT project, (act = 'undo') = (name IS ?), count(*)
                      FROM ({_LAST_OF_PROJECT})
                      WHERE act <> 'do' OR name IN (?, ?) GROUP BY 1, 2"""
_STANDING = f"""SELECT documents.id, annotation_sets.id, (act = 'undo') = (name IS ?)
                FROM ({_LAST_OF_PROJECT}) JOIN annotation_sets ON annotation_sets.key = set_key
                JOIN documents ON documents.key = document_key WHERE project = ?"""
_LAST = "SELECT coalesce(max(seq), 0) FROM journal"
Part: TypeAlias = tuple[DocumentId, SetId, JournalEntry | UserError]
"""What a project edit did to one set; an error where that is damaged."""

_MOST = 64
"""Entries that are read at once."""


class Journal:
    """The log from which undo and redo are replayed (`core.history`)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def append(
        self,
        tx: Transaction,
        header: SetHeader,
        *,
        act: Act,
        edit: Edit,
        at: str,
        target: int | None = None,
        joins: bool = False,
        project: int | None = None,
    ) -> JournalEntry:
        """Log an act on a set; the entry has the next `seq` of the project.

        `target` is the `seq` of the step that an undo or redo concerns, `project` that of the
        project edit it is part of. Raises `Defect` where there is no such set, or `target` is
        missing for an undo or given for a new edit.
        """
        entry = JournalEntry(0, act, edit, at, target=target, joins=joins, project=project)
        row = entry_to_row(entry)
        columns = (row.act, row.target, row.joins, row.made, row.project, row.body, row.digest)
        seq = tx.insert(_APPEND, (*columns, header.document, header.id))
        if self._connection.changes() != 1:
            raise Defect("store.no_such_row", table="annotation_sets", identifier=header.id)
        return replace(entry, seq=seq)

    def backwards(self, header: SetHeader) -> Iterator[JournalEntry]:
        """The entries of a set, the newest first, read as they are asked for.

        Entries appended meanwhile are left out. Raises `UserError` when the next one is damaged.
        """
        newest = self._connection.rows(_LAST)[0][0]
        return self._before(header, newest + 1)

    def _before(self, header: SetHeader, seq: int) -> Iterator[JournalEntry]:
        count = 1
        while rows := self._connection.rows(_BEFORE, (header.document, header.id, seq, count)):
            for row in rows:
                yield entry_from_row(row, document=header.document)
            seq, count = rows[-1][0], min(2 * count, _MOST)

    def entries(self, header: SetHeader) -> tuple[JournalEntry, ...]:
        """Every entry of a set, the oldest first. Raises `UserError` when one is damaged."""
        rows = self._connection.rows(_ENTRIES, (header.document, header.id))
        return tuple(entry_from_row(row, document=header.document) for row in rows)

    def project_states(self, taken_back: str, brought_back: str) -> Counter[tuple[int, bool]]:
        """In how many sets parts of project edits were turned so that they stand, or do not.

        An edit named `taken_back` takes the part back to which it belongs, one named
        `brought_back` brings it back. Parts that were never turned are not counted.
        """
        names = (taken_back, taken_back, brought_back)
        rows = self._connection.rows(_PROJECT_STATES, names)
        return Counter({(row[0], bool(row[1])): row[2] for row in rows})

    def standing(self, seq: int, taken_back: str) -> dict[tuple[DocumentId, SetId], bool]:
        """Whether the part of each set in a project edit stands, by its last act."""
        rows = self._connection.rows(_STANDING, (taken_back, seq))
        return {(DocumentId(row[0]), SetId(row[1])): bool(row[2]) for row in rows}

    def of_project(self, seq: int) -> tuple[Part, ...]:
        """The edits of sets that are part of a project edit, with where they were made.

        An error stands for one that is damaged.
        """
        rows = self._connection.rows(_OF_PROJECT, (seq,))
        return tuple((DocumentId(row[0]), SetId(row[1]), _entry_or_error(row)) for row in rows)


def _entry_or_error(row: Row) -> JournalEntry | UserError:
    try:
        return entry_from_row(row[2:], document=DocumentId(row[0]))
    except UserError as error:
        return error

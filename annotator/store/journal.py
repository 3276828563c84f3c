"""The table `journal`: every edit, undo and redo of every set, appended and never changed."""

from __future__ import annotations

from annotator.core.edits import Edit
from annotator.core.history import Act, JournalEntry
from annotator.core.ids import DocumentId
from annotator.core.set_header import SetHeader
from annotator.foundation.errors import Defect
from annotator.store.connection import Connection, Row, Transaction
from annotator.store.rows import digest_of, edit_from_body, edit_to_body

_APPEND = """INSERT INTO journal (set_key, act, target, joins, made, body, digest)
             SELECT annotation_sets.key, ?, ?, ?, ?, ?, ? FROM annotation_sets
             JOIN documents ON documents.key = document_key
             WHERE documents.id = ? AND annotation_sets.id = ?"""
_ENTRIES = """SELECT seq, act, journal.body, journal.digest, made, target, joins FROM journal
              JOIN annotation_sets ON annotation_sets.key = set_key
              JOIN documents ON documents.key = document_key
              WHERE documents.id = ? AND annotation_sets.id = ? ORDER BY seq"""


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
    ) -> JournalEntry:
        """Log an act on a set; the entry has the next `seq` of the project.

        `target` is the `seq` of the step that an undo or redo concerns. Raises `Defect` where there
        is no such set, or `target` is missing for an undo or given for a new edit.
        """
        body = edit_to_body(edit)
        bindings = (
            *(act.value, target, int(joins), at, body, digest_of(body)),
            *(header.document, header.id),
        )
        seq = tx.insert(_APPEND, bindings)
        if self._connection.changes() != 1:
            raise Defect("store.no_such_row", table="annotation_sets", identifier=header.id)
        return JournalEntry(seq=seq, act=act, edit=edit, at=at, target=target, joins=joins)

    def entries(self, header: SetHeader) -> tuple[JournalEntry, ...]:
        """Every entry of a set, the oldest first. Raises `UserError` when one is damaged."""
        rows = self._connection.rows(_ENTRIES, (header.document, header.id))
        return tuple(_entry(row, header.document) for row in rows)


def _entry(row: Row, document: DocumentId) -> JournalEntry:
    seq, act, body, digest, made, target, joins = row
    return JournalEntry(
        seq=seq,
        act=Act(act),
        edit=edit_from_body(body, digest, document=document, seq=seq),
        at=made,
        target=target,
        joins=bool(joins),
    )

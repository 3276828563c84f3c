"""Deleting documents for ever: the one place that takes rows out of a project file."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.core.ids import DocumentId
from annotator.foundation.errors import Defect
from annotator.store.connection import Connection, Transaction

_KEY = "SELECT key FROM documents WHERE id = ? AND removed IS NOT NULL"
_SETS = "SELECT key FROM annotation_sets WHERE document_key = ?"
_OF_SET = (
    "DELETE FROM journal WHERE set_key = ?",
    "DELETE FROM annotations WHERE set_key = ?",
    "DELETE FROM annotation_sets WHERE key = ?",
)
_OF_DOCUMENT = (
    "DELETE FROM places WHERE document_key = ?",
    "DELETE FROM documents WHERE key = ?",
)
# Entries name the entry they take back, and SQLite looks for such entries of every one that goes.
# The file has no index for that, for nothing else asks; it is there while this runs.
_INDEX = "CREATE INDEX journal_by_target ON journal (target) WHERE target IS NOT NULL"
_NO_INDEX = "DROP INDEX journal_by_target"


class Purging:
    """Takes documents in the trash out of the file, with everything in them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def purge(self, tx: Transaction, documents: Sequence[DocumentId]) -> None:
        """Delete the rows of these documents: sets, annotations, journal and places.

        Raises `Defect` for a document that is not in the trash; then the transaction must not end
        well.
        """
        tx.execute(_INDEX)
        for document in documents:
            self._purge_one(tx, document)
        tx.execute(_NO_INDEX)

    def _purge_one(self, tx: Transaction, document: DocumentId) -> None:
        row = self._connection.row(_KEY, (document,))
        if row is None:
            raise Defect("store.no_such_row", table="documents", identifier=document)
        for (key,) in self._connection.rows(_SETS, row):
            for statement in _OF_SET:
                tx.execute(statement, (key,))
        for statement in _OF_DOCUMENT:
            tx.execute(statement, row)

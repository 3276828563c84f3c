"""The table `places`: where each annotator's caret stood in each document."""

from __future__ import annotations

from typing import NamedTuple

from annotator.core.ids import AnnotatorId, DocumentId
from annotator.foundation.errors import Defect
from annotator.store.connection import Connection, Transaction

_SAVE = """INSERT INTO places (document_key, annotator_id, anchor, caret)
           SELECT key, ?, ?, ? FROM documents WHERE id = ?
           ON CONFLICT (document_key, annotator_id)
           DO UPDATE SET anchor = excluded.anchor, caret = excluded.caret"""
_GET = """SELECT anchor, caret FROM places JOIN documents ON documents.key = document_key
          WHERE documents.id = ? AND annotator_id = ?"""


class Place(NamedTuple):
    """A selection from `anchor` to `caret`, in code points; equal where only a caret stood."""

    anchor: int
    caret: int


class Places:
    """The last place of each annotator in each document."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def save(
        self,
        tx: Transaction,
        document_id: DocumentId,
        annotator_id: AnnotatorId,
        anchor: int,
        caret: int,
    ) -> None:
        """Keep a place. Raises `Defect` where there is no such document."""
        if tx.execute(_SAVE, (annotator_id, anchor, caret, document_id)) != 1:
            raise Defect("store.no_such_row", table="documents", identifier=document_id)

    def get(self, document_id: DocumentId, annotator_id: AnnotatorId) -> Place | None:
        """The place that was kept, or None."""
        row = self._connection.row(_GET, (document_id, annotator_id))
        return None if row is None else Place(*row)

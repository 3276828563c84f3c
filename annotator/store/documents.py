"""The table `documents`: texts as they were imported, in the order of the project."""

from __future__ import annotations

import re

from msgspec import Struct

from annotator.core.document import Document
from annotator.core.ids import DocumentId
from annotator.foundation.errors import Defect, UserError
from annotator.store.connection import Connection, Row, Transaction
from annotator.store.rows import digest_of, document_from_row, document_to_body

LONGEST_ID = 128
_UNSAFE = re.compile(r"[^A-Za-z0-9_.-]+", re.ASCII)
_NAMELESS = "doc"

_ADD = """INSERT INTO documents (id, position, title, length, sha256, text, body, digest, added)
          SELECT ?, coalesce(max(position), 0) + 1, ?, ?, ?, ?, ?, ?, ? FROM documents"""
_GET = "SELECT id, title, length, sha256, text, body, digest FROM documents WHERE id = ?"
_ENTRY = "SELECT id, title, length, sha256, position FROM documents"
_ENTRIES = f"{_ENTRY} WHERE removed IS NULL ORDER BY position"
_IDS = "SELECT id FROM documents WHERE removed IS NULL ORDER BY id COLLATE BINARY"
_REMOVED = f"{_ENTRY} WHERE removed IS NOT NULL ORDER BY removed DESC, position"
_BY_TEXT = """SELECT id FROM documents WHERE sha256 = ?
              ORDER BY removed IS NOT NULL, position LIMIT 1"""
_STATE = "SELECT removed FROM documents WHERE id = ?"
_SET_STATE = "UPDATE documents SET removed = ? WHERE id = ?"
_IS_TAKEN = "SELECT 1 FROM documents WHERE id = ?"
_COUNT = "SELECT count(*) FROM documents WHERE removed IS NULL"


class DocumentEntry(Struct, frozen=True):
    """A document in a list, without its text. `length` is in code points, `position` from 1."""

    id: DocumentId
    title: str | None
    length: int
    sha256: str
    position: int

    @property
    def name(self) -> str:
        """What a list shows: the title, else the id."""
        return self.title or self.id


class Documents:
    """The documents of the project."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, tx: Transaction, document: Document, *, at: str) -> None:
        """Add a document at the end. Raises `Defect` for an id in use (see `free_id`)."""
        if self._is_taken(document.id):
            raise Defect("store.row_exists", table="documents", identifier=document.id)
        body = document_to_body(document)
        tx.execute(
            _ADD,
            (
                document.id,
                document.metadata.title,
                len(document.text),
                document.sha256,
                document.text,
                body,
                digest_of(body),
                at,
            ),
        )

    def get(self, document_id: DocumentId) -> Document:
        """The document with this id, letter case aside.

        Raises `UserError` where there is none or its text is not what was imported.
        """
        return document_from_row(self.row(document_id))

    def row(self, document_id: DocumentId) -> Row:
        """What `get` makes a document of. Raises `UserError` where there is none."""
        row = self._connection.row(_GET, (document_id,))
        if row is None:
            raise UserError("store.no_such_document", document=document_id)
        return row

    def entries(self) -> tuple[DocumentEntry, ...]:
        """Every document without its text, in order, but for those in the trash."""
        rows = self._connection.rows(_ENTRIES)
        return tuple(DocumentEntry(DocumentId(row[0]), *row[1:]) for row in rows)

    def ids(self) -> tuple[DocumentId, ...]:
        """All ids but those in the trash, in the order of ids and not of the project.

        For whoever goes through more documents than shall be in memory.
        """
        return tuple(DocumentId(row[0]) for row in self._connection.rows(_IDS))

    def removed(self) -> tuple[DocumentEntry, ...]:
        """The documents in the trash, those that went last first."""
        rows = self._connection.rows(_REMOVED)
        return tuple(DocumentEntry(DocumentId(row[0]), *row[1:]) for row in rows)

    def __contains__(self, identifier: object) -> bool:
        """Whether there is a document with this id, in the project or in the trash."""
        return isinstance(identifier, str) and self._is_taken(identifier)

    def find_text(self, sha256: str) -> DocumentId | None:
        """The first document whose text has this fingerprint, or None.

        One in the trash is found where no other has the text; `removed_at` tells.
        """
        row = self._connection.row(_BY_TEXT, (sha256,))
        return None if row is None else DocumentId(row[0])

    def removed_at(self, document_id: DocumentId) -> str | None:
        """When the document went to the trash; None while it is in the project.

        Raises `UserError` where there is no such document.
        """
        row = self._connection.row(_STATE, (document_id,))
        if row is None:
            raise UserError("store.no_such_document", document=document_id)
        return None if row[0] is None else str(row[0])

    def remove(self, tx: Transaction, document_id: DocumentId, *, at: str) -> None:
        """Put a document with everything in it into the trash."""
        _require_one(tx.execute(_SET_STATE, (at, document_id)), document_id)

    def restore(self, tx: Transaction, document_id: DocumentId) -> None:
        """Take a document out of the trash, to where it was."""
        _require_one(tx.execute(_SET_STATE, (None, document_id)), document_id)

    def count(self) -> int:
        """How many documents there are, without those in the trash."""
        return int(self._connection.rows(_COUNT)[0][0])

    def free_id(self, wanted: str) -> DocumentId:
        """An unused id like `wanted`: safe characters only, numbered ``-2``, ``-3`` … if taken.

        Ids become file names in exports, hence two that differ only in case count as one, and none
        begins with a dot or a hyphen.
        """
        stem = _UNSAFE.sub("-", wanted).strip("-.")[:LONGEST_ID].rstrip("-.") or _NAMELESS
        if not self._is_taken(stem):
            return DocumentId(stem)
        # Thousands of imports may want one name: find a taken number followed by a free one by
        # doubling and halving instead of counting up.
        free = 2
        while self._is_taken(_numbered(stem, free)):
            free *= 2
        taken = free // 2
        while free - taken > 1:
            middle = (free + taken) // 2
            if self._is_taken(_numbered(stem, middle)):
                taken = middle
            else:
                free = middle
        return DocumentId(_numbered(stem, free))

    def _is_taken(self, identifier: str) -> bool:
        return self._connection.row(_IS_TAKEN, (identifier,)) is not None


def _require_one(count: int, identifier: str) -> None:
    if count != 1:
        raise Defect("store.no_such_row", table="documents", identifier=identifier)


def _numbered(stem: str, number: int) -> str:
    suffix = f"-{number}"
    return stem[: LONGEST_ID - len(suffix)] + suffix

"""The tables `annotation_sets` and `annotations`: read a set, write an edit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import Record, SetStatus, StatusRecord, last_offset, layer_of
from annotator.core.edits import Change, Edit
from annotator.core.ids import STATUS_ID, DocumentId, Layer, RecordId, SetId
from annotator.core.set_header import SetHeader
from annotator.foundation.errors import Defect
from annotator.store.connection import Bindings, Connection, Row, Transaction
from annotator.store.late_reading import LateReading
from annotator.store.record_json import canonical
from annotator.store.rows import (
    header_from_row,
    numbers_from_json,
    numbers_to_json,
    record_to_row,
)
from annotator.store.stored_rows import SetRows

_HEADERS = """SELECT documents.id, annotation_sets.id, kind, annotators, adjudicator, derived_from,
              created, modified FROM annotation_sets
              JOIN documents ON documents.key = document_key"""
_HERE = "documents.removed IS NULL AND annotation_sets.removed IS NULL"
_ALL_HEADERS = f"{_HEADERS} WHERE {_HERE} ORDER BY position, annotation_sets.key"
_DOCUMENT_HEADERS = f"""{_HEADERS} WHERE documents.id = ? AND annotation_sets.removed IS NULL
                        ORDER BY annotation_sets.key"""
_EVERY_HEADER = f"{_HEADERS} WHERE documents.id = ? ORDER BY annotation_sets.key"
_REMOVED_HEADERS = f"""{_HEADERS} WHERE annotation_sets.removed IS NOT NULL
                       ORDER BY annotation_sets.removed DESC, position, annotation_sets.key"""
_SET_STATE = """UPDATE annotation_sets SET removed = ? WHERE id = ? AND document_key =
                (SELECT key FROM documents WHERE id = ?)"""
_DERIVE = """UPDATE annotation_sets SET derived_from = ? WHERE id = ? AND document_key =
             (SELECT key FROM documents WHERE id = ?)"""
_STATE = """SELECT annotation_sets.removed FROM annotation_sets
            JOIN documents ON documents.key = document_key
            WHERE documents.id = ? AND annotation_sets.id = ?"""
_ONE_HEADER = f"{_HEADERS} WHERE documents.id = ? AND annotation_sets.id = ?"
_SUMMARIES = f"""SELECT documents.id, annotation_sets.id, status, mentions, events, quotes
                 FROM annotation_sets JOIN documents ON documents.key = document_key
                 WHERE {_HERE} ORDER BY position, annotation_sets.key"""
_SUMMARIES_OF = f"""SELECT documents.id, annotation_sets.id, kind, annotators, adjudicator,
                    derived_from, created, modified, status, mentions, events, quotes
                    FROM annotation_sets JOIN documents ON documents.key = document_key
                    WHERE {_HERE} AND documents.id IN (SELECT value FROM json_each(?))
                    ORDER BY annotation_sets.key"""
_DOCUMENT_COUNTS = """SELECT annotation_sets.id, mentions, events, quotes
                      FROM annotation_sets JOIN documents ON documents.key = document_key
                      WHERE documents.id = ?"""
_DOCUMENT_KEY = "SELECT key FROM documents WHERE id = ?"
_ADD_SET = """INSERT INTO annotation_sets (document_key, id, kind, annotators, adjudicator,
              derived_from, created, modified, last_numbers, status, mentions, events, quotes)
              VALUES (?, ?, ?, ?, ?, ?, ?, ?, '{}', 'new', 0, 0, 0)"""
_PERSON = "SELECT 1 FROM people WHERE id = ?"
_SET = """SELECT annotation_sets.key, last_numbers, length FROM annotation_sets
          JOIN documents ON documents.key = document_key
          WHERE documents.id = ? AND annotation_sets.id = ?"""
_TOUCH = """UPDATE annotation_sets SET modified = ?, last_numbers = ?, status = ?,
            mentions = mentions + ?, events = events + ?, quotes = quotes + ? WHERE key = ?"""
_RECORDED_STATUS = "SELECT label FROM annotations WHERE set_key = ? AND id = ?"
_RECORDS = """SELECT id, layer, span_start, span_end, label, body, digest FROM annotations
              WHERE set_key = ? ORDER BY key"""
_INSERT = """INSERT INTO annotations (set_key, id, layer, span_start, span_end, label, body, digest)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (set_key, id) DO NOTHING"""
_UPDATE = """UPDATE annotations SET layer = ?, span_start = ?, span_end = ?, label = ?, body = ?,
             digest = ? WHERE set_key = ? AND id = ? AND body = ?"""
_DELETE = "DELETE FROM annotations WHERE set_key = ? AND id = ? AND body = ?"
_IS_STORED = "SELECT 1 FROM annotations WHERE set_key = ? AND id = ? AND body = ?"
_ANY = "SELECT 1 FROM annotations WHERE set_key = ? LIMIT 1"

_COUNTED = (Layer.MENTION, Layer.EVENT, Layer.QUOTE)


class SetSummary(NamedTuple):
    """What is told of a set without reading it."""

    header: SetHeader
    status: SetStatus
    counts: Mapping[Layer, int]


class Annotations:
    """The annotation sets of the project and their records."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def headers(self, document_id: DocumentId | None = None) -> tuple[SetHeader, ...]:
        """The sets of one document, or of all, in order of documents and then of creation.

        Those in the trash are left out, and of all documents those of documents in the trash.
        """
        if document_id is None:
            rows = self._connection.rows(_ALL_HEADERS)
        else:
            rows = self._connection.rows(_DOCUMENT_HEADERS, (document_id,))
        return tuple(header_from_row(row) for row in rows)

    def header(self, document_id: DocumentId, set_id: SetId) -> SetHeader | None:
        """One set, or None."""
        row = self._connection.row(_ONE_HEADER, (document_id, set_id))
        return None if row is None else header_from_row(row)

    def every_header(self, document_id: DocumentId) -> tuple[SetHeader, ...]:
        """The sets of one document, also those in the trash."""
        rows = self._connection.rows(_EVERY_HEADER, (document_id,))
        return tuple(header_from_row(row) for row in rows)

    def removed(self) -> tuple[SetHeader, ...]:
        """The sets in the trash, those that went last first; not those of documents in it."""
        return tuple(header_from_row(row) for row in self._connection.rows(_REMOVED_HEADERS))

    def removed_at(self, document_id: DocumentId, set_id: SetId) -> str | None:
        """When the set went to the trash; None while it is in the project, or is not there."""
        row = self._connection.row(_STATE, (document_id, set_id))
        return None if row is None or row[0] is None else str(row[0])

    def remove(self, tx: Transaction, document_id: DocumentId, set_id: SetId, *, at: str) -> None:
        """Put one set into the trash."""
        if tx.execute(_SET_STATE, (at, set_id, document_id)) != 1:
            raise _no_such("annotation_sets", set_id)

    def restore(self, tx: Transaction, document_id: DocumentId, set_id: SetId) -> None:
        """Take a set out of the trash."""
        if tx.execute(_SET_STATE, (None, set_id, document_id)) != 1:
            raise _no_such("annotation_sets", set_id)

    def derive(self, tx: Transaction, header: SetHeader) -> None:
        """Say from which sets an adjudicated one comes by now, as `header` tells."""
        derived = canonical(header.derived_from)
        if tx.execute(_DERIVE, (derived, header.id, header.document)) != 1:
            raise _no_such("annotation_sets", header.id)

    def add_set(self, tx: Transaction, header: SetHeader) -> None:
        """Add an empty set.

        Raises `Defect` where the document or an annotator is not there or the set already is.
        """
        document = self._connection.row(_DOCUMENT_KEY, (header.document,))
        if document is None:
            raise _no_such("documents", header.document)
        if self._connection.row(_SET, (header.document, header.id)) is not None:
            raise Defect("store.row_exists", table="annotation_sets", identifier=header.id)
        adjudicators = () if header.adjudicator is None else (header.adjudicator,)
        for person in (*header.annotators, *adjudicators):
            if self._connection.row(_PERSON, (person,)) is None:
                raise _no_such("people", person)
        tx.execute(
            _ADD_SET,
            (
                document[0],
                header.id,
                header.kind.value,
                canonical(header.annotators),
                header.adjudicator,
                canonical(header.derived_from),
                header.created,
                header.modified,
            ),
        )

    def read(self, header: SetHeader) -> AnnotationSet:
        """The records of a set, in order of creation.

        Raises `UserError` naming document and record where one is damaged or refers to nothing,
        `Defect` where there is no such set.
        """
        return self.rows_of(header).annotations()

    def rows_of(self, header: SetHeader) -> SetRows:
        """What `read` makes a set of. Raises `Defect` where there is no such set."""
        key, numbers, length = self._set_row(header)
        return SetRows(header, numbers, length, self._connection.rows(_RECORDS, (key,)))

    def read_late(self, header: SetHeader) -> LateReading:
        """The same set, with records that are read when they are asked for.

        Raises like `read` for what the columns tell; the rest is told by what is read later.
        """
        key, body, length = self._set_row(header)
        numbers = numbers_from_json(body, document=header.document, set_id=header.id)
        return LateReading(self._connection, key, header, numbers=numbers, length=length)

    def write(
        self,
        tx: Transaction,
        header: SetHeader,
        edit: Edit,
        *,
        numbers: Mapping[Layer, int],
        at: str,
    ) -> None:
        """Apply an edit to the stored set; `numbers` are its `last_numbers` afterwards.

        Raises `Defect` where a record is not stored as the edit saw it, or would lie outside the
        text.
        """
        key, body, length = self._set_row(header)
        for change in edit.changes:
            if change.after is not None and last_offset(change.after) > length:
                raise Defect("store.outside_text", identifier=change.id, length=length)
        for is_new, some in groupby(edit.changes, _is_new):
            changes = tuple(some)
            if is_new:
                _insert(self._connection, tx, key, changes)
            else:
                for change in changes:
                    _write_change(tx, key, change)
        stored = numbers_from_json(body, document=header.document, set_id=header.id)
        for layer, number in numbers.items():
            stored[layer] = max(stored.get(layer, 0), number)
        gained = _gained(edit)
        tx.execute(
            _TOUCH,
            (
                at,
                numbers_to_json(stored),
                self._status(key, edit).value,
                *(gained[layer] for layer in _COUNTED),
                key,
            ),
        )

    def statuses(self) -> Mapping[tuple[DocumentId, SetId], SetStatus]:
        """How far each set is, without reading the sets."""
        return {(row[0], row[1]): SetStatus(row[2]) for row in self._connection.rows(_SUMMARIES)}

    def summaries(self, documents: Sequence[DocumentId]) -> tuple[SetSummary, ...]:
        """The sets of some documents, in the order in which they were made."""
        rows = self._connection.rows(_SUMMARIES_OF, (canonical(documents),))
        return tuple(
            SetSummary(header_from_row(row[:8]), SetStatus(row[8]), _counts(row[9:]))
            for row in rows
        )

    def counts(self) -> Mapping[tuple[DocumentId, SetId], Mapping[Layer, int]]:
        """How many mentions, events and quotes each set holds, without reading the sets."""
        rows = self._connection.rows(_SUMMARIES)
        return {(row[0], row[1]): _counts(row[3:]) for row in rows}

    def counts_of(self, document_id: DocumentId) -> Mapping[SetId, Mapping[Layer, int]]:
        """How many mentions, events and quotes each set of one document holds."""
        rows = self._connection.rows(_DOCUMENT_COUNTS, (document_id,))
        return {row[0]: _counts(row[1:]) for row in rows}

    def _set_row(self, header: SetHeader) -> Row:
        row = self._connection.row(_SET, (header.document, header.id))
        if row is None:
            raise _no_such("annotation_sets", header.id)
        return row

    def _status(self, key: int, edit: Edit) -> SetStatus:
        """What `AnnotationSet.status` tells of the set after an edit that is written."""
        for record in edit.written():
            if isinstance(record, StatusRecord):
                return record.status
        recorded = self._connection.row(_RECORDED_STATUS, (key, STATUS_ID))
        if recorded is not None:
            return SetStatus(recorded[0])
        is_begun = self._connection.row(_ANY, (key,)) is not None
        return SetStatus.IN_PROGRESS if is_begun else SetStatus.NEW


def _counts(numbers: Row) -> dict[Layer, int]:
    return dict(zip(_COUNTED, numbers, strict=True))


def _is_new(change: Change) -> bool:
    return change.before is None and change.after is not None


def _insert(connection: Connection, tx: Transaction, key: int, changes: tuple[Change, ...]) -> None:
    records = [change.after for change in changes if change.after is not None]
    written = tx.insert_all(_INSERT, (_bindings(key, record) for record in records))
    if written != len(records):
        raise Defect("store.stale_write", identifier=_kept_out(connection, key, records))


def _kept_out(connection: Connection, key: int, records: Sequence[Record]) -> RecordId:
    """The first of some records in whose place another one is stored, as far as can be told."""
    ids: set[RecordId] = set()
    for record in records:
        if record.id in ids or not connection.row(
            _IS_STORED, (key, record.id, record_to_row(record).body)
        ):
            return record.id
        ids.add(record.id)
    return records[0].id


def _bindings(key: int, record: Record) -> Bindings:
    new = record_to_row(record)
    return key, new.id, new.layer, new.start, new.end, new.label, new.body, new.digest


def _write_change(tx: Transaction, key: int, change: Change) -> None:
    """Delete or change a record; of one that is not as the change saw it, `Defect` tells."""
    if change.before is None or change.after is None:
        written = _delete(tx, key, change)
    else:
        old, new = record_to_row(change.before), record_to_row(change.after)
        values = (new.layer, new.start, new.end, new.label, new.body, new.digest)
        written = tx.execute(_UPDATE, (*values, key, old.id, old.body))
    if written != 1:
        raise Defect("store.stale_write", identifier=change.id)


def _delete(tx: Transaction, key: int, change: Change) -> int:
    if change.before is None:
        return 0
    old = record_to_row(change.before)
    return tx.execute(_DELETE, (key, old.id, old.body))


def _gained(edit: Edit) -> Counter[Layer]:
    gained: Counter[Layer] = Counter()
    gained.update(layer_of(record) for record in edit.added())
    gained.subtract(layer_of(record) for record in edit.removed())
    return gained


def _no_such(table: str, identifier: str) -> Defect:
    return Defect("store.no_such_row", table=table, identifier=identifier)

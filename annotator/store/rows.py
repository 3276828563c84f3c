"""Values ⇄ rows: the only place that knows both a record and how the tables keep it.

A *body* is canonical JSON; its *digest* finds the damage that SQLite's own checks do not see (they
find one bit flip in nine, ``reliability.md`` part 1). Nothing is written that does not read back
as the same value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, TypeAlias, TypeVar, assert_never

from msgspec.structs import asdict, replace

from annotator.core.annotations import (
    LAYER_OF,
    Entity,
    Event,
    Mention,
    Quote,
    Record,
    StatusRecord,
    SuggestionDecision,
)
from annotator.core.document import Document, Metadata, Source, text_sha256
from annotator.core.edits import Edit
from annotator.core.history import Act, JournalEntry
from annotator.core.ids import AnnotatorId, DocumentId, Layer, SetId
from annotator.core.set_header import SetHeader, SetKind
from annotator.core.span import Fragments
from annotator.foundation.errors import AnnotatorError, Damaged, Defect, UserError
from annotator.foundation.sha256 import sha256
from annotator.store.connection import Row
from annotator.store.edit_json import edit_from_json, edit_to_json
from annotator.store.record_json import Json, canonical, parsed, record_body, record_of

_V = TypeVar("_V")
_DIGEST_BYTES = 16
_PROVED = 4096
"""Records whose bodies are kept: the changes of an edit, until journal and rows are written."""
_proved: dict[int, tuple[Record, str]] = {}
_LAYER_WORDS = {kind: layer.value for kind, layer in LAYER_OF.items()}
_Columns: TypeAlias = tuple[str, str, int | None, int | None, str]
_UNREADABLE = (KeyError, TypeError, ValueError, AttributeError, AnnotatorError)


class RecordRow(NamedTuple):
    """One record as the table `annotations` keeps it; records without text have no span."""

    id: str
    layer: str
    start: int | None
    end: int | None
    label: str
    body: str
    digest: bytes


def digest_of(*parts: str) -> bytes:
    """The first 16 bytes of the SHA-256 of a body, or of its parts as one."""
    return digest_of_pieces(parts)


def digest_of_pieces(parts: Iterable[str]) -> bytes:
    """`digest_of` parts that are made one after the other."""
    told = sha256()
    for part in parts:
        told.update(part.encode("utf-8"))
    return told.digest()[:_DIGEST_BYTES]


def record_to_row(record: Record) -> RecordRow:
    """The row of a record. Raises `Defect` for a record that would not read back."""
    return _record_row(record, _record_body(record))


def _record_body(record: Record) -> str:
    """A body that is proved to read back; journal and rows ask for it one after the other.

    Known by identity: to compare records takes as long as to prove them.
    """
    known = _proved.get(id(record))
    if known is not None and known[0] is record:
        return known[1]
    body = _proved_body(record, record_body, record_of)
    if len(_proved) >= _PROVED:
        _proved.clear()
    _proved[id(record)] = record, body
    return body


def _record_row(record: Record, body: str) -> RecordRow:
    return RecordRow(*_columns(record), body, digest_of(body))


def record_from_row(row: Row, *, document: DocumentId) -> Record:
    """The record of the columns id, layer, span_start, span_end, label, body, digest.

    Raises `UserError` naming document and record when the row is damaged or unknown.
    """
    *columns, body, digest = row
    try:
        record = record_of(body)
        # What is written as the stored body reads back as this record: that is how it was read.
        is_whole = record_body(record) == body and digest_of(body) == digest
        if not is_whole or _columns(record) != tuple(columns):
            raise ValueError(columns[0])
    except _UNREADABLE as error:
        raise Damaged("store.record_damaged", document=document, record=columns[0]) from error
    return record


def proved_record(row: Row) -> Record:
    """The record of a row of which `record_from_row` made one elsewhere."""
    return record_of(row[-2])


class JournalRow(NamedTuple):
    """One act as the table `journal` keeps it, all but its `seq`; the digest is of all of it."""

    act: str
    target: int | None
    joins: int
    made: str
    project: int | None
    body: str
    digest: bytes


def entry_to_row(entry: JournalEntry) -> JournalRow:
    """The row of a journal entry. Raises `Defect` for an edit that would not read back."""
    return _entry_row(entry, _edit_body(entry.edit))


def _edit_body(edit: Edit) -> str:
    """The canonical JSON of `edit_to_json`, put together of bodies that are proved."""
    head = _body(replace(edit, changes=()), edit_to_json, edit_from_json)
    changes = ",".join(
        f'{{"after":{_side_body(change.after)},"before":{_side_body(change.before)}}}'
        for change in edit.changes
    )
    return head.replace('"changes":[]', f'"changes":[{changes}]', 1)


def _side_body(record: Record | None) -> str:
    return "null" if record is None else _record_body(record)


def _entry_row(entry: JournalEntry, body: str) -> JournalRow:
    head = (entry.act.value, entry.target, int(entry.joins), entry.at)
    digest = entry_digest(*head, entry.project, body)
    return JournalRow(*head, entry.project, body, digest)


def entry_digest(
    act: str, target: int | None, joins: int, made: str, project: int | None, body: str
) -> bytes:
    """The digest of a journal entry, of its columns as stored."""
    head = (act, target, joins, made)
    # What is part of nothing has the digest it had before there were project edits.
    told = head if project is None else (*head, project)
    return digest_of(canonical(told), body)


def entry_from_row(row: Row, *, document: DocumentId) -> JournalEntry:
    """The entry of the columns seq, act, target, joins, made, project, body, digest.

    Raises `UserError` naming document and entry when the row is damaged.
    """
    seq, *columns = row
    try:
        stored = JournalRow(*columns)
        entry = JournalEntry(
            seq=seq,
            act=Act(stored.act),
            edit=edit_from_json(parsed(stored.body)),
            at=stored.made,
            target=stored.target,
            joins=bool(stored.joins),
            project=stored.project,
        )
        if _entry_row(entry, canonical(edit_to_json(entry.edit))) != stored:
            raise ValueError(seq)
    except _UNREADABLE as error:
        raise Damaged("store.journal_damaged", document=document, seq=seq) from error
    return entry


def document_to_body(document: Document) -> str:
    """Source and metadata of a document; id, title and text have columns of their own."""
    return canonical({"source": asdict(document.source), "metadata": asdict(document.metadata)})


def document_from_row(row: Row) -> Document:
    """The document of the columns id, title, length, sha256, text, body, digest.

    Raises `UserError` naming the document when its text or body is not what was stored.
    """
    identifier, title, length, sha256, text, body, digest = row
    try:
        fields = _parsed(body, digest)
        document = Document(
            id=DocumentId(identifier),
            text=text,
            source=Source(**fields["source"]),
            metadata=Metadata(**fields["metadata"]),
        )
        if (document.metadata.title, len(text), text_sha256(text)) != (title, length, sha256):
            raise ValueError(identifier)
    except _UNREADABLE as error:
        raise UserError("store.document_damaged", document=identifier) from error
    return document


def header_from_row(row: Row) -> SetHeader:
    """The header of the columns that `annotations` selects for one.

    Raises `UserError` naming document and set when the row is damaged.
    """
    document, identifier, kind, annotators, adjudicator, derived, created, modified = row
    try:
        return SetHeader(
            id=SetId(identifier),
            document=DocumentId(document),
            kind=SetKind(kind),
            annotators=tuple(AnnotatorId(_text(name)) for name in parsed(annotators)),
            created=created,
            modified=modified,
            adjudicator=None if adjudicator is None else AnnotatorId(adjudicator),
            derived_from=tuple(SetId(_text(name)) for name in parsed(derived)),
        )
    except _UNREADABLE as error:
        raise set_damaged(document, identifier) from error


def numbers_to_json(numbers: dict[Layer, int]) -> str:
    """The highest number given out in each layer."""
    return canonical({layer.value: number for layer, number in numbers.items()})


def numbers_from_json(body: str, *, document: str, set_id: str) -> dict[Layer, int]:
    """What `numbers_to_json` wrote. Raises `UserError` naming the set when damaged."""
    try:
        return {Layer(layer): int(number) for layer, number in parsed(body).items()}
    except _UNREADABLE as error:
        raise set_damaged(document, set_id) from error


def set_damaged(document: str, set_id: str) -> Damaged:
    """The error for a set that cannot be what was stored."""
    return Damaged("store.set_damaged", document=document, set=set_id)


def _body(value: _V, encode: Callable[[_V], Json], decode: Callable[[Json], _V]) -> str:
    return _proved_body(
        value, lambda told: canonical(encode(told)), lambda body: decode(parsed(body))
    )


def _proved_body(value: _V, encode: Callable[[_V], str], decode: Callable[[str], _V]) -> str:
    """The body of a value. Raises `Defect` where it would not read back."""
    try:
        body = encode(value)
        if decode(body) == value:
            return body
    except _UNREADABLE as error:
        raise Defect("store.not_writable", value=repr(value)) from error
    raise Defect("store.not_writable", value=repr(value))


def _parsed(body: str, digest: bytes) -> Any:  # noqa: ANN401 - JSON, judged by its reader
    if digest_of(body) != digest:
        raise ValueError("digest")
    return parsed(body)


def _columns(record: Record) -> _Columns:
    """What is told of a record besides its body: id, layer, where its envelope is, label."""
    match record:
        case Mention():
            return _placed(record, record.fragments, record.label)
        case Entity():
            return record.id, _LAYER_WORDS[Entity], None, None, record.label
        case Event():
            return _placed(record, record.trigger, record.type)
        case Quote():
            return _placed(record, record.content, record.type.value)
        case StatusRecord():
            return record.id, _LAYER_WORDS[StatusRecord], None, None, record.status.value
        case SuggestionDecision():
            return _placed(record, record.proposal.fragments, record.proposal.label)
        case _:
            assert_never(record)


def _placed(record: Record, place: Fragments, label: str) -> _Columns:
    return record.id, _LAYER_WORDS[type(record)], place.start, place.end, label


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value

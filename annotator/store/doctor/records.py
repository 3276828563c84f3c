"""One stored record under examination: whether it is what was written, and if not, why not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson
from msgspec import Struct

from annotator.core.annotations import Record, last_offset
from annotator.core.ids import DocumentId, Layer, layer_and_number
from annotator.foundation.errors import AnnotatorError, Defect, Refused, UserError
from annotator.store.doctor.ailments import Ailment, Kind, Where, at
from annotator.store.doctor.tables import Row
from annotator.store.record_json import canonical, record_from_json, record_to_json
from annotator.store.rows import RecordRow, digest_of, record_from_row, record_to_row

UNREADABLE = (KeyError, TypeError, ValueError, AttributeError, AnnotatorError)

_FRAGMENTS = frozenset({"fragments_empty", "fragments_order", "head_outside"})
_TARGETS = {
    "mention": Layer.MENTION,
    "event": Layer.EVENT,
    "quote": Layer.QUOTE,
    "implicit": Layer.ENTITY,
}


class RecordCase(Struct, frozen=True):
    """A row of a record: the record where it is sound, and what is wrong with the row."""

    row: Row
    record: Record | None
    ailments: tuple[Ailment, ...] = ()


def examine_record(row: Row, where: Where, *, length: int | None) -> RecordCase:
    """Judge one row. `length` is that of the text, where it is known."""
    record = _as_written(row)
    if record is not None:
        if length is None or last_offset(record) <= length:
            return RecordCase(row, record)
        outside = Ailment(Kind.OUTSIDE_TEXT, _place(where, row), last_offset(record))
        return RecordCase(row, record, (outside,))
    return _judged(row, _place(where, row), length)


def _as_written(row: Row) -> Record | None:
    """The record of a row in which everything is as it should be, as nearly always."""
    try:
        cells = tuple(row[name] for name in _COLUMNS.values())
        return record_from_row(cells, document=DocumentId(""))
    except UserError:
        return None


def _place(where: Where, row: Row) -> Where:
    return at(where, row, record=row["id"])


def _judged(row: Row, place: Where, length: int | None) -> RecordCase:
    """What is wrong with a row, in the order in which one thing makes the next uncertain."""
    body, digest = row["body"], row["digest"]
    if not isinstance(body, str) or not isinstance(row["id"], str):
        return RecordCase(row, None)  # the check of cells has told
    if digest_of(body) != digest:
        return RecordCase(row, None, (Ailment(Kind.RECORD_DIGEST, place),))
    try:
        content = orjson.loads(body)
        record = record_from_json(content)
    except UNREADABLE as error:
        return RecordCase(row, None, (Ailment(_why(body, error), place),))
    if canonical(record_to_json(record)) != body:
        return RecordCase(row, None, (Ailment(Kind.RECORD_BODY, place),))
    ailments = list(_columns(row, record, place))
    if length is not None and last_offset(record) > length:
        ailments.append(Ailment(Kind.OUTSIDE_TEXT, place, last_offset(record)))
    return RecordCase(row, record, tuple(ailments))


def row_values(record: Record) -> Row:
    """What the columns of a record hold, all but its keys."""
    row = record_to_row(record)
    return {name: getattr(row, field) for field, name in _COLUMNS.items()}


_COLUMNS = {
    "id": "id",
    "layer": "layer",
    "start": "span_start",
    "end": "span_end",
    "label": "label",
    "body": "body",
    "digest": "digest",
}
assert _COLUMNS.keys() == set(RecordRow._fields)


def _columns(row: Row, record: Record, place: Where) -> Iterator[Ailment]:
    for name, right in row_values(record).items():
        if row[name] != right:
            yield Ailment(Kind.RECORD_COLUMN, place, name)


def _why(body: str, error: Exception) -> Kind:
    """What about a body cannot be: its spans, its references, its id, or its form."""
    if isinstance(error, Refused):
        is_span = error.key.partition(".")[2] not in _FRAGMENTS
        return Kind.SPAN if is_span else Kind.FRAGMENTS
    try:
        content = orjson.loads(body)
    except ValueError:
        return Kind.RECORD_BODY
    if not isinstance(content, dict) or not _has_right_id(content):
        is_form = not isinstance(content, dict) or "id" not in content
        return Kind.RECORD_BODY if is_form else Kind.RECORD_ID
    pairs = list(_references(content))
    if any(_is_other_layer(value, layer) for value, layer in pairs):
        return Kind.WRONG_KIND
    return Kind.RECORD_BODY


def _has_right_id(content: dict[str, Any]) -> bool:
    try:
        layer, _ = layer_and_number(content["id"])
    except (Defect, KeyError, TypeError):
        return False
    return layer.value == content.get("layer")


def _references(value: object, name: str = "") -> Iterator[tuple[object, Layer]]:
    """Every id that a body names, with the layer it should be of."""
    match value:
        case dict():
            for key, part in value.items():
                yield from _references(part, key)
        case list():
            for part in value:
                yield from _references(part)
        case str() if name in _TARGETS:
            yield value, _TARGETS[name]
        case str() if name == "entity":
            yield value, Layer.ENTITY
        case str() if name == "parent":
            yield value, Layer.QUOTE


def _is_other_layer(value: object, layer: Layer) -> bool:
    try:
        return layer_and_number(str(value))[0] is not layer
    except Defect:
        return False

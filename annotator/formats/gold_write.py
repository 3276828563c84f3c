"""Writing gold files: records one at a time, each proved against the schemas before it is bytes.

``.jsonl`` holds the canonical bytes, one record a line. ``.json`` is for reading by people:
indented, one object for one record and an array for any other number, keys in the order in which
the format describes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import BinaryIO

import orjson
from msgspec import Struct

from annotator.formats.base import (
    ExportContext,
    ExportReport,
    Format,
    Holds,
    JsonObject,
    SegmentedBundle,
)
from annotator.formats.counted_output import CountedOutput
from annotator.formats.gold_read import read_gold_file
from annotator.formats.gold_record import build_record, canonical_bytes
from annotator.formats.gold_schema import GoldSchema, load_gold_schema, path_text
from annotator.foundation.errors import Defect, UserError

_INDENT = b"  "


class Written(Struct, frozen=True):
    """What went into a file: the number of records and bytes, and the SHA-256 of all bytes."""

    records: int
    size: int
    sha256: str


def gold_records(
    items: Iterable[SegmentedBundle], context: ExportContext, schema: GoldSchema
) -> Iterator[JsonObject]:
    """The records of all annotation sets, by document id and then set id.

    `items` come in ascending order of document id, else `Defect` is raised: they stream, so they
    cannot be sorted here. Raises `UserError` naming document and place when a record would break
    the schemas.
    """
    last = ""
    for item in items:
        document = item.bundle.document
        if document.id <= last:
            raise Defect("defect.export_order", document=document.id, last=last)
        last = document.id
        for content in sorted(item.bundle.sets, key=lambda content: content.header.id):
            record = build_record(document, content, item.segmentation, context)
            for violation in schema.violations(record):
                raise UserError(
                    "formats.gold_not_writable",
                    document=document.id,
                    set=content.header.id,
                    place=path_text(violation.path),
                    message=violation.message,
                )
            yield record


def write_records(records: Iterable[bytes], target: BinaryIO) -> Written:
    """Write canonical records, one a line; memory holds one record."""
    output = CountedOutput()
    count = 0
    for record in records:
        output.write(target, record)
        count += 1
    return Written(count, output.size, output.sha256)


def write_readable(
    records: Iterable[JsonObject], target: BinaryIO, *, is_array: bool = False
) -> Written:
    """Write records indented: one as an object, any other number as an array of objects.

    With `is_array` also one is in an array, as programs need it that read several files alike.
    """
    output = CountedOutput()
    stream = iter(records)
    first, second = next(stream, None), next(stream, None)
    if first is None or (second is None and not is_array):
        output.write(target, b"[]\n" if first is None else _readable(first) + b"\n")
        return Written(0 if first is None else 1, output.size, output.sha256)
    output.write(target, b"[\n" + _nested(first))
    count = 1
    for record in chain(() if second is None else (second,), stream):
        output.write(target, b",\n" + _nested(record))
        count += 1
    output.write(target, b"\n]\n")
    return Written(count, output.size, output.sha256)


def readable_bytes(value: object) -> bytes:
    """A JSON value indented by two spaces, keys in their order, with one LF at the end."""
    return _readable(value) + b"\n"


def _readable(value: object) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_INDENT_2)


def _nested(record: JsonObject) -> bytes:
    # strings in JSON hold no raw LF, so each LF begins a line of the layout
    return _INDENT + _readable(record).replace(b"\n", b"\n" + _INDENT)


class _Counted(Struct):
    """Records on their way to a file, counting the documents they belong to."""

    records: Iterator[JsonObject]
    documents: int = 0
    last: str | None = None

    def __iter__(self) -> Iterator[JsonObject]:
        for record in self.records:
            if record["doc_id"] != self.last:
                self.last = record["doc_id"]
                self.documents += 1
            yield record


def write_gold(
    items: Iterable[SegmentedBundle], target: BinaryIO, context: ExportContext
) -> ExportReport:
    """Write every annotation set as a line of canonical JSON. Gold holds all, so none is dropped.

    Raises what `gold_records` raises.
    """
    counted = _Counted(gold_records(items, context, load_gold_schema()))
    written = write_records((canonical_bytes(record) for record in counted), target)
    return ExportReport(counted.documents, written.records, written.size, written.sha256)


def write_gold_readable(
    items: Iterable[SegmentedBundle], target: BinaryIO, context: ExportContext
) -> ExportReport:
    """Like `write_gold`, as indented JSON."""
    counted = _Counted(gold_records(items, context, load_gold_schema()))
    written = write_readable(counted, target)
    return ExportReport(counted.documents, written.records, written.size, written.sha256)


_MARKS = (b'"ckb-gold"', b'"source_sha256"')
"""Gold says so in its format, which canonical bytes have after entities and events, and in the
hash of its source, which they have at their beginning and news do not have."""

GOLD = Format(
    id="gold",
    title="formats.title_gold",
    suffixes=(".jsonl", ".ndjson"),
    read=read_gold_file,
    write=write_gold,
    holds=frozenset(Holds),
    marks=_MARKS,
)
GOLD_READABLE = Format(
    id="gold-readable",
    title="formats.title_gold_readable",
    suffixes=(".json",),
    read=read_gold_file,
    write=write_gold_readable,
    holds=frozenset(Holds),
    marks=_MARKS,
)

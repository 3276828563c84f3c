"""Crawled news as JSON or JSON lines: every record with a text becomes a document.

A file is an array of records, an object that holds such an array, one record, or a record a line.
The text of a record is stored as it is, with CRLF and CR as LF; markup is not taken out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from io import BytesIO
from itertools import chain, islice
from typing import BinaryIO

from msgspec import Struct

from annotator.core.document import Document, Metadata, Source
from annotator.formats.base import (
    MAX_BYTES,
    Bundle,
    FieldMapping,
    Format,
    ImportProblem,
    JsonObject,
    JsonValue,
    Note,
    ReadOptions,
)
from annotator.formats.decode import decode_characters
from annotator.formats.gold_record import FORMAT
from annotator.formats.json_chunks import Chunk, json_chunks
from annotator.formats.news_fields import line_of, propose_mapping, span_field, value_at
from annotator.formats.safe_names import file_name, file_stem, safe_id
from annotator.formats.strict_json import parse_json
from annotator.formats.text_checks import clean_text
from annotator.foundation.errors import UserError

SAMPLE = 50
"""Records that are looked at to propose a mapping."""


class NewsRecord(Struct, frozen=True):
    """One record of a file; `number` counts from 1, `line` is known in JSON lines.

    `sha256` is that of the bytes it was read from: its line, or the whole file.
    """

    value: JsonValue
    number: int
    line: int | None
    sha256: str
    encoding: str
    has_bom: bool


class NewsPreview(Struct, frozen=True):
    """What a mapping would make of one record: its document, or why there is none."""

    number: int
    result: Document | ImportProblem


def read_news(stream: BinaryIO, options: ReadOptions) -> Iterator[Bundle | ImportProblem]:
    """The documents of a news file; each record that cannot be one is told by number and line.

    Without a mapping in the options one is proposed from the first records. Raises `UserError`
    when the file is too large or no field of its records looks like their text; what was wrong
    with single records has been told before.
    """
    items = _records(stream, options)
    head = list(islice(items, SAMPLE))
    mapping = options.mapping or _proposed(head)
    if mapping is None:
        yield from (item for item in head if isinstance(item, ImportProblem))
        if len(head) == 0 or any(isinstance(item, NewsRecord) for item in head):
            raise UserError("formats.news_no_text_field", source=options.source)
        return
    is_told = False
    for item in chain(head, items):
        if isinstance(item, ImportProblem):
            yield item
        else:
            field = None if is_told else span_field(item.value)
            if field is not None:
                note = Note("formats.news_spans", {"field": field})
                yield ImportProblem.from_note(note, source=options.source, line=item.line)
                is_told = True
            yield from _read_record(item, mapping, options.source)


def sample_news(
    data: bytes, *, limit: int = SAMPLE, encoding: str | None = None
) -> tuple[JsonObject, ...]:
    """The first records of a file that are objects, to propose a mapping from."""
    options = ReadOptions("", encoding, max_bytes=max(len(data), MAX_BYTES))
    return _objects(list(islice(_records(BytesIO(data), options), limit)))


def preview(
    data: bytes, mapping: FieldMapping, limit: int = 10, *, source: str = ""
) -> tuple[NewsPreview, ...]:
    """What the mapping makes of the first `limit` records; warnings are left to the import."""
    options = ReadOptions(source, mapping=mapping, max_bytes=max(len(data), MAX_BYTES))
    shown: list[NewsPreview] = []
    told = (item for item in _records(BytesIO(data), options) if not _is_warning(item))
    for number, item in enumerate(islice(told, limit), 1):
        if isinstance(item, ImportProblem):
            shown.append(NewsPreview(number, item))
            continue
        *_, result = _read_record(item, mapping, source)
        shown.append(NewsPreview(number, result.document if isinstance(result, Bundle) else result))
    return tuple(shown)


def _proposed(head: list[NewsRecord | ImportProblem]) -> FieldMapping | None:
    return propose_mapping(_objects(head))


def _objects(items: list[NewsRecord | ImportProblem]) -> tuple[JsonObject, ...]:
    return tuple(
        item.value
        for item in items
        if isinstance(item, NewsRecord) and isinstance(item.value, dict)
    )


def _records(stream: BinaryIO, options: ReadOptions) -> Iterator[NewsRecord | ImportProblem]:
    number = 0
    warnings: set[str] = set()
    for chunk in json_chunks(stream, options.max_bytes):
        try:
            made, notes = _records_of(chunk, options)
        except UserError as error:
            number += 1
            yield ImportProblem.from_error(error, source=options.source, line=chunk.line)
            continue
        for note in notes:
            if note.key not in warnings:  # once for the file, not for every line
                yield ImportProblem.from_note(note, source=options.source)
            warnings.add(note.key)
        for value, sha256, encoding, has_bom in made:
            number += 1
            yield NewsRecord(value, number, chunk.line, sha256, encoding, has_bom)


def _is_warning(item: NewsRecord | ImportProblem) -> bool:
    return isinstance(item, ImportProblem) and not item.is_refusal


def _records_of(
    chunk: Chunk, options: ReadOptions
) -> tuple[Iterator[tuple[JsonValue, str, str, bool]], tuple[Note, ...]]:
    """The values in a chunk with hash, encoding and BOM, and what to tell about its encoding.

    Raises `UserError`.
    """
    encoded = decode_characters(chunk.data, options.encoding, max_bytes=options.max_bytes)
    value = parse_json(encoded.text, first_line=chunk.first_line)
    sha256 = hashlib.sha256(chunk.data).hexdigest()
    values = [value] if chunk.line is not None else _unwrapped(value)
    made = ((one, sha256, encoded.encoding, encoded.has_bom) for one in values)
    return made, encoded.warnings


def _unwrapped(value: JsonValue) -> list[JsonValue]:
    """The records of a whole file: an array, the one array in an object without a text, or one."""
    if isinstance(value, list):
        return value
    if isinstance(value, dict):
        lists = [
            inner
            for inner in value.values()
            if isinstance(inner, list) and inner and all(isinstance(one, dict) for one in inner)
        ]
        if len(lists) == 1 and propose_mapping([value]) is None:
            return lists[0]
    return [value]


def _read_record(
    item: NewsRecord, mapping: FieldMapping, source: str
) -> Iterator[Bundle | ImportProblem]:
    """Warnings and then the document of a record, or the one refusal."""
    name = line_of(value_at(item.value, mapping.id)) if isinstance(item.value, dict) else None
    shown = name or item.number
    try:
        text = _text(item, mapping, shown)
        clean = clean_text(text)
    except UserError as error:
        values = {**error.values, "record": shown}
        key = error.key.replace("formats.text_", "formats.news_text_")
        yield ImportProblem(source, key, values, item.line)
        return
    for note in clean.warnings:
        yield ImportProblem.from_note(note, source=source, line=item.line)
    origin = Source(
        file=file_name(source) or None,
        sha256=item.sha256,
        encoding=item.encoding,
        newline=clean.newline,
        has_bom=item.has_bom,
    )
    identifier = safe_id(name or f"{file_stem(source)}-{item.number:06d}")
    yield Bundle(Document(identifier, clean.text, origin, _metadata(item.value, mapping)))


def _text(item: NewsRecord, mapping: FieldMapping, shown: str | int) -> str:
    if not isinstance(item.value, dict):
        raise UserError("formats.news_not_object", record=shown)
    if item.value.get("format") == FORMAT:
        raise UserError("formats.news_is_gold", record=shown)
    text = value_at(item.value, mapping.text)
    if text is None:
        raise UserError("formats.news_no_text", record=shown, field=".".join(mapping.text))
    if not isinstance(text, str):
        raise UserError("formats.news_text_no_string", record=shown, field=".".join(mapping.text))
    return text


def _metadata(record: JsonObject, mapping: FieldMapping) -> Metadata:
    def told(path: tuple[str, ...] | None) -> str | None:
        return line_of(value_at(record, path))

    return Metadata(
        title=told(mapping.title),
        outlet=told(mapping.outlet),
        url=told(mapping.url),
        published=told(mapping.published),
        author=told(mapping.author),
    )


NEWS_JSON = Format(
    id="news-json",
    title="formats.title_news_json",
    suffixes=(".json", ".jsonl", ".ndjson"),
    read=read_news,
)

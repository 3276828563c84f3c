"""JSON of other programs, record by record, and what they tell of a document besides its text."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import BinaryIO

from msgspec import Struct

from annotator.core.document import Document, Metadata, Source
from annotator.core.ids import DocumentId
from annotator.core.splits import split_told
from annotator.formats.base import ImportProblem, JsonObject, JsonValue, ReadOptions
from annotator.formats.decode import Encoded, decode_characters
from annotator.formats.json_chunks import Chunk
from annotator.formats.json_elements import json_elements
from annotator.formats.news_fields import line_of
from annotator.formats.safe_names import file_name, file_stem, safe_id
from annotator.formats.strict_json import parse_json
from annotator.foundation.errors import UserError

DOCUMENT = "doc_id"
"""Where our own exports tell the id of a document; other programs keep it among their fields."""

ANNOTATOR = "annotator_set"
"""Where they tell which person's annotation set it is."""

_SPLIT = "split"
_FIELDS = ("title", "outlet", "url", "published", "author", "license", _SPLIT)


class ForeignRecord(Struct, frozen=True):
    """One object of a file; `number` counts from 1, `line` is known in JSON lines."""

    value: JsonObject
    number: int
    line: int | None
    source: Source

    def identifier(self, told: JsonValue) -> DocumentId:
        """The id for its document: the text that it tells, else file and number."""
        if isinstance(told, str) and told.strip():
            return safe_id(told)
        stem = file_stem(self.source.file or "")
        return safe_id(f"{stem}-{self.number:06d}")


def foreign_records(
    stream: BinaryIO, options: ReadOptions
) -> Iterator[ForeignRecord | ImportProblem]:
    """The objects of a file of JSON lines, or of one array or object; whatever else is refused.

    Raises `UserError` where a line or an element of the array is larger than the limit.
    """
    number = 0
    warnings: set[str] = set()
    for chunk in json_elements(stream, options.max_bytes):
        try:
            encoded = decode_characters(chunk.data, options.encoding, max_bytes=options.max_bytes)
            value = parse_json(encoded.text, first_line=chunk.first_line)
        except UserError as error:
            number += 1
            yield ImportProblem.from_error(error, source=options.source, line=chunk.line)
            continue
        for note in encoded.warnings:
            if note.key not in warnings:  # once for the file, not for every line
                yield ImportProblem.from_note(note, source=options.source)
            warnings.add(note.key)
        source = _source(options.source, chunk, encoded)
        number += 1
        if isinstance(value, dict):
            yield ForeignRecord(value, number, chunk.line, source)
        else:
            values = {"record": number}
            yield ImportProblem(options.source, "formats.foreign_no_object", values, chunk.line)


def _source(name: str, chunk: Chunk, encoded: Encoded) -> Source:
    sha256 = hashlib.sha256(chunk.data).hexdigest()
    return Source(file_name(name) or None, sha256, encoded.encoding, has_bom=encoded.has_bom)


def metadata_fields(document: Document) -> JsonObject:
    """What is known of a document, for programs that carry fields along."""
    told = same_metadata_fields(document)
    return {name: value for name, value in told.items() if value is not None}


def same_metadata_fields(document: Document) -> JsonObject:
    """What is known of a document and, as null, what is not: the same fields for each."""
    about = document.metadata
    return {name: getattr(about, name) for name in _FIELDS}


def told_metadata(fields: JsonValue) -> Metadata:
    """What an object tells of a document in the fields of `metadata_fields`."""
    if not isinstance(fields, dict):
        return Metadata()
    told = {name: line_of(fields.get(name)) for name in _FIELDS}
    split = split_told(told[_SPLIT])
    return Metadata(**{**told, _SPLIT: None if split is None else split.value})


def unknown_split(fields: JsonValue) -> list[tuple[str, str]]:
    """The field of the split and what it says, where that is none that `told_metadata` knows."""
    said = line_of(fields.get(_SPLIT)) if isinstance(fields, dict) else None
    return [] if said is None or split_told(said) is not None else [(_SPLIT, said)]


def objects_in(values: JsonValue) -> list[JsonObject]:
    """The objects in a list; whatever else is there becomes an object that tells nothing."""
    told = values if isinstance(values, list) else []
    return [one if isinstance(one, dict) else {} for one in told]


def whole_number(value: JsonValue) -> int | None:
    """A value that is a whole number, as JavaScript may write it: 12, or 12.0."""
    if type(value) is int:  # as nearly all are, and no truth value is
        return value
    return int(value) if isinstance(value, float) and value == int(value) else None

"""One chunk of a gold file, parsed: strict JSON, a version we know, and both schemas obeyed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from annotator.formats.base import MAX_BYTES, JsonObject, JsonValue, Note
from annotator.formats.decode import decode_characters
from annotator.formats.gold_findings import GoldFinding, RawRecord, Severity
from annotator.formats.gold_record import FORMAT, NORMALIZATION
from annotator.formats.gold_schema import GoldSchema, Path, path_text
from annotator.formats.json_chunks import Chunk
from annotator.formats.strict_json import canonical_value, parse_whole_json
from annotator.foundation.errors import UserError

MAJOR, MINOR = 1, 0
_VERSION = re.compile(r"([0-9]{1,9})\.([0-9]{1,9})\.[0-9]{1,9}", re.ASCII)
_NAMED_LAYERS = ("mentions", "entities", "events", "quotes")


class Parsed(Struct, frozen=True):
    """A record that obeys the schemas, and notes on what of it this program does not hold."""

    raw: RawRecord
    notes: tuple[Note, ...]


class Unreadable(Struct, frozen=True):
    """A record, or a whole chunk, that is none; the findings, at least one, tell why."""

    findings: tuple[GoldFinding, ...]


def parse_chunk(
    chunk: Chunk, schema: GoldSchema, *, max_bytes: int = MAX_BYTES
) -> Iterator[Parsed | Unreadable]:
    """The records of a chunk: a line holds one, a whole file one or an array of them."""
    value = canonical_value(chunk.data) if len(chunk.data) <= max_bytes else None
    if isinstance(value, dict):
        yield _parse_record(value, schema, line=chunk.line, mended=0)
        return
    try:
        text = decode_characters(chunk.data, "utf-8", max_bytes=max_bytes).text
        whole = parse_whole_json(text, first_line=chunk.first_line)
    except UserError as error:
        yield _unreadable("json", Note(error.key, error.values), None, chunk.line)
        return
    mended = whole.mended
    for value in whole.value if isinstance(whole.value, list) else [whole.value]:
        yield _parse_record(value, schema, line=chunk.line, mended=mended)
        mended = 0


def _parse_record(
    value: JsonValue, schema: GoldSchema, *, line: int | None, mended: int
) -> Parsed | Unreadable:
    document = _told(value, "doc_id")
    refusal = _version_refusal(value)
    if refusal is not None:
        return _unreadable("version", refusal, document, line)
    notes = list(_prune_later_keys(value, schema, document or ""))
    violations = tuple(_violations(value, schema, document, line))
    if violations:
        return Unreadable(violations)
    if mended:
        notes.append(Note("formats.gold_mended", {"document": document, "count": mended}))
    notes.extend(_not_held(value))
    return Parsed(RawRecord(value, line), tuple(notes))


def _unreadable(rule: str, why: Note, document: str | None, line: int | None) -> Unreadable:
    said = {"document": document or "", **why.values}
    return Unreadable((GoldFinding(document, None, rule, Severity.ERROR, why.key, said, line),))


def _violations(
    value: JsonValue, schema: GoldSchema, document: str | None, line: int | None
) -> Iterator[GoldFinding]:
    for violation in schema.violations(value):
        annotation = _annotation_at(value, violation.path)
        said = {
            "document": document or "",
            "annotation": annotation or "",
            "place": path_text(violation.path),
            "message": violation.message,
        }
        key = "formats.check_schema"
        yield GoldFinding(document, annotation, "schema", Severity.ERROR, key, said, line)


def _version_refusal(value: JsonValue) -> Note | None:
    """Why a value cannot be a record of a version that this program reads."""
    if _told(value, "format") != FORMAT:
        return Note("formats.gold_not_gold")
    told = _told(value, "version") or ""
    version = _VERSION.fullmatch(told)
    if version is None:
        return Note("formats.gold_version", {"version": told})
    if int(version[1]) > MAJOR:
        return Note("formats.gold_newer", {"version": told})
    return None


def _prune_later_keys(record: JsonObject, schema: GoldSchema, document: str) -> Iterator[Note]:
    """Take the keys that a later minor version added out of the record, with a note for each."""
    version = _VERSION.fullmatch(record["version"])
    if version is None or int(version[2]) <= MINOR:
        return
    for path in schema.prune(record):
        yield Note("formats.gold_later_key", {"document": document, "place": path_text(path)})


def _not_held(record: JsonObject) -> Iterator[Note]:
    """What the format can say and the values of this program cannot."""
    doc = record["doc"]
    parts = {
        "relations": bool(record["relations"]),
        "flags": bool(record["flags"]),
        "notes": bool(record["notes"]),
        "normalization.edits": record["normalization"]["edits"] != NORMALIZATION["edits"],
        "tokens.norm": any("norm" in token for token in record["tokens"]),
        "text_info.unicode": record["text_info"]["unicode"] != "as-is",
        "doc.script": doc["script"] != "Arab",
        "doc.direction": doc["direction"] != "rtl",
    }
    for part, is_lost in parts.items():
        if is_lost:
            yield Note("formats.gold_not_held", {"document": record["doc_id"], "place": part})


def _told(value: JsonValue, name: str) -> str | None:
    """A string at the top of a value that may be anything."""
    told = value.get(name) if isinstance(value, dict) else None
    return told if isinstance(told, str) else None


def _annotation_at(record: JsonValue, path: Path) -> str | None:
    """The id of the annotation that a path leads into."""
    match path:
        case (str(layer), int(index), *_) if layer in _NAMED_LAYERS:
            return _told(record[layer][index], "id")
        case _:
            return None

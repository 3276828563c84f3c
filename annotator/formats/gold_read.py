"""Reading gold files: a record becomes values only when everything it says of itself is true."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import BinaryIO

import orjson

from annotator.core.provenance import Origin, Provenance
from annotator.formats.base import MAX_BYTES, Bundle, ImportProblem, Note, ReadOptions
from annotator.formats.gold_check import check_record
from annotator.formats.gold_findings import GoldFinding
from annotator.formats.gold_parse import Parsed, Unreadable, parse_chunk
from annotator.formats.gold_schema import GoldSchema, load_gold_schema
from annotator.formats.gold_values import bundle_of
from annotator.formats.json_chunks import Chunk, is_utf_16, json_chunks, numbered_chunks, unproved
from annotator.formats.safe_names import file_name
from annotator.formats.text_checks import text_warnings

LEFT_TO_PEOPLE = frozenset({"V10", "V48"})
"""Rules whose breach does not keep a record out: normalisation is not read, and quotes that nest
wrongly are values like any other, which the rules of the core then show to the annotator."""


def read_gold(
    lines: Iterable[bytes], *, source: str = "", schema: GoldSchema | None = None
) -> Iterator[Bundle | ImportProblem]:
    """The records of a gold JSONL file, each as a bundle with one set, or as why it was refused.

    A refused record does not stop the others; the first thing wrong with it is told. Warnings come
    before the bundle that they are about.
    """
    chunks = unproved(numbered_chunks(lines))
    yield from _read(chunks, source, schema or load_gold_schema(), MAX_BYTES)


def read_gold_file(stream: BinaryIO, options: ReadOptions) -> Iterator[Bundle | ImportProblem]:
    """The records of a gold file: JSONL, one JSON object, or an array of them.

    Raises `UserError` when the file or one of its lines is larger than the limit.
    """
    chunks = options.proved(json_chunks(stream, options.max_bytes))
    yield from _read(chunks, options.source, load_gold_schema(), options.max_bytes)


def is_plain(data: bytes, schema: GoldSchema) -> bool:
    """Whether a chunk is one record, and there is nothing to tell of it but what it says.

    Then `orjson.loads` gives the record; it knows no byte order mark, and a line may hold a list.
    """
    if not data.lstrip().startswith(b"{"):
        return False
    match list(parse_chunk(Chunk(data, 1), schema)):
        case [Parsed(raw, ())]:
            return not any(True for _ in chain(check_record(raw), text_warnings(raw.text)))
        case _:
            return False


def _read(
    chunks: Iterable[tuple[Chunk, bool]], source: str, schema: GoldSchema, max_bytes: int
) -> Iterator[Bundle | ImportProblem]:
    provenance = Provenance(Origin.IMPORT, file_name(source))
    is_told = False
    for chunk, is_proved in chunks:
        if is_proved:
            yield bundle_of(orjson.loads(chunk.data), provenance)
            continue
        for item in parse_chunk(chunk, schema, max_bytes=max_bytes):
            if is_utf_16(chunk.data) and isinstance(item, Parsed) and not is_told:
                yield ImportProblem.from_note(Note("formats.warning_utf_16"), source=source)
                is_told = True
            yield from _outcome(item, source, chunk.line, provenance)


def _outcome(
    item: Parsed | Unreadable, source: str, line: int | None, provenance: Provenance
) -> Iterator[Bundle | ImportProblem]:
    """The first thing that keeps a record out, or else its notes and its values."""
    if isinstance(item, Unreadable):
        yield _refusal(item.findings[0], source)
        return
    for finding in check_record(item.raw):
        if finding.rule not in LEFT_TO_PEOPLE:
            yield _refusal(finding, source)
            return
    for note in (*item.notes, *text_warnings(item.raw.text)):
        yield ImportProblem.from_note(note, source=source, line=line)
    yield bundle_of(item.raw.record, provenance)


def _refusal(finding: GoldFinding, source: str) -> ImportProblem:
    return ImportProblem(source, finding.key, finding.values, finding.line)

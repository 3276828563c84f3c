"""Checking gold files record by record: what can be told from the bytes alone.

The rules on annotations as values (labels, roles, overlaps, quotes) are those of the core and run
once a record has been read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from annotator.formats.gold_findings import GoldFinding, RawRecord
from annotator.formats.gold_parse import Parsed, parse_chunk
from annotator.formats.gold_rules_links import check_links
from annotator.formats.gold_rules_spans import check_spans
from annotator.formats.gold_rules_text import (
    check_normalization,
    check_segmentation,
    check_sentence_tokens,
    check_text,
)
from annotator.formats.gold_schema import GoldSchema, load_gold_schema
from annotator.formats.json_chunks import Chunk, numbered_chunks


def check_gold(
    raw_lines: Iterable[bytes], schema: GoldSchema | None = None
) -> Iterator[GoldFinding]:
    """What is wrong with the lines of a gold JSONL file, in the order of the lines."""
    return check_chunks(numbered_chunks(raw_lines), schema)


def check_chunks(
    chunks: Iterable[Chunk], schema: GoldSchema | None = None
) -> Iterator[GoldFinding]:
    """What is wrong with the records of a gold file, JSONL or JSON."""
    compiled = schema or load_gold_schema()
    hashes: dict[str, str] = {}
    sets: set[tuple[str, str]] = set()
    for chunk in chunks:
        for item in parse_chunk(chunk, compiled):
            if isinstance(item, Parsed):
                yield from check_record(item.raw)
                yield from _check_among(item.raw, hashes, sets)
            else:
                yield from item.findings


def check_record(raw: RawRecord) -> Iterator[GoldFinding]:
    """What is wrong with one record that obeys the schemas."""
    yield from check_text(raw)
    yield from check_normalization(raw)
    broken = list(check_segmentation(raw))
    yield from broken
    segmentation = None if broken else raw.segmentation()
    if segmentation is not None:
        yield from check_sentence_tokens(raw, segmentation)
    yield from check_spans(raw, segmentation)
    yield from check_links(raw)


def _check_among(
    raw: RawRecord, hashes: dict[str, str], sets: set[tuple[str, str]]
) -> Iterator[GoldFinding]:
    """V51: one document, one text; V11: one record for each document and set."""
    told, identifier = raw.record["text_info"]["sha256"], raw.record["set"]["id"]
    if hashes.setdefault(raw.document, told) != told:
        yield raw.finding("V51", "check_texts_differ", path=("text_info", "sha256"))
    if (raw.document, identifier) in sets:
        yield raw.finding("V11", "check_set_twice", path=("set", "id"), values={"set": identifier})
    sets.add((raw.document, identifier))

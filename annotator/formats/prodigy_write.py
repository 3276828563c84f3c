"""Writing Prodigy JSONL: an annotation set a line, with tokens, spans and relations.

The hashes are stable 32-bit numbers of our own: Prodigy's are made by code that is not public, and
it takes whatever numbers stand there. The same text has the same `_input_hash`, the same
annotations of it the same `_task_hash`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import BinaryIO

import orjson

from annotator.core.document import Segmentation
from annotator.formats.base import (
    ExportContext,
    ExportReport,
    Format,
    JsonObject,
    SegmentedBundle,
)
from annotator.formats.foreign_json import DOCUMENT, metadata_fields
from annotator.formats.prodigy_read import RECORD, read_prodigy
from annotator.formats.set_documents import SetDocument, SetDocuments
from annotator.formats.span_graph import GRAPH_HOLDS, Node, graph_of


def write_prodigy(
    items: Iterable[SegmentedBundle], target: BinaryIO, context: ExportContext
) -> ExportReport:
    """Write every annotation set as an accepted task."""
    sets = SetDocuments(items, context.lose)
    return sets.write_lines(map(_task, sets), target)


def _task(item: SetDocument) -> JsonObject:
    text, graph = item.document.text, graph_of(item)
    spans = {node.id: _span(node, item.segmentation) for node in graph.nodes}
    relations = [
        {
            "head": spans[arrow.source]["token_end"],
            "child": spans[arrow.target]["token_end"],
            "head_span": spans[arrow.source],
            "child_span": spans[arrow.target],
            "label": arrow.label,
        }
        for arrow in graph.arrows
    ]
    told = list(spans.values())
    input_hash = _hash(text.encode())
    whose = {} if item.person is None else {"_annotator_id": item.person}
    return {
        "text": text,
        "meta": {DOCUMENT: item.name, **metadata_fields(item.document)},
        "tokens": list(_tokens(text, item.segmentation)),
        "spans": told,
        "relations": relations,
        "_input_hash": input_hash,
        "_task_hash": _hash(orjson.dumps([input_hash, told, relations])),
        "_view_id": "relations",
        **whose,
        "answer": "accept",
    }


def _tokens(text: str, segmentation: Segmentation) -> Iterator[JsonObject]:
    for number, token in enumerate(segmentation.tokens):
        yield {
            "text": text[token.start : token.end],
            "start": token.start,
            "end": token.end,
            "id": number,
            "ws": text[token.end : token.end + 1].isspace(),
        }


def _span(node: Node, segmentation: Segmentation) -> JsonObject:
    """A span. The last token counts in; where there is none it stands before the first."""
    first, last = segmentation.token_range(node.span)
    return {
        "start": node.span.start,
        "end": node.span.end,
        "token_start": first,
        "token_end": last - 1,
        "label": node.full_label,
        RECORD: node.id,
    }


def _hash(data: bytes) -> int:
    return int.from_bytes(hashlib.sha256(data).digest()[:4], "big", signed=True)


PRODIGY = Format(
    id="prodigy",
    title="formats.title_prodigy",
    suffixes=(".jsonl",),
    read=read_prodigy,
    write=write_prodigy,
    holds=GRAPH_HOLDS,
    marks=(
        b'"_input_hash"',
        b'"_task_hash"',
        b'"_view_id"',
        b'"token_end"',
        b'"ws"',
        b'"answer":"accept"',
        b'"answer": "accept"',
    ),
)

"""Writing doccano JSONL: an annotation set a line, as spans with arrows or as spans alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count
from typing import BinaryIO

from annotator.formats.base import (
    ExportContext,
    ExportReport,
    Format,
    FormatOption,
    JsonObject,
    SegmentedBundle,
)
from annotator.formats.doccano_read import read_doccano
from annotator.formats.foreign_json import ANNOTATOR, DOCUMENT, same_metadata_fields
from annotator.formats.losses import LossKind
from annotator.formats.set_documents import SetDocument, SetDocuments
from annotator.formats.span_graph import GRAPH_HOLDS, NEXT, Node, NodeKind, SpanGraph, graph_of

SHAPE = FormatOption("shape", ("relations", "spans"))
"""For a project of doccano with relations, or for one that knows labelled spans only."""


def write_doccano(
    items: Iterable[SegmentedBundle], target: BinaryIO, context: ExportContext
) -> ExportReport:
    """Write every annotation set as a line."""
    sets = SetDocuments(items, context.lose)
    lines = _lines(sets, with_arrows=context.chosen(SHAPE) == "relations")
    return sets.write_lines(lines, target)


def _lines(sets: Iterable[SetDocument], *, with_arrows: bool) -> Iterator[JsonObject]:
    # doccano looks for the ends of an arrow by number in all of a file, so none comes twice in it
    spans, arrows = count(1), count(1)
    for item in sets:
        graph = graph_of(item)
        shape = _with_arrows(graph, spans, arrows) if with_arrows else _alone(graph, item)
        # doccano makes a table of the lines, and refuses all of them for a gap in it
        about = {**same_metadata_fields(item.document), ANNOTATOR: item.person}
        yield {"text": item.document.text, DOCUMENT: item.name, **about, **shape}


def _with_arrows(graph: SpanGraph, spans: Iterator[int], arrows: Iterator[int]) -> JsonObject:
    numbers = {node.id: next(spans) for node in graph.nodes}
    return {
        "entities": [
            {
                "id": numbers[node.id],
                "label": node.full_label,
                "start_offset": node.span.start,
                "end_offset": node.span.end,
            }
            for node in graph.nodes
        ],
        "relations": [
            {
                "id": next(arrows),
                "from_id": numbers[arrow.source],
                "to_id": numbers[arrow.target],
                "type": arrow.label,
            }
            for arrow in graph.arrows
        ],
        "Comments": [],
    }


def _alone(graph: SpanGraph, item: SetDocument) -> JsonObject:
    """Only spans: what is in pieces as one, and neither parts nor arrows."""
    nodes = {node.id: node for node in graph.nodes}
    last: dict[str, Node] = {}
    for arrow in graph.arrows:
        if arrow.label == NEXT:
            first = arrow.source.partition("+")[0]
            last[first] = nodes[arrow.target]
            del nodes[arrow.target]
    spans = []
    for node in nodes.values():
        if node.kind is not NodeKind.PART:
            end = last.get(node.id, node).span.end
            spans.append([node.span.start, end, node.full_label])
            if node.id in last:
                item.lose(node.id, LossKind.JOINED)
    _lose_arrows(graph, item)
    return {"label": spans}


def _lose_arrows(graph: SpanGraph, item: SetDocument) -> None:
    kinds = {node.id: node.kind for node in graph.nodes}
    for arrow in graph.arrows:
        if arrow.label != NEXT:
            is_event = kinds[arrow.source] is NodeKind.EVENT
            kind = LossKind.ARGUMENT if is_event else LossKind.QUOTE_PART
            item.lose(arrow.source, kind, arrow.label)


DOCCANO = Format(
    id="doccano",
    title="formats.title_doccano",
    suffixes=(".jsonl",),
    read=read_doccano,
    write=write_doccano,
    holds=GRAPH_HOLDS,
    options=(SHAPE,),
    marks=(
        b'"start_offset"',
        b'"Comments"',
        b'"label":[[',
        b'"label": [[',
        b'"label":[]',
        b'"label": []',
        b'"labels":[[',
        b'"labels": [[',
        b'"entities":[[',
        b'"entities": [[',
        b'"entities":[],"cats"',
        b'"entities": [], "cats"',
    ),
)

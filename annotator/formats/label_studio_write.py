"""Writing for Label Studio: tasks with their annotations, and the labelling configuration.

A document is a task; each annotation set is one of its annotations, a set of a program one of its
predictions. The tasks stand one a line in one array.

Label Studio gives the annotations that it imports to whoever imports them. It keeps the numbers
that they had, so the task tells beside its text whose number is whose.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count

from annotator.core.set_header import SetKind
from annotator.formats.base import (
    ExportContext,
    ExportReport,
    Folder,
    Format,
    JsonObject,
    SegmentedBundle,
)
from annotator.formats.foreign_json import ANNOTATOR, DOCUMENT, metadata_fields
from annotator.formats.label_studio_config import TEXT, labelling_config
from annotator.formats.label_studio_read import read_label_studio
from annotator.formats.set_documents import SetDocument, SetDocuments
from annotator.formats.span_graph import GRAPH_HOLDS, Arrow, Node, graph_of

TASKS, CONFIG = "tasks.json", "config.xml"


def write_label_studio(
    items: Iterable[SegmentedBundle], folder: Folder, context: ExportContext
) -> ExportReport:
    """Write the tasks and the configuration."""
    sets = SetDocuments(items, context.lose)
    with folder.file(TASKS) as target:
        sets.write_array(_tasks(sets), target)
    sets.write_file(folder, CONFIG, labelling_config(context.scheme))
    return sets.report()


def _tasks(sets: SetDocuments) -> Iterator[JsonObject]:
    numbers = count(1)
    for item in sets.items:
        document = item.bundle.document
        annotations, predictions = [], []
        for one in sets.of(item):
            if one.content.header.kind is SetKind.PREDICTION:
                predictions.append(_prediction(one))
            else:
                annotations.append(_annotation(one, next(numbers)))
        fields = {DOCUMENT: document.id, **metadata_fields(document)}
        if annotations:
            fields[ANNOTATOR] = {str(one["id"]): one[ANNOTATOR] for one in annotations}
        task: JsonObject = {"data": {TEXT: document.text, **fields}, "annotations": annotations}
        yield {**task, "predictions": predictions} if predictions else task


def _annotation(item: SetDocument, number: int) -> JsonObject:
    header = item.content.header
    return {
        "id": number,
        "result": _result(item),
        "was_cancelled": False,
        "ground_truth": header.kind is SetKind.ADJUDICATED,
        ANNOTATOR: header.id,
    }


def _prediction(item: SetDocument) -> JsonObject:
    return {"model_version": item.content.header.id, "result": _result(item)}


def _result(item: SetDocument) -> list[JsonObject]:
    graph = graph_of(item)
    regions = [_region(node, item.document.text) for node in graph.nodes]
    return regions + [_relation(arrow) for arrow in graph.arrows]


def _region(node: Node, text: str) -> JsonObject:
    start, end = node.span.start, node.span.end
    return {
        "id": node.id,
        "from_name": node.kind.value,
        "to_name": TEXT,
        "type": "labels",
        "value": {"start": start, "end": end, "text": text[start:end], "labels": [node.label]},
    }


def _relation(arrow: Arrow) -> JsonObject:
    return {
        "type": "relation",
        "from_id": arrow.source,
        "to_id": arrow.target,
        "direction": "right",
        "labels": [arrow.label],
    }


LABEL_STUDIO = Format(
    id="label-studio",
    title="formats.title_label_studio",
    suffixes=(".json",),
    read=read_label_studio,
    write_files=write_label_studio,
    holds=GRAPH_HOLDS,
    marks=(
        b'"from_name"',
        b'"was_cancelled"',
        b'"completed_by"',
        b'"model_version"',
        b'"annotation_id"',  # this and what follows are of JSON-MIN
        b'"lead_time"',
        b'[{"start":',
    ),
)

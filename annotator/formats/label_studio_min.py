"""JSON-MIN, the short export of Label Studio: the fields of a task with its regions among them.

Regions stand under the name of the control that made them. What else a control gives, such as a
choice, cannot be told from a field of the task, so it is taken for one.
"""

from __future__ import annotations

from collections.abc import Iterator

from annotator.formats.base import JsonObject, JsonValue
from annotator.formats.label_studio_answers import LABELS

_PERSON = "annotator"


def as_task(record: JsonObject) -> JsonObject:
    """A record as the task that the long export would tell; one that is a task stays as it is."""
    if "data" in record or "annotations" in record:
        return record
    results = list(_results(record))
    is_marked = bool(results) or "annotation_id" in record
    annotation = {"completed_by": record.get(_PERSON), "result": results}
    data = {name: value for name, value in record.items() if name != _PERSON}
    return {"data": data, "annotations": [annotation] if is_marked else []}


def _results(record: JsonObject) -> Iterator[JsonObject]:
    for name, value in record.items():
        for number, one in enumerate(value if isinstance(value, list) else (), 1):
            if _is_region(one):
                kind = next((kind for kind in LABELS if kind in one), LABELS[0])
                told = {"id": f"{name} {number}", "from_name": name, "type": kind, "value": one}
                yield told


def _is_region(value: JsonValue) -> bool:
    return isinstance(value, dict) and {"start", "end"} <= value.keys()

"""Reading exports of Label Studio: every annotation of a task becomes a set of its own.

Label Studio counts code points, older versions UTF-16 units, and CRLF as two; each region tells
its text, which proves how the file counts. Answers about a region are attributes of it; answers
about the whole task, and regions that mark no text, are left out and told.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from annotator.core.set_header import SetKind
from annotator.formats.base import (
    Bundle,
    ImportProblem,
    JsonObject,
    JsonValue,
    Note,
    ReadOptions,
)
from annotator.formats.foreign_graph import ToldDocument, ToldNode, ToldSet, told_bundles
from annotator.formats.foreign_json import (
    ANNOTATOR,
    DOCUMENT,
    ForeignRecord,
    told_metadata,
    unknown_split,
    whole_number,
)
from annotator.formats.foreign_text import ForeignSpan
from annotator.formats.label_studio_answers import LABELS, add_answers, answer_of, node_id
from annotator.formats.label_studio_config import TEXT
from annotator.formats.label_studio_min import as_task
from annotator.formats.news_fields import line_of
from annotator.formats.span_graph import Arrow, NodeKind
from annotator.foundation.errors import UserError

_KINDS = {kind.value: kind for kind in NodeKind}


def read_label_studio(stream: BinaryIO, options: ReadOptions) -> Iterator[Bundle | ImportProblem]:
    """The tasks of a file as documents.

    Raises `UserError` where the file is too large.
    """
    return told_bundles(stream, options, _told)


def _told(record: ForeignRecord) -> ToldDocument:
    task = as_task(record.value)
    told = task.get("data")
    data = told if isinstance(told, dict) else {}
    text = _text(data)
    if text is None:
        raise UserError("formats.foreign_no_text", record=record.number)
    annotations = _objects(task.get("annotations", task.get("completions")))
    kept = [one for one in annotations if one.get("was_cancelled") is not True]
    notes = []
    if len(kept) < len(annotations):
        skipped = len(annotations) - len(kept)
        notes.append(Note("formats.label_studio_skipped", {"count": skipped}))
    notes.extend(_numbers_alone(task.get("predictions")))
    sets = [_annotation(one, data.get(ANNOTATOR)) for one in kept]
    sets += [_prediction(one) for one in _objects(task.get("predictions"))]
    return ToldDocument(
        record.identifier(data.get(DOCUMENT)),
        text,
        record.source,
        told_metadata(data),
        sets,
        notes=notes,
        unheld=unknown_split(data),
    )


def _numbers_alone(predictions: JsonValue) -> Iterator[Note]:
    """What to tell of predictions that the file only counts up, as exports do unless asked."""
    told = predictions if isinstance(predictions, list) else []
    count = sum(whole_number(one) is not None for one in told)
    if count:
        yield Note("formats.label_studio_numbers", {"count": count})


def _text(data: JsonObject) -> str | None:
    """The text of a task: the field of this name, else the longest string."""
    told = data.get(TEXT)
    if isinstance(told, str):
        return told
    strings = [value for value in data.values() if isinstance(value, str)]
    return max(strings, key=len, default=None)


def _objects(values: JsonValue) -> list[JsonObject]:
    told = values if isinstance(values, list) else []
    return [one for one in told if isinstance(one, dict)]


def _prediction(value: JsonObject) -> ToldSet:
    version = value.get("model_version")
    is_told = isinstance(version, str) and version.strip()
    return _set(value, version if is_told else "prediction", SetKind.PREDICTION)


def _annotation(value: JsonObject, ours: JsonValue) -> ToldSet:
    """An annotation; `ours` says whose those are that we wrote, by the numbers they had then."""
    is_gold = value.get("ground_truth") is True
    kind = SetKind.ADJUDICATED if is_gold else SetKind.ANNOTATOR
    whose = ours.get(str(value.get("import_id"))) if isinstance(ours, dict) else None
    if isinstance(whose, str) and whose.strip():
        return _set(value, whose.strip(), kind)
    found = _set(value, _annotator(value), kind)
    found.person = _full_name(value.get("completed_by"))
    return found


def _set(value: JsonObject, name: str | None, kind: SetKind) -> ToldSet:
    found = ToldSet(name=name, kind=kind)
    answers = []
    for number, one in enumerate(_objects(value.get("result")), 1):
        answer = answer_of(one)
        if one.get("type") == "relation":
            _add_relation(found, one, number)
        elif answer is not None:
            answers.append(answer)
        else:
            _add_region(found, one, number)
    add_answers(found, answers)
    return found


def _annotator(value: JsonObject) -> str | None:
    """A name for whoever made an annotation: ours, an address, or the number of the person."""
    told = value.get(ANNOTATOR, value.get("completed_by"))
    if isinstance(told, dict):
        told = told.get("email") or told.get("id")
    if isinstance(told, str) and told.strip():
        return told.strip()
    number = whole_number(told)
    return None if number is None else f"label-studio-{number}"


def _full_name(told: JsonValue) -> str | None:
    """What a person is called, where an annotation tells more than a number or an address."""
    fields = told if isinstance(told, dict) else {}
    return line_of(f"{fields.get('first_name') or ''} {fields.get('last_name') or ''}")


def _add_region(found: ToldSet, region: JsonObject, number: int) -> None:
    name, kind = str(region.get("id", f"#{number}")), region.get("type")
    value = region.get("value")
    told = value if isinstance(value, dict) else {}
    start, end = whole_number(told.get("start")), whole_number(told.get("end"))
    labels = _labels(told.get(kind)) if kind in LABELS else ()
    if not labels or start is None or end is None:
        found.unread.append(name)
        return
    text = told.get("text")
    place = ForeignSpan(name, start, end, text if isinstance(text, str) else None)
    node_kind = _KINDS.get(str(region.get("from_name")), NodeKind.MENTION)
    for nth, label in enumerate(labels, 1):
        found.nodes.append(ToldNode(node_id(name, nth), node_kind, label, place))


def _labels(told: JsonValue) -> tuple[str, ...]:
    """The labels in a list; none where it is no list of labels."""
    labels = told if isinstance(told, list) else []
    are_told = all(isinstance(label, str) and label for label in labels)
    return tuple(labels) if are_told else ()


def _add_relation(found: ToldSet, relation: JsonObject, number: int) -> None:
    told = relation.get("labels")
    labels = _labels(told) if told else ("",)  # as Label Studio draws them where none are declared
    ends = str(relation.get("from_id")), str(relation.get("to_id"))
    if not labels:
        found.unread.append(f"relation {number}")
        return
    if relation.get("direction") == "left":
        ends = ends[1], ends[0]
    found.arrows.extend(Arrow(ends[0], ends[1], label) for label in labels)

"""Reading doccano JSONL: spans as triples (``label``), or spans and arrows (``entities``).

What is said of a text as a whole (``cats``, ``Comments``, labels that are no spans) is left out and
told.

doccano counts code points since 2020 and UTF-16 units before, scripts that write its files bytes;
it does not tell the texts of its spans. The edges of words show the unit (`word_edges`); where they
do not and it matters, a warning says that nothing proves the offsets.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from annotator.formats.base import Bundle, ImportProblem, JsonObject, JsonValue, ReadOptions
from annotator.formats.foreign_graph import ToldDocument, ToldNode, ToldSet, told_bundles
from annotator.formats.foreign_json import (
    ANNOTATOR,
    DOCUMENT,
    ForeignRecord,
    objects_in,
    told_metadata,
    unknown_split,
    whole_number,
)
from annotator.formats.foreign_text import ForeignSpan
from annotator.formats.news_fields import line_of
from annotator.formats.span_graph import Arrow, kind_and_label
from annotator.foundation.errors import UserError

_TRIPLES = ("label", "labels")
_TEXTS = ("text", "data")


def read_doccano(stream: BinaryIO, options: ReadOptions) -> Iterator[Bundle | ImportProblem]:
    """The documents of a file, each with the set of annotations that its record tells.

    Raises `UserError` where the file or one of its lines is too large.
    """
    return told_bundles(stream, options, _told)


def _told(record: ForeignRecord) -> ToldDocument:
    value = record.value
    text = next((value[name] for name in _TEXTS if isinstance(value.get(name), str)), None)
    if text is None:
        raise UserError("formats.foreign_no_text", record=record.number)
    found = _with_arrows(value) if "entities" in value else _triples(value)
    person = value.get(ANNOTATOR)
    if found is not None and isinstance(person, str) and person.strip():
        found.name = person
    return ToldDocument(
        record.identifier(value.get(DOCUMENT)),
        text,
        record.source,
        told_metadata(value),
        [] if found is None else [found],
        unheld=[*_unheld(value), *unknown_split(value)],
    )


def _unheld(value: JsonObject) -> Iterator[tuple[str, str]]:
    """What a record says of its text as a whole."""
    for name in (*_TRIPLES, "cats", "Comments"):
        told = value.get(name)
        said = map(_said, told if isinstance(told, list) else ())
        lines = [line for line in said if line is not None]
        if lines:
            yield name, ", ".join(lines)


def _said(told: JsonValue) -> str | None:
    """A label of a whole text, or a comment, which is an object where there are relations."""
    said = told.get("comment") if isinstance(told, dict) else told
    return line_of(said) if isinstance(said, str) else None


def _triples(value: JsonObject) -> ToldSet | None:
    """The spans of a record; None where it has no place for them, as before annotation."""
    told = next((value[name] for name in _TRIPLES if isinstance(value.get(name), list)), None)
    if told is None or (told and all(isinstance(one, str) for one in told)):
        return None
    found = ToldSet()
    for number, one in enumerate(told, 1):
        if not isinstance(one, str):
            _add_triple(found, str(number), one)
    return found


def _add_triple(found: ToldSet, name: str, told: JsonValue) -> None:
    is_triple = isinstance(told, list) and len(told) == 3
    start, end, label = told if is_triple else (None, None, None)
    _add(found, name, start, end, label)


def _with_arrows(value: JsonObject) -> ToldSet:
    found = ToldSet()
    told = value.get("entities")
    for number, one in enumerate(told if isinstance(told, list) else (), 1):
        if isinstance(one, list):  # as where texts have labels as a whole besides
            _add_triple(found, f"#{number}", one)
        else:
            entity = one if isinstance(one, dict) else {}
            name = str(entity.get("id", f"#{number}"))
            edges = entity.get("start_offset"), entity.get("end_offset")
            _add(found, name, *edges, entity.get("label"))
    for number, one in enumerate(objects_in(value.get("relations")), 1):
        label = one.get("type")
        if isinstance(label, str) and label:
            found.arrows.append(Arrow(str(one.get("from_id")), str(one.get("to_id")), label))
        else:
            found.unread.append(f"relation {one.get('id', number)}")
    return found


def _add(
    found: ToldSet, name: str, start: JsonValue, end: JsonValue, full_label: JsonValue
) -> None:
    first, last = whole_number(start), whole_number(end)
    if first is None or last is None or not isinstance(full_label, str) or not full_label:
        found.unread.append(name)
        return
    kind, label = kind_and_label(full_label)
    found.nodes.append(ToldNode(name, kind, label, ForeignSpan(name, first, last)))

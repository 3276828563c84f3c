"""Reading Prodigy JSONL: tasks that were accepted, with their spans and relations.

Prodigy counts code points. The texts of the last tokens prove it, and those of spans that tell one;
where neither is told, the edges of words show it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

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

RECORD = "record"
"""Where our own exports tell which annotation a span is; Prodigy carries such keys along."""

_PROOFS = 8

_Key = tuple[int, int, str, str]


def read_prodigy(stream: BinaryIO, options: ReadOptions) -> Iterator[Bundle | ImportProblem]:
    """The tasks of a file as documents; of one that was not accepted only the text, and a warning.

    Raises `UserError` where the file or one of its lines is too large.
    """
    return told_bundles(stream, options, _told)


def _told(record: ForeignRecord) -> ToldDocument:
    value = record.value
    text, meta = value.get("text"), value.get("meta")
    if not isinstance(text, str):
        raise UserError("formats.foreign_no_text", record=record.number)
    answer = value.get("answer", "accept")
    is_accepted = answer == "accept"
    tokens = objects_in(value.get("tokens"))
    sets = [_set(value, tokens)] if is_accepted and isinstance(value.get("spans"), list) else []
    return ToldDocument(
        record.identifier(meta.get(DOCUMENT) if isinstance(meta, dict) else None),
        text,
        record.source,
        told_metadata(meta),
        sets,
        proofs=list(_proofs(tokens)),
        notes=[] if is_accepted else [Note("formats.prodigy_answer", {"answer": str(answer)})],
        unheld=[*(_unheld(value) if is_accepted else ()), *unknown_split(meta)],
    )


def _unheld(value: JsonObject) -> Iterator[tuple[str, str]]:
    """What a task says of its text as a whole: its one label, or what was chosen."""
    for name in ("label", "accept"):
        said = line_of(value.get(name))
        if said is not None:
            yield name, said


def _proofs(tokens: list[JsonObject]) -> Iterator[ForeignSpan]:
    """The last tokens: before them stands all that two units may count differently."""
    for number, token in enumerate(tokens[-_PROOFS:]):
        start, end = whole_number(token.get("start")), whole_number(token.get("end"))
        text = token.get("text")
        if start is not None and end is not None and isinstance(text, str):
            yield ForeignSpan(f"token {number}", start, end, text)


def _set(value: JsonObject, tokens: list[JsonObject]) -> ToldSet:
    annotator = value.get("_annotator_id", value.get("_session_id"))
    is_told = isinstance(annotator, str) and annotator.strip()
    found = ToldSet(name=annotator if is_told else None)
    places: dict[_Key, str] = {}
    for number, span in enumerate(objects_in(value.get("spans")), 1):
        _add_span(found, places, span, tokens, f"span {number}")
    for number, relation in enumerate(objects_in(value.get("relations")), 1):
        _add_relation(found, places, relation, tokens, number)
    return found


def _add_span(
    found: ToldSet,
    places: dict[_Key, str],
    span: JsonObject,
    tokens: list[JsonObject],
    name: str,
) -> None:
    """Take a span in, and remember where it stands, for the relations."""
    start, end, full = _edge(span, tokens, "start"), _edge(span, tokens, "end"), span.get("label")
    if start is None or end is None or not isinstance(full, str) or not full:
        found.unread.append(name)
        return
    text = span.get("text")
    place = ForeignSpan(name, start, end, text if isinstance(text, str) else None)
    kind, label = kind_and_label(full)
    found.nodes.append(ToldNode(name, kind, label, place))
    places.setdefault((start, end, full, str(span.get(RECORD))), name)


def _edge(span: JsonObject, tokens: list[JsonObject], side: str) -> int | None:
    """Where a span starts or ends: as it tells, else as its first or last token tells."""
    told = whole_number(span.get(side))
    if told is not None:
        return told
    number = whole_number(span.get(f"token_{side}"))
    if number is None or not 0 <= number < len(tokens):
        return None
    return whole_number(tokens[number].get(side))


def _add_relation(
    found: ToldSet,
    places: dict[_Key, str],
    relation: JsonObject,
    tokens: list[JsonObject],
    number: int,
) -> None:
    label = relation.get("label")
    ends = [_end(places, relation.get(f"{side}_span"), tokens) for side in ("head", "child")]
    if not isinstance(label, str) or not label or None in ends:
        found.unread.append(f"relation {number}")
        return
    found.arrows.append(Arrow(str(ends[0]), str(ends[1]), label))


def _end(places: dict[_Key, str], span: JsonValue, tokens: list[JsonObject]) -> str | None:
    """The span that an end of a relation lies in, by place and label."""
    if not isinstance(span, dict):
        return None
    start, end = _edge(span, tokens, "start"), _edge(span, tokens, "end")
    if start is None or end is None:
        return None
    return places.get((start, end, str(span.get("label")), str(span.get(RECORD))))

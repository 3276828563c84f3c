"""What annotations of another project use and our scheme lacks, and the scheme with it added."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from enum import Enum
from typing import Any, TypeAlias

from msgspec import Struct

from annotator.core.annotations import Entity, Event, Mention, Quote, Record
from annotator.core.commands.records import attribute_specs
from annotator.core.scheme import Scheme
from annotator.core.scheme_checks import EVENT_MODE_KEYS
from annotator.foundation.errors import AnnotatorError
from annotator.workbench.schemes import scheme_from_text

_KEYS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


class Part(Enum):
    """The parts of a scheme that annotations name."""

    LABEL = "label"
    EVENT_TYPE = "event_type"
    ROLE = "role"
    ATTRIBUTE = "attribute"


class Lacking(Struct, frozen=True):
    """Something that `count` annotations name and our scheme does not have.

    `owner` is the event type of a role, and label or type of whatever carries an attribute.
    """

    part: Part
    id: str
    count: int
    owner: str = ""


Named: TypeAlias = Counter[tuple[Part, str, str]]
"""How many annotations name something: part, id and owner."""


def count_lacking(named: Named, scheme: Scheme, records: Iterable[Record]) -> None:
    """Count what these records name and the scheme does not have."""
    for record in records:
        named.update(_labels(scheme, record))
        if isinstance(record, Mention | Event | Quote):
            named.update(_attributes(scheme, record))


def lacking(named: Named) -> tuple[Lacking, ...]:
    """What was counted, labels and types first."""
    order = list(Part)
    found = (Lacking(part, name, count, owner) for (part, name, owner), count in named.items())
    return tuple(sorted(found, key=lambda each: (order.index(each.part), each.owner, each.id)))


def _labels(scheme: Scheme, record: Record) -> Iterator[tuple[Part, str, str]]:
    match record:
        case Mention(label=label) | Entity(label=label) if not scheme.has_label(label):
            yield Part.LABEL, label, ""
        case Event(type=kind) if not scheme.has_event_type(kind):
            yield Part.EVENT_TYPE, kind, ""
        case Event(type=kind):
            roles = {role.id for role in scheme.event_type(kind).roles}
            for argument in record.arguments:
                if argument.role not in roles:
                    yield Part.ROLE, argument.role, kind


def _attributes(scheme: Scheme, record: Mention | Event | Quote) -> Iterator[tuple[Part, str, str]]:
    declared = {spec.id for spec in attribute_specs(scheme, record)}
    for name, _ in record.attrs:
        if name not in declared:
            yield Part.ATTRIBUTE, name, _owner(record)


def _owner(record: Mention | Event | Quote) -> str:
    if isinstance(record, Mention):
        return record.label
    return record.type if isinstance(record, Event) else record.type.value


def with_lacking(ours: str, theirs: str, wanted: Iterable[Lacking]) -> str | None:
    """The JSON text of our scheme with what theirs declares of `wanted`; None where it is nothing.

    What is added gets a key that is free, a label none where its own is taken.
    """
    here, there = json.loads(ours), json.loads(theirs)
    before = json.dumps(here)
    for each in wanted:
        _ADD[each.part](here, there, each)
    if json.dumps(here) == before:
        return None
    text = json.dumps(here, ensure_ascii=False, indent=2)
    try:
        scheme_from_text(text)
    except AnnotatorError:
        return None
    return text


def _add_label(here: dict[str, Any], there: dict[str, Any], wanted: Lacking) -> None:
    label = _find(there["labels"], wanted.id)
    if label is not None:
        taken = {each.get("key") for each in here["labels"]}
        key = None if label.get("key") in taken else label.get("key")
        here["labels"].append({**label, "key": key})


def _add_event_type(here: dict[str, Any], there: dict[str, Any], wanted: Lacking) -> None:
    kind = _find(there["event_types"], wanted.id)
    if kind is None:
        return
    key = _free_key(kind["key"], {each["key"] for each in here["event_types"]})
    roles = [{**role, "labels": _known(here, role)} for role in kind["roles"]]
    here["event_types"].append({**kind, "key": key, "roles": roles})


def _add_role(here: dict[str, Any], there: dict[str, Any], wanted: Lacking) -> None:
    kind, theirs = (_find(each["event_types"], wanted.owner) for each in (here, there))
    role = None if theirs is None else _find(theirs["roles"], wanted.id)
    if kind is not None and role is not None:
        taken = {each["key"] for each in kind["roles"]} | EVENT_MODE_KEYS
        key = _free_key(role["key"], taken)
        kind["roles"].append({**role, "key": key, "labels": _known(here, role)})


def _add_attribute(here: dict[str, Any], there: dict[str, Any], wanted: Lacking) -> None:
    spec, present = (_find(each["attributes"], wanted.id) for each in (there, here))
    if present is not None:  # it is declared, but not for this label or type
        if spec is not None and present["layer"] == spec["layer"]:
            present["labels"] = sorted({*present.get("labels", ()), wanted.owner})
        return
    if spec is not None:
        taken = {each["key"] for each in here["attributes"]}
        bearers = [wanted.owner] if spec.get("labels") else []
        here["attributes"].append({**spec, "key": _free_key(spec["key"], taken), "labels": bearers})


_ADD = {
    Part.LABEL: _add_label,
    Part.EVENT_TYPE: _add_event_type,
    Part.ROLE: _add_role,
    Part.ATTRIBUTE: _add_attribute,
}


def _find(parts: list[dict[str, Any]], identifier: str) -> dict[str, Any] | None:
    return next((part for part in parts if part["id"] == identifier), None)


def _known(here: dict[str, Any], role: dict[str, Any]) -> list[str]:
    """The labels of a role that this scheme has; a role that admits any admits any."""
    labels = {each["id"] for each in here["labels"]}
    return [label for label in role.get("labels", ()) if label in labels]


def _free_key(wanted: str, taken: set[str]) -> str:
    return next((key for key in (wanted, *_KEYS) if key not in taken), wanted)

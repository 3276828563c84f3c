"""The annotation scheme as JSON in its one normal form, and the hash of that.

Every field is written, and sets in a fixed order, so that two files that mean the same have the
same hash.
"""

from __future__ import annotations

from msgspec import json

from annotator.core.scheme import AttributeSpec, EventType, FillerKind, Label, Role, Scheme, Wording
from annotator.foundation.sha256 import sha256

FORMAT = "ckb-scheme/1"


def scheme_to_json(scheme: Scheme) -> dict[str, object]:
    """The normal form of a scheme as plain JSON values, without its hash."""
    order = [label.id for label in scheme.labels]
    return {
        "format": FORMAT,
        "id": scheme.id,
        "version": scheme.version,
        "name": _from_wording(scheme.name),
        "guideline": {
            "id": scheme.guideline.id,
            "version": scheme.guideline.version,
            "boundary_policy": scheme.guideline.boundary_policy,
            "note": _from_wording(scheme.guideline.note),
        },
        "labels": [_from_label(label) for label in scheme.labels],
        "event_types": [_from_event_type(kind, order) for kind in scheme.event_types],
        "attributes": [_from_attribute(spec) for spec in scheme.attributes],
        "quote_types": [
            {"id": kind.id, "name": _from_wording(kind.name), "guide": _from_wording(kind.guide)}
            for kind in scheme.quote_types
        ],
        "quote_color": scheme.quote_color,
        "speaker_labels": _in_order(scheme.speaker_labels, order),
        "nesting": {
            outer: _in_order(scheme.nesting[outer], order)
            for outer in _in_order(frozenset(scheme.nesting), order)
        },
    }


def scheme_sha256(scheme: Scheme) -> str:
    """SHA-256 of the canonical JSON (sorted keys, no spaces, UTF-8), in hexadecimal.

    It is computed over the content, so neither the layout of a file nor the order of its keys or
    sets changes it; the stored `Scheme.sha256` takes no part.
    """
    canonical = json.encode(scheme_to_json(scheme), order="sorted")
    return sha256(canonical).hexdigest()


def _in_order(labels: frozenset[str], order: list[str]) -> list[str]:
    return sorted(labels, key=lambda label: (order.index(label), label))


def _from_wording(wording: Wording) -> dict[str, str]:
    return {"ckb": wording.ckb, "en": wording.en}


def _from_label(label: Label) -> dict[str, object]:
    return {
        "id": label.id,
        "name": _from_wording(label.name),
        "guide": _from_wording(label.guide),
        "color": label.color,
        "group": label.group.value,
        "level": label.level.value,
        "key": label.key,
        "enabled": label.is_enabled,
    }


def _from_event_type(kind: EventType, order: list[str]) -> dict[str, object]:
    return {
        "id": kind.id,
        "name": _from_wording(kind.name),
        "guide": _from_wording(kind.guide),
        "key": kind.key,
        "color": kind.color,
        "roles": [_from_role(role, order) for role in kind.roles],
    }


def _from_role(role: Role, order: list[str]) -> dict[str, object]:
    return {
        "id": role.id,
        "name": _from_wording(role.name),
        "key": role.key,
        "fillers": [kind.value for kind in FillerKind if kind in role.fillers],
        "labels": _in_order(role.labels, order),
        "required": role.is_required,
        "repeatable": role.is_repeatable,
    }


def _from_attribute(spec: AttributeSpec) -> dict[str, object]:
    return {
        "id": spec.id,
        "name": _from_wording(spec.name),
        "layer": spec.layer.value,
        "key": spec.key,
        "values": [{"id": value.id, "name": _from_wording(value.name)} for value in spec.values],
        "labels": sorted(spec.labels),
        "default": spec.default,
        "required": spec.is_required,
    }

"""What must hold between the parts of a scheme: ids and keys told apart, names that exist."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from annotator.core.annotations import QuoteType
from annotator.core.ids import Layer
from annotator.core.scheme import AttributeSpec, EventType, Scheme
from annotator.foundation.errors import UserError

EVENT_MODE_KEYS = frozenset("FHQEGWNZY")
"""Keys that do something else while an event is open, so that no role may have them."""


def check_scheme(scheme: Scheme) -> None:
    """Raise `UserError` for the first thing in which the parts of a scheme do not fit."""
    _expect_distinct("labels", [(label.id, label.key) for label in scheme.labels])
    _expect_distinct("event_types", [(kind.id, kind.key) for kind in scheme.event_types])
    for kind in scheme.event_types:
        _check_roles(kind, scheme)
    _check_attributes(scheme)
    _check_quote_types(scheme)
    _expect_labels("speaker_labels", scheme.speaker_labels, scheme)
    _expect_labels("nesting", scheme.nesting, scheme)
    for outer, inner in scheme.nesting.items():
        _expect_labels(f"nesting/{outer}", inner, scheme)


def _expect_distinct(place: str, pairs: Iterable[tuple[str, str | None]]) -> None:
    owners: dict[str, str] = {}
    seen: set[str] = set()
    for identifier, key in pairs:
        if identifier in seen:
            raise UserError("scheme.id_twice", place=place, id=identifier)
        seen.add(identifier)
        if key is None:
            continue
        if key in owners:
            _refuse_key(place, key, owners[key], identifier)
        owners[key] = identifier


def _refuse_key(place: str, key: str, first: str, second: str) -> None:
    raise UserError("scheme.key_twice", place=place, keycap=key, first=first, second=second)


def _check_roles(kind: EventType, scheme: Scheme) -> None:
    place = f"event_types/{kind.id}/roles"
    _expect_distinct(place, [(role.id, role.key) for role in kind.roles])
    for role in kind.roles:
        if role.key in EVENT_MODE_KEYS:
            taken = " ".join(sorted(EVENT_MODE_KEYS))
            raise UserError(
                "scheme.key_reserved", place=f"{place}/{role.id}", keycap=role.key, taken=taken
            )
        _expect_labels(f"{place}/{role.id}/labels", role.labels, scheme)


def _expect_labels(place: str, labels: Iterable[str], scheme: Scheme) -> None:
    _expect_known(place, labels, {label.id for label in scheme.labels})


def _expect_known(place: str, names: Iterable[str], known: set[str]) -> None:
    unknown = sorted(name for name in names if name not in known)
    if unknown:
        raise UserError("scheme.unknown_label", place=place, label=unknown[0])


def _check_attributes(scheme: Scheme) -> None:
    for left, right in combinations(scheme.attributes, 2):
        if left.layer is not right.layer or not _meet(left, right):
            continue
        _expect_distinct("attributes", [(left.id, left.key), (right.id, right.key)])
    bearers = {
        Layer.MENTION: {label.id for label in scheme.labels},
        Layer.EVENT: {kind.id for kind in scheme.event_types},
        Layer.QUOTE: {kind.value for kind in QuoteType},
    }
    for spec in scheme.attributes:
        place = f"attributes/{spec.id}"
        values = [value.id for value in spec.values]
        _expect_distinct(f"{place}/values", [(value, None) for value in values])
        _expect_known(f"{place}/labels", spec.labels, bearers[spec.layer])
        if values and spec.default is not None and spec.default not in values:
            raise UserError(
                "scheme.unknown_value",
                place=f"{place}/default",
                value=spec.default,
                allowed=", ".join(values),
            )


def _meet(left: AttributeSpec, right: AttributeSpec) -> bool:
    """Whether one annotation may carry both attributes."""
    return not left.labels or not right.labels or bool(left.labels & right.labels)


def _check_quote_types(scheme: Scheme) -> None:
    found = [kind.id for kind in scheme.quote_types]
    _expect_distinct("quote_types", [(identifier, None) for identifier in found])
    for kind in QuoteType:
        if kind.value not in found:
            raise UserError("scheme.quote_type_missing", type=kind.value)

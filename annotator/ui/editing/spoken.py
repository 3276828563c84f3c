"""What findings and refusals name by its id, called as the scheme calls it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from annotator.core.scheme import AttributeSpec, EventType, FillerKind, Label, Role, Scheme
from annotator.foundation.catalogue import Catalogue

_Parts: TypeAlias = Sequence[Label | EventType | Role | AttributeSpec]

_COMMA = ", "
"""Between the ids of a list, as the commands write it."""


def spoken(catalogue: Catalogue, scheme: Scheme, values: Mapping[str, object]) -> dict[str, object]:
    """The named values of a sentence in words; what the scheme does not know stays as it is."""

    def called(name: str, value: object) -> object:
        if name == "kind" and value in {kind.value for kind in FillerKind}:
            return catalogue.text(f"filler.{value}")
        if name == "admitted" and isinstance(value, str):
            return tuple(called("label", label) for label in value.split(_COMMA))
        names = (part.name for part in _parts(scheme, name) if part.id == value)
        return next((name.in_language(catalogue.language) for name in names), value)

    return {name: called(name, value) for name, value in values.items()}


def _parts(scheme: Scheme, name: str) -> _Parts:
    """The parts of the scheme of which a value of this name may be the id."""
    match name:
        case "label" | "inner" | "outer" | "expected":
            return scheme.labels
        case "type":
            return scheme.event_types
        case "role":
            return _roles(scheme)
        case "other":  # beside the id of a record, which is called nothing else
            return (*scheme.labels, *_roles(scheme))
        case "attribute":
            return scheme.attributes
        case _:
            return ()


def _roles(scheme: Scheme) -> tuple[Role, ...]:
    return tuple(role for kind in scheme.event_types for role in kind.roles)

"""What findings and refusals name by its id, called as the scheme calls it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from annotator.core.scheme import AttributeSpec, EventType, FillerKind, Label, Role, Scheme
from annotator.ui.editing.context import Context

_Parts: TypeAlias = Sequence[Label | EventType | Role | AttributeSpec]

_COMMA = ", "
"""Between the ids of a list, as the commands write it."""


def spoken(context: Context, values: Mapping[str, object]) -> dict[str, object]:
    """The named values of a sentence in words; what the scheme does not know stays as it is."""
    return {name: _called(context, name, value) for name, value in values.items()}


def _called(context: Context, name: str, value: object) -> object:
    if name == "kind" and value in {kind.value for kind in FillerKind}:
        return context.sentence(f"filler.{value}")
    if name == "admitted" and isinstance(value, str):
        labels = (str(_called(context, "label", label)) for label in value.split(_COMMA))
        return "، ".join(labels)
    found = (context.say(part.name) for part in _parts(context.scheme, name) if part.id == value)
    return next(found, value)


def _parts(scheme: Scheme, name: str) -> _Parts:
    """The parts of the scheme of which a value of this name may be the id."""
    match name:
        case "label" | "inner" | "outer":
            return scheme.labels
        case "type":
            return scheme.event_types
        case "role":
            return tuple(role for kind in scheme.event_types for role in kind.roles)
        case "attribute":
            return scheme.attributes
        case _:
            return ()

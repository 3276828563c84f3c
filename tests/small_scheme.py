"""A small annotation scheme in code, and its parts."""

from __future__ import annotations

from types import MappingProxyType

from msgspec.structs import replace

from annotator.core.annotations import (
    MentionLevel,
    QuoteType,
)
from annotator.core.ids import (
    Layer,
)
from annotator.core.scheme import (
    AttributeSpec,
    AttributeValue,
    EventType,
    FillerKind,
    Guideline,
    Label,
    LabelGroup,
    QuoteTypeSpec,
    Role,
    Scheme,
    Wording,
)


def scheme(*, boundary_policy: str = "token", **changes: object) -> Scheme:
    """A small scheme: eight labels, three event types, all quote types, five attributes."""
    plain = Scheme(
        id="small",
        version="1.0.0",
        name=wording("Small"),
        guideline=Guideline("small-guide", "0.1", boundary_policy, wording("")),
        labels=LABELS,
        event_types=EVENT_TYPES,
        attributes=ATTRIBUTES,
        quote_types=tuple(
            QuoteTypeSpec(kind.value, wording(kind.value), wording("")) for kind in QuoteType
        ),
        quote_color="#5c6bc0",
        speaker_labels=frozenset({"PER", "ORG", "GPE"}),
        nesting=MappingProxyType(
            {
                "TITLE": frozenset({"PER", "ORG", "GPE"}),
                "ORG": frozenset({"ORG", "GPE"}),
                "EVT": frozenset({"GPE", "DATE"}),
            }
        ),
        sha256="0" * 64,
    )
    return replace(plain, **changes)


def wording(text: str) -> Wording:
    """The same text in both languages."""
    return Wording(text, text)


def label(identifier: str, group: LabelGroup = LabelGroup.ENTITY, key: str | None = None) -> Label:
    """A label of the small scheme."""
    name, guide = wording(identifier), wording("")
    return Label(identifier, name, guide, "#808080", group, MentionLevel.NAM, key)


def role(identifier: str, key: str, *fillers: FillerKind, **changes: object) -> Role:
    """A role; without fillers a mention or an implicit entity may fill it."""
    admitted = frozenset(fillers or (FillerKind.MENTION, FillerKind.IMPLICIT))
    return replace(Role(identifier, wording(identifier), key, admitted), **changes)


def event_type(identifier: str, key: str, *roles: Role) -> EventType:
    """An event type with its roles."""
    return EventType(identifier, wording(identifier), wording(""), key, "#80a080", roles)


def attribute_spec(identifier: str, layer: Layer, *values: str, **changes: object) -> AttributeSpec:
    """An attribute; without values it takes any text."""
    allowed = tuple(AttributeValue(value, wording(value)) for value in values)
    plain = AttributeSpec(identifier, wording(identifier), layer, identifier[0], allowed)
    return replace(plain, **changes)


LABELS = (
    label("PER", key="1"),
    label("ORG", key="2"),
    label("GPE", key="3"),
    label("LOC", key="4"),
    label("EVT", key="5"),
    label("DATE", LabelGroup.VALUE, key="9"),
    label("TITLE", LabelGroup.OVERLAY, key="0"),
    label("MISC", LabelGroup.IMPORT),
)

_TOPIC = role("Topic", "t", *FillerKind)
_PLACE = role("Place", "p", FillerKind.MENTION, labels=frozenset({"GPE", "LOC"}))

EVENT_TYPES = (
    event_type(
        "Contact.Meet",
        "m",
        role("Participant", "a", is_required=True, is_repeatable=True),
        _TOPIC,
        _PLACE,
    ),
    event_type(
        "Movement.Visit",
        "v",
        role("Visitor", "a", is_required=True, is_repeatable=True),
        role("Destination", "d", labels=frozenset({"GPE", "LOC"})),
        _TOPIC,
    ),
    event_type("Conflict.Attack", "k", role("Attacker", "a"), role("Target", "g"), _PLACE),
)

ATTRIBUTES = (
    attribute_spec(
        "facet", Layer.MENTION, "place", "government", "people", labels=frozenset({"GPE"})
    ),
    attribute_spec("value", Layer.MENTION, labels=frozenset({"DATE"}), is_required=True),
    attribute_spec("tense", Layer.EVENT, "past", "present", default="past", is_required=True),
    attribute_spec("medium", Layer.QUOTE, "tweet", "speech"),
    attribute_spec("note", Layer.QUOTE, labels=frozenset({"indirect"})),
)

"""The annotation scheme of a project: labels, event types with roles, attributes, keys, colours."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from msgspec import Struct

from annotator.core.annotations import MentionLevel
from annotator.core.ids import Layer
from annotator.foundation.errors import Refused


class LabelGroup(Enum):
    """What a label is for.

    ENTITY labels name things (each mention gets an entity); VALUE labels mark dates and amounts
    (no entity); OVERLAY labels (TITLE) lie over other mentions and never enter a flat export.
    """

    ENTITY = "entity"
    VALUE = "value"
    OVERLAY = "overlay"
    IMPORT = "import"


class FillerKind(Enum):
    """What may fill a role."""

    MENTION = "mention"
    SPAN = "span"
    EVENT = "event"
    QUOTE = "quote"
    IMPLICIT = "implicit"


class Wording(Struct, frozen=True):
    """One text in Sorani and in English."""

    ckb: str
    en: str

    def in_language(self, language: str) -> str:
        """The text in one of the two languages of the interface."""
        return self.ckb if language == "ckb" else self.en


class Label(Struct, frozen=True, rename={"is_enabled": "enabled"}):
    """An entity label. `key` is a physical key (``"1"``), `color` is ``#rrggbb``."""

    id: str
    name: Wording
    guide: Wording
    color: str
    group: LabelGroup
    level: MentionLevel = MentionLevel.NAM
    key: str | None = None
    is_enabled: bool = True


class Role(Struct, frozen=True, rename={"is_required": "required", "is_repeatable": "repeatable"}):
    """A role of an event type. `labels` are the entity labels that may fill it; empty means any."""

    id: str
    name: Wording
    key: str
    fillers: frozenset[FillerKind]
    labels: frozenset[str] = frozenset()
    is_required: bool = False
    is_repeatable: bool = False


class EventType(Struct, frozen=True):
    """A type of event (``Contact.Meet``) with its frame: the roles it admits, in order."""

    id: str
    name: Wording
    guide: Wording
    key: str
    color: str
    roles: tuple[Role, ...]

    def role(self, identifier: str) -> Role:
        """The role with this id. Raises `Refused` where the type does not admit it."""
        for role in self.roles:
            if role.id == identifier:
                return role
        raise Refused("refused.no_such_role", role=identifier, type=self.id)


class AttributeValue(Struct, frozen=True):
    """One value an attribute may take."""

    id: str
    name: Wording


class AttributeSpec(Struct, frozen=True, rename={"is_required": "required"}):
    """A named attribute of a layer. No `values` means free text.

    `labels` limits it to mentions with these labels (or events, quotes of these types); empty
    means all. `is_required` asks the annotator for it.
    """

    id: str
    name: Wording
    layer: Layer
    key: str
    values: tuple[AttributeValue, ...] = ()
    labels: frozenset[str] = frozenset()
    default: str | None = None
    is_required: bool = False


class QuoteTypeSpec(Struct, frozen=True):
    """How a quote type is called."""

    id: str
    name: Wording
    guide: Wording


class Guideline(Struct, frozen=True):
    """The guideline that goes with the scheme.

    `boundary_policy` is ``stem`` (final clitics stay outside a mention) or ``token``.
    """

    id: str
    version: str
    boundary_policy: str
    note: Wording


class Scheme(Struct, frozen=True):
    """An annotation scheme. `sha256` is the hash of its canonical JSON."""

    id: str
    version: str
    name: Wording
    guideline: Guideline
    labels: tuple[Label, ...]
    event_types: tuple[EventType, ...]
    attributes: tuple[AttributeSpec, ...]
    quote_types: tuple[QuoteTypeSpec, ...]
    quote_color: str
    speaker_labels: frozenset[str]
    nesting: Mapping[str, frozenset[str]]
    sha256: str

    def label(self, identifier: str) -> Label:
        """The entity label with this id. Raises `Refused` where the scheme has none."""
        for label in self.labels:
            if label.id == identifier:
                return label
        raise Refused("refused.no_such_label", label=identifier)

    def has_label(self, identifier: str) -> bool:
        """Whether the scheme has this entity label."""
        return any(label.id == identifier for label in self.labels)

    def event_type(self, identifier: str) -> EventType:
        """The event type with this id. Raises `Refused` where the scheme has none."""
        for event_type in self.event_types:
            if event_type.id == identifier:
                return event_type
        raise Refused("refused.no_such_type", type=identifier)

    def has_event_type(self, identifier: str) -> bool:
        """Whether the scheme has this event type."""
        return any(event_type.id == identifier for event_type in self.event_types)

    def attributes_of(self, layer: Layer, label: str) -> tuple[AttributeSpec, ...]:
        """The attributes that an annotation of this layer and label (or type) may carry."""
        return tuple(
            spec
            for spec in self.attributes
            if spec.layer is layer and (not spec.labels or label in spec.labels)
        )

    def may_nest(self, outer: str, inner: str) -> bool:
        """Whether a mention labelled `inner` may lie inside one labelled `outer`."""
        return inner in self.nesting.get(outer, frozenset())

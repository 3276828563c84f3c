"""Commands that concern any annotation: attributes, deletion with its side effects, status."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import TypeVar, assert_never

from msgspec import Struct
from msgspec.structs import replace

from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import (
    Annotation,
    Coverage,
    Entity,
    Event,
    Mention,
    Polarity,
    Quote,
    Realis,
    SetStatus,
    StatusRecord,
    with_value,
)
from annotator.core.commands.draft import Draft
from annotator.core.edits import Change, Edit
from annotator.core.ids import STATUS_ID, Layer, RecordId
from annotator.core.scheme import AttributeSpec, Scheme
from annotator.foundation.errors import Refused

_M = TypeVar("_M", bound=Enum)

REALIS = "realis"
POLARITY = "polarity"


def set_attribute(
    annotations: AnnotationSet, scheme: Scheme, identifier: RecordId, name: str, value: str | None
) -> Edit:
    """Set an attribute of a mention, event or quote; None takes it away (or back to its default).

    Raises `Refused` when the scheme does not admit the attribute or the value there.
    """
    draft = Draft(annotations)
    record = draft.annotation(identifier)
    spec = attribute_spec(scheme, record, name)
    if value is not None and spec.values and value not in {v.id for v in spec.values}:
        raise Refused("refused.attribute_value", attribute=name, value=value)
    if isinstance(record, Event) and name == REALIS:
        draft.put(replace(record, realis=_member(Realis, spec, value, Realis.ACTUAL)))
    elif isinstance(record, Event) and name == POLARITY:
        draft.put(replace(record, polarity=_member(Polarity, spec, value, Polarity.POSITIVE)))
    else:
        draft.put(replace(record, attrs=with_value(record.attrs, name, value)))
    return draft.edit("edit.set_attribute")


def _member(kind: type[_M], spec: AttributeSpec, value: str | None, usual: _M) -> _M:
    """The field's value; a scheme may name values that the field cannot hold."""
    chosen = value or spec.default or usual.value
    try:
        return kind(chosen)
    except ValueError as error:
        raise Refused("refused.attribute_value", attribute=spec.id, value=chosen) from error


def attribute_spec(scheme: Scheme, record: Annotation, name: str) -> AttributeSpec:
    """The declaration of an attribute for this record. Raises `Refused` where there is none."""
    for spec in attribute_specs(scheme, record):
        if spec.id == name:
            return spec
    raise Refused("refused.no_such_attribute", attribute=name)


def attribute_specs(scheme: Scheme, record: Annotation) -> tuple[AttributeSpec, ...]:
    """The attributes this record may carry, in the order of the scheme."""
    match record:
        case Mention():
            return scheme.attributes_of(Layer.MENTION, record.label)
        case Event():
            return scheme.attributes_of(Layer.EVENT, record.type)
        case Quote():
            return scheme.attributes_of(Layer.QUOTE, record.type.value)
        case _:
            assert_never(record)


def attribute_value(record: Annotation, spec: AttributeSpec) -> str | None:
    """The value an annotation has, stored as a field or as an attribute, else the default."""
    if isinstance(record, Event) and spec.id == REALIS:
        return record.realis.value
    if isinstance(record, Event) and spec.id == POLARITY:
        return record.polarity.value
    return dict(record.attrs).get(spec.id, spec.default)


def set_cluster(annotations: AnnotationSet, identifier: RecordId, cluster: str | None) -> Edit:
    """Say that an event or quote tells the same happening or saying as others."""
    draft = Draft(annotations)
    record = draft.annotation(identifier)
    if isinstance(record, Mention):
        raise Refused("refused.no_such_attribute", attribute="cluster")
    draft.put(replace(record, cluster=cluster or None))
    return draft.edit("edit.set_cluster")


def delete(annotations: AnnotationSet, identifiers: Iterable[RecordId]) -> Edit:
    """Delete annotations, with the arguments, speakers and links that point at them."""
    draft = Draft(annotations)
    for identifier in identifiers:
        draft.annotation(identifier)
        draft.remove(identifier)
    return draft.edit("edit.delete")


class SideEffects(Struct, frozen=True):
    """What an edit takes away besides what was asked: counts of each kind."""

    arguments: int = 0
    speakers: int = 0
    addressees: int = 0
    children: int = 0
    entities: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing else went."""
        return self == SideEffects()


def side_effects(edit: Edit) -> SideEffects:
    """Count what other records lose in this edit."""
    effects = SideEffects()
    for change in edit.changes:
        effects = _added(effects, change)
    return effects


def _added(effects: SideEffects, change: Change) -> SideEffects:
    match change.before, change.after:
        case Event() as before, Event() as after:
            lost = len(before.arguments) - len(after.arguments)
            return replace(effects, arguments=effects.arguments + max(lost, 0))
        case Quote() as before, Quote() as after:
            return _quote_losses(effects, before, after)
        case Entity(), None:
            return replace(effects, entities=effects.entities + 1)
        case _:
            return effects


def _quote_losses(effects: SideEffects, before: Quote, after: Quote) -> SideEffects:
    return replace(
        effects,
        speakers=effects.speakers + int(bool(before.speaker.who) and not after.speaker.who),
        addressees=effects.addressees + max(len(before.addressees) - len(after.addressees), 0),
        children=effects.children + int(before.parent is not None and after.parent is None),
    )


def set_status(annotations: AnnotationSet, status: SetStatus) -> Edit:
    """Say how far the work is. From complete on, every layer counts as complete."""
    layer = Coverage.PARTIAL
    if status in (SetStatus.COMPLETE, SetStatus.REVIEWED, SetStatus.APPROVED):
        layer = Coverage.COMPLETE
    before = annotations.records.get(STATUS_ID)
    after = StatusRecord(status=status, mentions=layer, events=layer, quotes=layer)
    if before == after:
        return Edit("edit.set_status", ())
    return Edit("edit.set_status", (Change(before, after),))

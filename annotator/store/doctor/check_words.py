"""Hints about words that the scheme does not know: no damage, and nothing a repair would change."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.core.annotations import Entity, Event, Mention, Quote, Record
from annotator.core.ids import Layer
from annotator.core.scheme import Scheme
from annotator.store.doctor.ailments import Ailment, Kind, Where, at
from annotator.store.doctor.cases import SetCase


def check_words(case: SetCase, scheme: Scheme) -> Iterator[Ailment]:
    """D80 to D82: labels, event types, roles and attributes are those of the scheme."""
    where = Where("annotations", document=case.where.document, set=case.where.set)
    labels = {label.id for label in scheme.labels}
    roles = {kind.id: {role.id for role in kind.roles} for kind in scheme.event_types}
    attributes: dict[Layer, set[str]] = {}
    for spec in scheme.attributes:
        attributes.setdefault(spec.layer, set()).add(spec.id)
    for judged in case.records:
        record = judged.record
        if record is None:
            continue
        place = at(where, judged.row, record=record.id)
        if isinstance(record, Mention | Entity) and record.label not in labels:
            yield Ailment(Kind.UNKNOWN_LABEL, place, record.label)
        if isinstance(record, Event):
            yield from _event_words(record, roles, place)
        for name in _attribute_names(record):
            if name not in attributes.get(_LAYERS[type(record)], ()):
                yield Ailment(Kind.UNKNOWN_ATTRIBUTE, place, name)


_LAYERS: dict[type, Layer] = {
    Mention: Layer.MENTION,
    Event: Layer.EVENT,
    Quote: Layer.QUOTE,
}


def _event_words(event: Event, roles: dict[str, set[str]], place: Where) -> Iterator[Ailment]:
    if event.type not in roles:
        yield Ailment(Kind.UNKNOWN_LABEL, place, event.type)
        return
    for argument in event.arguments:
        if argument.role not in roles[event.type]:
            yield Ailment(Kind.UNKNOWN_ROLE, place, argument.role)


def _attribute_names(record: Record) -> list[str]:
    if isinstance(record, Mention | Event | Quote):
        return [name for name, _ in record.attrs]
    return []

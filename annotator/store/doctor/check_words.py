"""Hints about words that the scheme does not know: no damage, and nothing a repair would change."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.core.annotations import Entity, Event, Mention, Quote, Record
from annotator.core.ids import Layer
from annotator.core.scheme import Scheme
from annotator.store.doctor.ailments import Ailment, Checked, Kind, Where, at
from annotator.store.doctor.cases import SetCase


def check_words(case: SetCase, scheme: Scheme) -> Checked:
    """D80 to D82: labels, event types, roles and attributes are those of the scheme."""
    where = Where("annotations", document=case.where.document, set=case.where.set)
    labels = {label.id for label in scheme.labels}
    roles = {kind.id: {role.id for role in kind.roles} for kind in scheme.event_types}
    attributes: dict[Layer, set[str]] = {}
    for spec in scheme.attributes:
        attributes.setdefault(spec.layer, set()).add(spec.id)
    for number, judged in enumerate(case.records):
        if number % _LATER == 0:
            yield None
        record = judged.record
        if record is None:
            continue
        for kind, word in _unknown(record, labels, roles, attributes):
            yield Ailment(kind, at(where, judged.row, record=record.id), word)


def _unknown(
    record: Record,
    labels: set[str],
    roles: dict[str, set[str]],
    attributes: dict[Layer, set[str]],
) -> Iterator[tuple[Kind, str]]:
    """The words of a record that are none of the scheme."""
    if isinstance(record, Mention | Entity) and record.label not in labels:
        yield Kind.UNKNOWN_LABEL, record.label
    if isinstance(record, Event):
        if record.type not in roles:
            yield Kind.UNKNOWN_LABEL, record.type
        for argument in record.arguments:
            if argument.role not in roles.get(record.type, {argument.role}):
                yield Kind.UNKNOWN_ROLE, argument.role
    for name in _attribute_names(record):
        if name not in attributes.get(_LAYERS[type(record)], ()):
            yield Kind.UNKNOWN_ATTRIBUTE, name


_LATER = 200
_LAYERS: dict[type, Layer] = {
    Mention: Layer.MENTION,
    Event: Layer.EVENT,
    Quote: Layer.QUOTE,
}


def _attribute_names(record: Record) -> list[str]:
    if isinstance(record, Mention | Event | Quote):
        return [name for name, _ in record.attrs]
    return []

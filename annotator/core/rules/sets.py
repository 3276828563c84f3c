"""Rules of the whole annotation set: ids and references, the vocabulary of the scheme, status."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias, assert_never

from annotator.core.annotations import (
    Annotation,
    Attributes,
    Coverage,
    Entity,
    Event,
    EventTarget,
    ImplicitTarget,
    Mention,
    MentionTarget,
    Quote,
    QuoteTarget,
    Record,
    SetStatus,
    SpanTarget,
    StatusRecord,
    SuggestionDecision,
    Target,
    anchor_of,
    layer_of,
    parties_of,
)
from annotator.core.findings import Facts, Finding, FunctionRule, Severity, finding
from annotator.core.ids import Layer, RecordId
from annotator.core.rules.events import role_names
from annotator.core.scheme import AttributeSpec
from annotator.core.set_header import SetKind
from annotator.core.span import Span

Link: TypeAlias = tuple[RecordId | None, type[Record]]


def check_references(facts: Facts) -> Iterator[Finding]:
    """V11: no id stands for two records, and every reference finds a record of its kind."""
    records = facts.annotations.records
    for key, record in records.items():
        span = _place(record)
        if key != record.id:
            yield finding("V11.id", Severity.ERROR, record=key, span=span, other=record.id)
        for identifier, kind in _links(record):
            if identifier is None:
                continue
            code = "V11.kind" if identifier in records else "V11.dangling"
            if not isinstance(records.get(identifier), kind):
                yield finding(
                    code,
                    Severity.ERROR,
                    record=record.id,
                    span=span,
                    identifier=record.id,
                    missing=identifier,
                )


def _place(record: Record) -> Span | None:
    return anchor_of(record).envelope if isinstance(record, Mention | Event | Quote) else None


def _links(record: Record) -> Iterator[Link]:
    match record:
        case Mention():
            yield record.entity, Entity
        case Event():
            for argument in record.arguments:
                yield _target_link(argument.target)
        case Quote():
            for party in parties_of(record):
                yield _target_link(party)
            yield record.parent, Quote
        case Entity() | StatusRecord() | SuggestionDecision():
            return
        case _:
            assert_never(record)


def _target_link(target: Target) -> Link:
    match target:
        case MentionTarget(mention):
            return mention, Mention
        case EventTarget(event):
            return event, Event
        case QuoteTarget(quote):
            return quote, Quote
        case ImplicitTarget(entity) | SpanTarget(entity=entity):
            return entity, Entity
        case _:
            assert_never(target)


def check_vocabulary(facts: Facts) -> Iterator[Finding]:
    """V12: labels, types, roles, attributes and their values are those of the scheme."""
    scheme = facts.scheme
    roles = facts.shared(role_names)
    labels = {label.id for label in scheme.labels}
    types = {event_type.id for event_type in scheme.event_types}
    for record in facts.annotations.records.values():
        match record:
            case Mention() | Entity():
                if record.label not in labels:
                    yield _unknown("V12.label", record, label=record.label)
            case Event():
                yield from _check_event_type(record, types, roles)
            case Quote():
                yield from _check_quote_type(facts, record)
            case StatusRecord() | SuggestionDecision():
                continue
            case _:
                assert_never(record)
        if isinstance(record, Mention | Event | Quote) and record.attrs:
            yield from _check_attributes(facts, record)


def _check_event_type(event: Event, types: set[str], roles: frozenset[str]) -> Iterator[Finding]:
    if event.type not in types:
        yield _unknown("V12.type", event, type=event.type)
    for argument in event.arguments:
        if argument.role not in roles:
            yield _unknown("V12.role", event, role=argument.role)


def _check_quote_type(facts: Facts, quote: Quote) -> Iterator[Finding]:
    if all(spec.id != quote.type.value for spec in facts.scheme.quote_types):
        yield _unknown("V12.type", quote, type=quote.type.value)


def _check_attributes(facts: Facts, record: Annotation) -> Iterator[Finding]:
    specs = {spec.id: spec for spec in attribute_specs(facts, record)}
    for name, value in record.attrs:
        spec = specs.get(name)
        if spec is None:
            yield _unknown("V12.attribute", record, attribute=name)
        elif spec.values and all(allowed.id != value for allowed in spec.values):
            yield _unknown("V12.value", record, attribute=name, value=value)


def attribute_specs(facts: Facts, record: Annotation) -> tuple[AttributeSpec, ...]:
    """The attributes that the scheme gives to annotations of this label or type."""
    match record:
        case Mention():
            name = record.label
        case Event():
            name = record.type
        case Quote():
            name = record.type.value
        case _:
            assert_never(record)
    return facts.scheme.attributes_of(layer_of(record), name)


def _unknown(code: str, record: Record, **values: object) -> Finding:
    return finding(code, Severity.ERROR, record=record.id, span=_place(record), **values)


def check_required_attributes(facts: Facts) -> Iterator[Finding]:
    """V24: a required attribute without a default has a value (the date of a DATE)."""
    for record in facts.annotations.annotations():
        given = _given(record.attrs)
        for spec in attribute_specs(facts, record):
            if spec.is_required and spec.default is None and spec.id not in given:
                anchor = anchor_of(record)
                yield finding(
                    "V24",
                    Severity.WARNING,
                    record=record.id,
                    span=anchor.envelope,
                    text=facts.excerpt(anchor),
                    attribute=spec.id,
                )


def _given(attrs: Attributes) -> set[str]:
    return {name for name, value in attrs if value}


def check_approval(facts: Facts) -> Iterator[Finding]:
    """V50: an approved set has every layer complete."""
    status = facts.annotations.status
    if status.status is not SetStatus.APPROVED:
        return
    coverage = {
        Layer.MENTION: status.mentions,
        Layer.EVENT: status.events,
        Layer.QUOTE: status.quotes,
    }
    for layer, covered in coverage.items():
        if covered is not Coverage.COMPLETE:
            yield finding(f"V50.{layer.value}", Severity.ERROR, record=status.id)


def check_derivation(facts: Facts) -> Iterator[Finding]:
    """V52: an adjudicated set names the sets it was made from."""
    header = facts.header
    if header is not None and header.kind is SetKind.ADJUDICATED and not header.derived_from:
        yield finding("V52", Severity.ERROR, identifier=header.id)


RULES = (
    FunctionRule("V11", None, check_references, may_block=True),
    FunctionRule("V12", None, check_vocabulary, may_block=True),
    FunctionRule("V24", None, check_required_attributes),
    FunctionRule("V50", Layer.STATUS, check_approval, may_block=True),
    FunctionRule("V52", Layer.STATUS, check_derivation, may_block=True),
)

"""Annotation sets told without their ids, so that one that comes back can be compared."""

from annotator.core.annotations import (
    Entity,
    Event,
    EventTarget,
    ImplicitTarget,
    Mention,
    MentionTarget,
    Quote,
    QuoteTarget,
    SpanTarget,
)


def told(annotations):
    """Everything that records hold but ids, provenance and status, in a comparable order."""
    return sorted(
        repr(_record(annotations, record))
        for record in annotations.records.values()
        if isinstance(record, Mention | Entity | Event | Quote)
    )


def _record(annotations, record):
    match record:
        case Mention():
            entity = _entity(annotations, record.entity)
            return (record.label, record.fragments, record.level, entity, record.attrs)
        case Entity():
            return (record.label, record.name, record.kb)
        case Event():
            arguments = [(one.role, _target(annotations, one.target)) for one in record.arguments]
            facts = (record.realis, record.polarity, record.cluster, record.attrs)
            return (record.type, record.trigger, arguments, *facts)
        case Quote():
            speaker = record.speaker
            who = speaker.who and _target(annotations, speaker.who)
            addressees = [_target(annotations, one) for one in record.addressees]
            parent = record.parent and _place(annotations, record.parent)
            facts = (record.marks, record.cue, who, speaker.form, speaker.evidence, record.cluster)
            return (record.type, record.content, *facts, addressees, parent, record.attrs)


def _entity(annotations, identifier):
    return identifier and _record(annotations, annotations.records[identifier])


def _place(annotations, identifier):
    record = annotations.records[identifier]
    match record:
        case Mention():
            return (record.label, record.fragments)
        case Event():
            return (record.type, record.trigger)
        case Quote():
            return (record.type, record.content)


def _target(annotations, target):
    match target:
        case MentionTarget(known) | EventTarget(known) | QuoteTarget(known):
            return (type(target).__name__, _place(annotations, known))
        case SpanTarget(fragments, entity):
            return ("SpanTarget", fragments, _entity(annotations, entity))
        case ImplicitTarget(entity):
            return ("ImplicitTarget", _entity(annotations, entity))

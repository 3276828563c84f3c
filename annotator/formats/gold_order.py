"""The order of everything in a gold record, so that one set has one form in bytes."""

from __future__ import annotations

from typing import assert_never

from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import (
    Argument,
    Entity,
    Event,
    EventTarget,
    ImplicitTarget,
    Mention,
    MentionTarget,
    Quote,
    QuoteTarget,
    SpanTarget,
    Target,
)
from annotator.core.ids import layer_and_number
from annotator.core.scheme import Scheme

_LAST = 2**63
"""Sorts what has no place in the text, or no place in the scheme, after everything that has."""


def ordered_mentions(annotations: AnnotationSet) -> list[Mention]:
    """Mentions by start, longer first, label, number."""
    return sorted(
        annotations.mentions(),
        key=lambda m: (m.fragments.start, -m.fragments.end, m.label, _number(m.id)),
    )


def ordered_entities(annotations: AnnotationSet) -> list[Entity]:
    """Entities by number."""
    return sorted(annotations.entities(), key=lambda entity: _number(entity.id))


def ordered_events(annotations: AnnotationSet) -> list[Event]:
    """Events by trigger, longer first, then number."""
    return sorted(
        annotations.events(), key=lambda e: (e.trigger.start, -e.trigger.end, _number(e.id))
    )


def ordered_quotes(annotations: AnnotationSet) -> list[Quote]:
    """Quotes by content, longer first, then number."""
    return sorted(
        annotations.quotes(), key=lambda q: (q.content.start, -q.content.end, _number(q.id))
    )


def ordered_arguments(event: Event, annotations: AnnotationSet, scheme: Scheme) -> list[Argument]:
    """Arguments by the order of roles in the scheme, start, id; implicit ones last in a role.

    Roles that the scheme does not know come last, by name.
    """
    roles: dict[str, int] = {}
    if scheme.has_event_type(event.type):
        frame = scheme.event_type(event.type).roles
        roles = {role.id: position for position, role in enumerate(frame)}
    return sorted(
        event.arguments,
        key=lambda a: (roles.get(a.role, _LAST), a.role, *_target_key(a.target, annotations)),
    )


def _target_key(target: Target, annotations: AnnotationSet) -> tuple[int, int, str, int]:
    """Start, -end, kind and number of what a target is."""
    match target:
        case MentionTarget(identifier):
            place = annotations.mention(identifier).fragments
            return place.start, -place.end, "mention", _number(identifier)
        case SpanTarget(place, entity):
            return place.start, -place.end, "span", 0 if entity is None else _number(entity)
        case EventTarget(identifier):
            place = annotations.event(identifier).trigger
            return place.start, -place.end, "event", _number(identifier)
        case QuoteTarget(identifier):
            place = annotations.quote(identifier).content
            return place.start, -place.end, "quote", _number(identifier)
        case ImplicitTarget(identifier):
            return _LAST, 0, "implicit", _number(identifier)
        case _:
            assert_never(target)


def _number(identifier: str) -> int:
    return layer_and_number(identifier)[1]

"""Rules of the event layer: trigger, frame, fillers, and how events hang together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import assert_never

from annotator.core.annotations import (
    Argument,
    Entity,
    Event,
    EventTarget,
    ImplicitTarget,
    Mention,
    MentionTarget,
    QuoteTarget,
    SpanTarget,
    Target,
)
from annotator.core.findings import Facts, Finding, FunctionRule, Severity, finding
from annotator.core.ids import Layer, RecordId
from annotator.core.rules.pieces import closing_links, first_after, letters_of
from annotator.core.scheme import EventType, FillerKind, Role
from annotator.core.span import Span


def _framed_events(facts: Facts) -> Iterator[tuple[Event, EventType]]:
    types = {event_type.id: event_type for event_type in facts.scheme.event_types}
    for event in facts.annotations.events():
        if event.type in types:
            yield event, types[event.type]


def role_names(facts: Facts) -> frozenset[str]:
    """The roles that some event type of the scheme admits."""
    types = facts.scheme.event_types
    return frozenset(role.id for event_type in types for role in event_type.roles)


def _about(facts: Facts, code: str, severity: Severity, event: Event, **values: object) -> Finding:
    span, text = event.trigger.envelope, facts.excerpt(event.trigger)
    return finding(code, severity, record=event.id, span=span, text=text, **values)


def check_trigger(facts: Facts) -> Iterator[Finding]:
    """V30: the trigger holds a word."""
    letters = letters_of(facts)
    for event in facts.annotations.events():
        if letters.within(event.trigger.spans) == 0:
            yield finding(
                "V30",
                Severity.ERROR,
                record=event.id,
                span=event.trigger.envelope,
                identifier=event.id,
            )


def check_frame(facts: Facts) -> Iterator[Finding]:
    """V31: the type admits the role, and the role admits what fills it."""
    known = facts.shared(role_names)
    for event, event_type in _framed_events(facts):
        roles = {role.id: role for role in event_type.roles}
        for argument in event.arguments:
            role = roles.get(argument.role)
            if role is not None:
                yield from _check_filler(facts, event, role, argument)
            elif argument.role in known:
                yield _about(
                    facts,
                    "V31.role",
                    Severity.ERROR,
                    event,
                    role=argument.role,
                    type=event.type,
                )


def _check_filler(facts: Facts, event: Event, role: Role, argument: Argument) -> Iterator[Finding]:
    kind = filler_kind(argument.target)
    if kind not in role.fillers:
        code = f"V31.{kind.value}"
        yield _about(facts, code, Severity.ERROR, event, role=role.id)
        return
    label = _filler_label(facts, argument.target)
    if role.labels and label is not None and label not in role.labels:
        code = "V31.label"
        yield _about(facts, code, Severity.ERROR, event, role=role.id, label=label)


def filler_kind(target: Target) -> FillerKind:
    """What sort of filler a target is."""
    match target:
        case MentionTarget():
            return FillerKind.MENTION
        case SpanTarget():
            return FillerKind.SPAN
        case EventTarget():
            return FillerKind.EVENT
        case QuoteTarget():
            return FillerKind.QUOTE
        case ImplicitTarget():
            return FillerKind.IMPLICIT
        case _:
            assert_never(target)


def _filler_label(facts: Facts, target: Target) -> str | None:
    record: Mention | Entity | None = None
    match target:
        case MentionTarget(mention):
            record = facts.known(mention, Mention)
        case ImplicitTarget(entity) | SpanTarget(entity=entity):
            record = facts.known(entity, Entity)
        case _:
            pass
    return None if record is None else record.label


def check_required_roles(facts: Facts) -> Iterator[Finding]:
    """V32: every required role is filled."""
    for event, event_type in _framed_events(facts):
        filled = {argument.role for argument in event.arguments}
        for role in event_type.roles:
            if role.is_required and role.id not in filled:
                yield _about(facts, "V32", Severity.WARNING, event, role=role.id)


def check_cardinality(facts: Facts) -> Iterator[Finding]:
    """V33: a role that does not repeat is filled once."""
    for event, event_type in _framed_events(facts):
        filled = Counter(argument.role for argument in event.arguments)
        for role in event_type.roles:
            count = filled[role.id]
            if count > 1 and not role.is_repeatable:
                yield _about(facts, "V33", Severity.ERROR, event, role=role.id, count=count)


def check_repeated_fillers(facts: Facts) -> Iterator[Finding]:
    """V34: nothing fills two roles of one event, or one role twice."""
    for event in facts.annotations.events():
        roles: dict[Target, str] = {}
        for argument in event.arguments:
            other = roles.get(argument.target)
            if other is None:
                roles[argument.target] = argument.role
            elif other == argument.role:
                yield _about(facts, "V34.twice", Severity.WARNING, event, role=other)
            else:
                yield _about(
                    facts,
                    "V34.roles",
                    Severity.WARNING,
                    event,
                    role=argument.role,
                    other=other,
                )


def check_cycles(facts: Facts) -> Iterator[Finding]:
    """V35: no event is its own argument, not through others either."""
    events = {event.id: event for event in facts.annotations.events()}
    graph = {
        event.id: tuple(
            a.target.event for a in event.arguments if isinstance(a.target, EventTarget)
        )
        for event in events.values()
    }
    for source, target in closing_links(graph):
        code = "V35.self" if source == target else "V35.cycle"
        yield _about(facts, code, Severity.ERROR, events[source], other=target)


def check_window(facts: Facts) -> Iterator[Finding]:
    """V36: mentions and free pieces that take part stand in the paragraph of the trigger."""
    paragraphs = facts.segmentation.paragraphs
    for event in facts.annotations.events():
        index = first_after(paragraphs, event.trigger.start)
        if index == len(paragraphs):
            continue
        for argument in event.arguments:
            place = _filler_place(facts, argument.target)
            if place is not None and not paragraphs[index].contains(place):
                yield _about(facts, "V36", Severity.WARNING, event, role=argument.role)


def _filler_place(facts: Facts, target: Target) -> Span | None:
    match target:
        case SpanTarget(fragments):
            return fragments.envelope
        case MentionTarget(identifier):
            mention = facts.known(identifier, Mention)
            return None if mention is None else mention.fragments.envelope
        case _:
            return None


def check_heads(facts: Facts) -> Iterator[Finding]:
    """V37: a trigger in several fragments has a head, which trainers take for the whole."""
    for event in facts.annotations.events():
        if not event.trigger.is_contiguous and event.trigger.head is None:
            yield _about(facts, "V37", Severity.WARNING, event)


def check_doubles(facts: Facts) -> Iterator[Finding]:
    """V38: no two events share type and trigger."""
    seen: dict[object, RecordId] = {}
    for event in facts.annotations.events():
        other = seen.setdefault((event.type, event.trigger.spans), event.id)
        if other != event.id:
            yield _about(facts, "V38", Severity.WARNING, event, type=event.type, other=other)


RULES = (
    FunctionRule("V30", Layer.EVENT, check_trigger, may_block=True),
    FunctionRule("V31", Layer.EVENT, check_frame, may_block=True),
    FunctionRule("V32", Layer.EVENT, check_required_roles),
    FunctionRule("V33", Layer.EVENT, check_cardinality, may_block=True),
    FunctionRule("V34", Layer.EVENT, check_repeated_fillers),
    FunctionRule("V35", Layer.EVENT, check_cycles, may_block=True),
    FunctionRule("V36", Layer.EVENT, check_window),
    FunctionRule("V37", Layer.EVENT, check_heads),
    FunctionRule("V38", Layer.EVENT, check_doubles),
)

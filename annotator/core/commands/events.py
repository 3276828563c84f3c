"""Commands of the event layer: add, retype, attach and detach arguments."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import (
    Argument,
    Event,
    EventTarget,
    ImplicitTarget,
    MentionTarget,
    QuoteTarget,
    SpanTarget,
    Target,
)
from annotator.core.commands.draft import Draft
from annotator.core.edits import Edit
from annotator.core.ids import Layer, RecordId
from annotator.core.scheme import EventType, FillerKind, Role, Scheme
from annotator.core.span import Fragments
from annotator.foundation.errors import Refused


def add_event(
    annotations: AnnotationSet, scheme: Scheme, trigger: Fragments, event_type: str
) -> Edit:
    """Make an event of this type with this trigger and no arguments yet."""
    scheme.event_type(event_type)
    _refuse_duplicate(annotations, trigger, event_type)
    draft = Draft(annotations)
    draft.put(Event(id=draft.mint(Layer.EVENT), type=event_type, trigger=trigger))
    return draft.edit("edit.add_event")


def retype_event(
    annotations: AnnotationSet, scheme: Scheme, identifier: RecordId, event_type: str
) -> Edit:
    """Give an event another type; arguments and attributes that it does not admit go.

    Raises `Refused` when the scheme has no such type or the same event is already there.
    """
    event = annotations.event(identifier)
    frame = scheme.event_type(event_type)
    draft = Draft(annotations)
    if event.type != event_type:
        _refuse_duplicate(annotations, event.trigger, event_type)
        admitted = {spec.id for spec in scheme.attributes_of(Layer.EVENT, event_type)}
        changed = replace(
            event,
            type=event_type,
            arguments=_fitting(annotations, frame, event.arguments),
            attrs=tuple((name, value) for name, value in event.attrs if name in admitted),
        )
        draft.supersede(changed)
    return draft.edit("edit.retype_event")


def attach_argument(
    annotations: AnnotationSet, scheme: Scheme, identifier: RecordId, role: str, target: Target
) -> Edit:
    """Fill a role of an event. A role that takes one filler gets the new one instead.

    Raises `Refused` when the type has no such role, the filler is of a kind or label that the role
    does not admit, the event would be its own argument, or the filler is already there.
    """
    event = annotations.event(identifier)
    frame_role = scheme.event_type(event.type).role(role)
    refuse_filler(annotations, frame_role, target)
    _refuse_cycle(annotations, identifier, target)
    if Argument(role, target) in event.arguments:
        raise Refused("refused.argument_twice", role=role)
    kept = event.arguments
    if not frame_role.is_repeatable:
        kept = tuple(argument for argument in kept if argument.role != role)
    draft = Draft(annotations)
    draft.supersede(replace(event, arguments=(*kept, Argument(role, target))))
    return draft.edit("edit.attach_argument")


def detach_argument(annotations: AnnotationSet, identifier: RecordId, argument: Argument) -> Edit:
    """Take an argument away from an event."""
    event = annotations.event(identifier)
    if argument not in event.arguments:
        raise Refused("refused.no_such_argument", role=argument.role)
    draft = Draft(annotations)
    draft.supersede(replace(event, arguments=tuple(a for a in event.arguments if a != argument)))
    return draft.edit("edit.detach_argument")


def refuse_filler(annotations: AnnotationSet, role: Role, target: Target) -> None:
    """Raise `Refused` with the reason when `target` may not fill `role`."""
    kind = filler_kind(target)
    if kind not in role.fillers:
        raise Refused("refused.filler_kind", role=role.id, kind=kind.value)
    label = _label_of(annotations, target)
    if label is not None and role.labels and label not in role.labels:
        raise Refused(
            "refused.filler_label",
            role=role.id,
            label=label,
            admitted=", ".join(sorted(role.labels)),
        )


def filler_kind(target: Target) -> FillerKind:
    """What kind of filler a target is."""
    kinds: dict[type, FillerKind] = {
        MentionTarget: FillerKind.MENTION,
        SpanTarget: FillerKind.SPAN,
        EventTarget: FillerKind.EVENT,
        QuoteTarget: FillerKind.QUOTE,
        ImplicitTarget: FillerKind.IMPLICIT,
    }
    return kinds[type(target)]


def _label_of(annotations: AnnotationSet, target: Target) -> str | None:
    """The label that must fit, if any. Raises `Refused` where the target is not there."""
    match target:
        case MentionTarget(mention):
            return annotations.mention(mention).label
        case ImplicitTarget(entity):
            return annotations.entity(entity).label
        case QuoteTarget(quote):
            annotations.quote(quote)
        case SpanTarget(entity=entity) if entity is not None:
            annotations.entity(entity)
        case _:
            pass
    return None


def _fitting(
    annotations: AnnotationSet, frame: EventType, arguments: Iterable[Argument]
) -> tuple[Argument, ...]:
    """The arguments that another type admits too; of a role that takes one, the first."""
    roles = {role.id: role for role in frame.roles}
    kept: list[Argument] = []
    for argument in arguments:
        role = roles.get(argument.role)
        if role is None or not _fits(annotations, role, argument.target):
            continue
        if role.is_repeatable or all(other.role != role.id for other in kept):
            kept.append(argument)
    return tuple(kept)


def _fits(annotations: AnnotationSet, role: Role, target: Target) -> bool:
    try:
        refuse_filler(annotations, role, target)
    except Refused:
        return False
    return True


def _refuse_duplicate(annotations: AnnotationSet, trigger: Fragments, event_type: str) -> None:
    for other in annotations.at(trigger.spans):
        if isinstance(other, Event) and other.type == event_type:
            raise Refused("refused.duplicate_event", type=event_type)


def _refuse_cycle(annotations: AnnotationSet, identifier: RecordId, target: Target) -> None:
    if not isinstance(target, EventTarget):
        return
    waiting, seen = [target.event], set[RecordId]()
    while waiting:
        current = waiting.pop()
        if current == identifier:
            raise Refused("refused.event_cycle")
        if current not in seen:
            seen.add(current)
            arguments = annotations.event(current).arguments
            waiting += [a.target.event for a in arguments if isinstance(a.target, EventTarget)]

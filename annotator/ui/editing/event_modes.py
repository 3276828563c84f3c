"""The modes of events: choosing a type, and the open frame whose role keys fill its roles."""

from __future__ import annotations

from functools import partial
from itertools import chain

from msgspec import Struct
from msgspec.structs import replace

from annotator.core.annotations import (
    Argument,
    Event,
    EventTarget,
    ImplicitTarget,
    MentionTarget,
    QuoteTarget,
    SpanTarget,
    Target,
    anchor_of,
    target_references,
)
from annotator.core.commands.events import (
    add_event,
    attach_argument,
    detach_argument,
    retype_event,
)
from annotator.core.edits import Edit
from annotator.core.ids import Layer, RecordId
from annotator.core.scheme import EventType, Role
from annotator.core.span import Fragments
from annotator.ui.editing.choices import Choice, Choices, HintMark
from annotator.ui.editing.context import Context
from annotator.ui.editing.target_picker import (
    Admission,
    TargetPicker,
    direct_target,
    tell_why_not,
)


class EventTypePicker(Struct, frozen=True, dict=True):
    """The mode after E: one key makes an event of the type, or retypes the one given."""

    context: Context
    trigger: Fragments
    retyped: RecordId | None = None

    record: RecordId | None = None
    hints: tuple[HintMark, ...] = ()

    @property
    def heading(self) -> str:
        """The trigger in quotation marks."""
        return self.context.sentence("legend.event_type", text=self.trigger.of(self.context.text))

    def is_exclusive(self) -> bool:
        """Letters are types here and nothing else."""
        return True

    def choices(self) -> Choices:
        """A key for each type of the scheme."""
        types = (
            Choice(
                kind.key,
                self.context.say(kind.name),
                partial(self._take, kind),
                kind.color,
                is_filled=kind.id == self._present(),
            )
            for kind in self.context.scheme.event_types
        )
        back = self.context.sentence("choice.back")
        return (*types, Choice("Escape", back, partial(self.context.enter, None)))

    def _present(self) -> str | None:
        event = self.context.annotations.get(self.retyped)
        return event.type if isinstance(event, Event) else None

    def _take(self, kind: EventType) -> None:
        context = self.context
        if self.retyped is None:
            identifier = context.annotations.next_id(Layer.EVENT)
            edit = add_event(context.annotations, context.scheme, self.trigger, kind.id)
        else:
            identifier = self.retyped
            edit = retype_event(context.annotations, context.scheme, identifier, kind.id)
        context.perform(edit, select=identifier)
        # Words that stay selected would fill the first role that is asked for.
        context.drop_selection()
        context.tell_losses(edit)
        context.remember_repeat(Layer.EVENT, kind.id)
        frame = EventFrame(context, identifier)
        if self.retyped is None:
            frame.begin()
        else:
            context.enter(frame)


class EventFrame(Struct, frozen=True, dict=True):
    """The mode in which an event is open: its role keys fill roles, the rest acts as always."""

    context: Context
    record: RecordId

    hints: tuple[HintMark, ...] = ()

    @property
    def heading(self) -> str:
        """The type and the trigger."""
        event = self._event()
        kind = self._kind(event)
        return self.context.sentence(
            "legend.event_frame",
            type=self.context.say(kind.name) if kind is not None else event.type,
            text=event.trigger.of(self.context.text),
        )

    def is_exclusive(self) -> bool:
        """Moving, marking and the rest go on while the frame is open."""
        return False

    def choices(self) -> Choices:
        """A key for each role, Shift and the key to take the last filler back, Enter to close.

        The required roles come first.
        """
        context, event = self.context, self._event()
        kind = self._kind(event)
        roles = required_first(kind.roles) if kind is not None else ()
        fill = [self._fill_choice(event, role) for role in roles]
        take_back = [
            Choice(
                f"Shift+{role.key}",
                context.sentence("choice.take_back", role=context.say(role.name)),
                partial(self._take_back, role),
            )
            for role in roles
            if self._fillers(event, role)
        ]
        close = context.sentence("choice.close")
        return (
            *fill,
            *take_back,
            Choice("Enter", close, partial(context.enter, None)),
            Choice("Escape", close, partial(context.enter, None)),
        )

    def begin(self) -> None:
        """Open the frame, and the first required role that something in sight could fill."""
        self.context.enter(self)
        event = self._event()
        kind = self._kind(event)
        in_sight = self.context.in_sight()
        for role in kind.roles if kind is not None else ():
            admission = Admission(role.fillers, role.labels)
            is_open = role.is_required and not self._fillers(event, role)
            if is_open and any(r.id != event.id and admission.admits(r) for r in in_sight):
                excluded = frozenset({event.id})
                picker = self._picker(event, role, admission, excluded)
                self.context.enter(replace(picker, is_offered=True))
                return

    def _fill_choice(self, event: Event, role: Role) -> Choice:
        fillers = self._fillers(event, role)
        names = "، ".join(target_text(self.context, a.target) for a in fillers)
        title = self.context.say(role.name)
        return Choice(
            role.key,
            f"{title}: {names}" if names else title,
            partial(self._fill, role),
            is_filled=bool(fillers),
            is_required=role.is_required,
        )

    def _fill(self, role: Role) -> None:
        context, event = self.context, self._event()
        admission = Admission(role.fillers, role.labels)
        targets = (argument.target for argument in self._fillers(event, role))
        excluded = frozenset({event.id, *chain.from_iterable(map(target_references, targets))})
        target = direct_target(context, admission, event.trigger, excluded)
        if target is not None:
            self._attach(role, target)
            return
        tell_why_not(context, event.trigger, excluded, partial(self._attached, role))
        context.enter(self._picker(event, role, admission, excluded))

    def _picker(
        self, event: Event, role: Role, admission: Admission, excluded: frozenset[RecordId]
    ) -> TargetPicker:
        kind = self._kind(event)
        others = (other for other in (kind.roles if kind else ()) if other.id != role.id)
        return TargetPicker(
            self.context,
            event.id,
            self.context.sentence("legend.fill_role", role=self.context.say(role.name)),
            admission,
            take=partial(self._attach, role),
            back=self,
            excluded=excluded,
            role=role.id,
            others=tuple(self._fill_choice(event, other) for other in others),
        )

    def _attached(self, role: Role, target: Target) -> Edit:
        context = self.context
        return attach_argument(context.annotations, context.scheme, self.record, role.id, target)

    def _attach(self, role: Role, target: Target) -> None:
        context = self.context
        context.perform(self._attached(role, target), select=self.record)
        context.drop_selection()

    def _take_back(self, role: Role) -> None:
        last = self._fillers(self._event(), role)[-1]
        self.context.perform(
            detach_argument(self.context.annotations, self.record, last), select=self.record
        )

    def _kind(self, event: Event) -> EventType | None:
        """The type of the event; None for one that the scheme does not know (any more)."""
        scheme = self.context.scheme
        return scheme.event_type(event.type) if scheme.has_event_type(event.type) else None

    def _event(self) -> Event:
        return self.context.annotations.event(self.record)

    @staticmethod
    def _fillers(event: Event, role: Role) -> list[Argument]:
        return [argument for argument in event.arguments if argument.role == role.id]


def required_first(roles: tuple[Role, ...]) -> tuple[Role, ...]:
    """The roles of a type in its order, but those that must be filled before the others."""
    return tuple(sorted(roles, key=lambda role: not role.is_required))


def target_text(context: Context, target: Target) -> str:
    """A target in words: the text it stands on, or the entity's name in brackets."""
    annotations, text = context.annotations, context.text
    match target:
        case MentionTarget(identifier) | EventTarget(identifier) | QuoteTarget(identifier):
            return anchor_of(context.annotation(identifier)).of(text)
        case SpanTarget(fragments):
            return fragments.of(text)
        case ImplicitTarget(entity):
            return f"({annotations.entity(entity).name})"

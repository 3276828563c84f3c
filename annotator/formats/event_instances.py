"""Events in instances of tokens, so that event extractors of the ACE family can read them.

They read a sentence, or a document, as one instance. In each instance mentions share no token, nor
do triggers; an argument is a mention of the same instance and has one role in an event. A filler
that is a free piece of text becomes a mention of its own, with the label ``VALUE``. All that does
not fit is told.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import TypeAlias

from msgspec import Struct, field

from annotator.core.annotations import Argument, Event, MentionTarget, SpanTarget
from annotator.core.ids import RecordId
from annotator.core.span import Fragments, Span
from annotator.formats.base import ExportContext, FormatOption
from annotator.formats.details import (
    argument_name,
    tell_details,
    tell_entities,
    tell_head,
    tell_quotes,
)
from annotator.formats.gold_order import ordered_arguments, ordered_events
from annotator.formats.losses import LossKind
from annotator.formats.set_documents import SetDocument
from annotator.formats.token_view import NESTING, Runs, TokenRun, run_of, sentence_runs

WINDOW = FormatOption("window", ("sentence", "document"))
"""How much of a text is one instance; TextEE calls that a window."""

ACE_LEVELS = FormatOption("levels", ("all", "names"))
"""Like `LEVELS` of taggers, but nouns and pronouns come in: they are arguments, too."""

FREE = "VALUE"
"""The label of a filler that is a free piece of text."""


class WrittenMention(Struct, frozen=True):
    """A mention as it is written, or a free filler, whose label and level are `FREE`."""

    id: str
    label: str
    run: TokenRun
    level: str = FREE
    entity: RecordId | None = None


_Argument: TypeAlias = tuple[str, WrittenMention]
"""A role and what fills it."""


class WrittenEvent(Struct, frozen=True):
    """An event with the run of its trigger, and the mentions that fill its roles."""

    event: Event
    trigger: TokenRun
    arguments: tuple[_Argument, ...]


class Instance(Struct):
    """A run of tokens, and what is in it. All runs count from the start of the document."""

    run: TokenRun
    mentions: list[WrittenMention] = field(default_factory=list)
    events: list[WrittenEvent] = field(default_factory=list)


def instances_of(each: SetDocument, context: ExportContext) -> list[Instance]:
    """The instances of a set, all tokens in order, and what they hold in order of the text."""
    runs = Runs(each)
    building = _Instances(each, context, runs)
    building.add_mentions()
    building.add_events()
    annotations = each.content.annotations
    tell_entities(runs, annotations, building.entities)
    tell_quotes(runs, annotations)
    for instance in building.instances:
        instance.mentions.sort(key=lambda one: one.run.first)
        instance.events.sort(key=lambda one: one.trigger.first)
    return building.instances


def trigger_span(trigger: Fragments) -> Span:
    """The one piece of a trigger that trainers take.

    Of a trigger in pieces it is the head, else the first piece: in the light verbs of Sorani the
    noun comes first, and from there to the verb stand the arguments.
    """
    if trigger.is_contiguous:
        return trigger.envelope
    return trigger.head or trigger.spans[0]


class _Instances:
    """Puts mentions, then events, into their instances."""

    def __init__(self, each: SetDocument, context: ExportContext, runs: Runs) -> None:
        self.instances = list(_instances(each, context))
        self.entities: set[RecordId] = set()
        self._starts = [instance.run.first for instance in self.instances]
        self._each = each
        self._context = context
        self._runs = runs
        self._written: dict[RecordId, WrittenMention] = {}
        self._owners: dict[int, WrittenMention] = {}
        self._free = 0

    def add_mentions(self) -> None:
        """Put in the mentions of which no two share a token."""
        context, annotations = self._context, self._each.content.annotations
        flat = self._runs.flat(
            context.scheme,
            innermost=context.chosen(NESTING) == "innermost",
            names_only=context.chosen(ACE_LEVELS) == "names",
            fits=lambda run, _: self._instance(run) is not None,
        )
        for one in flat:
            mention = annotations.mention(one.record)
            instance = self._instance(one.run)
            assert instance is not None  # no other comes in
            tell_details(self._runs, mention, "level", "entity")
            made = WrittenMention(
                self._name(mention.id), one.label, one.run, mention.level.value, mention.entity
            )
            self._written[mention.id] = self._add(instance, made)

    def add_events(self) -> None:
        """Put in the events of which no two share a token of their triggers."""
        annotations = self._each.content.annotations
        taken: set[int] = set()
        for event in ordered_events(annotations):
            span = trigger_span(event.trigger)
            run = run_of(self._each.segmentation, span)
            instance = None if run is None else self._instance(run)
            if run is None or instance is None or not taken.isdisjoint(_tokens(run)):
                self._runs.lose(event.id, LossKind.EVENT)
                continue
            taken.update(_tokens(run))
            if not event.trigger.is_contiguous:
                self._runs.lose(event.id, LossKind.HEAD, "trigger")
            self._runs.of(Fragments((span,)), event.id, "trigger")
            # Of a trigger in pieces the head is what is written.
            tell_details(self._runs, event, *(() if event.trigger.is_contiguous else ("head",)))
            instance.events.append(WrittenEvent(event, run, self._arguments(event, instance)))

    def _arguments(self, event: Event, instance: Instance) -> tuple[_Argument, ...]:
        roles: dict[str, _Argument] = {}
        arguments = ordered_arguments(event, self._each.content.annotations, self._context.scheme)
        for argument in arguments:
            filler = self._filler(argument, instance)
            if filler is None or roles.get(filler.id, (argument.role,))[0] != argument.role:
                self._runs.lose(event.id, LossKind.ARGUMENT, argument_name(argument))
                continue
            roles[filler.id] = (argument.role, filler)
            if isinstance(argument.target, SpanTarget):
                self._tell_free(event, argument, argument.target, filler)
        return tuple(roles.values())

    def _tell_free(
        self, event: Event, argument: Argument, target: SpanTarget, filler: WrittenMention
    ) -> None:
        name = f"{argument_name(argument)} → {filler.id}"
        self._runs.lose(event.id, LossKind.RENAMED, name)
        self._runs.of(target.fragments, event.id, argument.role)
        tell_head(self._runs, event.id, argument.role, target)
        if target.entity not in {None, filler.entity}:
            self._runs.lose(event.id, LossKind.DETAIL, f"{argument.role}.entity")

    def _filler(self, argument: Argument, instance: Instance) -> WrittenMention | None:
        match argument.target:
            case MentionTarget(identifier):
                filler = self._written.get(identifier)
            case SpanTarget():
                filler = self._free_filler(argument.target, instance)
            case _:
                filler = None
        return filler if filler is not None and _holds(instance.run, filler.run) else None

    def _free_filler(self, target: SpanTarget, instance: Instance) -> WrittenMention | None:
        """The mention with the tokens of a free piece of text, made where there is none."""
        run = run_of(self._each.segmentation, target.fragments.envelope)
        if run is None or not _holds(instance.run, run):
            return None
        owners = [self._owners.get(token) for token in _tokens(run)]
        if owners[0] is not None:
            return owners[0] if _tokens(owners[0].run) == _tokens(run) else None
        if any(owners):
            return None
        self._free += 1
        made = WrittenMention(self._name(f"V{self._free}"), FREE, run, entity=target.entity)
        return self._add(instance, made)

    def _name(self, record: str) -> str:
        return f"{self._each.name}-{record}"

    def _add(self, instance: Instance, made: WrittenMention) -> WrittenMention:
        instance.mentions.append(made)
        self._owners.update(dict.fromkeys(_tokens(made.run), made))
        if made.entity is not None:
            self.entities.add(made.entity)
        return made

    def _instance(self, run: TokenRun) -> Instance | None:
        """The instance that holds all of a run."""
        found = self.instances[bisect_right(self._starts, run.first) - 1]
        return found if _holds(found.run, run) else None


def _instances(each: SetDocument, context: ExportContext) -> Iterable[Instance]:
    if context.chosen(WINDOW) == "sentence":
        return map(Instance, sentence_runs(each.segmentation))
    count = len(each.segmentation.tokens)
    return [Instance(TokenRun(0, count))] if count else []


def _tokens(run: TokenRun) -> range:
    return range(run.first, run.last)


def _holds(outer: TokenRun, inner: TokenRun) -> bool:
    return outer.first <= inner.first and inner.last <= outer.last

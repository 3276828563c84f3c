"""An annotation set as labelled spans and labelled arrows, which is all that some programs know.

Mentions, triggers and contents are spans; a free piece of text that is an argument, a cue or a
party is a *part*. An arrow leads from a trigger to an argument, labelled with the role, and from a
content to its cue, speaker, addressees and parent. What is in pieces is several spans of one label,
each with an arrow to the next.
"""

from __future__ import annotations

from enum import Enum
from typing import assert_never

from msgspec import Struct

from annotator.core.annotations import (
    Attributes,
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
from annotator.core.span import Fragments, Span
from annotator.formats.base import Holds
from annotator.formats.gold_order import (
    ordered_entities,
    ordered_events,
    ordered_mentions,
    ordered_quotes,
)
from annotator.formats.losses import LossKind
from annotator.formats.record_details import details_of
from annotator.formats.set_documents import SetDocument


class NodeKind(Enum):
    """What a span stands for."""

    MENTION = "mention"
    EVENT = "event"
    QUOTE = "quote"
    PART = "part"


NEXT = "part:next"
"""The arrow from a piece to the next one. No role is called so, for ids hold no colon."""

GRAPH_HOLDS = frozenset(
    {
        Holds.TEXT,
        Holds.NESTED,
        Holds.DISCONTINUOUS,
        Holds.SUBTOKEN,
        Holds.OVERLAYS,
        Holds.EVENTS,
        Holds.ANY_ARGUMENT,
        Holds.QUOTES,
    }
)
"""What a text with such a graph holds."""

CUE, SPEAKER, ADDRESSEE, PARENT, ARGUMENT = "cue", "speaker", "addressee", "parent", "argument"


class Node(Struct, frozen=True):
    """A labelled span; `id` is unique in its set."""

    id: str
    kind: NodeKind
    label: str
    span: Span
    attrs: Attributes = ()

    @property
    def full_label(self) -> str:
        """The label with the kind before it, except for mentions: ``event:Contact.Meet``."""
        is_plain = self.kind is NodeKind.MENTION
        return self.label if is_plain else f"{self.kind.value}:{self.label}"


class Arrow(Struct, frozen=True):
    """Leads from one node to another, by their ids."""

    source: str
    target: str
    label: str


class SpanGraph(Struct):
    """The spans and arrows of one set."""

    nodes: list[Node]
    arrows: list[Arrow]


def kind_and_label(full: str) -> tuple[NodeKind, str]:
    """What `Node.full_label` was made of. A label of any other form is that of a mention."""
    kind, colon, label = full.partition(":")
    if colon and label and kind in _PREFIXES:
        return NodeKind(kind), label
    return NodeKind.MENTION, full


_PREFIXES = {kind.value for kind in NodeKind if kind is not NodeKind.MENTION}


def graph_of(item: SetDocument) -> SpanGraph:
    """The graph of a set. What has no place in it is told as a loss."""
    return _GraphWriter(item).graph()


class _GraphWriter:
    def __init__(self, item: SetDocument) -> None:
        self._item = item
        self._nodes: list[Node] = []
        self._arrows: list[Arrow] = []

    def graph(self) -> SpanGraph:
        annotations = self._item.content.annotations
        for mention in ordered_mentions(annotations):
            self._mention(mention)
        for entity in ordered_entities(annotations):
            self._item.lose(entity.id, LossKind.ENTITY)
        for event in ordered_events(annotations):
            self._event(event)
        for quote in ordered_quotes(annotations):
            self._quote(quote)
        return SpanGraph(self._nodes, self._arrows)

    def _mention(self, mention: Mention) -> None:
        self._place(mention.id, NodeKind.MENTION, mention.label, mention.fragments)
        self._lose_details(mention)
        if mention.entity is not None:
            self._item.lose(mention.id, LossKind.DETAIL, "entity")

    def _event(self, event: Event) -> None:
        self._place(event.id, NodeKind.EVENT, event.type, event.trigger)
        self._lose_details(event)
        for number, argument in enumerate(event.arguments, 1):
            name = f"{argument.role} {number}"
            self._arrow(event.id, argument.role, name, argument.target, ARGUMENT)

    def _quote(self, quote: Quote) -> None:
        self._place(quote.id, NodeKind.QUOTE, quote.type.value, quote.content)
        self._lose_details(quote)
        if quote.marks:
            self._item.lose(quote.id, LossKind.QUOTE_PART, "marks")
        if quote.cue is not None:
            self._arrow(quote.id, CUE, CUE, SpanTarget(quote.cue), CUE)
        if quote.speaker.who is not None:
            self._arrow(quote.id, SPEAKER, SPEAKER, quote.speaker.who, SPEAKER)
        for number, party in enumerate(quote.addressees, 1):
            self._arrow(quote.id, ADDRESSEE, f"{ADDRESSEE} {number}", party, ADDRESSEE)
        if quote.parent is not None:
            self._arrows.append(Arrow(quote.id, quote.parent, PARENT))

    def _arrow(self, owner: str, role: str, name: str, target: Target, part: str) -> None:
        """An arrow to what a target is; `part` labels a free piece of text.

        What the text does not mention here has no place to lead to, and is lost.
        """
        match target:
            case MentionTarget(record) | EventTarget(record) | QuoteTarget(record):
                identifier: str = record
            case SpanTarget(place, entity):
                identifier = f"{owner}.{name.replace(' ', '')}"
                self._place(identifier, NodeKind.PART, part, place)
                if place.head is not None and role != CUE:
                    self._item.lose(owner, LossKind.DETAIL, f"{name}, head")
                if entity is not None:
                    self._item.lose(owner, LossKind.DETAIL, f"{name}, entity")
            case ImplicitTarget():
                is_event = part == ARGUMENT
                kind = LossKind.ARGUMENT if is_event else LossKind.QUOTE_PART
                self._item.lose(owner, kind, name)
                return
            case _:
                assert_never(target)
        self._arrows.append(Arrow(owner, identifier, role))

    def _place(self, identifier: str, kind: NodeKind, label: str, place: Fragments) -> None:
        last = identifier
        for number, span in enumerate(place.spans):
            name = identifier if number == 0 else f"{identifier}+{number}"
            self._nodes.append(Node(name, kind, label, span))
            if number:
                self._arrows.append(Arrow(last, name, NEXT))
            last = name

    def _lose_details(self, record: Mention | Event | Quote) -> None:
        for name, _ in details_of(record):
            self._item.lose(record.id, LossKind.DETAIL, name)

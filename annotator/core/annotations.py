"""Annotations as frozen records: mentions, entities, events and quotes.

How to think about it: a *mention* is a piece of text with an entity label; the *entity* is what one
or more mentions refer to. An *event* is a trigger with arguments; an *argument* is a role with a
target. A *quote* is content with cue, speaker and addressees. Records refer to each other by id;
`references` lists those ids and `detached` removes one. The closed lists of values come from
`core.categories` and are offered here too.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias, TypeVar, assert_never, final

from msgspec import Struct
from msgspec.structs import replace

from annotator.core.categories import (
    Coverage as Coverage,
    Evidence as Evidence,
    MentionLevel as MentionLevel,
    Polarity as Polarity,
    QuoteType as QuoteType,
    Realis as Realis,
    SetStatus as SetStatus,
    SpeakerForm as SpeakerForm,
)
from annotator.core.ids import STATUS_ID, Layer, RecordId
from annotator.core.proposals import SuggestionDecision as SuggestionDecision
from annotator.core.provenance import BY_HAND, Provenance
from annotator.core.span import Fragments, Span

Attributes: TypeAlias = tuple[tuple[str, str], ...]


class MentionTarget(Struct, frozen=True):
    """An argument, speaker or addressee that is a mention of the same set."""

    mention: RecordId


class SpanTarget(Struct, frozen=True, rename={"fragments": "span"}):
    """A target that is a free piece of text, with the entity it refers to where known."""

    fragments: Fragments
    entity: RecordId | None = None


class EventTarget(Struct, frozen=True):
    """An argument that is another event."""

    event: RecordId


class QuoteTarget(Struct, frozen=True):
    """An argument that is a quote."""

    quote: RecordId


class ImplicitTarget(Struct, frozen=True, rename={"entity": "implicit"}):
    """A target that the text does not mention here: only its entity is known."""

    entity: RecordId


Party: TypeAlias = MentionTarget | SpanTarget | ImplicitTarget
Target: TypeAlias = MentionTarget | SpanTarget | EventTarget | QuoteTarget | ImplicitTarget
_T = TypeVar("_T", bound=Target)


@final
class Mention(Struct, frozen=True, tag_field="layer", tag="mention"):
    """A piece of text with an entity label; `entity` is the entity it refers to."""

    id: RecordId
    label: str
    fragments: Fragments
    level: MentionLevel = MentionLevel.NAM
    entity: RecordId | None = None
    attrs: Attributes = ()
    provenance: Provenance = BY_HAND


@final
class Entity(Struct, frozen=True, tag_field="layer", tag="entity"):
    """What mentions of a document refer to; `kb` are ids in knowledge bases by their names."""

    id: RecordId
    label: str
    name: str
    kb: Attributes = ()
    provenance: Provenance = BY_HAND


class Argument(Struct, frozen=True):
    """A participant of an event and its role."""

    role: str
    target: Target


@final
class Event(Struct, frozen=True, tag_field="layer", tag="event"):
    """A trigger with arguments. Events with the same `cluster` tell of one happening."""

    id: RecordId
    type: str
    trigger: Fragments
    arguments: tuple[Argument, ...] = ()
    realis: Realis = Realis.ACTUAL
    polarity: Polarity = Polarity.POSITIVE
    cluster: str | None = None
    attrs: Attributes = ()
    provenance: Provenance = BY_HAND


class Speaker(Struct, frozen=True):
    """Who says it: `who` is None when the text does not tell."""

    who: Party | None = None
    form: SpeakerForm = SpeakerForm.NONE
    evidence: Evidence = Evidence.UNKNOWN


NO_SPEAKER = Speaker()


@final
class Quote(Struct, frozen=True, tag_field="layer", tag="quote"):
    """What is said, by whom, to whom and with which words of saying.

    `content` excludes the quotation marks, `marks` are their spans. `parent` is the quote inside
    which this one stands; quotes with the same `cluster` repeat one saying.
    """

    id: RecordId
    type: QuoteType
    content: Fragments
    marks: tuple[Span, ...] = ()
    cue: Fragments | None = None
    speaker: Speaker = NO_SPEAKER
    addressees: tuple[Party, ...] = ()
    parent: RecordId | None = None
    cluster: str | None = None
    attrs: Attributes = ()
    provenance: Provenance = BY_HAND


class StatusRecord(Struct, frozen=True, tag_field="layer", tag="status"):
    """How far the work is, as a record like any other, so that completing can be undone."""

    status: SetStatus
    mentions: Coverage
    events: Coverage
    quotes: Coverage
    id: RecordId = STATUS_ID


Annotation: TypeAlias = Mention | Event | Quote
Record: TypeAlias = Mention | Entity | Event | Quote | StatusRecord | SuggestionDecision

LAYER_OF: dict[type, Layer] = {
    Mention: Layer.MENTION,
    Entity: Layer.ENTITY,
    Event: Layer.EVENT,
    Quote: Layer.QUOTE,
    StatusRecord: Layer.STATUS,
    SuggestionDecision: Layer.DECISION,
}


def layer_of(record: Record) -> Layer:
    """The layer a record belongs to."""
    return LAYER_OF[type(record)]


def anchor_of(record: Annotation) -> Fragments:
    """The piece of text an annotation stands on: mention, trigger or content."""
    match record:
        case Mention():
            return record.fragments
        case Event():
            return record.trigger
        case Quote():
            return record.content
        case _:
            assert_never(record)


def spans_of(record: Record) -> Iterator[Span]:
    """Every span a record holds: its own, and those of its parts."""
    match record:
        case Mention():
            yield from record.fragments.spans
        case Event():
            yield from record.trigger.spans
            for argument in record.arguments:
                yield from _target_spans(argument.target)
        case Quote():
            yield from _quote_spans(record)
        case SuggestionDecision():
            yield from record.proposal.fragments.spans
        case Entity() | StatusRecord():
            return
        case _:
            assert_never(record)


def last_offset(record: Record) -> int:
    """Where the last span of a record ends, in code points; 0 of one that stands nowhere."""
    if isinstance(record, Mention):  # most records are, and their pieces are in order
        return record.fragments.end
    return max((span.end for span in spans_of(record)), default=0)


def parties_of(quote: Quote) -> Iterator[Party]:
    """The speaker, where known, and the addressees."""
    if quote.speaker.who is not None:
        yield quote.speaker.who
    yield from quote.addressees


def _quote_spans(quote: Quote) -> Iterator[Span]:
    yield from quote.content.spans
    yield from quote.marks
    if quote.cue is not None:
        yield from quote.cue.spans
    for party in parties_of(quote):
        yield from _target_spans(party)


def _target_spans(target: Target) -> Iterator[Span]:
    if isinstance(target, SpanTarget):
        yield from target.fragments.spans


def target_references(target: Target) -> Iterator[RecordId]:
    """The ids a target names."""
    match target:
        case MentionTarget(mention):
            yield mention
        case EventTarget(event):
            yield event
        case QuoteTarget(quote):
            yield quote
        case ImplicitTarget(entity):
            yield entity
        case SpanTarget(entity=entity):
            if entity is not None:
                yield entity
        case _:
            assert_never(target)


def references(record: Record) -> Iterator[RecordId]:
    """The ids of the records this one refers to."""
    match record:
        case Mention():
            if record.entity is not None:
                yield record.entity
        case Event():
            for argument in record.arguments:
                yield from target_references(argument.target)
        case Quote():
            yield from _quote_references(record)
        case Entity() | StatusRecord() | SuggestionDecision():
            return
        case _:
            assert_never(record)


def _quote_references(quote: Quote) -> Iterator[RecordId]:
    for party in parties_of(quote):
        yield from target_references(party)
    if quote.parent is not None:
        yield quote.parent


def detached(record: Record, gone: RecordId) -> Record:
    """The record without its references to `gone`.

    An argument, speaker or addressee that was `gone` goes with it; a piece of text that merely
    referred to it stays. Links to an entity and to a parent are cut.
    """
    match record:
        case Mention():
            return replace(record, entity=None) if record.entity == gone else record
        case Event():
            freed = ((a.role, _freed(a.target, gone)) for a in record.arguments)
            kept = tuple(Argument(role, target) for role, target in freed if target is not None)
            return replace(record, arguments=kept)
        case Quote():
            return _detached_quote(record, gone)
        case Entity() | StatusRecord() | SuggestionDecision():
            return record
        case _:
            assert_never(record)


def _detached_quote(quote: Quote, gone: RecordId) -> Quote:
    speaker = quote.speaker
    if speaker.who is not None:
        who = _freed(speaker.who, gone)
        speaker = NO_SPEAKER if who is None else replace(speaker, who=who)
    freed = (_freed(party, gone) for party in quote.addressees)
    addressees = tuple(party for party in freed if party is not None)
    parent = None if quote.parent == gone else quote.parent
    return replace(quote, speaker=speaker, addressees=addressees, parent=parent)


def _freed(target: _T, gone: RecordId) -> _T | None:
    """The target without `gone`: a free piece of text stays, anything else goes."""
    if gone not in target_references(target):
        return target
    return replace(target, entity=None) if isinstance(target, SpanTarget) else None


def attribute(record: Mention | Event | Quote, name: str) -> str | None:
    """The value of a named attribute, or None."""
    return dict(record.attrs).get(name)


def with_value(pairs: Attributes, name: str, value: str | None) -> Attributes:
    """The pairs with one value set, or removed where `value` is None; sorted by name."""
    changed = {**dict(pairs), name: value}
    return tuple(sorted((key, val) for key, val in changed.items() if val is not None))

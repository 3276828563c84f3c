"""Bracket notation for annotated text; its grammar is told in `tests.builders`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from msgspec.structs import replace

from annotator.core.annotations import (
    Argument,
    Entity,
    Event,
    EventTarget,
    ImplicitTarget,
    Mention,
    MentionTarget,
    Party,
    Quote,
    QuoteTarget,
    QuoteType,
    Record,
    SpanTarget,
    Speaker,
    Target,
)
from annotator.core.ids import (
    Layer,
    RecordId,
    layer_and_number,
    record_id,
)
from annotator.core.span import Fragments, Span

_SUFFIX = re.compile(
    r"(?P<name>[A-Za-z0-9_]+(?:\.[A-Za-z0-9_]+)?)(?:=(?P<entity>E\d+))?(?:\((?P<parts>[^)]*)\))?",
    re.ASCII,
)
_ADDITION = re.compile(r"(?P<owner>(?:T|EV|Q)\d+)\.(?P<part>\w+)", re.ASCII)
_QUOTATION_MARKS = '"“”«»'


@dataclass(frozen=True)
class Bracket:
    """One bracket of the notation: where it stands and what is written behind it."""

    span: Span
    name: str
    entity: str | None
    parts: tuple[tuple[str, str], ...]

    @property
    def addition(self) -> tuple[RecordId, str] | None:
        """The record that the bracket adds to, and as what; None for a record of its own."""
        match = _ADDITION.fullmatch(self.name)
        return (RecordId(match["owner"]), match["part"]) if match else None

    @property
    def layer(self) -> Layer:
        if self.name in {kind.value for kind in QuoteType}:
            return Layer.QUOTE
        return Layer.EVENT if "." in self.name else Layer.MENTION


def parse(notation: str) -> tuple[str, list[Bracket]]:
    """The bare text, and the brackets in the order in which they open."""
    text: list[str] = []
    opened: list[int] = []
    order: list[int] = []
    closed: dict[int, Bracket] = {}
    starts: dict[int, int] = {}
    place = 0
    while place < len(notation):
        character = notation[place]
        place += 1
        if character == "[":
            opened.append(place)
            order.append(place)
            starts[place] = len(text)
        elif character == "]":
            suffix = _SUFFIX.match(notation, place)
            assert suffix is not None, f"nothing behind the bracket at {place}"
            key = opened.pop()
            closed[key] = _bracket(Span(starts[key], len(text)), suffix)
            place = suffix.end()
        else:
            text.append(character)
    assert not opened, "a bracket is not closed"
    return "".join(text), [closed[key] for key in order]


def _bracket(span: Span, suffix: re.Match[str]) -> Bracket:
    pairs = (part.split("=") for part in (suffix["parts"] or "").split(",") if part)
    parts = tuple((name.strip(), value.strip()) for name, value in pairs)
    return Bracket(span, suffix["name"], suffix["entity"], parts)


def records_of(text: str, brackets: list[Bracket]) -> Iterator[Record]:
    """The records that the brackets describe, entities last."""
    records: dict[RecordId, Record] = {}
    counts: dict[Layer, int] = {}
    for bracket in brackets:
        if bracket.addition is None:
            counts[bracket.layer] = counts.get(bracket.layer, 0) + 1
            identifier = record_id(bracket.layer, counts[bracket.layer])
            records[identifier] = _record(text, identifier, bracket)
    for bracket in brackets:
        if bracket.addition is not None:
            owner, part = bracket.addition
            records[owner] = _with_addition(records[owner], part, bracket.span)
    yield from records.values()
    yield from _entities(text, records).values()


def _record(text: str, identifier: RecordId, bracket: Bracket) -> Record:
    fragments = Fragments((bracket.span,))
    match bracket.layer:
        case Layer.MENTION:
            entity = None if bracket.entity is None else RecordId(bracket.entity)
            return Mention(identifier, bracket.name, fragments, entity=entity)
        case Layer.EVENT:
            arguments = tuple(Argument(name, target(value)) for name, value in bracket.parts)
            return Event(identifier, bracket.name, fragments, arguments)
        case _:
            return _quote(text, identifier, bracket)


def _quote(text: str, identifier: RecordId, bracket: Bracket) -> Quote:
    named = [(name, value) for name, value in bracket.parts if name != "parent"]
    speakers = [party(value) for name, value in named if name == "speaker"]
    kind = QuoteType(bracket.name)
    return Quote(
        identifier,
        kind,
        Fragments((bracket.span,)),
        marks=() if kind is QuoteType.INDIRECT else tuple(_marks_beside(text, bracket.span)),
        speaker=Speaker(speakers[0] if speakers else None),
        addressees=tuple(party(value) for name, value in named if name == "addressee"),
        parent=RecordId(dict(bracket.parts)["parent"]) if "parent" in dict(bracket.parts) else None,
    )


def _marks_beside(text: str, span: Span) -> Iterator[Span]:
    if span.start > 0 and text[span.start - 1] in _QUOTATION_MARKS:
        yield Span(span.start - 1, span.start)
    if text[span.end : span.end + 1] and text[span.end] in _QUOTATION_MARKS:
        yield Span(span.end, span.end + 1)


def target(identifier: str) -> Target:
    """The target with this id; an entity is an implicit one."""
    match layer_and_number(identifier)[0]:
        case Layer.EVENT:
            return EventTarget(RecordId(identifier))
        case Layer.QUOTE:
            return QuoteTarget(RecordId(identifier))
        case _:
            return party(identifier)


def party(identifier: str) -> Party:
    """The mention, or the implicit entity, with this id."""
    if layer_and_number(identifier)[0] is Layer.MENTION:
        return MentionTarget(RecordId(identifier))
    return ImplicitTarget(RecordId(identifier))


def _with_addition(record: Record, part: str, span: Span) -> Record:
    match record:
        case Mention() if part == "part":
            return replace(record, fragments=_more(record.fragments, span))
        case Event() if part == "trigger":
            return replace(record, trigger=_more(record.trigger, span))
        case Event():
            argument = Argument(part, SpanTarget(Fragments((span,))))
            return replace(record, arguments=(*record.arguments, argument))
        case Quote():
            return _quote_with_addition(record, part, span)
        case _:
            raise AssertionError(f"{record.id} has no {part}")


def _quote_with_addition(quote: Quote, part: str, span: Span) -> Quote:
    free = SpanTarget(Fragments((span,)))
    match part:
        case "content":
            return replace(quote, content=_more(quote.content, span))
        case "cue":
            cue = Fragments((span,)) if quote.cue is None else _more(quote.cue, span)
            return replace(quote, cue=cue)
        case "mark":
            return replace(quote, marks=tuple(sorted((*quote.marks, span))))
        case "speaker":
            return replace(quote, speaker=replace(quote.speaker, who=free))
        case "addressee":
            return replace(quote, addressees=(*quote.addressees, free))
        case _:
            raise AssertionError(f"a quote has no {part}")


def _more(fragments: Fragments, span: Span) -> Fragments:
    return Fragments(tuple(sorted((*fragments.spans, span))), fragments.head)


def _entities(text: str, records: Mapping[RecordId, Record]) -> dict[RecordId, Entity]:
    entities: dict[RecordId, Entity] = {}
    for record in records.values():
        if isinstance(record, Mention) and record.entity is not None:
            name = record.fragments.of(text)
            entities.setdefault(record.entity, Entity(record.entity, record.label, name))
    return entities

"""What the names in foreign annotations become here: ours, new ones, or nothing.

A mapping is a value. It is laid over an annotation set before that is stored, and tells what it
left out; whatever it does not speak of stays as the file writes it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from types import MappingProxyType
from typing import TypeAlias, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import (
    Argument,
    Entity,
    Event,
    Mention,
    Quote,
    Record,
    SuggestionDecision,
    detached,
    layer_of,
    references,
)
from annotator.core.categories import Polarity, Realis
from annotator.core.commands.records import POLARITY, REALIS
from annotator.core.ids import Layer, RecordId
from annotator.core.scheme import Scheme
from annotator.workbench.merge_scheme import Part
from annotator.workbench.name_suggestions import folded

_A = TypeVar("_A", Mention, Event, Quote)
_M = TypeVar("_M", bound=Enum)


class Name(Struct, frozen=True):
    """A name in a file; `owner` is the event type of a role, the layer of an attribute."""

    part: Part
    id: str
    owner: str = ""

    @property
    def shown(self) -> str:
        """The name as one writes it on the command line: a role stands behind its type."""
        return f"{self.owner}.{self.id}" if self.part is Part.ROLE else self.id


class Fate(Enum):
    """What becomes of a name."""

    OURS = "ours"
    NEW = "new"
    LEFT_OUT = "left_out"


class Decision(Struct, frozen=True):
    """What becomes of one name, and the id it gets; a role gets one of its type as mapped."""

    fate: Fate
    id: str = ""


Values: TypeAlias = Mapping[tuple[Layer, str], Mapping[str, str]]

LEAVE_OUT = Decision(Fate.LEFT_OUT)


class Mapped(Struct, frozen=True):
    """A set under a mapping: what was left out by its name in the file, and what went with it.

    An entity does not count where it merely goes with all that refers to it. Of two roles of one
    filler that become one, the second is left out. `links` are arguments, speakers, addressees,
    and links to entities and quotes around, whose target was left out.
    """

    annotations: AnnotationSet
    left_out: Counter[Name]
    links: int = 0


class LabelMapping(Struct, frozen=True):
    """Decisions by the names of the file. Names of which nothing is said stay.

    `values` are ours for those of the file, by layer and attribute and then by the folded value:
    a file may write ``Past`` for ``past``. What is not among them stays as well.
    """

    decisions: Mapping[Name, Decision] = field(default_factory=lambda: MappingProxyType({}))
    values: Values = field(default_factory=lambda: MappingProxyType({}))

    def becomes(self, name: Name) -> str | None:
        """The id that a name gets here; None where it is left out."""
        decision = self.decisions.get(name)
        if decision is None:
            return name.id
        return None if decision.fate is Fate.LEFT_OUT else decision.id

    def with_decision(self, name: Name, decision: Decision) -> LabelMapping:
        """The mapping with one more decision, or another one."""
        return replace(self, decisions=MappingProxyType({**self.decisions, name: decision}))

    def value(self, layer: Layer, attribute: str, value: str) -> str:
        """Our value of one of our attributes for what the file writes."""
        return self.values.get((layer, attribute), {}).get(folded(value), value)

    def apply(self, annotations: AnnotationSet) -> Mapped:
        """The set as it is stored here, with its numbers kept."""
        if not self.decisions:
            return Mapped(annotations, Counter())
        return _Application(self).run(annotations)


NO_MAPPING = LabelMapping()


class _Application:
    """One mapping at work on one set."""

    def __init__(self, mapping: LabelMapping) -> None:
        self._mapping = mapping
        self._decided = mapping.decisions
        self._left_out: Counter[Name] = Counter()
        self._links = 0

    def run(self, annotations: AnnotationSet) -> Mapped:
        before = tuple(annotations.records.values())
        kept = [record for each in before if (record := self._mapped(each)) is not None]
        gone = {record.id for record in before} - {record.id for record in kept}
        if gone:
            self._count_entities(before, kept, gone)
            kept = _without_unused([self._freed(each, gone) for each in kept], before)
        records = {record.id: record for record in kept}
        made = AnnotationSet(records, annotations.last_numbers)
        return Mapped(made, +self._left_out, self._links)

    def _mapped(self, record: Record) -> Record | None:
        """The record under its name here; None where it is left out."""
        match record:
            case Mention(label=label):
                new = self._name(Name(Part.LABEL, label))
                return None if new is None else replace(self._attributes(record), label=new)
            case Entity(label=label):
                new = self._mapping.becomes(Name(Part.LABEL, label))
                return None if new is None else replace(record, label=new)
            case Event():
                return self._event(record)
            case Quote():
                return self._attributes(record)
            case SuggestionDecision():
                return self._decision(record)
            case _:
                return record

    def _event(self, event: Event) -> Event | None:
        kind = self._name(Name(Part.EVENT_TYPE, event.type))
        if kind is None:
            return None
        arguments: dict[Argument, str] = {}
        for argument in event.arguments:
            name = Name(Part.ROLE, argument.role, event.type)
            role = self._name(name)
            if role is not None:
                told = arguments.setdefault(replace(argument, role=role), argument.role)
                self._left_out[name] += told != argument.role
        return replace(self._attributes(event), type=kind, arguments=tuple(arguments))

    def _decision(self, record: SuggestionDecision) -> SuggestionDecision | None:
        """What somebody refused is still refused under the new name."""
        part = {Layer.MENTION: Part.LABEL, Layer.EVENT: Part.EVENT_TYPE}.get(record.proposal.layer)
        if part is None:
            return record
        new = self._mapping.becomes(Name(part, record.proposal.label))
        return (
            None if new is None else replace(record, proposal=replace(record.proposal, label=new))
        )

    def _attributes(self, record: _A) -> _A:
        """The record with its attributes under their names here; the first value of a name stays.

        What the file has as an attribute and we as a field of events goes into that field.
        """
        attrs: dict[str, str] = {}
        layer = layer_of(record)
        for old, told in record.attrs:
            name = Name(Part.ATTRIBUTE, old, layer.value)
            new = self._name(name)
            if new is None:
                continue
            value = self._mapping.value(layer, new, told) if name in self._decided else told
            if isinstance(record, Event) and new in (REALIS, POLARITY):
                changed = _with_field(record, new, value)
                self._left_out[name] += changed is None
                record = changed or record
            elif new in attrs:
                self._left_out[name] += 1
            else:
                attrs[new] = value
        return replace(record, attrs=tuple(sorted(attrs.items())))

    def _name(self, name: Name) -> str | None:
        new = self._mapping.becomes(name)
        if new is None:
            self._left_out[name] += 1
        return new

    def _count_entities(
        self, before: Iterable[Record], kept: Iterable[Record], gone: set[RecordId]
    ) -> None:
        """Count the entities that are left out but for those that go with all their mentions."""
        used, was_used = set(_referred(kept)), set(_referred(before))
        for record in before:
            if isinstance(record, Entity) and record.id in gone:
                is_told = record.kb or record.id in used or record.id not in was_used
                self._left_out[Name(Part.LABEL, record.label)] += bool(is_told)

    def _freed(self, record: Record, gone: set[RecordId]) -> Record:
        links = _links(record)
        for target in {*references(record)} & gone:
            record = detached(record, target)
        self._links += links - _links(record)
        return record


def _with_field(event: Event, name: str, value: str) -> Event | None:
    """The event with realis or polarity as the value says; None where it says neither."""
    if name == REALIS and (realis := _member(Realis, value)) is not None:
        return replace(event, realis=realis)
    if name == POLARITY and (polarity := _member(Polarity, value)) is not None:
        return replace(event, polarity=polarity)
    return None


def _member(kind: type[_M], value: str) -> _M | None:
    return next((member for member in kind if member.value == value.casefold()), None)


def _links(record: Record) -> int:
    """How many records this one refers to, each as often as it does."""
    return sum(1 for _ in references(record))


def _without_unused(kept: list[Record], before: Iterable[Record]) -> list[Record]:
    """The records but for entities that something referred to, and now nothing does."""
    used, was_used = set(_referred(kept)), set(_referred(before))
    return [
        record
        for record in kept
        if not isinstance(record, Entity)
        or record.kb
        or record.id in used
        or record.id not in was_used
    ]


def _referred(records: Iterable[Record]) -> Iterator[RecordId]:
    for record in records:
        yield from references(record)


def values_of(scheme: Scheme) -> Values:
    """The values that attributes of the scheme may take, by how their ids and titles fold."""
    return {
        (spec.layer, spec.id): {
            folded(name): value.id
            for value in spec.values
            for name in (value.name.ckb, value.name.en, value.id)
        }
        for spec in scheme.attributes
    }

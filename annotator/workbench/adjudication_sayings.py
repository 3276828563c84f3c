"""What each annotator says about a unit, in a few words: as much as tells them apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import assert_never

from msgspec import Struct

from annotator.adjudication.saying import Difference
from annotator.adjudication.units import State, Unit
from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import (
    Annotation,
    Entity,
    Event,
    EventTarget,
    ImplicitTarget,
    Mention,
    MentionTarget,
    Quote,
    QuoteTarget,
    Record,
    SpanTarget,
    Target,
    anchor_of,
)
from annotator.core.commands.records import POLARITY, REALIS, attribute_specs
from annotator.core.ids import RecordId, SetId
from annotator.core.scheme import Scheme, Wording
from annotator.core.span import Fragments
from annotator.foundation.catalogue import Catalogue, isolated

NOTHING = "–"

_RIGHT_TO_LEFT_MARK = "\u200f"

_LEVEL = "level"
"""Stands for the level of a mention among its attributes."""

_LONGEST = 40
"""Code points of a text that is quoted; of a longer one the middle goes."""


class Sayings(Struct, frozen=True):
    """Puts records of one document into words. `sets` are those of the annotators, and gold."""

    catalogue: Catalogue
    scheme: Scheme
    text: str
    sets: Mapping[SetId, AnnotationSet]
    numbers: Mapping[SetId, int]

    def words(self, unit: Unit) -> str:
        """The text that a unit is about, on one line."""
        for record in (unit.gold, *unit.records.values()):
            if isinstance(record, Mention | Event | Quote):
                return self._quoted(anchor_of(record))
            if isinstance(record, Entity):
                return record.name
        return NOTHING

    def kind(self, unit: Unit) -> str:
        """The layer of a unit."""
        return self.catalogue.text(f"adjudication.kind.{unit.layer.value}")

    def differences(self, unit: Unit) -> str:
        """In what annotators differ."""
        names = (f"adjudication.differs.{each.value}" for each in unit.differences)
        return self.listed(self.catalogue.text(name) for name in names)

    def state(self, unit: Unit) -> str:
        """How far it is, and whom gold follows."""
        word = self.catalogue.text(f"adjudication.state.{unit.state.value}")
        if unit.state is not State.TAKEN:
            return word
        if not unit.like:
            return self.catalogue.text("adjudication.taken_edited", state=word)
        return f"{word}: {self.who(unit.like)}"  # in a sentence both would have no direction

    def who(self, sides: Iterable[SetId]) -> str:
        """The numbers of annotators: 1+3."""
        return "+".join(self.catalogue.number(self.numbers[side]) for side in sides)

    def said(self, unit: Unit, side: SetId) -> str:
        """What a set says of the unit: its name, and the parts in which they differ."""
        record = unit.records.get(side)
        return NOTHING if record is None else self.parts(unit, record, self.sets[side])

    def in_full(self, unit: Unit, names: Sequence[tuple[SetId, str]]) -> str:
        """What annotators say, a line for those who say the same; and gold, where it differs."""
        known = dict(names)
        lines = [
            self.catalogue.text(
                "adjudication.says",
                who=self.who(camp),
                name=self._directed(self.listed(isolated(known[side]) for side in camp)),
                said=self.said(unit, camp[0]),
            )
            for camp in unit.camps
        ]
        is_refused = unit.gold is None and unit.state is State.UNSETTLED
        if is_refused or (unit.gold is not None and not unit.like):
            said = NOTHING if is_refused else self._directed(self._of_gold(unit))
            lines.append(self.catalogue.text("adjudication.gold_says", said=said))
        return "\n".join(lines)

    def _of_gold(self, unit: Unit) -> str:
        assert unit.gold is not None  # whoever asks has seen it
        if isinstance(unit.gold, Entity):
            return isolated(unit.gold.name)
        assert isinstance(unit.gold, Mention | Event | Quote)  # nothing else is in a unit
        return self.listed((self.name(unit.gold), f"«{isolated(self.words(unit))}»"))

    def parts(self, unit: Unit, record: Record, annotations: AnnotationSet) -> str:
        """The label of a record with the parts in which a unit differs."""
        if not isinstance(record, Mention | Entity | Event | Quote):
            return NOTHING
        told = (
            told
            for difference in unit.differences
            if (told := self._part(difference, record, annotations, unit))
        )
        return self._directed(self.listed((self.name(record), *told)))

    def _directed(self, text: str) -> str:
        """The text in the direction of the language, also where every part of it is isolated."""
        return f"{_RIGHT_TO_LEFT_MARK}{text}" if self.catalogue.is_right_to_left else text

    def listed(self, parts: Iterable[str]) -> str:
        """Several things in a row."""
        return ("، " if self.catalogue.is_right_to_left else ", ").join(parts)

    def _part(
        self,
        difference: Difference,
        record: Annotation | Entity,
        annotations: AnnotationSet,
        unit: Unit,
    ) -> str:
        if isinstance(record, Entity):
            return isolated(record.name) if difference is Difference.NAME else ""
        if difference is Difference.BOUNDARY:
            return f"«{isolated(self._quoted(anchor_of(record)))}»"
        if difference is Difference.ATTRIBUTE:
            return self.listed(self._attributes(record, unit))
        match record:
            case Mention():
                return self._entity(record.entity, annotations, difference)
            case Event():
                is_asked = difference is Difference.ARGUMENT
                return self.listed(self._arguments(record, annotations)) if is_asked else ""
            case Quote():
                return self._of_quote(difference, record, annotations)
            case _:
                assert_never(record)

    def _entity(
        self, entity: RecordId | None, annotations: AnnotationSet, difference: Difference
    ) -> str:
        if difference is not Difference.ENTITY:
            return ""
        name = NOTHING if entity is None else annotations.entity(entity).name
        return f"→ {isolated(name)}"

    def _arguments(self, event: Event, annotations: AnnotationSet) -> Iterator[str]:
        kinds = {kind.id: kind for kind in self.scheme.event_types}
        kind = kinds.get(event.type)
        roles = {} if kind is None else {role.id: role.name for role in kind.roles}
        for argument in event.arguments:
            role = self._worded(roles.get(argument.role), argument.role)
            yield f"{role}: {isolated(self._target(argument.target, annotations))}"
        if not event.arguments:
            yield self.catalogue.text("adjudication.no_arguments")

    def _of_quote(self, difference: Difference, quote: Quote, annotations: AnnotationSet) -> str:
        parts: dict[Difference, Callable[[], str]] = {
            Difference.CUE: lambda: NOTHING if quote.cue is None else self._quoted(quote.cue),
            Difference.SPEAKER: lambda: self._speaker(quote, annotations),
            Difference.ADDRESSEE: lambda: (
                self.listed(self._target(each, annotations) for each in quote.addressees) or NOTHING
            ),
            Difference.PARENT: lambda: (
                NOTHING
                if quote.parent is None
                else self._quoted(annotations.quote(quote.parent).content)
            ),
        }
        tell = parts.get(difference)
        if tell is None:
            return ""
        title = self.catalogue.text(f"adjudication.differs.{difference.value}")
        return f"{title}: {isolated(tell())}"

    def _attributes(self, record: Annotation, unit: Unit) -> Iterator[str]:
        """The attributes in which the annotators differ.

        The cluster is told where nothing else differs, or it has several names: what two people
        call it says little.
        """
        records = unit.records.values()
        others = [_values(other) for other in records]
        is_alike = all(other == others[0] for other in others)
        specs = {spec.id: spec for spec in attribute_specs(self.scheme, record)}
        for name, value in _values(record).items():
            if all(other.get(name) == value for other in others):
                continue
            if name == _LEVEL:
                yield self.catalogue.text(f"level.{value}")
                continue
            spec = specs.get(name)
            values = {} if spec is None else {known.id: known.name for known in spec.values}
            title = self._worded(None if spec is None else spec.name, name)
            yield f"{title}: {isolated(self._worded(values.get(value), value))}"
        names = {each.cluster for each in records if isinstance(each, Event | Quote)}
        if not isinstance(record, Event | Quote) or record.cluster is None:
            return
        if is_alike or len(names) > 1:
            yield f"{self.catalogue.text('field.cluster')}: {isolated(record.cluster)}"

    def _speaker(self, quote: Quote, annotations: AnnotationSet) -> str:
        speaker = quote.speaker
        who = NOTHING if speaker.who is None else self._target(speaker.who, annotations)
        form = self.catalogue.text(f"speaker_form.{speaker.form.value}")
        evidence = self.catalogue.text(f"evidence.{speaker.evidence.value}")
        return self.listed((isolated(who), form, evidence))

    def _target(self, target: Target, annotations: AnnotationSet) -> str:
        match target:
            case MentionTarget(identifier):
                return self._quoted(annotations.mention(identifier).fragments)
            case SpanTarget(fragments):
                return self._quoted(fragments)
            case EventTarget(identifier):
                return self._quoted(annotations.event(identifier).trigger)
            case QuoteTarget(identifier):
                return self._quoted(annotations.quote(identifier).content)
            case ImplicitTarget(entity):
                return annotations.entity(entity).name
            case _:
                assert_never(target)

    def name(self, record: Annotation | Entity) -> str:
        """The label of a mention or entity; the type of an event or quote, as the scheme says."""
        match record:
            case Mention() | Entity():
                return isolated(record.label)
            case Event():
                names = {kind.id: kind.name for kind in self.scheme.event_types}
                return self._worded(names.get(record.type), record.type)
            case Quote():
                types = {spec.id: spec.name for spec in self.scheme.quote_types}
                return self._worded(types.get(record.type.value), record.type.value)
            case _:
                assert_never(record)

    def _worded(self, wording: Wording | None, plain: str) -> str:
        return plain if wording is None else wording.in_language(self.catalogue.language)

    def _quoted(self, fragments: Fragments) -> str:
        line = " ".join(fragments.of(self.text).split())
        if len(line) <= _LONGEST:
            return line
        half = _LONGEST // 2
        first, last = line[:half].rpartition(" ")[0], line[-half:].partition(" ")[2]
        return f"{first or line[:half]} … {last or line[-half:]}"


def _values(record: Record) -> dict[str, str]:
    """What a record tells by the names of attributes, without its cluster."""
    match record:
        case Mention():
            return {_LEVEL: record.level.value, **dict(record.attrs)}
        case Event():
            told = {REALIS: record.realis.value, POLARITY: record.polarity.value}
            return {**told, **dict(record.attrs)}
        case Quote():
            return dict(record.attrs)
        case _:
            return {}

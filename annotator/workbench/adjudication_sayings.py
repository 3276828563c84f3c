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
        """What each annotator says, a line each; and gold, where it says something else."""
        lines = [
            self.catalogue.text(
                "adjudication.says", who=self.who([side]), name=name, said=self.said(unit, side)
            )
            for side, name in names
            if side in unit.voters
        ]
        if unit.gold is not None and not unit.like:
            lines.append(self.catalogue.text("adjudication.gold_says", said=self._of_gold(unit)))
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
            if (told := self._part(difference, record, annotations))
        )
        return self.listed((self.name(record), *told))

    def listed(self, parts: Iterable[str]) -> str:
        """Several things in a row."""
        return ("، " if self.catalogue.is_right_to_left else ", ").join(parts)

    def _part(
        self, difference: Difference, record: Annotation | Entity, annotations: AnnotationSet
    ) -> str:
        if isinstance(record, Entity):
            return isolated(record.name) if difference is Difference.NAME else ""
        if difference is Difference.BOUNDARY:
            return f"«{isolated(self._quoted(anchor_of(record)))}»"
        if difference is Difference.ATTRIBUTE:
            return self.listed(self._attributes(record))
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

    def _attributes(self, record: Annotation) -> Iterator[str]:
        if isinstance(record, Mention):
            yield self.catalogue.text(f"level.{record.level.value}")
        specs = {spec.id: spec for spec in attribute_specs(self.scheme, record)}
        pairs = dict(record.attrs)
        if isinstance(record, Event):
            pairs = {REALIS: record.realis.value, POLARITY: record.polarity.value, **pairs}
        for name, value in pairs.items():
            spec = specs.get(name)
            values = {} if spec is None else {known.id: known.name for known in spec.values}
            title = self._worded(None if spec is None else spec.name, name)
            yield f"{title}: {isolated(self._worded(values.get(value), value))}"
        if isinstance(record, Event | Quote) and record.cluster is not None:
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

"""An annotation set out of the parts of a brat file, when their places in the text are proved.

What our own export renamed, cut or wrote into notes is undone. In files of others a piece of text
is a mention unless it is the trigger of an event; what stands in notes of people, and attributes
that are not ours, become attributes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from enum import Enum

from annotator.core.annotations import (
    Argument,
    Attributes,
    EventTarget,
    Evidence,
    ImplicitTarget,
    MentionLevel,
    MentionTarget,
    Party,
    Polarity,
    QuoteTarget,
    QuoteType,
    Realis,
    SpanTarget,
    SpeakerForm,
    Target,
)
from annotator.core.ids import RecordId
from annotator.core.span import Fragments
from annotator.formats import brat_names as brat
from annotator.formats.base import ImportProblem
from annotator.formats.brat_entities import BratEntities
from annotator.formats.brat_names import KnownNames
from annotator.formats.brat_parse import BratFile, EventLine
from annotator.formats.set_builder import SetBuilder, speaker_told, without_circles

_MAX_PLACE = 999_999_999
"""No list has a place beyond it, like no text an offset of more digits."""

_PARTS = (brat.HAS_CUE, brat.HAS_MARK, brat.SPEAKER, brat.ADDRESSEE, brat.WITHIN)

_NEGATED = ("Negated", "Negation")
"""Flags of others for an event of which is told that it does not happen."""


class BratSet:
    """Builds the set of one file; `places` are the pieces of text that were proved, by id."""

    def __init__(
        self,
        told: BratFile,
        places: Mapping[str, Fragments],
        names: KnownNames,
        builder: SetBuilder,
    ) -> None:
        self._told = told
        self._places = places
        self._names = names
        self._builder = builder
        self._entities = BratEntities(told, names, builder)
        self._made: dict[str, RecordId] = {}
        self._quotes = {
            one: kind
            for one in places
            if told.bounds[one].type == brat.QUOTE
            and (kind := told.natural(one, brat.QUOTE_TYPE, QuoteType)) is not None
        }
        self._parts: dict[tuple[str, str], list[str]] = {}
        self._unheld: Counter[str] = Counter()

    def build(self) -> None:
        """Add every record to the builder; what could not be added is told in the file."""
        self._relate()
        mentions = self._mentions()
        linked = self._entities.link(mentions)
        for identifier in mentions:
            self._mention(identifier, linked.get(identifier))
        events = [event for event in self._told.events.values() if self._event(event)]
        for identifier, kind in self._quotes.items():
            self._quote(identifier, kind)
        for event in events:
            self._arguments(event)
        told = {one: each for one in self._quotes if (each := self._of(one, brat.WITHIN))}
        parents = without_circles({one: each[0] for one, each in told.items()})
        self._unheld[brat.WITHIN] += sum(map(len, told.values())) - len(parents)
        for identifier in self._quotes:
            self._said(identifier, parents.get(identifier))
        self._tell_unheld()

    def _relate(self) -> None:
        for relation in self._told.relations:
            first, second = relation.first, relation.second
            if first not in self._quotes or relation.type not in _PARTS:
                self._unheld[relation.type] += 1
            elif second not in self._places:
                self._refuse_missing(first, second, relation.line)
            elif relation.type == brat.WITHIN and second not in self._quotes:
                self._unheld[relation.type] += 1
            else:
                self._parts.setdefault((first, relation.type), []).append(second)

    def _of(self, quote: str, relation: str) -> list[str]:
        return self._parts.get((quote, relation), [])

    def _mentions(self) -> list[str]:
        """The pieces of text that are nothing else."""
        told = self._told
        parts = {part for each in self._parts.values() for part in each}
        fillers = {target for event in told.events.values() for _, target in event.arguments}
        triggers = {event.trigger for event in told.events.values()}
        own = {
            brat.CUE: parts, brat.QUOTE_MARK: parts, brat.FREE_SPAN: parts | fillers,
        }  # fmt: skip
        return [
            one
            for one in self._places
            if one not in triggers
            and one not in self._quotes
            and one not in own.get(told.bounds[one].type, ())
        ]

    def _refuse_missing(self, annotation: str, target: str, line: int) -> None:
        key = "formats.brat_no_target"
        self._told.refuse(key, line, annotation=annotation, target=target)

    def _tell_unheld(self) -> None:
        """Tell what there is in the file of kinds that have no place here."""
        told = self._told
        for target in told.attributes.keys() - self._made.keys():
            self._unheld.update(name for name, _ in told.attributes[target])
        for target in told.notes.keys() - self._made.keys():
            self._unheld.update(kind for kind, _ in told.notes[target])
        for kind, count in sorted((+self._unheld).items()):
            values = {"kind": kind, "count": count}
            key = "formats.kind_not_held"
            told.problems.append(ImportProblem(told.source, key, values, is_refusal=False))

    def _attributes(self, identifier: str, *natural: tuple[str, type[Enum]]) -> Attributes:
        """What else is told of an annotation; a name that comes twice keeps its last value."""
        told = self._told
        ours = {name for name, kind in natural if told.natural(identifier, name, kind)}
        found: dict[str, str] = {}
        values = list(dict.fromkeys(told.attributes.get(identifier, ())))
        self._unheld.update(_repeated(name for name, _ in values))
        for name, value in values:
            if name not in ours:
                found[self._names.part(name)] = value
        more = told.more_of(identifier).get("attrs")
        if isinstance(more, dict):
            found.update({k: v for k, v in more.items() if k and isinstance(v, str)})
        for kind, text in told.notes.get(identifier, ()):
            found[kind] = f"{found[kind]}\n{text}" if kind in found else text
        return tuple(sorted(found.items()))

    def _mention(self, identifier: str, entity: RecordId | None) -> None:
        level = self._told.natural(identifier, brat.LEVEL, MentionLevel)
        self._made[identifier] = self._builder.mention(
            self._names.type(self._told.bounds[identifier].type),
            self._places[identifier],
            level=level,
            entity=entity,
            attrs=self._attributes(identifier, (brat.LEVEL, MentionLevel)),
        )

    def _cluster(self, identifier: str) -> str | None:
        cluster = self._told.more_of(identifier).get("cluster")
        return cluster if isinstance(cluster, str) and cluster else None

    def _event(self, event: EventLine) -> bool:
        trigger = self._places.get(event.trigger)
        if trigger is None:
            self._refuse_missing(event.id, event.trigger, event.line)
            return False
        natural = self._told.natural
        attrs = self._attributes(event.id, (brat.REALIS, Realis), (brat.POLARITY, Polarity))
        polarity = natural(event.id, brat.POLARITY, Polarity)
        flags = [(name, value) for name, value in attrs if name in _NEGATED and value == "true"]
        if polarity is None and flags:  # as corpora made with brat say it
            polarity = Polarity.NEGATIVE
            attrs = tuple(pair for pair in attrs if pair not in flags)
        self._made[event.id] = self._builder.event(
            self._names.type(event.type),
            trigger,
            realis=natural(event.id, brat.REALIS, Realis),
            polarity=polarity,
            cluster=self._cluster(event.id),
            attrs=attrs,
        )
        return True

    def _arguments(self, event: EventLine) -> None:
        roles = {role for role, _ in event.arguments}
        made: list[Argument] = []
        for role, identifier in event.arguments:
            target = self._target(identifier)
            if target is None:
                self._refuse_missing(event.id, identifier, event.line)
                continue
            plain = role.rstrip("0123456789")
            made.append(Argument(self._names.part(plain if plain in roles else role), target))
        for place, role, entity in self._implicit(event.id):
            made.insert(place, Argument(role, ImplicitTarget(entity)))
        self._builder.arguments(self._made[event.id], made)

    def _implicit(self, identifier: str) -> list[tuple[int, str, RecordId]]:
        """Implicit arguments, each with its place among all of the event's."""
        told = self._told.more_of(identifier).get("implicit")
        found: list[tuple[int, str, RecordId]] = []
        for one in told if isinstance(told, list) else ():
            match one:
                case [int(place), str(role), entity] if 0 <= place <= _MAX_PLACE and role:
                    known = self._entities.known(entity)
                    if known is not None:
                        found.append((place + len(found), role, known))
        return found

    def _target(self, identifier: str) -> Target | None:
        if identifier in self._quotes:
            return QuoteTarget(self._made[identifier])
        if identifier in self._told.events:
            made = self._made.get(identifier)
            return None if made is None else EventTarget(made)
        return self._party(identifier)

    def _party(self, identifier: str) -> Party | None:
        """A piece of text as a target; one that is no mention is free text."""
        if identifier in self._made and identifier not in self._quotes:
            return MentionTarget(self._made[identifier])
        place = self._places.get(identifier)
        refers = self._entities.known(self._told.more_of(identifier).get("refers"))
        return None if place is None else SpanTarget(place, refers)

    def _quote(self, identifier: str, kind: QuoteType) -> None:
        cues = self._of(identifier, brat.HAS_CUE)
        self._unheld[brat.HAS_CUE] += max(len(cues) - 1, 0)
        natural = (
            (brat.QUOTE_TYPE, QuoteType),
            (brat.SPEAKER_FORM, SpeakerForm),
            (brat.EVIDENCE, Evidence),
        )
        self._made[identifier] = self._builder.quote(
            kind,
            self._places[identifier],
            marks=tuple(self._places[one].envelope for one in self._of(identifier, brat.HAS_MARK)),
            cue=self._places[cues[0]] if cues else None,
            cluster=self._cluster(identifier),
            attrs=self._attributes(identifier, *natural),
        )

    def _said(self, identifier: str, parent: str | None) -> None:
        natural, more = self._told.natural, self._told.more_of(identifier)
        who = [self._party(one) for one in self._of(identifier, brat.SPEAKER)]
        implicit = self._entities.known(more.get("speaker"))
        if implicit is not None:
            who.append(ImplicitTarget(implicit))
        self._unheld[brat.SPEAKER] += max(len(who) - 1, 0)
        form = natural(identifier, brat.SPEAKER_FORM, SpeakerForm)
        speaker = speaker_told(who, form, natural(identifier, brat.EVIDENCE, Evidence))
        addressees = [self._party(one) for one in self._of(identifier, brat.ADDRESSEE)]
        told = more.get("addressees")
        for one in told if isinstance(told, list) else ():
            match one:
                case [int(place), entity] if place <= _MAX_PLACE:
                    known = self._entities.known(entity)
                    if known is not None:
                        addressees.insert(max(place, 0), ImplicitTarget(known))
        self._builder.said_by(
            self._made[identifier],
            speaker,
            tuple(one for one in addressees if one is not None),
            None if parent is None else self._made[parent],
        )


def _repeated(names: Iterable[str]) -> dict[str, int]:
    """How often each name comes after the first time."""
    return {name: count - 1 for name, count in Counter(names).items() if count > 1}

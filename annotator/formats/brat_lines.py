"""The lines of a brat file for one annotation set.

brat has no place for an entity that nobody mentions, an implicit argument, a head or a free value
of an attribute: these stand in notes of the kind ``Nishan`` as JSON, one for each annotation. Line
feeds are never part of an annotation in brat, so a piece of text is cut there.
"""

from __future__ import annotations

import re
from typing import assert_never

from annotator.core.annotations import (
    NO_SPEAKER,
    Entity,
    Event,
    EventTarget,
    ImplicitTarget,
    Mention,
    MentionLevel,
    MentionTarget,
    Party,
    Polarity,
    Quote,
    QuoteTarget,
    Realis,
    SpanTarget,
    anchor_of,
)
from annotator.core.ids import RecordId, layer_and_number
from annotator.core.span import Fragments
from annotator.formats import brat_names as brat
from annotator.formats.base import JsonObject
from annotator.formats.brat_names import BratNames
from annotator.formats.brat_output import BratOutput, cut
from annotator.formats.losses import LossKind
from annotator.formats.set_documents import SetDocument

_KNOWLEDGE_BASE = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)
_CONTROL = re.compile("[\x00-\x1f]")
_KNOWN_AS = re.compile(r"[^\s:][^\s]*")


class BratLines:
    """Writes one annotation set."""

    def __init__(self, one: SetDocument, names: BratNames) -> None:
        self._text = text = one.document.text
        self._annotations = annotations = one.content.annotations
        self._lose = one.lose
        self._names = names
        self._free_spans: dict[tuple[Fragments, RecordId | None], str] = {}
        numbers = (layer_and_number(one.id)[1] for one in annotations.mentions())
        self._out = BratOutput(text, names, bounds=max(numbers, default=0))
        # What has only line feeds is not in the file, and nothing can refer to it.
        self._ids: dict[RecordId, str] = {
            one.id: self._own_id(one)
            for one in annotations.annotations()
            if cut(text, anchor_of(one).spans)
        }

    def text(self) -> str:
        """All lines. Tells what is lost."""
        annotations = self._annotations
        mentions = [one for one in annotations.mentions() if self._is_kept(one)]
        for mention in mentions:
            self._mention(mention)
        self._entities(mentions)
        for event in annotations.events():
            if self._is_kept(event):
                self._event(event)
        for quote in annotations.quotes():
            if self._is_kept(quote):
                self._quote(quote)
        return self._out.text()

    def _own_id(self, one: Mention | Event | Quote) -> str:
        """Mentions and events keep their numbers; a quote is a piece of text like a mention."""
        match one:
            case Mention():
                return one.id
            case Event():
                return f"E{layer_and_number(one.id)[1]}"
            case Quote():
                return self._out.next_bound()
            case _:
                assert_never(one)

    def _is_kept(self, one: Mention | Event | Quote) -> bool:
        if one.id in self._ids:
            return True
        kinds = {Mention: LossKind.MENTION, Event: LossKind.EVENT, Quote: LossKind.QUOTE}
        self._lose(one.id, kinds[type(one)])
        return False

    def _mention(self, mention: Mention) -> None:
        identifier = self._out.bound(
            self._names.label(mention.label), mention.fragments, mention.id
        )
        if mention.level is not MentionLevel.NAM:
            self._out.attribute(brat.LEVEL, identifier, mention.level.value)
        self._out.own_attributes(identifier, mention.attrs)

    def _entities(self, mentions: list[Mention]) -> None:
        """Where nobody mentions an entity, the first line of the file carries it."""
        by_entity: dict[RecordId, list[Mention]] = {}
        for mention in mentions:
            if mention.entity is not None:
                by_entity.setdefault(mention.entity, []).append(mention)
        first = next(iter(self._ids.values()), None)
        for entity in self._annotations.entities():
            linked = by_entity.get(entity.id, [])
            bearer = linked[0].id if linked else first
            if bearer is None:
                self._lose(entity.id, LossKind.ENTITY)
                continue
            told = {"id": entity.id, "label": entity.label, "name": entity.name}
            kb = self._references_of(entity, linked)
            note = self._out.note(bearer)
            if linked:
                note["entity"] = {**told, **kb}
            else:
                note.setdefault("entities", []).append({**told, **kb})
            if len(linked) > 1:
                self._out.equate([one.id for one in linked])

    def _references_of(self, entity: Entity, linked: list[Mention]) -> JsonObject:
        """Write the ids in knowledge bases beside each mention; what cannot be written so."""
        left = []
        name = " ".join(entity.name.split())
        for base, known_as in entity.kb:
            fits = linked and _KNOWLEDGE_BASE.fullmatch(base) and _KNOWN_AS.fullmatch(known_as)
            if not (fits and name) or _CONTROL.search(f"{known_as}{name}"):
                left.append([base, known_as])
                continue
            for mention in linked:
                self._out.refer(mention.id, f"{base}:{known_as}", name)
        return {"kb": left} if left else {}

    def _event(self, event: Event) -> None:
        identifier = self._ids[event.id]
        kind = self._names.event(event.type)
        trigger = self._out.bound(kind, event.trigger, bearer=identifier)
        place = self._out.place()
        told: list[str] = []
        implicit, numbers = [], dict[str, int]()
        for argument in event.arguments:
            if isinstance(argument.target, ImplicitTarget):
                implicit.append([len(told), argument.role, argument.target.entity])
                continue
            target = self._target(argument.target)
            if not target:
                self._lose(event.id, LossKind.ARGUMENT, argument.role)
                continue
            role = self._names.part(argument.role)
            numbers[role] = numbers.get(role, 0) + 1
            number = str(numbers[role]) if numbers[role] > 1 else ""
            told.append(f" {role}{number}:{target}")
        self._out.insert(place, f"{identifier}\t{kind}:{trigger}{''.join(told)}")
        if implicit:
            self._out.note(identifier)["implicit"] = implicit
        if event.realis is not Realis.ACTUAL:
            self._out.attribute(brat.REALIS, identifier, event.realis.value)
        if event.polarity is not Polarity.POSITIVE:
            self._out.attribute(brat.POLARITY, identifier, event.polarity.value)
        self._cluster(identifier, event.cluster)
        self._out.own_attributes(identifier, event.attrs)

    def _cluster(self, identifier: str, cluster: str | None) -> None:
        if cluster is not None:
            self._out.note(identifier)["cluster"] = cluster

    def _target(self, target: MentionTarget | EventTarget | QuoteTarget | SpanTarget) -> str:
        """The id of a target; empty where it is not in the file."""
        match target:
            case MentionTarget(known) | EventTarget(known) | QuoteTarget(known):
                return self._ids.get(known, "")
            case SpanTarget(fragments, entity):
                return self._free(fragments, entity)
            case _:
                assert_never(target)

    def _free(self, fragments: Fragments, entity: RecordId | None) -> str:
        """A piece of free text; two targets that are the same one share it."""
        known = self._free_spans.get((fragments, entity))
        if known is not None:
            return known
        identifier = self._out.bound(brat.FREE_SPAN, fragments)
        if identifier and entity is not None:
            self._out.note(identifier)["refers"] = entity
        self._free_spans[fragments, entity] = identifier
        return identifier

    def _quote(self, quote: Quote) -> None:
        identifier = self._out.bound(brat.QUOTE, quote.content, self._ids[quote.id])
        self._out.attribute(brat.QUOTE_TYPE, identifier, quote.type.value)
        for mark in quote.marks:
            self._part(quote, brat.HAS_MARK, brat.QUOTE_MARK, Fragments((mark,)))
        if quote.cue is not None:
            self._part(quote, brat.HAS_CUE, brat.CUE, quote.cue)
        self._parties(quote, identifier)
        if quote.speaker.form is not NO_SPEAKER.form:
            self._out.attribute(brat.SPEAKER_FORM, identifier, quote.speaker.form.value)
        if quote.speaker.evidence is not NO_SPEAKER.evidence:
            self._out.attribute(brat.EVIDENCE, identifier, quote.speaker.evidence.value)
        if quote.parent is not None:
            parent = self._ids.get(quote.parent)
            if parent is None:
                self._lose(quote.id, LossKind.QUOTE_PART, "parent")
            else:
                self._out.relate(brat.WITHIN, identifier, parent)
        self._cluster(identifier, quote.cluster)
        self._out.own_attributes(identifier, quote.attrs)

    def _part(self, quote: Quote, relation: str, kind: str, fragments: Fragments) -> None:
        part = self._out.bound(kind, fragments)
        if part:
            self._out.relate(relation, self._ids[quote.id], part)
        else:
            self._lose(quote.id, LossKind.QUOTE_PART, "marks" if kind == brat.QUOTE_MARK else "cue")

    def _parties(self, quote: Quote, identifier: str) -> None:
        implicit: list[tuple[int, str]] = []
        if quote.speaker.who is not None:
            entity = self._party(quote, brat.SPEAKER, quote.speaker.who)
            if entity is not None:
                self._out.note(identifier)["speaker"] = entity
        for number, party in enumerate(quote.addressees):
            entity = self._party(quote, brat.ADDRESSEE, party)
            if entity is not None:
                implicit.append((number, entity))
        if implicit:
            self._out.note(identifier)["addressees"] = implicit

    def _party(self, quote: Quote, relation: str, party: Party) -> str | None:
        """Relate a quote to a party; gives the entity of one that is not in the text."""
        if isinstance(party, ImplicitTarget):
            return party.entity
        target = self._target(party)
        if target:
            self._out.relate(relation, self._ids[quote.id], target)
        else:
            self._lose(quote.id, LossKind.QUOTE_PART, relation.lower())
        return None

"""An annotation set as spans of layers, as INCEpTION can show and change them.

A span in pieces covers all of them and links to each as a `Fragment`. An entity is a span where it
is first mentioned; the one of an implicit participant may be mentioned nowhere and is empty.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import assert_never

from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import (
    Entity,
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
from annotator.core.ids import RecordId
from annotator.core.span import Fragments, Span
from annotator.formats import layer_spans as layers
from annotator.formats.layer_spans import LayerSpan, Link, attribute_values, linked

WIKIDATA = "http://www.wikidata.org/entity/"
"""How INCEpTION names what `wikidata` has: by a web address that is a name and is never opened."""

_Links = dict[str, tuple[Link, ...]]


class LayerWriter:
    """Makes the spans of one set. Ids are those of the records, and numbers for the others."""

    def __init__(
        self, annotations: AnnotationSet, features: Mapping[str, Mapping[str, str]]
    ) -> None:
        self._annotations = annotations
        self._features = features
        self._made: list[LayerSpan] = []
        self._number = 0

    def spans(self) -> list[LayerSpan]:
        """All spans; what one links to may come behind it."""
        first: dict[RecordId, Fragments] = {}
        for mention in self._annotations.mentions():
            self._mention(mention)
            if mention.entity is not None:
                first.setdefault(mention.entity, mention.fragments)
        for entity in self._annotations.entities():
            self._entity(entity, first.get(entity.id))
        for event in self._annotations.events():
            self._event(event)
        for quote in self._annotations.quotes():
            self._quote(quote)
        return self._made

    def _add(
        self,
        identifier: str,
        layer: str,
        fragments: Fragments,
        values: Mapping[str, str],
        links: _Links | None = None,
    ) -> None:
        made = {**self._pieces(fragments), **(links or {})}
        kept = {feature: told for feature, told in made.items() if told}
        self._made.append(LayerSpan(identifier, layer, (fragments.envelope,), values, kept))

    def _piece(self, span: Span) -> str:
        self._number += 1
        identifier = str(self._number)
        self._made.append(LayerSpan(identifier, layers.FRAGMENT, (span,)))
        return identifier

    def _pieces(self, fragments: Fragments) -> _Links:
        pieces: tuple[Link, ...] = ()
        if not fragments.is_contiguous:
            pieces = linked(*map(self._piece, fragments.spans))
        if fragments.head is not None:
            pieces += linked(self._piece(fragments.head), role=layers.HEAD)
        return {layers.FRAGMENTS: pieces}

    def _mention(self, mention: Mention) -> None:
        values = {layers.VALUE: mention.label, layers.LEVEL: mention.level.value}
        if mention.entity is not None:
            values[layers.ENTITY_KEY] = mention.entity
            values.update(self._identifier(mention.entity))
        values.update(attribute_values(mention.attrs, self._features[layers.NAMED_ENTITY]))
        self._add(mention.id, layers.NAMED_ENTITY, mention.fragments, values)

    def _identifier(self, entity: RecordId) -> Iterator[tuple[str, str]]:
        for base, known_as in self._annotations.entity(entity).kb[:1]:
            shown = f"{WIKIDATA}{known_as}" if base == "wikidata" else f"{base}:{known_as}"
            yield layers.IDENTIFIER, shown

    def _entity(self, entity: Entity, first: Fragments | None) -> None:
        values = {layers.VALUE: entity.label, layers.NAME: entity.name, layers.KEY: entity.id}
        if entity.kb:
            values[layers.KB] = json.dumps(dict(entity.kb), ensure_ascii=False)
        spans = () if first is None else (first.envelope,)
        self._made.append(LayerSpan(entity.id, layers.ENTITY, spans, values))

    def _event(self, event: Event) -> None:
        values = {
            layers.VALUE: event.type,
            layers.REALIS: event.realis.value,
            layers.POLARITY: event.polarity.value,
            **_cluster(event.cluster),
            **attribute_values(event.attrs, self._features[layers.EVENT]),
        }
        arguments = tuple(Link(one.role, self._target(one.target)) for one in event.arguments)
        links = {layers.ARGUMENTS: arguments}
        self._add(event.id, layers.EVENT, event.trigger, values, links)

    def _target(self, target: Target) -> str:
        match target:
            case MentionTarget(known) | EventTarget(known) | QuoteTarget(known):
                return known
            case ImplicitTarget(known):
                return known
            case SpanTarget(fragments, entity):
                self._number += 1
                identifier = str(self._number)
                values = {} if entity is None else {layers.ENTITY_KEY: entity}
                self._add(identifier, layers.FREE_SPAN, fragments, values)
                return identifier
            case _:
                assert_never(target)

    def _quote(self, quote: Quote) -> None:
        values = {
            layers.VALUE: quote.type.value,
            layers.FORM: quote.speaker.form.value,
            layers.EVIDENCE: quote.speaker.evidence.value,
            **_cluster(quote.cluster),
            **attribute_values(quote.attrs, self._features[layers.QUOTE]),
        }
        links = {
            layers.MARKS: linked(*map(self._piece, quote.marks)),
            layers.CUE: () if quote.cue is None else self._cue(quote.cue),
            layers.SPEAKER: (
                () if quote.speaker.who is None else linked(self._target(quote.speaker.who))
            ),
            layers.ADDRESSEES: linked(*map(self._target, quote.addressees)),
            layers.PARENT: () if quote.parent is None else linked(quote.parent),
        }
        self._add(quote.id, layers.QUOTE, quote.content, values, links)

    def _cue(self, cue: Fragments) -> tuple[Link, ...]:
        """Every piece of a cue, also of one that is whole, and its head."""
        pieces = linked(*map(self._piece, cue.spans))
        if cue.head is not None:
            pieces += linked(self._piece(cue.head), role=layers.HEAD)
        return pieces


def _cluster(cluster: str | None) -> dict[str, str]:
    return {} if cluster is None else {layers.CLUSTER: cluster}

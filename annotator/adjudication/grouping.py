"""All records of several sets as named groups, and what each of them says.

A group is named by its layer and by where it begins, so that it keeps its name while annotators
work elsewhere in the text.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from msgspec import Struct

from annotator.adjudication.own_words import own_saying, places_in
from annotator.adjudication.pairing import Group, join, join_entities
from annotator.adjudication.saying import KeyOf, Saying, saying_of, target_key
from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import (
    Annotation,
    Entity,
    Event,
    Mention,
    Quote,
    Record,
    anchor_of,
)
from annotator.core.ids import Layer, RecordId, SetId

LAYERS = (Layer.ENTITY, Layer.MENTION, Layer.EVENT, Layer.QUOTE)
"""In the order in which they are put into gold: what is referred to comes first."""


class Side(Struct, frozen=True):
    """A set by its id: that of an annotator, or gold."""

    id: SetId
    annotations: AnnotationSet

    def of_layer(self, layer: Layer) -> list[Annotation]:
        """The mentions, events or quotes, in order of the text."""
        kind = {Layer.MENTION: Mention, Layer.EVENT: Event, Layer.QUOTE: Quote}[layer]
        return [each for each in self.annotations.in_reading_order() if isinstance(each, kind)]

    def start_of(self, record: Record) -> int:
        """Where a record begins; an entity, where its first mention does. In code points."""
        if isinstance(record, Mention | Event | Quote):
            return anchor_of(record).start
        users = self.annotations.referring_to(record.id)
        return min((anchor_of(u).start for u in users if isinstance(u, Mention)), default=0)


Groups = Mapping[Layer, Sequence[Group]]


class Grouping:
    """The groups of some sets by name, and which group and saying belongs to each record."""

    def __init__(self, sides: Sequence[Side], before: Grouping | None = None) -> None:
        known_sides = before.sides if before else {}
        self.sides: Mapping[SetId, Side] = {**known_sides, **{side.id: side for side in sides}}
        groups: dict[Layer, list[Group]] = {layer: [] for layer in LAYERS}
        if before is not None:
            groups |= {layer: list(before.groups[layer].values()) for layer in LAYERS}
        for side in sides:
            for layer in LAYERS[1:]:
                groups[layer] = join(groups[layer], side.id, side.of_layer(layer), self._parts)
            groups[Layer.ENTITY] = join_entities(
                groups[Layer.ENTITY], side.id, side.annotations, groups[Layer.MENTION]
            )
        known = {layer: list(before.groups[layer]) if before else [] for layer in LAYERS}
        self.groups: dict[Layer, dict[str, Group]] = {
            layer: dict(zip(self._names(layer, known[layer], found), found, strict=True))
            for layer, found in groups.items()
        }
        self._keys: dict[tuple[SetId, RecordId], str] = {
            (side, record.id): key
            for named in self.groups.values()
            for key, group in named.items()
            for side, record in group.items()
        }
        self._own_clusters: dict[SetId, dict[object, tuple[str, ...]]] = {}
        self._named_clusters: dict[SetId, dict[object, tuple[str, ...]]] = {}
        self.sayings: dict[tuple[SetId, RecordId], Saying] = {}
        if before is not None:
            self.sayings |= before.sayings
        for side in sides:
            self.sayings |= self._sayings(side)

    def with_side(self, side: Side) -> Grouping:
        """The same groups with the records of one more set."""
        return Grouping((side,), self)

    def key_of(self, side: SetId, identifier: RecordId) -> str:
        """The name of the group of a record."""
        return self._keys[side, identifier]

    def mates_of(self, side: SetId, identifier: RecordId) -> Collection[str]:
        """The groups that are in one cluster with a record, by what its set says."""
        record = self.sides[side].annotations.records[identifier]
        return self._clusters_of(side).get(_cluster_of(record), ())

    def follows(self, gold: tuple[SetId, Record], side: SetId, record: Record) -> bool:
        """Whether a record of gold says what one of a set says.

        Of a cluster gold need not have the others yet.
        """
        place, chosen = gold
        said = self.sayings[side, record.id]
        if self.sayings[place, chosen.id] == said:
            return True
        mates, others = self.mates_of(place, chosen.id), self.mates_of(side, record.id)
        if not mates or not set(mates) < set(others):
            return False
        assert isinstance(chosen, Event | Quote)  # no other has a cluster
        return saying_of(chosen, lambda identifier: self._keys[place, identifier], others) == said

    def own_words(self, side: SetId, record: Record) -> Saying:
        """What a record of a set says by itself; see `own_words`."""
        assert isinstance(record, Mention | Entity | Event | Quote)  # no other is in a group
        annotations = self.sides[side].annotations
        if side not in self._own_clusters:
            self._own_clusters[side] = self._clusters(side, places_in(annotations))
        cluster = self._own_clusters[side].get(_cluster_of(record))
        return own_saying(record, annotations, cluster)

    def start_of(self, group: Group) -> int:
        """Where the first of a group begins, in code points."""
        return min(self.sides[side].start_of(record) for side, record in group.items())

    def _parts(self, side: SetId, record: Annotation) -> frozenset[object]:
        """What tells events on one text apart: who takes part in them, and how."""
        if not isinstance(record, Event):
            return frozenset()
        place_of = places_in(self.sides[side].annotations)
        return frozenset((a.role, target_key(a.target, place_of)) for a in record.arguments)

    def _names(self, layer: Layer, known: list[str], groups: Sequence[Group]) -> list[str]:
        names = dict.fromkeys(known)
        for group in groups[len(known) :]:
            plain = f"{layer.value}:{self.start_of(group)}"
            name, number = plain, 1
            while name in names:
                number += 1
                name = f"{plain}#{number}"
            names[name] = None
        return list(names)

    def _sayings(self, side: Side) -> Iterator[tuple[tuple[SetId, RecordId], Saying]]:
        clusters = self._clusters_of(side.id)

        def key_of(identifier: RecordId) -> str:
            return self._keys[side.id, identifier]

        for record in side.annotations.records.values():
            if isinstance(record, Mention | Entity | Event | Quote):
                cluster = clusters.get(_cluster_of(record))
                yield (side.id, record.id), saying_of(record, key_of, cluster)

    def _clusters_of(self, side: SetId) -> dict[object, tuple[str, ...]]:
        """The names of the groups in each cluster of a set: what a cluster is called is nothing."""
        if side not in self._named_clusters:
            named = self._clusters(side, lambda identifier: self._keys[side, identifier])
            self._named_clusters[side] = named
        return self._named_clusters[side]

    def _clusters(self, side: SetId, name: KeyOf) -> dict[object, tuple[str, ...]]:
        found: dict[object, list[str]] = {}
        for record in self.sides[side].annotations.annotations():
            if _cluster_of(record) is not None:
                found.setdefault(_cluster_of(record), []).append(name(record.id))
        return {cluster: tuple(sorted(names)) for cluster, names in found.items()}


def _cluster_of(record: Record) -> object:
    if isinstance(record, Event | Quote) and record.cluster is not None:
        return type(record), record.cluster
    return None

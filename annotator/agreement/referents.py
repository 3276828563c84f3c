"""What fills a role or speaks, as something that can be compared between two sets.

Two referents are the same where their texts are, by a Dice of a half or more. Where one of them
has no place in the text, they are the same when both are known to be one entity. Entities of two
sets are paired by their mentions, and by label and name where these do not tell, for their ids are
those of each set.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import assert_never

from msgspec import Struct

from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import (
    EventTarget,
    ImplicitTarget,
    MentionTarget,
    QuoteTarget,
    SpanTarget,
    Target,
)
from annotator.core.ids import RecordId
from annotator.core.one_to_one import Pair, Weight, one_to_one
from annotator.core.overlap import HALF, dice, overlapping, paired
from annotator.core.span import Fragments


class Referent(Struct, frozen=True):
    """Where a target stands in the text, and the entity it refers to, as far as each is known."""

    place: Fragments | None
    entity: RecordId | None = None

    @property
    def key(self) -> object:
        """What makes two referents of one set the same."""
        return self.entity if self.place is None else self.place.spans


def referent_of(target: Target, annotations: AnnotationSet) -> Referent:
    """What a target of this set comes to; an event stands on its trigger, a quote on its content.

    Raises `Refused` for a target that is not there.
    """
    match target:
        case MentionTarget(identifier):
            mention = annotations.mention(identifier)
            return Referent(mention.fragments, mention.entity)
        case SpanTarget(fragments, entity):
            return Referent(fragments, entity)
        case EventTarget(identifier):
            return Referent(annotations.event(identifier).trigger)
        case QuoteTarget(identifier):
            return Referent(annotations.quote(identifier).content)
        case ImplicitTarget(entity):
            return Referent(None, entity)
        case _:
            assert_never(target)


class EntityPairs:
    """Which entity of the predicted set each entity of gold is."""

    def __init__(self, gold: AnnotationSet, predicted: AnnotationSet) -> None:
        pairs = _by_mentions(gold, predicted)
        self._pairs = {**pairs, **_by_name(gold, predicted, pairs)}

    def are_one(self, gold: RecordId | None, predicted: RecordId | None) -> bool:
        """Whether two entities are paired; an unknown one is no other."""
        return gold is not None and predicted is not None and self._pairs.get(gold) == predicted

    def likeness(self, gold: Referent, predicted: Referent) -> Fraction | None:
        """How alike two referents are: a half to 1, or None where they are not the same."""
        if gold.place is None or predicted.place is None:
            return Fraction(1) if self.are_one(gold.entity, predicted.entity) else None
        closeness = dice(gold.place, predicted.place)
        return closeness if closeness >= HALF else None


def linked(gold: Sequence[Referent], predicted: Sequence[Referent]) -> list[Pair]:
    """Those that may be the same: what overlaps, and everything with what has no place."""
    ours = [index for index, referent in enumerate(gold) if referent.place is not None]
    theirs = [index for index, referent in enumerate(predicted) if referent.place is not None]
    found = [
        (ours[here], theirs[there])
        for here, there in overlapping(_places(gold), _places(predicted))
    ]
    for here, referent in enumerate(gold):
        others = range(len(predicted)) if referent.place is None else _unplaced(predicted)
        found.extend((here, there) for there in others)
    return found


def _places(referents: Sequence[Referent]) -> list[Fragments]:
    return [referent.place for referent in referents if referent.place is not None]


def _unplaced(referents: Sequence[Referent]) -> list[int]:
    return [index for index, referent in enumerate(referents) if referent.place is None]


def _by_mentions(gold: AnnotationSet, predicted: AnnotationSet) -> dict[RecordId, RecordId]:
    """One to one, by how many of their mentions are the same, whatever the labels."""
    ours, theirs = list(_links(gold)), list(_links(predicted))

    def weigh(here: int, there: int) -> Weight | None:
        left, right = ours[here], theirs[there]
        closeness = dice(left.place, right.place)
        return (closeness, Fraction(left.names == right.names)) if closeness >= HALF else None

    pairs = paired([link.place for link in ours], [link.place for link in theirs], weigh)
    return _by_use(Counter((ours[here].entity, theirs[there].entity) for here, there in pairs))


class _Link(Struct, frozen=True):
    """A mention's place and entity, with what tells it from another one in the same place."""

    place: Fragments
    entity: RecordId
    names: tuple[str, str, str]


def _links(annotations: AnnotationSet) -> Iterator[_Link]:
    for mention in annotations.mentions():
        if mention.entity is not None:
            entity = annotations.entity(mention.entity)
            names = (mention.label, entity.label, entity.name)
            yield _Link(mention.fragments, mention.entity, names)


def _by_use(common: Mapping[tuple[RecordId, RecordId], int]) -> dict[RecordId, RecordId]:
    here = list(dict.fromkeys(one for one, _ in common))
    there = list(dict.fromkeys(other for _, other in common))
    rows = {entity: row for row, entity in enumerate(here)}
    columns = {entity: column for column, entity in enumerate(there)}
    links = {(rows[one], columns[other]): (Fraction(n),) for (one, other), n in common.items()}
    pairs = one_to_one(links, most_pairs=False)
    return {here[row]: there[column] for row, column in pairs}


def _by_name(
    gold: AnnotationSet, predicted: AnnotationSet, known: Mapping[RecordId, RecordId]
) -> dict[RecordId, RecordId]:
    """Of the entities that no mention pairs, those of one label and name, in their order."""
    taken = set(known.values())
    names: dict[tuple[str, str], list[RecordId]] = {}
    for entity in predicted.entities():
        if entity.id not in taken:
            names.setdefault((entity.label, entity.name), []).append(entity.id)
    pairs: dict[RecordId, RecordId] = {}
    for entity in gold.entities():
        alike = names.get((entity.label, entity.name))
        if entity.id not in known and alike:
            pairs[entity.id] = alike.pop(0)
    return pairs

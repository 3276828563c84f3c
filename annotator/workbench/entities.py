"""Which entity a new mention most likely refers to: same name after folding, then nearest."""

from __future__ import annotations

from functools import lru_cache

from msgspec import Struct

from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import Entity, Mention
from annotator.core.commands.mentions import EntityChoice, NewEntity
from annotator.core.ids import RecordId, layer_and_number
from annotator.core.scheme import LabelGroup, Scheme
from annotator.kurdish.normalize import FoldLevel, fold_text

_NOWHERE = 1 << 40
"""Farther than any mention: entities that none refers to come last."""


@lru_cache(maxsize=20_000)
def comparison_form(name: str) -> str:
    """The form in which two spellings of a name are the same."""
    return " ".join(fold_text(name, FoldLevel.ORTHOGRAPHIC).split())


def entity_for(
    annotations: AnnotationSet, scheme: Scheme, *, label: str, surface: str
) -> EntityChoice:
    """The entity that a new mention with this text gets without being asked.

    Labels that name things reuse the entity of the same label and name, else make a new one;
    values (dates, amounts) and overlays (titles) get none until the annotator links them.
    """
    if scheme.label(label).group in (LabelGroup.VALUE, LabelGroup.OVERLAY):
        return None
    wanted = comparison_form(surface)
    for entity in annotations.entities():
        if entity.label == label and comparison_form(entity.name) == wanted:
            return entity.id
    return NewEntity(surface)


class EntityOffer(Struct, frozen=True):
    """An entity a mention may be linked to, and how many mentions it has."""

    entity: Entity
    mentions: int


def entities_to_offer(annotations: AnnotationSet, *, surface: str, near: int) -> list[EntityOffer]:
    """The entities of the document, likeliest first.

    Order: same name after folding, then a name that shares a word, then by how near their closest
    mention is to the offset `near`, then as they were made.
    """
    nearest: dict[RecordId, int] = {}
    counts: dict[RecordId, int] = {}
    for mention in annotations.mentions():
        if mention.entity is not None:
            distance = _distance(mention, near)
            nearest[mention.entity] = min(distance, nearest.get(mention.entity, distance))
            counts[mention.entity] = counts.get(mention.entity, 0) + 1
    wanted = comparison_form(surface)
    words = set(wanted.split())

    def rank(entity: Entity) -> tuple[int, int, int]:
        name = comparison_form(entity.name)
        likeness = 0 if name == wanted else 1 if words & set(name.split()) else 2
        _, number = layer_and_number(entity.id)
        return likeness, nearest.get(entity.id, _NOWHERE), number

    ordered = sorted(annotations.entities(), key=rank)
    return [EntityOffer(entity, counts.get(entity.id, 0)) for entity in ordered]


def _distance(mention: Mention, offset: int) -> int:
    envelope = mention.fragments.envelope
    if envelope.touches(offset):
        return 0
    return min(abs(envelope.start - offset), abs(envelope.end - offset))

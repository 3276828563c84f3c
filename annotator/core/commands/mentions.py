"""Commands of the mention layer: add, relabel, level, link to an entity, entity names."""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import Attributes, Entity, Mention, MentionLevel, with_value
from annotator.core.commands.draft import Draft
from annotator.core.edits import Edit
from annotator.core.ids import Layer, RecordId
from annotator.core.scheme import Label, LabelGroup, Scheme
from annotator.core.span import Fragments
from annotator.foundation.errors import Refused


class NewEntity(Struct, frozen=True):
    """The wish to link a mention to an entity that does not exist yet."""

    name: str


EntityChoice: TypeAlias = RecordId | NewEntity | None


def add_mention(
    annotations: AnnotationSet,
    scheme: Scheme,
    fragments: Fragments,
    label: str,
    *,
    entity: EntityChoice,
) -> Edit:
    """Mark a piece of text with an entity label.

    Raises `Refused` when the scheme has no such label, the same mention is already there, or the
    chosen entity is not.
    """
    kind = scheme.label(label)
    _refuse_duplicate(annotations, fragments, label, but=None)
    draft = Draft(annotations)
    mention = Mention(
        id=draft.mint(Layer.MENTION),
        label=label,
        fragments=fragments,
        level=kind.level,
        entity=_chosen(draft, label, entity),
    )
    draft.put(mention)
    return draft.edit("edit.add_mention")


def relabel_mention(
    annotations: AnnotationSet,
    scheme: Scheme,
    identifier: RecordId,
    label: str,
    *,
    entity: EntityChoice,
) -> Edit:
    """Give a mention another label.

    `entity` is what a new mention with this label would get. The mention gets it too, unless its
    own entity has the label already, or nothing else refers to that and it can take the label on.
    Titles keep their entity, values lose it. Attributes that the new label does not admit go, and
    the level follows where the two labels differ in it.
    """
    mention = annotations.mention(identifier)
    kind = scheme.label(label)
    if mention.label == label:
        raise Refused("refused.same_label", label=label)
    _refuse_duplicate(annotations, mention.fragments, label, but=identifier)
    admitted = {spec.id for spec in scheme.attributes_of(Layer.MENTION, label)}
    keeps_level = (
        scheme.has_label(mention.label) and kind.level is scheme.label(mention.label).level
    )
    draft = Draft(annotations)
    changed = replace(
        mention,
        label=label,
        level=mention.level if keeps_level else kind.level,
        attrs=tuple((key, value) for key, value in mention.attrs if key in admitted),
        entity=_entity_after_relabel(draft, annotations, mention, kind, entity),
    )
    draft.supersede(changed)
    return draft.edit("edit.relabel_mention")


def set_mention_level(
    annotations: AnnotationSet, identifier: RecordId, level: MentionLevel
) -> Edit:
    """Say whether the mention is a name, a noun phrase or a pronoun."""
    draft = Draft(annotations)
    draft.put(replace(annotations.mention(identifier), level=level))
    return draft.edit("edit.mention_level")


def link_entity(
    annotations: AnnotationSet, identifier: RecordId, entity: EntityChoice, *, label: str
) -> Edit:
    """Link a mention to an entity of the document, to a new one of this `label`, or to none."""
    mention = annotations.mention(identifier)
    draft = Draft(annotations)
    draft.supersede(replace(mention, entity=_chosen(draft, label, entity)))
    return draft.edit("edit.link_entity")


def rename_entity(annotations: AnnotationSet, identifier: RecordId, name: str) -> Edit:
    """Give an entity another name."""
    if not name.strip():
        raise Refused("refused.entity_name_empty")
    draft = Draft(annotations)
    draft.put(replace(annotations.entity(identifier), name=name.strip()))
    return draft.edit("edit.rename_entity")


def set_knowledge_base_id(
    annotations: AnnotationSet, identifier: RecordId, base: str, value: str | None
) -> Edit:
    """Set or remove an entity's id in a knowledge base (``wikidata`` → ``Q30``)."""
    entity = annotations.entity(identifier)
    kb: Attributes = with_value(entity.kb, base, value)
    draft = Draft(annotations)
    draft.put(replace(entity, kb=kb))
    return draft.edit("edit.knowledge_base")


def _chosen(draft: Draft, label: str, entity: EntityChoice) -> RecordId | None:
    if entity is None:
        return None
    if not isinstance(entity, NewEntity):
        return draft.entity(entity).id
    fresh = Entity(id=draft.mint(Layer.ENTITY), label=label, name=entity.name)
    draft.put(fresh)
    return fresh.id


def _entity_after_relabel(
    draft: Draft, annotations: AnnotationSet, mention: Mention, kind: Label, fresh: EntityChoice
) -> RecordId | None:
    if kind.group is LabelGroup.OVERLAY:
        return mention.entity
    if kind.group is LabelGroup.VALUE:
        return None
    if mention.entity is None:
        return _chosen(draft, kind.id, fresh)
    own = annotations.entity(mention.entity)
    if own.label == kind.id:
        return own.id
    is_shared = any(record.id != mention.id for record in annotations.referring_to(own.id))
    is_known = fresh is not None and not isinstance(fresh, NewEntity)
    if is_shared or (is_known and not own.kb):
        return _chosen(draft, kind.id, fresh)
    draft.put(replace(own, label=kind.id))
    return own.id


def _refuse_duplicate(
    annotations: AnnotationSet, fragments: Fragments, label: str, *, but: RecordId | None
) -> None:
    for other in annotations.at(fragments.spans):
        if isinstance(other, Mention) and other.id != but and other.label == label:
            raise Refused("refused.duplicate_mention", label=label)

"""Commands that do one thing in many places, as one step."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import Attributes, Entity, Mention
from annotator.core.commands.draft import Draft
from annotator.core.commands.mentions import EntityChoice, NewEntity
from annotator.core.edits import Edit
from annotator.core.ids import Layer, RecordId
from annotator.core.scheme import Scheme
from annotator.core.span import Fragments, Span


def mark_all(
    annotations: AnnotationSet,
    scheme: Scheme,
    template: Mention,
    places: Iterable[Span],
    entity: EntityChoice,
) -> Edit:
    """Mark every place as the template is marked: its label, level and attributes.

    All refer to `entity`, and so does the template from now on, if it is in the set and referred
    to none. Places where such a mention stands already are passed over; where all are, the edit is
    empty. Attributes that the scheme does not admit stay behind. Raises `Refused` when the scheme
    has no such label or the entity is not there.
    """
    scheme.label(template.label)
    taken = {m.fragments.spans for m in annotations.mentions() if m.label == template.label}
    wanted = sorted({place for place in places if (place,) not in taken})
    draft = Draft(annotations)
    if wanted:
        chosen = _chosen(draft, annotations, template.label, entity)
        plain = replace(template, entity=chosen, attrs=admitted_attributes(scheme, template))
        for place in wanted:
            draft.put(
                Mention(
                    id=draft.mint(Layer.MENTION),
                    label=plain.label,
                    fragments=Fragments((place,)),
                    level=plain.level,
                    entity=plain.entity,
                    attrs=plain.attrs,
                )
            )
        if template.entity is None and annotations.get(template.id) == template:
            draft.put(replace(template, entity=chosen))
    return draft.edit("edit.mark_all")


def _chosen(
    draft: Draft, annotations: AnnotationSet, label: str, entity: EntityChoice
) -> RecordId | None:
    if isinstance(entity, NewEntity):
        fresh = Entity(id=draft.mint(Layer.ENTITY), label=label, name=entity.name)
        draft.put(fresh)
        return fresh.id
    return None if entity is None else annotations.entity(entity).id


def admitted_attributes(scheme: Scheme, template: Mention) -> Attributes:
    """The attributes of the template that the scheme declares for its label, with their values."""
    specs = {spec.id: spec for spec in scheme.attributes_of(Layer.MENTION, template.label)}
    return tuple(
        (name, value)
        for name, value in template.attrs
        if name in specs
        and (not specs[name].values or value in {known.id for known in specs[name].values})
    )

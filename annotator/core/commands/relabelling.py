"""Giving all mentions of one label another one, with the entities they refer to."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from msgspec import Struct
from msgspec.structs import replace

from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import Mention
from annotator.core.commands.draft import Draft
from annotator.core.commands.mentions import EntityChoice, relabel_mention
from annotator.core.edits import Change, Edit
from annotator.core.ids import RecordId
from annotator.core.scheme import LabelGroup, Scheme
from annotator.foundation.errors import Refused

_NAME = "edit.relabel_all"

Chooser = Callable[[AnnotationSet, Mention], EntityChoice]
"""The entity that a new mention in place of this one would get."""


class Relabelling(Struct, frozen=True):
    """What becomes of one set: the edit, how many mentions it changes, and how many stay.

    A mention stays as it is where the command for one mention would be refused.
    """

    edit: Edit
    changed: int
    refused: int


def relabel_all(
    annotations: AnnotationSet, scheme: Scheme, before: str, after: str, *, choose: Chooser
) -> Relabelling:
    """Give every mention labelled `before` the label `after`, as one edit.

    An entity of the label goes along where all of its mentions do, so that what referred to one
    thing still does. Raises `Refused` where the scheme has no label `after`, or it is the same.
    """
    kind = scheme.label(after)
    if before == after:
        raise Refused("refused.same_label", label=after)
    first = Edit(_NAME, ())
    if kind.group is LabelGroup.ENTITY:
        first = _of_entities(annotations, before, after)
    present = annotations.apply(first)
    touched = {change.id for change in first.changes}
    changed = refused = 0
    for mention in [each for each in annotations.mentions() if each.label == before]:
        try:
            choice = choose(present, mention)
            step = relabel_mention(present, scheme, mention.id, after, entity=choice)
        except Refused:
            refused += 1
            continue
        changed += 1
        present = present.apply(step)
        touched.update(change.id for change in step.changes)
    changes = _between(annotations, present, touched) if changed else ()
    return Relabelling(Edit(_NAME, changes), changed, refused)


def _between(
    first: AnnotationSet, last: AnnotationSet, touched: Iterable[RecordId]
) -> tuple[Change, ...]:
    """What has become of the records with these ids; what is as before is no change."""
    pairs = ((first.get(each), last.get(each)) for each in sorted(touched))
    return tuple(Change(before, after) for before, after in pairs if before != after)


def _of_entities(annotations: AnnotationSet, before: str, after: str) -> Edit:
    staying = {
        mention.entity
        for mention in annotations.mentions()
        if mention.label == before and _is_there(annotations, mention, after)
    }
    draft = Draft(annotations)
    for entity in annotations.entities():
        if entity.label == before and entity.id not in staying:
            draft.put(replace(entity, label=after))
    return draft.edit(_NAME)


def _is_there(annotations: AnnotationSet, mention: Mention, label: str) -> bool:
    """Whether another mention of the same text has the label already."""
    others = annotations.at(mention.fragments.spans)
    return any(isinstance(other, Mention) and other.label == label for other in others)

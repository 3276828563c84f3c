"""What a record says by itself: what it refers to is told by its text, not by the unit it is in.

A unit is named by where it begins. Where one annotator enlarges a mention, or marks an entity once
more before the others, that name changes, and with it what everybody says who refers to it, though
nobody has said anything new there. What is told in these words stays the same.
"""

from __future__ import annotations

from annotator.adjudication.saying import KeyOf, Saying, saying_of
from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import (
    Annotation,
    Entity,
    Event,
    Mention,
    Quote,
    anchor_of,
    layer_of,
)
from annotator.core.ids import RecordId


def own_saying(record: Annotation | Entity, annotations: AnnotationSet, cluster: object) -> Saying:
    """What a record of a set says; `cluster` are the places of what is in one cluster with it."""
    return saying_of(record, places_in(annotations), cluster)


def places_in(annotations: AnnotationSet) -> KeyOf:
    """Names each record of a set by its text, an entity by its label and name."""

    def place_of(identifier: RecordId) -> str:
        record = annotations.records[identifier]
        if isinstance(record, Entity):
            return f"entity:{record.label}:{record.name}"
        assert isinstance(record, Mention | Event | Quote)  # nothing refers to another record
        spans = anchor_of(record).spans
        pieces = ",".join(f"{span.start}-{span.end}" for span in spans)
        return f"{layer_of(record).value}:{pieces}"

    return place_of

"""A sudden drop: an edit that would take away so much of a set that somebody should be asked."""

from __future__ import annotations

from collections import Counter

from msgspec import Struct

from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import layer_of
from annotator.core.edits import Edit
from annotator.core.ids import Layer

LARGEST_SHARE = 5
"""More than one in so many annotations of a set is a sudden drop."""

_LAYERS = (Layer.MENTION, Layer.EVENT, Layer.QUOTE)


class SetDrop(Struct, frozen=True):
    """How many annotations there are and would go; of one layer where all of it would go."""

    before: int
    lost: int
    layer: Layer | None = None


def set_drops(annotations: AnnotationSet, edit: Edit) -> tuple[SetDrop, ...]:
    """What an edit takes away of a set, where that is more than a fifth or a whole layer."""
    lost = Counter(layer_of(record) for record in edit.removed())
    come = Counter(layer_of(record) for record in edit.added())
    there = Counter(layer_of(record) for record in annotations.annotations())
    drops = [
        SetDrop(there[layer], lost[layer], layer)
        for layer in _LAYERS
        if lost[layer] and lost[layer] == there[layer] and not come[layer]
    ]
    gone = sum(lost[layer] for layer in _LAYERS)
    if gone * LARGEST_SHARE > len(annotations):
        drops.insert(0, SetDrop(len(annotations), gone))
    return tuple(drops)

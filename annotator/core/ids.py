"""Ids of documents, sets and annotations, and the one way to mint an annotation's id.

An annotation's id is a prefix for its layer and a counter within its annotation set (``T1``
mention, ``E1`` entity, ``EV1`` event, ``Q1`` quote, ``D1`` decision). A number is never used twice
in a set, not even after a deletion, so an id in an old export always means the same annotation.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache
from typing import NewType

from annotator.foundation.errors import Defect

DocumentId = NewType("DocumentId", str)
SetId = NewType("SetId", str)
AnnotatorId = NewType("AnnotatorId", str)
RecordId = NewType("RecordId", str)


class Layer(Enum):
    """A kind of record in an annotation set; the value names it in the project file."""

    # Members are what they are by identity; the hash of Enum is made in Python from their names.
    __hash__ = object.__hash__

    MENTION = "mention"
    ENTITY = "entity"
    EVENT = "event"
    QUOTE = "quote"
    STATUS = "status"
    DECISION = "decision"


PREFIXES = {
    Layer.MENTION: "T",
    Layer.ENTITY: "E",
    Layer.EVENT: "EV",
    Layer.QUOTE: "Q",
    Layer.DECISION: "D",
}
STATUS_ID = RecordId("SET")

# Eighteen digits fit the integers of SQLite and stay below Python's limit for reading numbers.
_ID = re.compile(r"(T|EV|E|Q|D)([1-9][0-9]{0,17})", re.ASCII)
_LAYERS = {prefix: layer for layer, prefix in PREFIXES.items()}


def record_id(layer: Layer, number: int) -> RecordId:
    """The id of the `number`-th record of a layer."""
    return RecordId(f"{PREFIXES[layer]}{number}")


@lru_cache(maxsize=65_536)
def layer_and_number(identifier: str) -> tuple[Layer, int]:
    """The layer and counter of an id. Raises `Defect` for a string that is not one."""
    if identifier == STATUS_ID:
        return Layer.STATUS, 0
    match = _ID.fullmatch(identifier)
    if match is None:
        raise Defect("defect.bad_id", identifier=identifier)
    return _LAYERS[match[1]], int(match[2])


def sort_key(identifier: str) -> tuple[str, int]:
    """Order ids by layer prefix, then by number: T2 before T10."""
    layer, number = layer_and_number(identifier)
    return layer.value, number

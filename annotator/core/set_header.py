"""Whose annotation set it is and where it comes from, apart from the annotations themselves."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from annotator.core.ids import AnnotatorId, DocumentId, SetId


class SetKind(Enum):
    """Who made a set: a person, an adjudicator, or a program."""

    ANNOTATOR = "annotator"
    ADJUDICATED = "adjudicated"
    PREDICTION = "prediction"


@dataclass(frozen=True, slots=True)
class Annotator:
    """A person who annotates. The id (``a1``) goes into exports, the name stays in the project."""

    id: AnnotatorId
    name: str


@dataclass(frozen=True, slots=True)
class SetHeader:
    """The identity of an annotation set; `id` is unique within its document.

    `created` and `modified` are UTC in ISO 8601 (``2026-11-21T09:00:00Z``).
    """

    id: SetId
    document: DocumentId
    kind: SetKind
    annotators: tuple[AnnotatorId, ...]
    created: str
    modified: str
    adjudicator: AnnotatorId | None = None
    derived_from: tuple[SetId, ...] = ()

"""Whose annotation set it is and where it comes from, apart from the annotations themselves."""

from __future__ import annotations

from enum import Enum

from msgspec import Struct

from annotator.core.ids import AnnotatorId, DocumentId, SetId


class SetKind(Enum):
    """Who made a set: a person, an adjudicator, or a program."""

    ANNOTATOR = "annotator"
    ADJUDICATED = "adjudicated"
    PREDICTION = "prediction"


class Annotator(Struct, frozen=True):
    """A person who annotates. The id (``a1``) goes into exports, the name stays in the project."""

    id: AnnotatorId
    name: str


class SetHeader(Struct, frozen=True):
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

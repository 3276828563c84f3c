"""Where a record comes from: a person's hand, an accepted suggestion, an import, adjudication."""

from __future__ import annotations

from enum import Enum

from msgspec import Struct


class Origin(Enum):
    """The ways in which a record can come into a set."""

    HAND = "hand"
    SUGGESTION = "suggestion"
    IMPORT = "import"
    ADJUDICATION = "adjudication"


class Provenance(Struct, frozen=True):
    """An origin, and what it was precisely: the suggester's id, the imported file's name."""

    origin: Origin
    detail: str = ""


BY_HAND = Provenance(Origin.HAND)

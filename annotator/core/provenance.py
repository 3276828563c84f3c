"""Where a record comes from: a person's hand, an accepted suggestion, an import, adjudication."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Origin(Enum):
    """The ways in which a record can come into a set."""

    HAND = "hand"
    SUGGESTION = "suggestion"
    IMPORT = "import"
    ADJUDICATION = "adjudication"


@dataclass(frozen=True, slots=True)
class Provenance:
    """An origin, and what it was precisely: the suggester's id, the imported file's name."""

    origin: Origin
    detail: str = ""


BY_HAND = Provenance(Origin.HAND)

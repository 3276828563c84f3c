"""How often each suggester was right so far, here and in the documents before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from msgspec import Struct

from annotator.core.annotations import Event, Mention, Quote, Record, SuggestionDecision
from annotator.core.proposals import Verdict
from annotator.core.provenance import Origin

Outcome: TypeAlias = tuple[str, Verdict | None]
"""A suggester with a verdict; with None for an annotation that came from it."""


class Precision(Struct, frozen=True):
    """What became of the suggestions of one suggester."""

    accepted: int = 0
    corrected: int = 0
    rejected: int = 0

    @property
    def decided(self) -> int:
        """How many were decided."""
        return self.accepted + self.corrected + self.rejected


class Outcomes:
    """Counts what became of suggestions; an edit is followed record by record."""

    def __init__(self, told: Mapping[Outcome, int], records: Iterable[Record]) -> None:
        self._counts = Counter(told)
        for record in records:
            self.learn(record)

    def learn(self, record: Record, times: int = 1) -> None:
        """Take a record into account `times` more often; -1 forgets it."""
        match record:
            case SuggestionDecision():
                self._counts[record.proposal.suggester, record.verdict] += times
            case Mention() | Event() | Quote() if record.provenance.origin is Origin.SUGGESTION:
                self._counts[record.provenance.detail, None] += times
            case _:
                return

    def of(self, suggester: str) -> Precision:
        """What became of the suggestions of one suggester."""
        corrected = self._counts[suggester, Verdict.CORRECTED]
        # A corrected one was marked, too, and tells who suggested it.
        accepted = max(self._counts[suggester, None] - corrected, 0)
        return Precision(accepted, corrected, self._counts[suggester, Verdict.REJECTED])

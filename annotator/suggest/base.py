"""What a suggestion is, and what every suggester does.

How to think about it: a suggester reads one passage of a document and says what it would mark
there and why. It asks nobody and changes nothing, and it need not care what is marked already or
was refused: `ranking` takes that away. An annotator who gets nonsense turns suggestions off, so a
suggester that is in doubt says nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from msgspec import Struct

from annotator.core.annotations import Annotation
from annotator.core.ids import Layer
from annotator.core.proposals import NO_DETAILS, Details, Proposal
from annotator.core.span import Fragments, Span
from annotator.suggest.knowledge import Knowledge
from annotator.suggest.passage import Passage


class Reason(Struct, frozen=True):
    """Why something is suggested: a catalogue key with its values."""

    key: str
    values: tuple[tuple[str, object], ...] = ()


class Suggestion(Struct, frozen=True):
    """A proposal with its score from 0 to 1, the reason, and what comes along with it."""

    proposal: Proposal
    score: float
    reason: Reason
    details: Details = NO_DETAILS

    @property
    def id(self) -> str:
        """The same for the same suggestion in every run; two of one document never share one."""
        proposal = self.proposal
        spans = "+".join(f"{span.start}-{span.end}" for span in proposal.fragments.spans)
        return f"{proposal.suggester}:{proposal.layer.value}:{spans}:{proposal.label}"

    @property
    def fragments(self) -> Fragments:
        """The piece of text it is about."""
        return self.proposal.fragments

    @property
    def span(self) -> Span:
        """The envelope of that piece."""
        return self.proposal.fragments.envelope


class Suggester(Protocol):
    """One way to find what might be marked.

    `title_key` names it in the catalogue; `layers` are those of what it suggests.
    """

    @property
    def id(self) -> str:
        """The name in project files; never changed."""

    @property
    def title_key(self) -> str:
        """The catalogue key of what annotators call it."""

    @property
    def layers(self) -> frozenset[Layer]:
        """What it suggests."""

    def suggest(
        self, passage: Passage, nearby: Sequence[Annotation], knowledge: Knowledge
    ) -> Iterable[Suggestion]:
        """What the passage might hold, in any order.

        `nearby` are the annotations that overlap the passage, in reading order.
        """

"""What a suggester proposes as values, and what an annotator decided about it.

How to think about it: a proposal is not yet anybody's annotation. Accepting it makes a record like
any other, which tells by its provenance who proposed it. Saying no leaves nothing in the text, so
that needs a record of its own: the *decision*. It keeps the proposal from coming back, and undo
takes it away like everything else.
"""

from __future__ import annotations

from enum import Enum

from msgspec import Struct

from annotator.core.categories import MentionLevel
from annotator.core.ids import Layer, RecordId
from annotator.core.span import Fragments, Span


class Proposal(Struct, frozen=True):
    """A piece of text that a suggester takes for a mention, an event or a quote.

    `label` is a label, an event type or the value of a quote type; `fragments` are the mention,
    the trigger or the content.
    """

    suggester: str
    layer: Layer
    label: str
    fragments: Fragments

    @property
    def place(self) -> tuple[Layer, tuple[Span, ...]]:
        """What a decision settles: no layer is asked twice about the same piece of text."""
        return self.layer, self.fragments.spans


class Details(Struct, frozen=True):
    """What an accepted proposal gets besides its label: what is not known stays as it would be.

    `level` and `attrs` are for mentions; `marks`, `cue` and `speaker`, a mention of the same set,
    for quotes.
    """

    level: MentionLevel | None = None
    attrs: tuple[tuple[str, str], ...] = ()
    marks: tuple[Span, ...] = ()
    cue: Fragments | None = None
    speaker: RecordId | None = None


NO_DETAILS = Details()


class Verdict(Enum):
    """How a proposal was refused; the value names it in the project file."""

    REJECTED = "rejected"
    """Nothing of its layer is to be marked there."""

    CORRECTED = "corrected"
    """It was marked, but with another label."""


class SuggestionDecision(Struct, frozen=True, tag_field="layer", tag="decision"):
    """The record that an annotator refused a proposal. What was accepted tells it itself."""

    id: RecordId
    verdict: Verdict
    proposal: Proposal

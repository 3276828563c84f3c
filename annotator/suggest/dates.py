"""Expressions of time, with their ISO value where one is written out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from annotator.core.annotations import Annotation
from annotator.core.ids import Layer
from annotator.core.proposals import Details, Proposal
from annotator.core.span import Fragments, Span
from annotator.kurdish.dates import DateMatch
from annotator.suggest.base import Reason, Suggestion
from annotator.suggest.knowledge import Knowledge
from annotator.suggest.passage import Passage

_LABEL, _VALUE = "DATE", "value"
_WRITTEN_SCORE, _WORDS_SCORE = 0.95, 0.8


class Dates(Struct, frozen=True):
    """Suggests mentions of times, as far as the scheme has a label for them."""

    id: str = "dates"
    title_key: str = "suggester.dates"
    layers: frozenset[Layer] = frozenset({Layer.MENTION})

    def suggest(
        self, passage: Passage, _nearby: Sequence[Annotation], knowledge: Knowledge
    ) -> Iterable[Suggestion]:
        """Every expression of time in the passage."""
        if not knowledge.admits_label(_LABEL):
            return
        for date in _joined(passage):
            proposal = Proposal(self.id, Layer.MENTION, _LABEL, Fragments((date.span,)))
            if date.value is None:
                yield Suggestion(proposal, _WORDS_SCORE, Reason("reason.time"))
            else:
                yield Suggestion(
                    proposal,
                    _WRITTEN_SCORE,
                    Reason("reason.date", ((_VALUE, date.value),)),
                    Details(attrs=((_VALUE, date.value),)),
                )


def _joined(passage: Passage) -> list[DateMatch]:
    """The expressions of time; two that only a space parts are one: ``سبەی دووشەممە``."""
    joined: list[DateMatch] = []
    for date in passage.dates:
        last = joined[-1] if joined else None
        if last is not None and passage.text[last.span.end : date.span.start] == " ":
            whole = Span(last.span.start, date.span.end)
            joined[-1] = DateMatch(whole, date.value or last.value)
        else:
            joined.append(date)
    return joined


DATES = Dates()

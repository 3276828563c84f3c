"""The same words elsewhere in the document: what was marked once is suggested at the other places.

A news item names its people again and again, in full and with clitics. What the annotator marked
here says more than any list, and more than what was marked in other documents.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from annotator.core.annotations import Annotation
from annotator.core.ids import Layer
from annotator.core.proposals import Details, Proposal
from annotator.core.span import Fragments
from annotator.suggest.base import Reason, Suggestion
from annotator.suggest.knowledge import Knowledge
from annotator.suggest.passage import Passage
from annotator.suggest.phrases import phrase_matches

_DOUBT = 1.25


class Propagation(Struct, frozen=True):
    """Suggests mentions with the words of mentions of the same document."""

    id: str = "propagation"
    title_key: str = "suggester.propagation"
    layers: frozenset[Layer] = frozenset({Layer.MENTION})

    def suggest(
        self, passage: Passage, _nearby: Sequence[Annotation], knowledge: Knowledge
    ) -> Iterable[Suggestion]:
        """Every place with words that are marked somewhere in the document."""
        memory = knowledge.document
        known = (memory.phrases(Layer.MENTION),)
        for match in phrase_matches(passage, known, with_clitics=knowledge.cuts_clitics):
            marked = memory.labels(Layer.MENTION, match.key)
            for label, times in marked.items():
                if knowledge.admits_label(label):
                    refused = memory.refusals(Layer.MENTION, match.key, label)
                    yield Suggestion(
                        Proposal(self.id, Layer.MENTION, label, Fragments((match.span,))),
                        (times + 1.0) / (sum(marked.values()) + refused + _DOUBT),
                        Reason("reason.marked_here", (("count", times),)),
                        Details(level=memory.level(match.key, label)),
                    )


PROPAGATION = Propagation()

"""Names that are known: from the word lists, and from what the annotator marked in other documents.

The score weighs the evidence. A word list counts as a few marks; every mark with the label speaks
for it, every mark with another label and every refusal against it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from annotator.core.annotations import Annotation
from annotator.core.ids import Layer
from annotator.core.proposals import Details, Proposal
from annotator.core.span import Fragments
from annotator.suggest.base import Reason, Suggestion
from annotator.suggest.knowledge import Knowledge
from annotator.suggest.passage import Passage
from annotator.suggest.phrases import Match, phrase_matches

_LIST_WEIGHT = 4.0
_LIST_HITS, _COMMON_HITS = 3.0, 1.0


class Gazetteer(Struct, frozen=True):
    """Suggests mentions of known names, the longest at each place."""

    id: str = "gazetteer"
    title_key: str = "suggester.gazetteer"
    layers: frozenset[Layer] = frozenset({Layer.MENTION})

    def suggest(
        self, passage: Passage, _nearby: Sequence[Annotation], knowledge: Knowledge
    ) -> Iterable[Suggestion]:
        """Names of the lists and of the memory of the project."""
        known = (knowledge.lists.name_phrases, knowledge.project.phrases(Layer.MENTION))
        for match in phrase_matches(passage, known, with_clitics=knowledge.cuts_clitics):
            yield from self._named(match, knowledge)

    def _named(self, match: Match, knowledge: Knowledge) -> Iterator[Suggestion]:
        listed = knowledge.lists.names.get(match.key)
        marked = knowledge.project.labels(Layer.MENTION, match.key)
        labels = dict.fromkeys((*marked, *(() if listed is None else (listed.label,))))
        for label in labels:
            if knowledge.admits_label(label):
                yield Suggestion(
                    Proposal(self.id, Layer.MENTION, label, Fragments((match.span,))),
                    _score(match.key, label, knowledge),
                    _reason(marked.get(label, 0)),
                    Details(level=knowledge.project.level(match.key, label)),
                )


def _reason(times: int) -> Reason:
    return Reason("reason.marked_before", (("count", times),)) if times else Reason("reason.listed")


def _score(key: str, label: str, knowledge: Knowledge) -> float:
    marked = knowledge.project.labels(Layer.MENTION, key)
    refused = sum(
        memory.refusals(Layer.MENTION, key, label)
        for memory in (knowledge.project, knowledge.document)
    )
    hits, weight = marked.get(label, 0) + 0.5, sum(marked.values()) + refused + 1.0
    listed = knowledge.lists.names.get(key)
    if listed is not None:
        weight += _LIST_WEIGHT
        if listed.label == label:
            hits += _COMMON_HITS if listed.is_common else _LIST_HITS
    return hits / weight


GAZETTEER = Gazetteer()

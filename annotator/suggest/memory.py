"""What was marked before, by the words that were marked, and what was refused.

This is how suggestions learn: every mark is evidence for the next place with the same words, every
refusal evidence against it. An edit is learned when it happens and forgotten when it is undone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from annotator.core.annotations import Event, Mention, Record, SuggestionDecision
from annotator.core.categories import MentionLevel
from annotator.core.ids import Layer
from annotator.core.span import Span
from annotator.suggest.phrases import Phrases, phrase_key

LEAST_LETTERS = 3
"""Shorter words say too little about what they are."""


class Marked(Struct, frozen=True):
    """Words that somebody marked with a label or event type, or refused to mark so."""

    layer: Layer
    label: str
    surface: str
    level: MentionLevel | None = None
    is_refused: bool = False


class Memory:
    """Counts of marks and refusals by key (see `phrases`)."""

    def __init__(self, marked: Iterable[Marked] = ()) -> None:
        self._phrases = {Layer.MENTION: Phrases(), Layer.EVENT: Phrases()}
        self._labels: dict[tuple[Layer, str], Counter[str]] = {}
        self._refusals: Counter[tuple[Layer, str, str]] = Counter()
        self._levels: dict[tuple[str, str], MentionLevel] = {}
        self._keys: dict[str, str] = {}
        for one in marked:
            self.learn(one)

    def learn(self, marked: Marked, times: int = 1) -> None:
        """Take a mark or refusal into account `times` more often; -1 forgets it."""
        key = self._key(marked.surface)
        if not key or marked.layer not in self._phrases:
            return
        if marked.is_refused:
            self._refusals[marked.layer, key, marked.label] += times
            return
        if marked.level is MentionLevel.PRO:
            return  # a pronoun means somebody else at the next place
        self._labels.setdefault((marked.layer, key), Counter())[marked.label] += times
        self._phrases[marked.layer].add(key, marked.surface, times)
        if marked.level is not None:
            self._levels[key, marked.label] = marked.level

    def phrases(self, layer: Layer) -> Phrases:
        """The words that were marked in a layer, mentions or events."""
        return self._phrases[layer]

    def labels(self, layer: Layer, key: str) -> Mapping[str, int]:
        """How often words were marked with each label, for labels that were."""
        return +self._labels.get((layer, key), Counter())

    def refusals(self, layer: Layer, key: str, label: str) -> int:
        """How often it was refused to mark words so."""
        return self._refusals[layer, key, label]

    def level(self, key: str, label: str) -> MentionLevel | None:
        """The level of the last mention with these words and this label."""
        return self._levels.get((key, label))

    def _key(self, surface: str) -> str:
        """The key of some words; empty where they have too few letters."""
        if surface not in self._keys:
            key = phrase_key(surface)
            self._keys[surface] = key if _letters(key) >= LEAST_LETTERS else ""
        return self._keys[surface]


def marks_of(record: Record, text: str) -> Iterator[Marked]:
    """What a record of a document with this text teaches; one in pieces only by its head."""
    match record:
        case Mention():
            if record.fragments.is_contiguous:
                words = record.fragments.of(text)
                yield Marked(Layer.MENTION, record.label, words, record.level)
        case Event():
            yield Marked(Layer.EVENT, record.type, _one_piece(record).of(text))
        case SuggestionDecision():
            proposal = record.proposal
            piece = proposal.fragments.head or proposal.fragments.spans[0]
            yield Marked(proposal.layer, proposal.label, piece.of(text), is_refused=True)
        case _:
            return


def _one_piece(event: Event) -> Span:
    """The head of a trigger, for its verb stands somewhere else next time."""
    return event.trigger.head or event.trigger.spans[0]


def _letters(key: str) -> int:
    return sum(1 for character in key if character.isalpha())

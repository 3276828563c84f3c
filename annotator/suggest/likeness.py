"""Which suggestions are alike: those with the same words and the same label."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TypeAlias

from annotator.core.ids import Layer
from annotator.suggest.base import Suggestion
from annotator.suggest.phrases import phrase_key

Likeness: TypeAlias = tuple[Layer, str, str]
"""The layer, the label, and the key of the words."""


class Likenesses:
    """Counts the suggestions of one text by likeness, so that asking how many costs nothing.

    Words are folded once for each way they are written.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._keys: dict[str, str] = {}
        self._counts: Counter[Likeness] = Counter()

    def of(self, suggestion: Suggestion) -> Likeness:
        """What it has in common with those alike; the words of one in pieces are its head."""
        fragments = suggestion.fragments
        words = (fragments.head or fragments.spans[0]).of(self._text)
        if words not in self._keys:
            self._keys[words] = phrase_key(words)
        return suggestion.proposal.layer, suggestion.proposal.label, self._keys[words]

    def exchange(self, before: Iterable[Suggestion], after: Iterable[Suggestion]) -> None:
        """Count some suggestions no more, and others from now on."""
        self._counts.subtract(map(self.of, before))
        self._counts.update(map(self.of, after))

    def count(self, suggestion: Suggestion) -> int:
        """How many of those counted are alike this one, itself among them."""
        return self._counts[self.of(suggestion)]

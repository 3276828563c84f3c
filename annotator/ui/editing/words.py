"""Where the caret goes by word and sentence, and what a selection grows to.

The caret always stands *on a word*: the token that holds its offset, or that ends there. With
nothing selected, that word counts as the selection; so extending once from a word selects it and
its neighbour, and marking n words takes n-1 extensions and the label's key.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from annotator.core.document import Segmentation
from annotator.core.span import Span

_EDGE_CHARACTERS = frozenset("\"'“”„‟«»‹›‘’‚،؛,;.؟?!:…()[]{}")


@dataclass(frozen=True, slots=True)
class Selection:
    """From where it was begun (`anchor`) to where the caret is, in code points."""

    anchor: int
    caret: int

    @property
    def is_empty(self) -> bool:
        """Whether nothing is selected."""
        return self.anchor == self.caret

    @property
    def span(self) -> Span | None:
        """The selected span, or None."""
        if self.is_empty:
            return None
        return Span(min(self.anchor, self.caret), max(self.anchor, self.caret))

    @classmethod
    def at(cls, offset: int) -> Selection:
        """Nothing selected, the caret at `offset`."""
        return cls(offset, offset)


def is_word(text: str, token: Span) -> bool:
    """Whether a token holds a letter or digit (or a symbol such as an emoji), not punctuation."""
    return any(unicodedata.category(ch)[0] in "LNS" for ch in token.of(text))


class Words:
    """The words and sentences of one text, for moving among them."""

    def __init__(self, text: str, segmentation: Segmentation) -> None:
        self._text = text
        self._segmentation = segmentation
        self._words = tuple(t for t in segmentation.tokens if is_word(text, t))

    def at(self, offset: int) -> Span | None:
        """The word under a caret at `offset`; else the punctuation there; else None."""
        word = _touching(self._words, offset)
        return word or self._segmentation.token_at(offset)

    def forward(self, offset: int) -> int:
        """Where the caret goes one word on: to the start of the next word, else the text's end."""
        after = self._next(self._words, self._standing(offset))
        return after.start if after else len(self._text)

    def back(self, offset: int) -> int:
        """Where the caret goes one word back: to the start of the word before."""
        before = self._previous(self._words, self._standing(offset))
        return before.start if before else 0

    def sentence_forward(self, offset: int) -> int:
        """The start of the next sentence, else the end of the text."""
        index = bisect_right(self._segmentation.sentences, offset, key=lambda s: s.start)
        sentences = self._segmentation.sentences
        return sentences[index].start if index < len(sentences) else len(self._text)

    def sentence_back(self, offset: int) -> int:
        """The start of this sentence, or of the one before when already there."""
        index = bisect_left(self._segmentation.sentences, offset, key=lambda s: s.start)
        return self._segmentation.sentences[index - 1].start if index else 0

    def extend_forward(self, selection: Selection) -> Selection:
        """Take in one more word at the end, or give back one at the start."""
        return self._extended(self._words, selection, step=1, begins_here=False)

    def extend_back(self, selection: Selection) -> Selection:
        """Take in one more word at the start, or give back one at the end."""
        return self._extended(self._words, selection, step=-1, begins_here=False)

    def extend_sentence_forward(self, selection: Selection) -> Selection:
        """Take in the rest of the sentence, then the next ones."""
        return self._extended(self._segmentation.sentences, selection, step=1, begins_here=True)

    def extend_sentence_back(self, selection: Selection) -> Selection:
        """Take in the sentence up to here, then the ones before."""
        return self._extended(self._segmentation.sentences, selection, step=-1, begins_here=True)

    def trimmed(self, span: Span) -> Span | None:
        """The span without spaces, quotation marks and punctuation at its edges, or None."""
        start, end = span.start, span.end
        while start < end and self._is_edge(start):
            start += 1
        while end > start and self._is_edge(end - 1):
            end -= 1
        return Span(start, end) if start < end else None

    def snapped(self, span: Span) -> Span:
        """The span widened to the tokens at its edges."""
        first, last = self._segmentation.token_range(span)
        if first == last:
            return span
        tokens = self._segmentation.tokens
        return Span(min(span.start, tokens[first].start), max(span.end, tokens[last - 1].end))

    def _is_edge(self, index: int) -> bool:
        character = self._text[index]
        return character.isspace() or character in _EDGE_CHARACTERS

    def _standing(self, offset: int) -> Span:
        return self.at(offset) or Span(offset, offset + 1)

    @staticmethod
    def _next(units: Sequence[Span], here: Span) -> Span | None:
        index = bisect_left(units, here.end, key=lambda unit: unit.start)
        return units[index] if index < len(units) else None

    @staticmethod
    def _previous(units: Sequence[Span], here: Span) -> Span | None:
        index = bisect_right(units, here.start, key=lambda unit: unit.end)
        return units[index - 1] if index else None

    @staticmethod
    def _extended(
        units: Sequence[Span], selection: Selection, *, step: int, begins_here: bool
    ) -> Selection:
        if not units:
            return selection
        anchor, caret = selection.anchor, selection.caret
        if selection.is_empty:
            here = _standing_index(units, caret)
            unit = units[here]
            if begins_here or unit.start < caret < unit.end:
                return Selection(caret, unit.end if step > 0 else unit.start)
            first = last = here
        elif caret > anchor:
            first, last = _index_after(units, anchor), _index_before(units, caret)
        else:
            first, last = _index_before(units, anchor), _index_after(units, caret)
        last = min(max(last + step, 0), len(units) - 1)
        held = units[first]
        forward = last >= first
        if not held.start < anchor < held.end:
            anchor = held.start if forward else held.end
        return Selection(anchor, units[last].end if forward else units[last].start)


def _standing_index(units: Sequence[Span], offset: int) -> int:
    """The unit at `offset`, else the one before, else the first."""
    return max(bisect_right(units, offset, key=lambda unit: unit.start) - 1, 0)


def _index_after(units: Sequence[Span], offset: int) -> int:
    """The first unit that ends after `offset` (the last unit when none does)."""
    return min(bisect_right(units, offset, key=lambda unit: unit.end), len(units) - 1)


def _index_before(units: Sequence[Span], offset: int) -> int:
    """The last unit that starts before `offset` (the first unit when none does)."""
    return max(bisect_left(units, offset, key=lambda unit: unit.start) - 1, 0)


def _touching(units: Sequence[Span], offset: int) -> Span | None:
    index = bisect_right(units, offset, key=lambda unit: unit.start) - 1
    if index >= 0 and units[index].touches(offset):
        return units[index]
    return None


def runs_right_to_left(text: str, offset: int) -> bool:
    """Whether the paragraph at `offset` runs from right to left: by its first strong letter.

    A paragraph without one counts as right-to-left, because the documents are Kurdish.
    """
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    for character in text[start : end if end >= 0 else len(text)]:
        kind = unicodedata.bidirectional(character)
        if kind == "L":
            return False
        if kind in ("R", "AL"):
            return True
    return True

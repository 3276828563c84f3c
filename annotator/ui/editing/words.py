"""Where the caret goes by word and sentence, and what a selection grows to.

The caret always stands *on a word*: the token that holds its offset, or that ends there. With
nothing selected, that word counts as the selection; so extending once from a word selects it and
its neighbour, and marking n words takes n-1 extensions and the label's key.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from itertools import chain

from msgspec import Struct

from annotator.core.document import Segmentation
from annotator.core.span import Span

_EDGE_CHARACTERS = frozenset(
    "\"'“”„‟«»‹›‘’‚،؛,;.؟?!:…()[]{}"
    "\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)
"""What no annotation begins or ends with: punctuation, and characters that cannot be seen."""


class Selection(Struct, frozen=True):
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
    """The words and sentences of one text, for moving among them.

    Only stretches around the place in question are segmented.
    """

    def __init__(self, text: str, segmentation: Segmentation) -> None:
        self._text = text
        self._segmentation = segmentation
        self._known: dict[int, tuple[Span, ...]] = {}

    def at(self, offset: int) -> Span | None:
        """The word under a caret at `offset`; else the punctuation there; else None."""
        word = _touching(self._of(self._segmentation.stretch_at(offset)), offset)
        return word or self._segmentation.token_at(offset)

    def forward(self, offset: int) -> int:
        """Where the caret goes one word on: to the start of the next word, else the text's end."""
        here = self._standing(offset)
        after = _next(self._near(offset, here.end), here)
        return after.start if after else len(self._text)

    def back(self, offset: int) -> int:
        """Where the caret goes one word back: to the start of the word before."""
        here = self._standing(offset)
        before = _previous(self._near(here.start, offset), here)
        return before.start if before else 0

    def sentence_forward(self, offset: int) -> int:
        """The start of the next sentence, else the end of the text."""
        sentences = self._sentences_near(offset, offset)
        index = bisect_right(sentences, offset, key=lambda s: s.start)
        return sentences[index].start if index < len(sentences) else len(self._text)

    def sentence_back(self, offset: int) -> int:
        """The start of this sentence, or of the one before when already there."""
        sentences = self._sentences_near(offset, offset)
        index = bisect_left(sentences, offset, key=lambda s: s.start)
        return sentences[index - 1].start if index else 0

    def extend_forward(self, selection: Selection) -> Selection:
        """Take in one more word at the end, or give back one at the start."""
        return self._by_words(selection, step=1)

    def extend_back(self, selection: Selection) -> Selection:
        """Take in one more word at the start, or give back one at the end."""
        return self._by_words(selection, step=-1)

    def extend_sentence_forward(self, selection: Selection) -> Selection:
        """Take in the rest of the sentence, then the next ones; or give back from the start."""
        sentences = self._sentences_near(selection.anchor, selection.caret)
        return _to_next_edge(sentences, selection, step=1)

    def extend_sentence_back(self, selection: Selection) -> Selection:
        """Take in the sentence up to here, then the ones before; or give back from the end."""
        sentences = self._sentences_near(selection.anchor, selection.caret)
        return _to_next_edge(sentences, selection, step=-1)

    def trimmed(self, span: Span) -> Span | None:
        """The span without spaces, punctuation and invisible characters at its edges, or None."""
        start, end = span.start, span.end
        while start < end and self._is_edge(start):
            start += 1
        while end > start and self._is_edge(end - 1):
            end -= 1
        return Span(start, end) if start < end else None

    def snapped(self, span: Span) -> Span:
        """The span widened to the tokens at its edges."""
        tokens = self._segmentation.tokens_in(span)
        if not tokens:
            return span
        return Span(min(span.start, tokens[0].start), max(span.end, tokens[-1].end))

    def _is_edge(self, index: int) -> bool:
        character = self._text[index]
        return character.isspace() or character in _EDGE_CHARACTERS

    def _standing(self, offset: int) -> Span:
        return self.at(offset) or Span(offset, offset + 1)

    def _of(self, stretch: int) -> tuple[Span, ...]:
        """The words of a stretch."""
        known = self._known.get(stretch)
        if known is None:
            tokens = self._segmentation.stretch(stretch).tokens
            known = tuple(token for token in tokens if is_word(self._text, token))
            self._known[stretch] = known
        return known

    def _near(self, first: int, last: int) -> tuple[Span, ...]:
        """The words of the stretches between two offsets, and at least one more on each side."""
        return self._units_near(self._of, first, last)

    def _sentences_near(self, first: int, last: int) -> tuple[Span, ...]:
        """The sentences there, and at least one more on each side."""
        return self._units_near(lambda n: self._segmentation.stretch(n).sentences, first, last)

    def _units_near(
        self, units_of: Callable[[int], tuple[Span, ...]], one: int, other: int
    ) -> tuple[Span, ...]:
        first, last = map(self._segmentation.stretch_at, sorted((one, other)))
        before: tuple[Span, ...] = ()
        after: tuple[Span, ...] = ()
        while first > 0 and not before:
            first -= 1
            before = units_of(first)
        while last + 1 < self._segmentation.stretch_count and not after:
            last += 1
            after = units_of(last)
        return tuple(chain.from_iterable(map(units_of, range(first, last + 1))))

    def _by_words(self, selection: Selection, *, step: int) -> Selection:
        words = self._near(selection.anchor, selection.caret)
        if selection.is_empty and _touching(words, selection.caret) is None:
            return _nearest_word(words, selection.caret, step)
        held = _held(words, selection)
        if held is None:
            return _to_next_edge(words, selection, step=step)
        last = _next_index(words, selection, held, step)
        if step > 0 and last == held and words[held].end < selection.caret:
            # Beyond the last word stands only punctuation, and growing never gives any back.
            return selection
        is_first = last == held and step < 0 and selection.caret <= selection.anchor
        if last >= held and not is_first:
            grown = Selection(words[held].start, words[last].end)
        else:
            grown = Selection(words[held].end, words[last].start)
        # Behind the last word (before the first) nothing more can be taken in.
        return grown if (grown.caret - selection.caret) * step >= 0 else selection


def _next(units: Sequence[Span], here: Span) -> Span | None:
    index = bisect_left(units, here.end, key=lambda unit: unit.start)
    return units[index] if index < len(units) else None


def _previous(units: Sequence[Span], here: Span) -> Span | None:
    index = bisect_right(units, here.start, key=lambda unit: unit.end)
    return units[index - 1] if index else None


def _nearest_word(words: Sequence[Span], offset: int, step: int) -> Selection:
    """The word after (before) an offset between words; nothing where there is none."""
    gap = Span(offset, offset + 1)
    if step > 0:
        word = _next(words, gap)
        return Selection(word.start, word.end) if word else Selection.at(offset)
    word = _previous(words, gap)
    return Selection(word.end, word.start) if word else Selection.at(offset)


def _held(units: Sequence[Span], selection: Selection) -> int | None:
    """Which unit the selection keeps however it turns: the one at whose edge it was begun.

    None for a selection that was begun inside a unit or between two.
    """
    if selection.is_empty:
        unit = _touching(units, selection.caret)
        is_inside = unit is not None and unit.start < selection.caret < unit.end
        return None if unit is None or is_inside else units.index(unit)
    if selection.anchor < selection.caret:
        index = bisect_left(units, selection.anchor, key=lambda unit: unit.start)
        return index if index < len(units) and units[index].start == selection.anchor else None
    index = bisect_left(units, selection.anchor, key=lambda unit: unit.end)
    return index if index < len(units) and units[index].end == selection.anchor else None


def _next_index(units: Sequence[Span], selection: Selection, held: int, step: int) -> int:
    """The unit up to which the selection reaches after one step; a unit begun is finished first."""
    anchor, caret = selection.anchor, selection.caret
    if selection.is_empty:
        reached = held
    elif caret > anchor:
        reached = bisect_left(units, caret, key=lambda unit: unit.start) - 1
        if step > 0 and caret < units[reached].end:
            return reached
    else:
        reached = bisect_right(units, caret, key=lambda unit: unit.end)
        if step < 0 and caret > units[reached].start:
            return reached
    return min(max(reached + step, 0), len(units) - 1)


def _to_next_edge(units: Sequence[Span], selection: Selection, *, step: int) -> Selection:
    """Move the caret to the next end of a unit (step 1) or start (step -1), by way of the anchor.

    Behind the anchor the caret rests at ends of units, before it at starts.
    """
    anchor, caret = selection.anchor, selection.caret
    if step > 0:
        edges = [unit.start for unit in units if caret < unit.start < anchor]
        edges += [anchor] if caret < anchor else [u.end for u in units if u.end > caret]
        return Selection(anchor, min(edges, default=caret))
    edges = [unit.end for unit in units if anchor < unit.end < caret]
    edges += [anchor] if caret > anchor else [u.start for u in units if u.start < caret]
    return Selection(anchor, max(edges, default=caret))


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

"""A passage: a stretch of a document as suggesters read it, analysed once.

What a passage holds follows from its text alone and not from annotations, so it stays true as long
as the document is open and an edit costs no second analysis.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from annotator.core.document import Segmentation
from annotator.core.span import Span
from annotator.kurdish.clitics import clitic_ladder
from annotator.kurdish.cues import Cue, find_cues
from annotator.kurdish.dates import DateMatch, find_dates
from annotator.kurdish.lexicon import Lexicon
from annotator.kurdish.normalize import Folded, FoldLevel, fold
from annotator.kurdish.quotation import Quotation, find_quotations

LEAST_LENGTH = 4000
"""A passage goes on to the end of the paragraph in which it has this many code points …"""

MOST_LENGTH = 12000
"""… but not beyond the end of the sentence in which it has that many."""

FEWEST_WORDS = 3
"""What stands in quotation marks and has fewer words is a title or a term."""


@dataclass(frozen=True, slots=True)
class Word:
    """A token and its form at fold level L2, which is empty for one that the fold deletes.

    `follows` tells whether only spaces of the same line part it from the word before.
    """

    span: Span
    folded: Folded
    follows: bool

    @property
    def key(self) -> str:
        """The form in which two spellings are the same."""
        return self.folded.text


class Passage:
    """A run of whole sentences; all offsets are those of the document."""

    def __init__(
        self, text: str, segmentation: Segmentation, span: Span, *, lexicon: Lexicon
    ) -> None:
        self.text = text
        self.segmentation = segmentation
        self.span = span
        self._lexicon = lexicon
        self._ladders: dict[Span, frozenset[int]] = {}

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The tokens of the passage, folded."""
        first, last = self.segmentation.token_range(self.span)
        forms: dict[str, Folded] = {}
        words = []
        end = self.span.start
        for token in self.segmentation.tokens[first:last]:
            written = token.of(self.text)
            if written not in forms:
                forms[written] = fold(written, FoldLevel.ORTHOGRAPHIC)
            gap = self.text[end : token.start]
            words.append(Word(token, forms[written], follows=not gap.strip(" ")))
            end = token.end
        return tuple(words)

    def holds(self, key: str) -> bool:
        """Whether the words of a key may stand in the passage, with clitics or without."""
        return key in self._folded

    def stem_ends(self, word: Word) -> frozenset[int]:
        """Where the word may end if it carries clitics, its whole length included."""
        if word.span not in self._ladders:
            self._ladders[word.span] = frozenset(clitic_ladder(self.text, word.span))
        return self._ladders[word.span]

    @cached_property
    def dates(self) -> tuple[DateMatch, ...]:
        """The expressions of time."""
        found = find_dates(self.span.of(self.text))
        return tuple(replace(date, span=self._moved(date.span)) for date in found)

    @cached_property
    def cues(self) -> tuple[Cue, ...]:
        """Where somebody is said to say something."""
        found = find_cues(self.span.of(self.text), self._lexicon)
        return tuple(
            replace(cue, span=self._moved(cue.span), head=self._moved(cue.head)) for cue in found
        )

    @cached_property
    def quotations(self) -> tuple[Quotation, ...]:
        """What stands in quotation marks that open in the passage.

        Marks are paired by whole paragraphs, for straight ones tell nothing by themselves.
        """
        paragraphs = tuple(p for p in self.segmentation.paragraphs if p.overlaps(self.span))
        found = find_quotations(self.text, paragraphs)
        return tuple(one for one in found if self.span.contains(one.opening))

    def sentences_around(self, span: Span) -> Span:
        """From the start of the sentence in which `span` starts to the end of its last one."""
        first = self.segmentation.sentence_at(span.start) or span
        last = self.segmentation.sentence_at(span.end - 1) or span
        return Span(min(first.start, span.start), max(last.end, span.end))

    @cached_property
    def _folded(self) -> str:
        return " ".join(word.key for word in self.words if word.key)

    def _moved(self, span: Span) -> Span:
        return Span(span.start + self.span.start, span.end + self.span.start)


def passage_spans(segmentation: Segmentation) -> Iterator[Span]:
    """The passages of a document, in order: whole paragraphs, where those are not too long."""
    ends = {paragraph.end for paragraph in segmentation.paragraphs}
    start: int | None = None
    end = 0
    for sentence in segmentation.sentences:
        start = sentence.start if start is None else start
        end = sentence.end
        length = end - start
        if length >= MOST_LENGTH or (length >= LEAST_LENGTH and end in ends):
            yield Span(start, end)
            start = None
    if start is not None:
        yield Span(start, end)

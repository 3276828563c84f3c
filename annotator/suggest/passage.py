"""A passage: a stretch of a document as suggesters read it, analysed once.

What a passage holds follows from its text alone and not from annotations, so it stays true as long
as the document is open and an edit costs no second analysis.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from annotator.core.document import Segmentation
from annotator.core.span import Span
from annotator.kurdish.clitics import clitic_ladder
from annotator.kurdish.cues import Cue, find_cues
from annotator.kurdish.dates import DateMatch, find_dates
from annotator.kurdish.lexicon import Lexicon
from annotator.kurdish.normalize import Folded, FoldLevel, fold
from annotator.kurdish.quotation import Quotation, find_quotations

LEAST_LENGTH = 2000
"""A passage goes on to the end of the stretch in which it has this many code points …"""

MOST_LENGTH = 12000
"""… but a stretch of that many is cut, behind the sentence in which they are full."""

FEWEST_WORDS = 3
"""What stands in quotation marks and has fewer words is a title or a term."""


class Word(Struct, frozen=True):
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
        forms: dict[str, Folded] = {}
        words = []
        end = self.span.start
        for token in self.segmentation.tokens_in(self.span):
            written = token.of(self.text)
            if written not in forms:
                forms[written] = fold(written, FoldLevel.ORTHOGRAPHIC)
            gap = self.text[end : token.start]
            words.append(Word(token, forms[written], follows=not gap.strip(" ")))
            end = token.end
        return tuple(words)

    @property
    def is_folded(self) -> bool:
        """Whether somebody asked for its words, so that looking for some costs little."""
        return "_folded" in vars(self)

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
        near = self.segmentation.part(self.span.start, self.span.end).paragraphs
        paragraphs = tuple(p for p in near if p.overlaps(self.span))
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


def passage_spans(text: str, segmentation: Segmentation) -> Iterator[Span]:
    """The passages of a document, in order, without spaces at their edges.

    They are cut where stretches of the segmentation end, which also ends a paragraph, so that
    nothing has to be segmented for it; only a stretch that is too long is cut between sentences.
    """
    starts = segmentation.stretch_starts
    begin = 0
    for start, end in zip(starts, (*starts[1:], len(text)), strict=True):
        if end - start >= MOST_LENGTH:
            yield from _trimmed(text, begin, start)
            yield from _between_sentences(segmentation.part(start, start).sentences)
            begin = end
        elif end - begin >= LEAST_LENGTH:
            yield from _trimmed(text, begin, end)
            begin = end
    yield from _trimmed(text, begin, len(text))


def _between_sentences(sentences: Iterable[Span]) -> Iterator[Span]:
    """The sentences of a long stretch in passages that are not too long."""
    start: int | None = None
    end = 0
    for sentence in sentences:
        start = sentence.start if start is None else start
        end = sentence.end
        if end - start >= MOST_LENGTH:
            yield Span(start, end)
            start = None
    if start is not None:
        yield Span(start, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    """A piece of text without the spaces around it; none where it holds nothing else."""
    piece = text[start:end]
    inside = piece.strip()
    if inside:
        first = start + len(piece) - len(piece.lstrip())
        yield Span(first, first + len(inside))

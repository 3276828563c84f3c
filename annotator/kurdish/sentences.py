"""Where sentences and paragraphs begin and end, found by walking over the tokens.

A sentence ends at ``. ! ? ؟ …`` with the quotation marks and brackets that close after it, when a
space or the end of the text follows; not after an abbreviation. A paragraph ends at a line break,
or where two or more spaces follow a *sentence end*: crawled news has lost its line breaks, and
double spaces also stand inside sentences.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from operator import attrgetter

from msgspec import Struct, field

from annotator.core.span import Span
from annotator.kurdish.characters import (
    CLOSING_BRACKETS,
    LINE_BREAKS,
    SENTENCE_TERMINATORS,
    STRAIGHT_MARKS,
    closing_marks,
    is_invisible,
    is_letter,
    is_mark,
)
from annotator.kurdish.tokens import tokenize

# Sorani abbreviations are single letters (د. پ.د. ب.ن), which a rule covers; these are longer.
_ABBREVIATIONS = frozenset({"پرۆف", "Dr", "Mr", "Mrs", "Ms", "Prof", "St", "No", "vs"})
_STRAIGHT_MARK = '"'
_EVENTFUL = re.compile(f"[{''.join(sorted(SENTENCE_TERMINATORS | LINE_BREAKS))}{_STRAIGHT_MARK}]")
_start = attrgetter("start")
# “ closes only where it touches what it closes („…“); after a space it opens.
_SPACED_CLOSERS = (closing_marks | CLOSING_BRACKETS) - STRAIGHT_MARKS - {"“"}
_CLOSERS = closing_marks | CLOSING_BRACKETS


def split_sentences(text: str, tokens: tuple[Span, ...] | None = None) -> tuple[Span, ...]:
    """The sentences of `text`, without spaces at their edges; together they hold every token.

    `tokens` are those of `tokenize(text)`, when the caller has them already.
    """
    return split_text(text, tokenize(text) if tokens is None else tokens)[0]


def split_paragraphs(text: str) -> tuple[Span, ...]:
    """The paragraphs of `text`, without spaces at their edges; they never cut a sentence."""
    return split_text(text, tokenize(text))[1]


def split_text(text: str, tokens: tuple[Span, ...]) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """The sentences and the paragraphs of `text` from its tokens, in one walk.

    From the tokens of a part of the text come those of that part.
    """
    walk = _Walk(text, tokens)
    while walk.next < len(tokens):
        walk.take_words()
        walk.take_token()
    return tuple(walk.sentences), tuple(walk.paragraphs)


class _Walk(Struct):
    """The place in the tokens up to which sentences and paragraphs are decided."""

    text: str
    tokens: tuple[Span, ...]
    next: int = 0
    sentence_start: int = 0
    paragraph_start: int = 0
    is_quoting: bool = False
    sentences: list[Span] = field(default_factory=list)
    paragraphs: list[Span] = field(default_factory=list)

    def take_words(self) -> None:
        """Moves past the tokens that neither end nor quote anything, up to the next other one.

        They are nearly all, so they are not looked at one by one: a token ends something only
        where it begins with a terminator or stands before a line break, and quotes where it is a
        straight mark.
        """
        end = self.tokens[-1].end
        found = _EVENTFUL.search(self.text, self.tokens[self.next].start, end)
        stop = end if found is None else found.start()
        # The token before a line break closes the sentence, so it is not passed over.
        last = bisect_left(self.tokens, stop, key=_start) - 1
        self.next = max(self.next, last)

    def take_token(self) -> None:
        """Moves past one token, or past a sentence end with all that closes after it."""
        is_end = False
        if self._is_terminator(self.next) and not self._follows_abbreviation():
            self._take_run()
            is_end = self._gap() != ""
            if is_end:
                self._take_spaced_closers()
        else:
            self._take()
        self._close(is_end=is_end or self.next == len(self.tokens))

    def _close(self, *, is_end: bool) -> None:
        """Closes the sentence, and the paragraph, if they end before the next token."""
        gap = self._gap()
        is_break = not LINE_BREAKS.isdisjoint(gap)
        if not (is_end or is_break):
            return
        self.sentences.append(self._from(self.sentence_start))
        self.sentence_start = self.next
        if is_break or len(gap) > 1 or self.next == len(self.tokens):
            self.paragraphs.append(self._from(self.paragraph_start))
            self.paragraph_start = self.next
            self.is_quoting = False

    def _from(self, first: int) -> Span:
        return Span(self.tokens[first].start, self.tokens[self.next - 1].end)

    def _take(self) -> None:
        self.is_quoting ^= self._surface(self.next) == _STRAIGHT_MARK
        self.next += 1

    def _take_run(self) -> None:
        """Takes a terminator and the terminators and closing marks that touch it."""
        self._take()
        while self._gap() == "" and self.next < len(self.tokens) and self._is_closing(_CLOSERS):
            self._take()

    def _take_spaced_closers(self) -> None:
        """Takes closing marks behind a space: ``. »``, and ``. "`` where a quotation is open."""
        while self.next < len(self.tokens) and LINE_BREAKS.isdisjoint(self._gap()):
            surface = self._surface(self.next)
            if surface not in _SPACED_CLOSERS and not self._closes_quotation(surface):
                return
            self._take()

    def _closes_quotation(self, surface: str) -> bool:
        """Whether the next token is the second straight mark of a pair, and no word touches it."""
        end = self.tokens[self.next].end
        is_touched = self.text[end : end + 1].isalnum()
        return surface == _STRAIGHT_MARK and self.is_quoting and not is_touched

    def _surface(self, index: int) -> str:
        return self.tokens[index].of(self.text)

    def _gap(self) -> str:
        """The spaces between the last token taken and the next one, or what follows the last."""
        end = self.tokens[self.next].start if self.next < len(self.tokens) else len(self.text)
        return self.text[self.tokens[self.next - 1].end : end]

    def _is_terminator(self, index: int) -> bool:
        return self.text[self.tokens[index].start] in SENTENCE_TERMINATORS

    def _is_closing(self, closers: frozenset[str]) -> bool:
        surface = self._surface(self.next)
        return surface in closers or self._is_terminator(self.next) or is_invisible(surface[0])

    def _follows_abbreviation(self) -> bool:
        """Whether the next token is the full stop of an abbreviation or of a single letter."""
        if self.next == 0 or self._surface(self.next) != ".":
            return False
        before = self.tokens[self.next - 1]
        if before.end != self.tokens[self.next].start:
            return False
        word = before.of(self.text)
        letters = [ch for ch in word if not is_mark(ch)]
        return word in _ABBREVIATIONS or (len(letters) == 1 and is_letter(letters[0]))

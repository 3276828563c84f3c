"""Finding a string in a text whatever its letters are encoded as or spelled like.

Both sides are compared in their folded form (`kurdish.normalize`), and what is found is told as
spans of the raw text. A hit is an occurrence of the folded needle in the folded text whose edges
tear no written character apart; marks that the fold drops go with the letter before them. Hits are
taken from left to right and never overlap.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property

from msgspec import Struct

from annotator.core.span import Span
from annotator.kurdish.clitics import clitic_ladder
from annotator.kurdish.graphemes import torn_offsets
from annotator.kurdish.normalize import Folded, FoldLevel, fold, fold_text
from annotator.kurdish.tokens import tokenize

# Any letter would do: it only makes the ه before it one in the middle of a word.
_NEXT_LETTER = "ب"


class SearchIndex:
    """A text that is searched again and again; each level is folded once, when first asked for.

    `tokens` are those of `tokenize(text)`, where the caller has them already; they tell what a
    whole word is.
    """

    def __init__(self, text: str, tokens: tuple[Span, ...] | None = None) -> None:
        self.text = text
        self._given_tokens = tokens
        self._folded: dict[FoldLevel, Folded] = {}
        self._edges: dict[FoldLevel, _WordEdges] = {}
        self._ladders: dict[str, frozenset[int]] = {}

    def find_all(
        self,
        needle: str,
        *,
        level: FoldLevel = FoldLevel.ENCODING,
        whole_words: bool = False,
        with_clitics: bool = False,
    ) -> tuple[Span, ...]:
        """The hits of `needle` as spans of the raw text, in order.

        Spaces at the edges of the needle count for nothing; inside it any white space matches any
        other. A needle of which the fold leaves nothing has no hits. With `whole_words` the edges
        of a hit are edges of tokens; with `with_clitics` as well, its last word may carry final
        clitics, which stay outside: کوردستان is found in کوردستانیش.
        """
        pattern = _pattern(needle, level)
        if pattern is None:
            return ()
        folded = self._fold(level)
        found: list[Span] = []
        at = covered = 0
        while match := pattern.search(folded.text, at):
            start, end = match.span()
            if whole_words:
                hit = self._word_hit(level, start, end, with_clitics=with_clitics)
            else:
                hit = self._hit(folded, start, end)
            if hit is None or hit.start < covered:
                at = start + 1
            else:
                found.append(hit)
                at, covered = end, hit.end
        return tuple(found)

    def _hit(self, folded: Folded, start: int, end: int) -> Span | None:
        raw_start, raw_end = folded.starts[start], self._raw_end(folded, end)
        if raw_start in self._torn or raw_end in self._torn:
            return None
        return Span(raw_start, raw_end)

    def _raw_end(self, folded: Folded, end: int) -> int:
        """Where the folded ``[…, end)`` ends, behind the marks the fold dropped from its letter."""
        raw_end = folded.ends[end - 1]
        if raw_end in self._torn:
            limit = folded.starts[end] if end < len(folded.text) else len(self.text)
            while raw_end < limit and raw_end in self._torn:
                raw_end += 1
        return raw_end

    def _word_hit(
        self, level: FoldLevel, start: int, end: int, *, with_clitics: bool
    ) -> Span | None:
        edges = self._word_edges(level)
        raw_start = edges.starts.get(start)
        if raw_start is None:
            return None
        raw_end = edges.ends.get(end)
        if raw_end is None and with_clitics:
            raw_end = self._stem_end(self._fold(level), end)
        if raw_end is None or raw_start in self._torn or raw_end in self._torn:
            return None
        return Span(raw_start, raw_end)

    def _stem_end(self, folded: Folded, end: int) -> int | None:
        """Where the folded ``[…, end)`` ends, if what follows in the word may be clitics."""
        last = folded.ends[end - 1]
        index = bisect_right(self._tokens, last - 1, key=lambda token: token.start) - 1
        token = self._tokens[index]
        if token.end <= last:
            return None
        word = token.of(self.text)
        if word not in self._ladders:
            self._ladders[word] = frozenset(clitic_ladder(word, Span(0, len(word))))
        raw_end = self._raw_end(folded, end)
        is_rung = not self._ladders[word].isdisjoint((last - token.start, raw_end - token.start))
        return raw_end if is_rung else None

    def _fold(self, level: FoldLevel) -> Folded:
        if level not in self._folded:
            self._folded[level] = fold(self.text, level)
        return self._folded[level]

    def _word_edges(self, level: FoldLevel) -> _WordEdges:
        if level not in self._edges:
            self._edges[level] = _word_edges(self._fold(level), self._tokens)
        return self._edges[level]

    @cached_property
    def _tokens(self) -> tuple[Span, ...]:
        return tokenize(self.text) if self._given_tokens is None else self._given_tokens

    @cached_property
    def _torn(self) -> frozenset[int]:
        return torn_offsets(self.text)


def find_all(
    haystack: str | SearchIndex,
    needle: str,
    *,
    level: FoldLevel = FoldLevel.ENCODING,
    whole_words: bool = False,
    with_clitics: bool = False,
) -> tuple[Span, ...]:
    """The hits of `needle` as `SearchIndex.find_all` tells them, in a text or in an index of it."""
    index = SearchIndex(haystack) if isinstance(haystack, str) else haystack
    return index.find_all(needle, level=level, whole_words=whole_words, with_clitics=with_clitics)


class _WordEdges(Struct, frozen=True):
    """Raw edges of tokens by the folded offsets at which their letters start and end."""

    starts: dict[int, int]
    ends: dict[int, int]


def _word_edges(folded: Folded, tokens: tuple[Span, ...]) -> _WordEdges:
    """The edges of the tokens of which the fold leaves something.

    Where it makes one character of several tokens, the first one starts it and the last ends it.
    """
    edges = _WordEdges({}, {})
    for token in tokens:
        start = folded.folded_offset(token.start)
        end = bisect_left(folded.starts, token.end)
        if start < end:
            edges.starts.setdefault(start, token.start)
            edges.ends[end] = token.end
    return edges


def _pattern(needle: str, level: FoldLevel) -> re.Pattern[str] | None:
    forms = sorted(set(_forms(needle, level)) - {""}, key=lambda form: (-len(form), form))
    return re.compile("|".join(map(re.escape, forms))) if forms else None


def _forms(needle: str, level: FoldLevel) -> Iterator[str]:
    """The folded needle, and what it folds to when its word goes on.

    A ه at the end of a word is the older spelling of ە; at the end of a needle it may as well be
    the h of a longer word.
    """
    yield fold_text(needle, level).strip()
    yield fold_text(needle + _NEXT_LETTER, level).removesuffix(_NEXT_LETTER).strip()

"""Phrases that are looked for in folded words, the longest first, with clitics left outside.

A phrase is known by its *key*: its words at fold level L2 with one space between them. In a text
its last word may carry clitics (``کوردستانیش``), which only the clitic ladder can tell: a key that
is merely the beginning of a word is no match.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from msgspec import Struct

from annotator.core.span import Span
from annotator.kurdish.normalize import FoldLevel, fold_text
from annotator.kurdish.tokens import tokenize
from annotator.suggest.passage import Passage, Word

_LEAST_STEM = 2
_YEH, _DOUBLE_YEH = "ی", "یی"
_YEHS = frozenset("ی\u064a\u0649")
_ADDITIVE = "ش"


def phrase_key(text: str) -> str:
    """The key of a phrase; empty where the fold leaves nothing."""
    words = (fold_text(token.of(text), FoldLevel.ORTHOGRAPHIC) for token in tokenize(text))
    return " ".join(word for word in words if word)


class Phrases:
    """A collection of keys that can say at each word whether to look on."""

    def __init__(self) -> None:
        self._keys: dict[str, int] = {}
        self._beginnings: dict[str, int] = {}
        self._last_words: dict[str, int] = {}
        self._heads: dict[str, int] = {}
        self._long_endings: set[str] = set()

    def __contains__(self, key: object) -> bool:
        return key in self._keys

    def __len__(self) -> int:
        return len(self._keys)

    def add(self, key: str, surface: str, times: int = 1) -> None:
        """Know a phrase `times` more often, as it was written; a negative number forgets it."""
        words = key.split(" ")
        _count(self._keys, key, times)
        _count(self._last_words, words[-1], times)
        _count(self._heads, words[-1][:_LEAST_STEM], times)
        for index in range(1, len(words)):
            _count(self._beginnings, " ".join(words[:index]), times)
        if _has_long_ending(surface):
            self._long_endings.add(key)

    def goes_on(self, beginning: str) -> bool:
        """Whether a phrase is longer than these words and begins with them."""
        return beginning in self._beginnings

    def may_end_in(self, word: str) -> bool:
        """Whether the last word of a phrase begins as this word does, so that it may be it."""
        return word[:_LEAST_STEM] in self._heads

    def has_last_word(self, word: str) -> bool:
        """Whether a phrase ends with this word."""
        return word in self._last_words

    def has_long_ending(self, key: str) -> bool:
        """Whether a phrase is itself written with the two ی that the fold takes for one."""
        return key in self._long_endings


class Match(Struct, frozen=True):
    """A phrase in a passage: its key, its span without clitics, and the words it takes."""

    key: str
    span: Span
    first: int
    last: int


def phrase_matches(
    passage: Passage, known: Collection[Phrases], *, with_clitics: bool
) -> Iterator[Match]:
    """Every place of every phrase, by its first word; they may overlap."""
    for first in range(len(passage.words)):
        yield from _matches_at(passage, known, first, with_clitics=with_clitics)


def _matches_at(
    passage: Passage, known: Collection[Phrases], first: int, *, with_clitics: bool
) -> Iterator[Match]:
    words = passage.words
    start = words[first].span.start
    beginning = ""
    for index in range(first, len(words)):
        word = words[index]
        if index > first and not word.follows:
            return
        for stem in _stems(known, word.key, with_clitics=with_clitics):
            key = beginning + stem
            if _is_too(known, key, word.key[len(stem) :]):
                continue
            holders = [phrases for phrases in known if key in phrases]
            end = _end(passage, word, stem, holders, key, with_clitics=with_clitics)
            if end is not None:
                yield Match(key, Span(start, end), first, index + 1)
        beginning += word.key
        if not any(phrases.goes_on(beginning) for phrases in known):
            return
        beginning += " "


def _is_too(known: Collection[Phrases], key: str, rest: str) -> bool:
    """Whether the ی of a phrase is rather the first letter of the -یش behind a shorter one.

    عێراقیش is Iraq + too, and not Iraqi + too.
    """
    if not (rest.startswith(_ADDITIVE) and key.endswith(_YEH)):
        return False
    return any(key.removesuffix(_YEH) in phrases for phrases in known)


def _stems(known: Collection[Phrases], key: str, *, with_clitics: bool) -> Iterator[str]:
    """What the last word of a phrase may be in a word; the longest first."""
    known = [phrases for phrases in known if phrases.may_end_in(key)]
    if not known:
        return
    shortest = _LEAST_STEM if with_clitics else len(key)
    for length in range(len(key), shortest - 1, -1):
        stem = key[:length]
        if any(phrases.has_last_word(stem) for phrases in known):
            yield stem


def _end(
    passage: Passage,
    word: Word,
    stem: str,
    holders: list[Phrases],
    key: str,
    *,
    with_clitics: bool,
) -> int | None:
    """Where a phrase ends whose last word is `stem`, which the folded word begins with.

    None where no phrase is it, or where what is left cannot be clitics. The fold takes both ی of
    بارزانیی for one, but the second is a clitic, unless the name itself is written with two.
    """
    if not holders:
        return None
    if stem != word.key:
        end = word.span.start + word.folded.ends[len(stem) - 1]
        return end if end in passage.stem_ends(word) else None
    shorter = word.span.end - 1
    is_cut = (
        with_clitics
        and _has_long_ending(word.span.of(passage.text))
        and not any(phrases.has_long_ending(key) for phrases in holders)
        and shorter in passage.stem_ends(word)
    )
    return shorter if is_cut else word.span.end


def _count(counts: dict[str, int], key: str, times: int) -> None:
    counts[key] = counts.get(key, 0) + times
    if counts[key] <= 0:
        del counts[key]


def _has_long_ending(surface: str) -> bool:
    return surface[-1:] in _YEHS and fold_text(surface[-4:]).endswith(_DOUBLE_YEH)

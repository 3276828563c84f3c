"""The clitic ladder: where the end of a span might stand if its last word carries suffixes.

Sorani writes clitics to the word: ``کوردستانیش`` is *Kurdistan* + *too*, ``عێراقدا`` *in Iraq*.
But ``بارزانی`` and ``بەغدا`` end the same way and are whole names, so nothing is ever cut by
itself: the ladder offers the places, and a person steps down it. Suffixes stand in an order
(``-ان-ی-دا-یە``), hence each has a slot, and the ladder strips from outer slots to inner ones. The
additive ``-ش`` may stand before any of the outer ones (``کوردستانیشدا``) and is free.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from msgspec import Struct

from annotator.core.span import Span
from annotator.kurdish.characters import digit_value, is_joiner, is_letter, is_mark
from annotator.kurdish.normalize import fold

_VOWELS = frozenset("اەێیۆو")
_ADDITIVE, _COPULA, _POSTPOSITION, _PRONOUN, _PLURAL, _DETERMINER = 6, 5, 4, 3, 2, 1
_OUTERMOST = 6
_LEAST_LETTERS = 2
# کوردستان, هیندستان: -ستان makes names of lands and holds no plural; دۆستان (friends) does.
_LAND = "ستان"
_LEAST_LETTERS_OF_LAND = 3


class _After(Enum):
    """What a suffix may follow."""

    ANY = "any"
    VOWEL = "vowel"
    CONSONANT = "consonant"


class _Suffix(Struct, frozen=True):
    form: str
    slot: int
    after: _After = _After.ANY
    but_not_after: str | None = None

    def ends(self, word: str) -> bool:
        """Whether `word` may be a stem with this suffix."""
        stem = word.removesuffix(self.form)
        if stem == word or sum(map(is_letter, stem)) < _LEAST_LETTERS:
            return False
        if self.but_not_after is not None and stem.endswith(self.but_not_after):
            return False
        match self.after:
            case _After.VOWEL:
                return stem[-1] in _VOWELS
            case _After.CONSONANT:
                return stem[-1] not in _VOWELS
            case _:
                return True


_SUFFIXES = (
    _Suffix("ش", _ADDITIVE, _After.VOWEL),
    _Suffix("یش", _ADDITIVE),
    _Suffix("ە", _COPULA, _After.CONSONANT),  # also the frame of ئەم … ە
    _Suffix("یە", _COPULA, _After.VOWEL),
    _Suffix("ن", _COPULA),
    _Suffix("دا", _POSTPOSITION),
    _Suffix("ەوە", _POSTPOSITION, _After.CONSONANT),
    _Suffix("وە", _POSTPOSITION, _After.VOWEL),
    _Suffix("ی", _PRONOUN),  # ezafe, 3SG agent and possessive: one letter
    _Suffix("یان", _PRONOUN),
    _Suffix("مان", _PRONOUN),
    _Suffix("تان", _PRONOUN),
    _Suffix("م", _PRONOUN),
    _Suffix("ت", _PRONOUN),
    _Suffix("ان", _PLURAL, but_not_after="ەک"),  # that is -ەکان
    _Suffix("یان", _PLURAL, _After.VOWEL),
    _Suffix("ەکان", _PLURAL, _After.CONSONANT),
    _Suffix("کان", _PLURAL, _After.VOWEL),
    _Suffix("یەکان", _PLURAL, _After.VOWEL),
    _Suffix("ەکە", _DETERMINER, _After.CONSONANT),
    _Suffix("کە", _DETERMINER, _After.VOWEL),
    _Suffix("یەکە", _DETERMINER, _After.VOWEL),
    _Suffix("ێک", _DETERMINER),
    _Suffix("یەک", _DETERMINER, _After.VOWEL),
    _Suffix("ەم", _DETERMINER, _After.CONSONANT),  # ordinals
    _Suffix("یەم", _DETERMINER, _After.VOWEL),
    _Suffix("هەم", _DETERMINER, _After.VOWEL),
    _Suffix("مین", _DETERMINER),
    _Suffix("ەمین", _DETERMINER, _After.CONSONANT),
)
_DIGIT_SUFFIXES = frozenset(
    ("یەم", "ەم", "هەم", "مین", "ەمین", "هەمین", "ی", "دا", "ەوە", "وە", "ن", "ە", "م")
)


def clitic_ladder(text: str, span: Span) -> tuple[int, ...]:
    """The offsets at which `span` may end, longest first, beginning with its present end.

    Only the last word is shortened, and at least two of its letters stay; after a number the
    whole suffix may go (``٢١ی``, ``١٧ ـیەم``). Suffixes as listed in the lexicon of the design.
    """
    start = _last_word_start(text, span)
    word = text[start : span.end]
    folded = fold(word)
    number_end = _number_end(text, span.start, start)
    if number_end is not None and folded.text in _DIGIT_SUFFIXES:
        return (span.end, number_end)
    cuts = set(_cuts(folded.text, _OUTERMOST, is_additive_left=True))
    ends = {_with_marks(text, start + folded.ends[cut - 1], span.end) for cut in cuts}
    return (span.end, *sorted(ends - {span.end}, reverse=True))


def _last_word_start(text: str, span: Span) -> int:
    start = span.end
    while start > span.start and _is_of_word(text[start - 1]):
        start -= 1
    return start


def _is_of_word(ch: str) -> bool:
    return is_letter(ch) or is_mark(ch) or is_joiner(ch)


def _cuts(word: str, slot: int, *, is_additive_left: bool) -> Iterator[int]:
    """The lengths of the stems of a folded word; a length may come more than once."""
    if word.endswith(_LAND) and len(word) >= len(_LAND) + _LEAST_LETTERS_OF_LAND:
        return
    for suffix in _SUFFIXES:
        is_additive = suffix.slot == _ADDITIVE
        if (is_additive_left if is_additive else suffix.slot < slot) and suffix.ends(word):
            stem = word.removesuffix(suffix.form)
            yield len(stem)
            yield from _cuts(
                stem,
                slot if is_additive else suffix.slot,
                is_additive_left=is_additive_left and not is_additive,
            )


def _with_marks(text: str, end: int, limit: int) -> int:
    """`end` moved behind the marks of the letter before it."""
    while end < limit and is_mark(text[end]):
        end += 1
    return end


def _number_end(text: str, first: int, suffix_start: int) -> int | None:
    """The end of the number before a suffix, if one stands there in the span."""
    stem = text[first:suffix_start].rstrip()
    return first + len(stem) if stem and digit_value(stem[-1]) is not None else None

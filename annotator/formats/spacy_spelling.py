"""A text in the words of spaCy, which has no place for spaces but one behind a word.

A space behind a word belongs to it; all others, and line feeds, are words of their own. So spaCy
counts other words than we count tokens, and what tells numbers of tokens is told in those of spaCy.
"""

from __future__ import annotations

from msgspec import Struct

from annotator.core.document import Segmentation
from annotator.core.span import Fragments
from annotator.formats.base import JsonObject
from annotator.formats.gold_record import Places
from annotator.formats.token_view import sentence_runs


class Spelling(Struct, frozen=True):
    """The words of a text for spaCy, whether a space follows each, and where our tokens are."""

    words: list[str]
    spaces: list[bool]
    places: list[int]

    @property
    def is_ours(self) -> bool:
        """Whether the words are our tokens, and their numbers the same."""
        return len(self.words) == len(self.places)

    def words_of(self, first: int, last: int) -> tuple[int, int]:
        """The words ``[first, last)`` that our tokens of these numbers are.

        Of no token it is none, at the word of that number or behind the last one.
        """
        places = self.places
        if first < last:
            return places[first], places[last - 1] + 1
        place = places[first] if first < len(places) else len(self.words)
        return place, place


def spelling_of(text: str, segmentation: Segmentation) -> Spelling:
    """The words that give exactly `text`."""
    words: list[str] = []
    spaces: list[bool] = []
    places: list[int] = []
    end = 0
    for token in segmentation.tokens:
        start = token.start
        if start != end:
            _fill_gap(text[end:start], words, spaces)
        end = token.end
        places.append(len(words))
        words.append(text[start:end])
        spaces.append(False)
    _fill_gap(text[end:], words, spaces)
    return Spelling(words, spaces, places)


def _fill_gap(gap: str, words: list[str], spaces: list[bool]) -> None:
    if gap == " " and spaces:  # as nearly all are
        spaces[-1] = True
        return
    if gap.startswith(" ") and spaces:
        spaces[-1] = True
        gap = gap[1:]
    if gap:
        words.append(gap)
        spaces.append(False)


def sentence_starts(segmentation: Segmentation, spelling: Spelling) -> list[int]:
    """The words that begin a sentence, in order; spaces before the first one belong to it."""
    if not spelling.places:
        return []
    starts = [spelling.places[run.first] for run in sentence_runs(segmentation)]
    return [0, *starts[1:]]


class SpelledPlaces(Places, frozen=True):
    """Spans of a text as JSON, with the words of spaCy that they cover."""

    spelling: Spelling

    def anchor(self, place: Fragments) -> JsonObject:
        """What every span carries."""
        made = super().anchor(place)
        words = self.spelling.words_of(made["token_start"], made["token_end"])
        made["token_start"], made["token_end"] = words
        return made

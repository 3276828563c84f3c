"""Where somebody is said to say something: ``رایگەیاند``, ``ئاماژەی بەوە دا``, ``بە گوتەی`` …"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from annotator.core.span import Span
from annotator.kurdish.lexicon import CueEntry, Lexicon
from annotator.kurdish.normalize import Folded, fold_lines

_HEAD = "head"


class Cue(Struct, frozen=True):
    """A stretch of text that marks saying, and the one word of it that trainers take.

    The head of a light verb is its noun. A weak cue (``باسی … کرد``, ``داوای``) is also an ordinary
    word.
    """

    span: Span
    head: Span
    is_weak: bool


def find_cues(text: str, lexicon: Lexicon) -> tuple[Cue, ...]:
    """The cues of `text` in order, never across a line break, none overlapping another.

    Where several match, a strong cue goes before a weak one, then the earlier before the later,
    then the longer before the shorter.
    """
    found: list[Cue] = []
    for folded in fold_lines(text):
        candidates = sorted(
            (cue for entry in lexicon.cues for cue in _matches(folded, entry)),
            key=lambda cue: (cue.is_weak, cue.span.start, -cue.span.end),
        )
        found += _without_overlaps(candidates)
    return tuple(found)


def nearest_cue(cues: Iterable[Cue], content: Span) -> Cue | None:
    """The cue that most likely goes with what is said: strong before weak, then the nearest.

    One that overlaps the content belongs to somebody else's saying.
    """

    def rank(cue: Cue) -> tuple[bool, int]:
        return cue.is_weak, min(
            abs(content.start - cue.span.end), abs(cue.span.start - content.end)
        )

    outside = [cue for cue in cues if not cue.span.overlaps(content)]
    return min(outside, key=rank, default=None)


def _matches(folded: Folded, entry: CueEntry) -> Iterator[Cue]:
    for match in entry.pattern.ready.finditer(folded.text):
        yield Cue(
            span=folded.raw_span(*match.span()),
            head=folded.raw_span(*_head(match)),
            is_weak=entry.is_weak,
        )


def _head(match: re.Match[str]) -> tuple[int, int]:
    if _HEAD in match.re.groupindex and match[_HEAD]:
        return match.span(_HEAD)
    return match.start(), match.start() + len(match[0].split(maxsplit=1)[0])


def _without_overlaps(candidates: list[Cue]) -> list[Cue]:
    """The candidates, best first, that overlap no better one; in order of the text."""
    strong = _leftmost([cue for cue in candidates if not cue.is_weak])
    weak = _leftmost([cue for cue in candidates if cue.is_weak])
    free, position = list(strong), 0
    for cue in weak:
        while position < len(strong) and strong[position].span.end <= cue.span.start:
            position += 1
        if position == len(strong) or not strong[position].span.overlaps(cue.span):
            free.append(cue)
    return sorted(free, key=lambda cue: cue.span)


def _leftmost(cues: list[Cue]) -> list[Cue]:
    chosen: list[Cue] = []
    for cue in cues:
        if not chosen or chosen[-1].span.end <= cue.span.start:
            chosen.append(cue)
    return chosen

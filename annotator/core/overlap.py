"""How much of their text two pieces share, and which pieces of two sides share any."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from annotator.core.one_to_one import Pair, Weight, one_to_one
from annotator.core.span import Fragments

HALF = Fraction(1, 2)
"""From this Dice on, two pieces of text are taken for one with edges drawn differently."""


def length(place: Fragments) -> int:
    """The code points in all fragments."""
    return sum(map(len, place.spans))


def shared(one: Fragments, other: Fragments) -> int:
    """The code points that are in both."""
    total, here, there = 0, 0, 0
    while here < len(one.spans) and there < len(other.spans):
        left, right = one.spans[here], other.spans[there]
        total += max(0, min(left.end, right.end) - max(left.start, right.start))
        if left.end <= right.end:
            here += 1
        else:
            there += 1
    return total


def dice(one: Fragments, other: Fragments) -> Fraction:
    """Dice of the code points: twice the shared ones by those of both; 1 for the same, else 0–1."""
    return Fraction(2 * shared(one, other), length(one) + length(other))


def overlapping(ours: Sequence[Fragments], theirs: Sequence[Fragments]) -> Iterator[Pair]:
    """The pairs whose outer edges overlap, found in one sweep over the text."""
    sides = (ours, theirs)
    starts = sorted(
        (place.start, side, index) for side in (0, 1) for index, place in enumerate(sides[side])
    )
    begun: tuple[list[int], list[int]] = ([], [])
    for start, side, index in starts:
        other = 1 - side
        begun[other][:] = [each for each in begun[other] if sides[other][each].end > start]
        for each in begun[other]:
            yield (index, each) if side == 0 else (each, index)
        begun[side].append(index)


def paired(
    ours: Sequence[Fragments],
    theirs: Sequence[Fragments],
    weigh: Callable[[int, int], Weight | None],
) -> tuple[Pair, ...]:
    """The best pairs of pieces that overlap; `weigh` gives None for two that are none."""
    links: dict[Pair, Weight] = {}
    for pair in overlapping(ours, theirs):
        weight = weigh(*pair)
        if weight is not None:
            links[pair] = weight
    return one_to_one(links)

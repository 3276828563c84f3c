"""Counts of what two sets have in common, and the shares made of them."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from msgspec import Struct


class Tally(Struct, frozen=True, kw_only=True):
    """How many items each side has, and how many of each side were matched.

    Matching is one to one, so `found` of gold and `right` of the predicted are one number; only in
    the row of one label they differ where a measure lets labels differ.
    """

    gold: int = 0
    predicted: int = 0
    found: int = 0
    right: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            gold=self.gold + other.gold,
            predicted=self.predicted + other.predicted,
            found=self.found + other.found,
            right=self.right + other.right,
        )

    @property
    def true_positives(self) -> int:
        """What was predicted rightly."""
        return self.right

    @property
    def false_positives(self) -> int:
        """What was predicted and is not there."""
        return self.predicted - self.right

    @property
    def false_negatives(self) -> int:
        """What is there and was not predicted."""
        return self.gold - self.found

    @property
    def precision(self) -> float | None:
        """The share of the predicted that is right; None where nothing was predicted."""
        return share(self.right, self.predicted)

    @property
    def recall(self) -> float | None:
        """The share of gold that was found; None where gold has nothing."""
        return share(self.found, self.gold)

    @property
    def f1(self) -> float | None:
        """The share of both sides that was matched; None where both are empty.

        With `found` equal to `right` it is the harmonic mean of precision and recall.
        """
        return share(self.found + self.right, self.gold + self.predicted)


class Average(Struct, frozen=True):
    """The mean of values that are added up one by one."""

    total: Fraction = Fraction(0)
    count: int = 0

    def __add__(self, other: Average) -> Average:
        return Average(self.total + other.total, self.count + other.count)

    @property
    def mean(self) -> float | None:
        """The mean; None of nothing."""
        return None if self.count == 0 else float(self.total / self.count)


class Shares(Struct, frozen=True):
    """Precision, recall and F1 that no counts stand behind: means of those that do."""

    precision: float | None
    recall: float | None
    f1: float | None


def macro(tallies: Iterable[Tally]) -> Shares:
    """The means over tallies; what a tally has no data for is left out of that mean."""
    rows = list(tallies)
    return Shares(
        _mean(row.precision for row in rows),
        _mean(row.recall for row in rows),
        _mean(row.f1 for row in rows),
    )


def share(part: int, whole: int) -> float | None:
    """A part of a whole; None where the whole is nothing."""
    return None if whole == 0 else part / whole


def _mean(values: Iterable[float | None]) -> float | None:
    told = [value for value in values if value is not None]
    return sum(told) / len(told) if told else None

"""The best way to pair the items of two sides, each with at most one of the other.

As many pairs are made as can be, and among the ways to do that the one is taken whose pairs have
the greatest sum of weights. So a looser measure never has fewer pairs than a stricter one, whatever
the order of the items. Numbers are exact: no rounding decides between two ways.

How: items that are linked, directly or by others, are solved apart from the rest. In each such
group weights become whole numbers in which one more pair outweighs all weights together. Then rows
find a column one by one, along the cheapest way on which others move aside (the Hungarian method
over links alone). *Prices* of rows and columns keep every link from being cheaper than nothing, by
which the cheapest way can be found, and prove in the end that there is no better pairing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from heapq import heappop, heappush
from math import lcm
from typing import TypeAlias

from msgspec import Struct, field

Pair: TypeAlias = tuple[int, int]
Weight: TypeAlias = tuple[Fraction, ...]
"""None below 0; sums are compared by the first number, then by the second, and so on."""


def one_to_one(links: Mapping[Pair, Weight], *, most_pairs: bool = True) -> tuple[Pair, ...]:
    """The best pairs among the links between two sides, in order; weights are equally long.

    Without `most_pairs` the sum of the weights alone decides; then the first number of each is
    above 0.
    """
    found: list[Pair] = []
    for group in _groups(links):
        if len(group) == 1:
            found.extend(group)
        else:
            found.extend(_solved({pair: links[pair] for pair in group}, int(most_pairs)))
    return tuple(sorted(found))


def _groups(links: Mapping[Pair, Weight]) -> Iterator[list[Pair]]:
    """The links that hang together by a row or a column."""
    by_row: dict[int, list[Pair]] = {}
    by_column: dict[int, list[Pair]] = {}
    for pair in links:
        by_row.setdefault(pair[0], []).append(pair)
        by_column.setdefault(pair[1], []).append(pair)
    while by_row:
        group: dict[Pair, None] = {}
        waiting = by_row.pop(next(iter(by_row)))
        while waiting:
            pair = waiting.pop()
            if pair not in group:
                group[pair] = None
                waiting += by_row.pop(pair[0], [])
                waiting += by_column.pop(pair[1], [])
        yield list(group)


def _solved(links: Mapping[Pair, Weight], each: int) -> Iterator[Pair]:
    values = _whole(links, each)
    by_row: dict[int, dict[int, int]] = {}
    for (row, column), value in values.items():
        by_row.setdefault(row, {})[column] = value
    pairing = _Pairing(by_row)
    for row in by_row:
        pairing.add(row)
    return pairing.pairs()


def _whole(links: Mapping[Pair, Weight], each: int) -> dict[Pair, int]:
    """One whole number a link, whose sums over pairs compare as told above.

    `each` is what a pair counts before its weight does. Between equals the order of the items
    decides, in a way that is the same when the sides change places.
    """
    rows = _ranks(row for row, _ in links)
    columns = _ranks(column for _, column in links)
    most = min(len(rows), len(columns))
    levels = [
        _scaled([weight[place] for weight in links.values()])
        for place in range(len(next(iter(links.values()))))
    ]
    levels.append([rows[row] * columns[column] for row, column in links])
    values = [each] * len(links)
    for level in levels:
        base = most * max(level) + 1
        values = [value * base + number for value, number in zip(values, level, strict=True)]
    return dict(zip(links, values, strict=True))


def _ranks(items: Iterable[int]) -> dict[int, int]:
    """The last item is 1, the one before it 2, and so on."""
    return {item: rank for rank, item in enumerate(sorted(set(items), reverse=True), 1)}


def _scaled(numbers: Sequence[Fraction]) -> list[int]:
    """The numbers, all multiplied so that they are whole."""
    scale = lcm(*(number.denominator for number in numbers))
    return [int(number * scale) for number in numbers]


class _Pairing(Struct):
    """Rows with a column each, of the greatest sum; -1 - row stands for having none."""

    links: Mapping[int, Mapping[int, int]]
    row_prices: dict[int, int] = field(default_factory=dict)
    column_prices: dict[int, int] = field(default_factory=dict)
    owners: dict[int, int] = field(default_factory=dict)
    columns: dict[int, int] = field(default_factory=dict)

    def add(self, row: int) -> None:
        """Find a column for one more row, moving others where that is better."""
        self.row_prices[row] = 0
        steps: dict[int, int] = {}
        costs: dict[int, int] = {}
        settled: dict[int, int] = {}
        queue: list[tuple[int, int]] = []
        here, cost = row, 0
        while True:
            self._look(here, cost, costs, steps, queue)
            cost, column = heappop(queue)
            while cost > costs[column]:  # a better way to it was found since
                cost, column = heappop(queue)
            if column not in self.owners:
                break
            settled[column] = cost
            here = self.owners[column]
        self.row_prices[row] += cost
        for each, reached in settled.items():
            self.row_prices[self.owners[each]] += cost - reached
            self.column_prices[each] = self.column_prices.get(each, 0) - cost + reached
        self._move(row, column, steps)

    def _look(
        self,
        row: int,
        cost: int,
        costs: dict[int, int],
        steps: dict[int, int],
        queue: list[tuple[int, int]],
    ) -> None:
        """What it costs to give this row another column, on top of the way to it."""
        start = cost - self.row_prices[row]
        for column, value in ((-1 - row, 0), *self.links[row].items()):
            reached = start - value - self.column_prices.get(column, 0)
            if column not in costs or reached < costs[column]:
                costs[column], steps[column] = reached, row
                heappush(queue, (reached, column))

    def _move(self, row: int, column: int, steps: dict[int, int]) -> None:
        """Give the free column to the last row of the way, its column to the one before …"""
        while True:
            taker = steps[column]
            self.owners[column] = taker
            left = self.columns.get(taker)
            self.columns[taker] = column
            if taker == row:
                return
            assert left is not None  # every row but the new one has a column
            column = left

    def pairs(self) -> Iterator[Pair]:
        """The rows that have a column."""
        return ((row, column) for row, column in self.columns.items() if column >= 0)

"""The best way to pair the items of two sides, each with at most one of the other.

As many pairs are made as can be, and among the ways to do that the one is taken whose pairs have
the greatest sum of weights. So a looser measure never has fewer pairs than a stricter one, whatever
the order of the items. Numbers are exact: no rounding decides between two ways.

How: items that are linked, directly or by others, are solved apart from the rest. In each such
group weights become whole numbers in which one more pair outweighs all weights together, and the
Hungarian method assigns rows to columns. Its time grows with the cube of a group, and groups are
small: the annotations of one stretch of text that hang together by overlap.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm
from typing import TypeAlias

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
    rows = sorted({row for row, _ in links})
    columns = sorted({column for _, column in links})
    values = _whole(links, min(len(rows), len(columns)), each)
    if len(rows) > len(columns):
        table = [[values.get((row, column), 0) for row in rows] for column in columns]
        pairs = [(rows[there], columns[here]) for here, there in enumerate(_assigned(table))]
    else:
        table = [[values.get((row, column), 0) for column in columns] for row in rows]
        pairs = [(rows[here], columns[there]) for here, there in enumerate(_assigned(table))]
    return (pair for pair in pairs if pair in links)


def _whole(links: Mapping[Pair, Weight], most: int, each: int) -> dict[Pair, int]:
    """One whole number a link, whose sums over up to `most` links compare as told above.

    `each` is what a pair counts before its weight does.
    """
    values = dict.fromkeys(links, each)
    for place in range(len(next(iter(links.values())))):
        scale = lcm(*(weight[place].denominator for weight in links.values()))
        numbers = {pair: int(weight[place] * scale) for pair, weight in links.items()}
        base = most * max(numbers.values()) + 1
        values = {pair: value * base + numbers[pair] for pair, value in values.items()}
    return values


def _assigned(table: list[list[int]]) -> list[int]:
    """The column of each row, no two the same, with the greatest sum; no more rows than columns."""
    method = _Hungarian(table)
    for row in range(len(table)):
        method.add(row)
    return method.columns()


@dataclass(slots=True)
class _Hungarian:
    """Rows are added one by one; *prices* of rows and columns prove that no better way is left.

    The last column, -1, stands for the row that is being added.
    """

    table: list[list[int]]
    row_prices: list[int] = field(init=False)
    column_prices: list[int] = field(init=False)
    owners: list[int] = field(init=False)

    def __post_init__(self) -> None:
        width = len(self.table[0])
        self.row_prices = [0] * len(self.table)
        self.column_prices = [0] * (width + 1)
        self.owners = [-1] * (width + 1)

    def add(self, row: int) -> None:
        """Find a column for one more row, moving others where that is better."""
        width = len(self.table[0])
        self.owners[-1] = row
        column = width
        gaps: dict[int, int] = {}
        ways: dict[int, int] = {}
        free = set(range(width))
        passed: list[int] = []
        while self.owners[column] >= 0:
            passed.append(column)
            self._look(column, free, gaps, ways)
            nearest = min(free, key=lambda each: (gaps[each], each))
            self._pay(gaps[nearest], passed, free, gaps)
            free.discard(nearest)
            column = nearest
        while column != width:
            self.owners[column] = self.owners[ways[column]]
            column = ways[column]

    def _look(
        self, column: int, free: set[int], gaps: dict[int, int], ways: dict[int, int]
    ) -> None:
        """How far the free columns are from the row that has `column`."""
        row = self.owners[column]
        for there in free:
            gap = -self.table[row][there] - self.row_prices[row] - self.column_prices[there]
            if there not in gaps or gap < gaps[there]:
                gaps[there], ways[there] = gap, column

    def _pay(self, price: int, passed: list[int], free: set[int], gaps: dict[int, int]) -> None:
        for column in passed:
            self.row_prices[self.owners[column]] += price
            self.column_prices[column] -= price
        for column in free:
            gaps[column] -= price

    def columns(self) -> list[int]:
        """The column of each row."""
        place = {row: column for column, row in enumerate(self.owners[:-1]) if row >= 0}
        return [place[row] for row in range(len(self.table))]

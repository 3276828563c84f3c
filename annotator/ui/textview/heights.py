"""The heights of the blocks of a page, with fast sums: where a block starts, which one lies at y.

A Fenwick tree, so that correcting one estimate in a document of 20,000 blocks costs a few dozen
additions (P. M. Fenwick, "A new data structure for cumulative frequency tables", 1994).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate


class Heights:
    """Non-negative heights in pixels, by index."""

    def __init__(self, heights: Sequence[float]) -> None:
        self._heights = list(heights)
        sums = [0.0, *accumulate(self._heights)]
        self._tree = [sums[i] - sums[i & (i - 1)] for i in range(len(sums))]

    def __len__(self) -> int:
        return len(self._heights)

    def __getitem__(self, index: int) -> float:
        return self._heights[index]

    def set(self, index: int, height: float) -> None:
        """Change one height."""
        difference = height - self._heights[index]
        self._heights[index] = height
        i = index + 1
        while i < len(self._tree):
            self._tree[i] += difference
            i += i & -i

    def top(self, index: int) -> float:
        """The sum of the heights before `index`."""
        total = 0.0
        while index > 0:
            total += self._tree[index]
            index -= index & -index
        return total

    @property
    def total(self) -> float:
        """The sum of all heights."""
        return self.top(len(self._heights))

    def index_at(self, y: float) -> int:
        """The index whose interval ``[top, top + height)`` holds `y`; the first or last outside."""
        position, rest = 0, y
        step = 1 << max(len(self._heights).bit_length() - 1, 0)
        while step:
            following = position + step
            if following < len(self._tree) and self._tree[following] <= rest:
                position = following
                rest -= self._tree[following]
            step >>= 1
        return min(max(position, 0), len(self._heights) - 1)

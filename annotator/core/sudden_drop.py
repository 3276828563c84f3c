"""The guard before a step that would take away much of a project at once.

Annotations of other programs have been lost in one step that nobody meant: an import undone, a
label deleted. Everything can be taken back here, but only by somebody who has noticed.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from annotator.core.ids import Layer

SHARE = 20
"""Per cent of the annotations of a project that may go in one step without a question."""

FEWEST = 5
"""So few annotations go that nobody need be asked, whatever share they are: a project begins."""


class SuddenDrop(Struct, frozen=True):
    """A step that takes away `gone` of the `total` annotations of a project.

    `whole` is the layer of which nothing would be left, where there is one.
    """

    gone: int
    total: int
    whole: Layer | None = None

    @property
    def percent(self) -> int:
        """The share that goes, in per cent, rounded down."""
        return self.gone * 100 // self.total


def sudden_drop(present: Mapping[Layer, int], gone: Mapping[Layer, int]) -> SuddenDrop | None:
    """The drop to ask about before a step, or None where it takes little away.

    `present` counts the annotations of the project by layer, `gone` those that the step takes.
    """
    taken, total = sum(gone.values()), sum(present.values())
    if taken < FEWEST:
        return None
    lost = (layer for layer, count in present.items() if 0 < count <= gone.get(layer, 0))
    whole = next(lost, None)
    if whole is None and taken * 100 <= SHARE * total:
        return None
    return SuddenDrop(taken, max(total, taken), whole)

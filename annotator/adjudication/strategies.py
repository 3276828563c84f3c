"""Ways to decide about many units at once: what all say, what most say, what one says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeAlias

from annotator.adjudication.choices import Choice, Leave, Take
from annotator.adjudication.comparison import Units
from annotator.adjudication.units import Unit, is_fresh
from annotator.core.ids import SetId

Strategy: TypeAlias = Callable[[Unit], Choice | None]
"""What becomes of a unit, None for what somebody has to look at."""


def all_agree(unit: Unit) -> Choice | None:
    """Take what all say."""
    return Take(unit.key, unit.voters[0]) if unit.is_agreed else None


def majority(unit: Unit) -> Choice | None:
    """Take what more than half say, and leave out what more than half do not have."""
    largest = max(unit.camps, key=len, default=())
    if 2 * len(largest) <= len(unit.voters):
        return None
    return _of(unit, largest[0])


def first_of(side: SetId) -> Strategy:
    """Take what one annotator says, and what all others agree on where that one has no vote."""
    return partial(_first, side)


def _first(side: SetId, unit: Unit) -> Choice | None:
    return _of(unit, side) if side in unit.voters else all_agree(unit)


def _of(unit: Unit, side: SetId) -> Choice:
    return Take(unit.key, side) if side in unit.records else Leave(unit.key)


def choices_by(strategy: Strategy, units: Units) -> Sequence[Choice]:
    """What a strategy decides about all that nobody has decided.

    What somebody has decided before somebody else said something new is for people to look at.
    """
    fresh = (unit for unit in units.open if is_fresh(unit))
    return [choice for choice in map(strategy, fresh) if choice is not None]

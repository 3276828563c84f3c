"""Score sheets: the tallies of a document by measure, in all and by label, type or role."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from types import MappingProxyType

from msgspec import Struct, field

from annotator.agreement.tally import Average, Tally
from annotator.core.one_to_one import Pair


class Measure(Enum):
    """What is counted as the same; ``evaluate.measure_<value>`` is the word of each.

    Mentions, then events, then quotes, the strict before the lenient.
    """

    STRICT = "strict"
    BOUNDARY = "boundary"
    OVERLAP = "overlap"
    TRIGGER_IDENTIFIED = "tri_i"
    TRIGGER_CLASSIFIED = "tri_c"
    ARGUMENT_IDENTIFIED = "arg_i"
    ARGUMENT_CLASSIFIED = "arg_c"
    ATTACHED_IDENTIFIED = "arg_i_attached"
    ATTACHED_CLASSIFIED = "arg_c_attached"
    CONTENT_EXACT = "content_exact"
    CONTENT_PARTIAL = "content_partial"
    CUE_EXACT = "cue_exact"
    CUE_PARTIAL = "cue_partial"
    SPEAKER_EXACT = "speaker_exact"
    SPEAKER_PARTIAL = "speaker_partial"
    SPEAKER_ENTITY = "speaker_entity"


class Closeness(Enum):
    """What is averaged over the pairs of quotes; ``evaluate.closeness_<value>`` is its word."""

    CONTENT = "content"
    CUE = "cue"
    SPEAKER = "speaker"
    TYPE = "type"


class Group(Enum):
    """By what a measure is told apart; `ALL` is the row of everything."""

    ALL = "all"
    LABEL = "label"
    TYPE = "type"
    ROLE = "role"


class Cell(Struct, frozen=True):
    """A row of a sheet: one measure for one label, type or role; `name` is empty for `ALL`."""

    measure: Measure
    group: Group = Group.ALL
    name: str = ""


Groups = tuple[tuple[Group, str], ...]
"""The rows besides that of everything in which an item is counted."""


class Sheet(Struct, frozen=True):
    """What two sets on one text have in common. Sheets of several texts can be added."""

    tallies: Mapping[Cell, Tally] = field(default_factory=lambda: MappingProxyType({}))
    averages: Mapping[Closeness, Average] = field(default_factory=lambda: MappingProxyType({}))

    def __add__(self, other: Sheet) -> Sheet:
        return add_up((self, other))

    def total(self, measure: Measure) -> Tally:
        """The counts of one measure over everything."""
        return self.tallies.get(Cell(measure), Tally())

    def rows(self, measure: Measure, group: Group) -> dict[str, Tally]:
        """The counts of one measure by label, type or role, in order of names."""
        found = (
            (cell.name, tally)
            for cell, tally in self.tallies.items()
            if cell.measure is measure and cell.group is group
        )
        return dict(sorted(found))


def add_up(sheets: Iterable[Sheet]) -> Sheet:
    """One sheet with all that the sheets have counted."""
    tallies: dict[Cell, Tally] = {}
    averages: dict[Closeness, Average] = {}
    for sheet in sheets:
        for cell, tally in sheet.tallies.items():
            tallies[cell] = tallies.get(cell, Tally()) + tally
        for closeness, average in sheet.averages.items():
            averages[closeness] = averages.get(closeness, Average()) + average
    return Sheet(MappingProxyType(tallies), MappingProxyType(averages))


def tallied(
    measure: Measure, gold: Sequence[Groups], predicted: Sequence[Groups], pairs: Iterable[Pair]
) -> Sheet:
    """The tallies of one measure, from the groups of each item and the items that were paired."""
    matched = list(pairs)
    counts = {
        "gold": _counted(gold, range(len(gold))),
        "predicted": _counted(predicted, range(len(predicted))),
        "found": _counted(gold, (here for here, _ in matched)),
        "right": _counted(predicted, (there for _, there in matched)),
    }
    rows = {(Group.ALL, ""), *counts["gold"], *counts["predicted"]}
    return Sheet(
        {
            Cell(measure, *row): Tally(**{side: count[row] for side, count in counts.items()})
            for row in rows
        }
    )


def _counted(items: Sequence[Groups], indices: Iterable[int]) -> Counter[tuple[Group, str]]:
    found: Counter[tuple[Group, str]] = Counter()
    for index in indices:
        found.update(((Group.ALL, ""), *items[index]))
    return found

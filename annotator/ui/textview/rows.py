"""In which row under a line a bracket runs there: its lane, without rows that stay empty above it.

A lane belongs to a bracket wherever it goes. On a line that only the outer ones of a nest reach,
their lanes would leave a gap below the text; so every group of brackets that meet on a line moves
up together, in the order of their lanes.
"""

from __future__ import annotations

from collections.abc import Sequence

from annotator.ui.textview.layout import LaidBlock
from annotator.ui.textview.scene import Bracket


def rows_of(brackets: Sequence[Bracket], laid: LaidBlock) -> list[dict[int, int]]:
    """For each bracket, its row on each line of the block that it reaches, by the line's number."""
    rows: list[dict[int, int]] = [{} for _ in brackets]
    envelopes = [bracket.envelope for bracket in brackets]
    for line, box in enumerate(laid.boxes):
        on_line = [
            (max(envelope.start, box.start), min(envelope.end, box.end), index)
            for index, envelope in enumerate(envelopes)
            if envelope.start < box.end and box.start < envelope.end
        ]
        for group in _groups(on_line):
            lanes = sorted({brackets[index].lane for index in group})
            for index in group:
                rows[index][line] = lanes.index(brackets[index].lane)
    return rows


def _groups(stretches: list[tuple[int, int, int]]) -> list[list[int]]:
    """The brackets whose stretches, start and end, overlap directly or through others."""
    groups: list[list[int]] = []
    reach = -1
    for start, end, index in sorted(stretches):
        if start >= reach:
            groups.append([])
        groups[-1].append(index)
        reach = max(reach, end)
    return groups

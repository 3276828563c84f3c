"""In which row under a line a bracket runs there: its lane, without rows that stay empty above it.

A lane belongs to a bracket wherever it goes. On a line that only the outer ones of a nest reach,
their lanes would leave a gap below the text; so every group of brackets that meet on a line moves
up together, in the order of their lanes.
"""

from __future__ import annotations

from collections.abc import Sequence

from annotator.ui.textview.layout import LaidBlock, LineBox
from annotator.ui.textview.scene import Bracket


def rows_of(brackets: Sequence[Bracket], laid: LaidBlock) -> list[dict[int, int]]:
    """For each bracket, its row on each line of the block that it reaches, by the line's number."""
    rows: list[dict[int, int]] = [{} for _ in brackets]
    for line, box in enumerate(laid.boxes):
        for group in _groups(brackets, box):
            lanes = sorted({brackets[index].lane for index in group})
            for index in group:
                rows[index][line] = lanes.index(brackets[index].lane)
    return rows


def _groups(brackets: Sequence[Bracket], box: LineBox) -> list[list[int]]:
    """Brackets of one line that overlap there, directly or through others."""
    on_line = sorted(
        (max(b.envelope.start, box.start), min(b.envelope.end, box.end), index)
        for index, b in enumerate(brackets)
        if b.envelope.start < box.end and box.start < b.envelope.end
    )
    groups: list[list[int]] = []
    reach = -1
    for start, end, index in on_line:
        if not groups or start >= reach:
            groups.append([])
        groups[-1].append(index)
        reach = max(reach, end)
    return groups

"""The list of units of adjudication: what became of each, and what each annotator says."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHeaderView, QWidget

from annotator.adjudication.units import Unit
from annotator.core.ids import SetId
from annotator.ui.dialogs.controls import Table, isolated
from annotator.ui.messages import LEFT_TO_RIGHT_MARK, RIGHT_TO_LEFT_MARK
from annotator.workbench.adjudication_sayings import Sayings

_COLUMNS = ("state", "words", "kind", "differs")
_WIDTHS = (130, 0, 84, 130)
_LEAST = 150
"""Pixels of each column where there are many annotators; then the list can be scrolled."""
_MOST_ABREAST = 4
"""Annotators that have room beside each other on a small screen."""


def unit_table(sayings: Sayings, names: Sequence[tuple[SetId, str]], parent: QWidget) -> Table:
    """An empty list with a column for each annotator with a vote."""
    text = sayings.catalogue.text
    titles = [text(f"adjudicating.column.{column}") for column in _COLUMNS]
    heads = [_numbered(sayings, name) for name in names]
    table = Table(text("adjudicating.units"), [*titles, *heads], parent, wide=1)
    table.set_widths(_WIDTHS)
    header = table.horizontalHeader()
    if len(names) > _MOST_ABREAST:
        header.setMinimumSectionSize(_LEAST)
    for column in range(len(_COLUMNS), len(_COLUMNS) + len(names)):
        header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
    return table


def unit_row(sayings: Sayings, unit: Unit, names: Sequence[tuple[SetId, str]]) -> tuple[str, ...]:
    """The texts of one unit."""
    return (
        sayings.state(unit),
        sayings.words(unit),
        sayings.kind(unit),
        sayings.differences(unit),
        *(sayings.said(unit, side) for side, _ in names),
    )


def _numbered(sayings: Sayings, name: tuple[SetId, str]) -> str:
    is_rtl = sayings.catalogue.is_right_to_left
    mark = RIGHT_TO_LEFT_MARK if is_rtl else LEFT_TO_RIGHT_MARK
    return f"{mark}{sayings.who([name[0]])} {isolated(name[1])}"

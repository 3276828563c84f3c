"""The caps of the design's cost table hold: they are counts of keys, under any layout."""

import pytest

from tests.bench.keystrokes import cost_table
from tests.journeys.stage import stage

__all__ = ["stage"]


@pytest.mark.parametrize("layout", ["us", "iq(ku_ara)"])
def test_no_act_costs_more_than_the_design_allows(stage, tmp_path, layout):
    table = cost_table(tmp_path, layout, stage)
    assert len(table.splitlines()) == 8

"""Sheets and how they add up."""

from annotator.agreement.sheet import Cell, Closeness, Group, Measure, Sheet, tallied
from annotator.agreement.tally import Average, Tally

PER, GPE = ((Group.LABEL, "PER"),), ((Group.LABEL, "GPE"),)


def test_items_are_counted_in_all_and_in_their_groups():
    sheet = tallied(Measure.BOUNDARY, [PER, GPE], [GPE, GPE], [(0, 1)])
    assert sheet.total(Measure.BOUNDARY) == Tally(gold=2, predicted=2, found=1, right=1)
    assert sheet.rows(Measure.BOUNDARY, Group.LABEL) == {
        "GPE": Tally(gold=1, predicted=2, found=0, right=1),
        "PER": Tally(gold=1, predicted=0, found=1, right=0),
    }
    assert list(sheet.rows(Measure.BOUNDARY, Group.LABEL)) == ["GPE", "PER"]
    assert sheet.rows(Measure.STRICT, Group.LABEL) == {}
    assert sheet.total(Measure.STRICT) == Tally()


def test_sheets_add_up():
    one = tallied(Measure.STRICT, [PER], [], [])
    other = tallied(Measure.STRICT, [PER], [PER], [(0, 0)])
    averages = Sheet(averages={Closeness.CUE: Average(count=2)})
    both = one + other + averages + averages
    assert both.tallies[Cell(Measure.STRICT, Group.LABEL, "PER")] == Tally(
        gold=2, predicted=1, found=1, right=1
    )
    assert both.averages == {Closeness.CUE: Average(count=4)}

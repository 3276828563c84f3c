"""Tables: a row is as high as its text needs in the room it is drawn in."""

import pytest
from PySide6.QtWidgets import QWidget

from annotator.ui.dialogs.controls import Table


@pytest.fixture
def table(qtbot):
    room = QWidget()
    qtbot.addWidget(room)
    made = Table("t", ["one", "two"], room, wide=0)
    made.wrap()
    made.resize(400, 300)
    made.set_widths((0, 100))
    room.show()
    yield made
    room.close()


def fitting(table, less):
    """Words that are so many pixels narrower than the wide column, or a little more."""
    text, width = "a", table.columnWidth(0) - less
    while table.fontMetrics().horizontalAdvance(f"{text} a") < width:
        text += " a"
    return text


def test_a_text_that_only_just_fits_without_its_padding_is_broken(table):
    table.show_rows([("a", "b"), (fitting(table, 4), "b"), (fitting(table, 60), "b")])
    low, high, fits = map(table.rowHeight, range(3))
    assert high > low
    assert fits == low

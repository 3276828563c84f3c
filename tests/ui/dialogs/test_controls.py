"""The table of the dialogs: rows are high enough, can be copied, and what is cut can be read."""

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from annotator.ui.dialogs.controls import Table
from tests.key_events import press

LONG = "نیشانەیەکی <b>درێژ</b> کە لە ستوونەکەیدا جێگەی نابێتەوە و دەبڕدرێت"


@pytest.fixture
def table(qtbot, qapp):
    made = Table("rows", ["a", "b"], None, wide=1)
    made.set_widths((80, 0))
    qtbot.addWidget(made)
    made.resize(300, 200)
    made.show_rows([("یەکەم", "GPE\nهەولێر"), (LONG, "x"), ("سێیەم", "y")])
    made.setSelectionMode(Table.SelectionMode.ExtendedSelection)
    made.show()
    return made


def test_ctrl_c_copies_the_selected_rows_as_text(table, qapp):
    press(table, "Ctrl+Home Shift+Down Ctrl+C")
    assert qapp.clipboard().text() == f"یەکەم\tGPE هەولێر\n{LONG}\tx\n"


@pytest.mark.parametrize("layout", ["us", "iq(ku_ara)"])
def test_ctrl_c_is_a_place_on_the_keyboard(table, qapp, layout, monkeypatch):
    monkeypatch.setattr("PySide6.QtGui.QGuiApplication.platformName", lambda: "xcb")
    press(table, "Down Down")
    press(table, "Ctrl+C", layout=layout)
    assert qapp.clipboard().text() == "سێیەم\ty\n"


def hover(table, row, column):
    spot = table.visualItemRect(table.item(row, column)).center()
    event = QHelpEvent(QEvent.Type.ToolTip, spot, table.viewport().mapToGlobal(spot))
    QApplication.sendEvent(table.viewport(), event)
    return QToolTip.text()


@pytest.mark.qt_log_ignore("This plugin does not support")  # said of what pops up
def test_a_cell_that_is_cut_tells_the_whole_as_plain_text(table):
    assert hover(table, 2, 0) == ""
    shown = hover(table, 1, 0)
    assert "&lt;b&gt;" in shown
    assert "دەبڕدرێت" in shown


@pytest.fixture
def tall(qtbot):
    room = QWidget()
    qtbot.addWidget(room)
    made = Table("t", ["one", "two"], room, wide=0)
    made.wrap()
    made.resize(400, 300)
    made.set_widths((0, 100))
    room.show()
    yield made
    room.close()


def fitting(tall, less):
    """Words that are so many pixels narrower than the wide column, or a little more."""
    text, width = "a", tall.columnWidth(0) - less
    while tall.fontMetrics().horizontalAdvance(f"{text} a") < width:
        text += " a"
    return text


def test_a_text_that_only_just_fits_without_its_padding_is_broken(tall):
    tall.show_rows([("a", "b"), (fitting(tall, 4), "b"), (fitting(tall, 60), "b")])
    low, high, fits = map(tall.rowHeight, range(3))
    assert high > low
    assert fits == low

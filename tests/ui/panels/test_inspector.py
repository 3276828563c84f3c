"""The inspector keeps the widgets of rows and shows the values of another annotation in them."""

import pytest
from PySide6.QtTest import QTest

from annotator.foundation.catalogue import load_catalogue
from annotator.ui.editing.inspection import Row
from annotator.ui.panels.inspector import KEPT_ROWS, InspectorPanel, RowWidget

OPTIONS = (("a", "Alpha"), ("b", "Beta"))


@pytest.fixture
def panel(qtbot):
    shown = InspectorPanel(load_catalogue("en"))
    qtbot.addWidget(shown)
    shown.resize(300, 400)
    shown.show()
    qtbot.waitExposed(shown)
    return shown


def test_a_row_that_comes_back_shows_the_new_value_in_the_old_widget(panel):
    taken = []
    panel.show_rows((Row("n", "Name", "one", set=taken.append), Row("k", "Kind", "a", OPTIONS)))
    made = set(panel.findChildren(RowWidget))
    panel.show_rows(())
    assert panel.values() == {}
    assert not any(widget.isVisible() for widget in made)
    panel.show_rows((Row("n", "Name", "two", set=taken.append), Row("k", "Kind", "b", OPTIONS)))
    assert set(panel.findChildren(RowWidget)) == made
    assert panel.values() == {"n": "two", "k": "b"}
    assert taken == []


def test_typing_into_a_kept_field_reaches_the_annotation_that_is_shown_now(panel):
    first, second = [], []
    panel.show_rows((Row("n", "Name", "one", set=first.append),))
    panel.show_rows(())
    panel.show_rows((Row("n", "Name", "two", set=second.append),))
    assert panel.focus_field("n")
    QTest.keyClicks(panel.focusWidget(), "x")
    panel.commit()
    assert (first, second) == ([], ["x"])


def test_rows_of_many_shapes_are_not_kept_for_ever(panel, qtbot):
    for number in range(3 * KEPT_ROWS):
        panel.show_rows((Row("n", f"Name {number}", ""),))
    qtbot.waitUntil(lambda: len(panel.findChildren(RowWidget)) <= KEPT_ROWS + 1)

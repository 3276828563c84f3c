"""Delete right after a click in the list of documents: nothing on the page goes unseen."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtWidgets import QApplication, QListView

from tests.journeys.stage import stage
from tests.key_events import key_event
from tests.ui.window_room import make_project

__all__ = ["stage"]


@pytest.fixture
def desk(stage, tmp_path, qtbot):
    """A window on the second document, which has one annotation at the caret."""
    desk = stage(make_project(tmp_path), language="en")
    desk.typist.press("Ctrl+PageDown 3 Ctrl+PageUp")
    click(desk, qtbot, row=1)
    return desk


def click(desk, qtbot, *, row):
    rows = desk.window.documents.findChild(QListView)
    middle = rows.visualRect(rows.model().index(row, 0)).center()
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=middle)


def count(desk):
    return len(list(desk.editor.annotations.mentions()))


@pytest.mark.parametrize("key", ["Delete", "Backspace"])
def test_the_first_one_deletes_nothing_and_says_so_and_the_second_deletes(desk, key):
    assert desk.window.view.page.hasFocus() or desk.window.focusWidget() is desk.window.view.page
    desk.typist.press(key)
    assert count(desk) == 1
    assert "Nothing was deleted" in desk.window.status.notice
    desk.typist.press(key)
    assert count(desk) == 0
    assert "Deleted" in desk.window.status.notice


def test_where_nothing_is_marked_it_says_how_the_document_goes(desk, qtbot):
    click(desk, qtbot, row=2)
    desk.typist.press("Delete")
    assert "no annotation at the caret" in desk.window.status.notice
    assert "trash" in desk.window.status.notice


def test_a_key_that_is_held_deletes_nothing(desk):
    desk.typist.press("Delete")
    for _ in range(3):
        event = key_event("Delete", type=QEvent.Type.KeyPress, is_repeat=True)
        QApplication.sendEvent(desk.window.view.page, event)
    assert count(desk) == 1
    desk.typist.press("Delete")
    assert count(desk) == 0


def test_after_another_key_delete_is_what_it_was(desk):
    desk.typist.press("Up Delete")
    assert count(desk) == 0


def test_after_a_click_on_the_page_delete_is_what_it_was(desk, qtbot):
    page = desk.window.view.page
    spot = page.caret_rect(0).center().toPoint() - QPoint(2, 0)
    qtbot.mouseClick(page.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    desk.typist.press("Delete")
    assert count(desk) == 0


def test_other_keys_mark_at_once_after_a_click(desk):
    desk.typist.press("Left 4")
    assert count(desk) == 2

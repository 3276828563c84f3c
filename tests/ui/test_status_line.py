"""The status line of a real window: saved, caret, selection, document, annotator, notices."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListView

from annotator.foundation.catalogue import without_isolates
from annotator.ui.labels import ElidedLabel
from annotator.ui.status_line import StatusLine
from tests.journeys.stage import stage
from tests.ui.window_room import make_project

__all__ = ["stage"]


@pytest.fixture
def desk(stage, tmp_path):
    return stage(make_project(tmp_path), language="en")


def test_it_says_where_and_who(desk):
    status = desk.window.status
    assert status.position == "Position 0"
    assert status.document == "Document 1 of 3"
    assert without_isolates(status.annotator) == "Annotator: شیلان"
    assert status.saved == "✓ saved"
    desk.typist.press("Ctrl+PageDown")
    assert status.document == "Document 2 of 3"


def test_it_says_what_is_selected_in_code_points(desk):
    desk.typist.press("Space")
    assert desk.window.status.position == "0–4, 4 code points"
    desk.typist.press("Left")
    assert desk.window.status.position.startswith("Position")


def test_a_refusal_goes_with_the_next_key_and_a_notice_stays(desk):
    status = desk.window.status
    desk.typist.press("Ctrl+Z")
    assert "nothing to undo" in status.notice
    desk.typist.press("Left")
    assert status.notice == ""
    desk.typist.press("3 Backspace")
    assert "Deleted" in status.notice
    desk.typist.press("Left")
    assert "Deleted" in status.notice


def test_refusals_look_different_from_notices(qtbot, qapp):
    line = StatusLine()
    qtbot.addWidget(line)
    line.show_notice("نا", is_refusal=True)
    names = [label.objectName() for label in line.findChildren(ElidedLabel)]
    assert names.count("refusal") == 1
    line.clear_refusal()
    assert line.notice == ""
    line.show_notice("بەڵێ")
    line.clear_refusal()
    assert line.notice == "بەڵێ"
    assert "refusal" not in [label.objectName() for label in line.findChildren(ElidedLabel)]


def test_the_longest_notice_does_not_widen_the_window(desk, qapp):
    status = desk.window.status
    qapp.processEvents()
    width = desk.window.minimumSizeHint().width()
    status.show_notice("زۆر درێژ " * 100)
    desk.window.view._heading.setText("زۆر درێژ " * 100)
    qapp.processEvents()
    assert desk.window.minimumSizeHint().width() == width


class TestStaleNotices:
    """What tells how to take a step back goes with the step."""

    @pytest.fixture
    def deleted(self, desk):
        desk.typist.press("3 Backspace")
        assert "Ctrl+Z" in desk.window.status.notice
        return desk

    @pytest.mark.parametrize("chord", ["Ctrl+Z", "3", "Ctrl+PageDown", "Ctrl+Enter"])
    def test_it_goes_with_the_next_edit_and_with_the_document(self, deleted, chord):
        deleted.typist.press(chord)
        assert "Ctrl+Z" not in deleted.window.status.notice

    def test_it_goes_when_a_document_is_chosen_in_the_list(self, deleted, qtbot):
        rows = deleted.window.documents.findChild(QListView)
        middle = rows.visualRect(rows.model().index(1, 0)).center()
        qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=middle)
        assert deleted.window.status.notice == ""

    def test_it_goes_when_the_step_is_taken_back_elsewhere(self, desk):
        desk.shell.run("document.remove")
        assert "Ctrl+Alt+Z" in desk.window.status.notice
        changes = desk.shell.workspace.changes
        changes.undo(changes.next_undo().seq)
        assert desk.window.status.notice == ""

"""The end of the program: nothing is left in fields, nothing is asked, everything is closed."""

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox

from annotator.foundation.catalogue import load_catalogue
from annotator.foundation.errors import UserError
from annotator.store.lock_file import lock_path
from annotator.ui.dialogs.report_page import ReportPage
from annotator.ui.messages import confirm, is_asking, keep_quiet, show_text
from annotator.ui.progress import ProgressBox
from annotator.ui.putting_away import commit_typing, end, mend, put_away
from annotator.workbench.workspace import open_workspace
from tests.journeys.stage import stage
from tests.ui.window_room import boxes, make_project

__all__ = ["boxes", "stage"]


@pytest.fixture
def desk(stage, tmp_path, qapp):
    """A window in which a name is being typed."""
    desk = stage(make_project(tmp_path), language="en")
    desk.typist.press("Ctrl+Home 3")
    desk.window.inspector.focus_field("entity")
    desk.typist.type_text("پایتەخت")
    yield desk
    keep_quiet(qapp, is_quiet=False)


def names(path):
    workspace = open_workspace(path)
    workspace.open_last()
    found = [entity.name for entity in workspace.open_document.annotations.entities()]
    workspace.close()
    return found


def test_putting_away_commits_closes_and_frees(desk, qapp, boxes):
    path = desk.shell.workspace.path
    put_away(qapp, desk.shell)
    put_away(qapp, desk.shell)
    assert desk.shell.workspace is None
    assert not lock_path(path).exists()
    assert not desk.window.isEnabled()
    assert names(path) == ["پایتەخت"]
    assert boxes.texts == []


def test_a_disk_that_refuses_does_not_keep_the_project_open(desk, qapp, boxes, monkeypatch):
    def refuse(*_, **__):
        raise UserError("store.full", name="a.nishan")

    path = desk.shell.workspace.path
    monkeypatch.setattr(desk.shell.workspace.project.journal, "append", refuse)
    put_away(qapp, desk.shell)
    assert desk.shell.workspace is None
    assert not lock_path(path).exists()
    assert boxes.texts == []


def test_what_fails_on_the_way_is_logged_and_the_rest_is_done(desk, qapp, monkeypatch, caplog):
    path = desk.shell.workspace.path
    with monkeypatch.context() as broken:
        broken.setattr(desk.window, "settle", lambda: 1 / 0)
        put_away(qapp, desk.shell)
    assert desk.shell.workspace is None
    assert not lock_path(path).exists()
    assert caplog.messages == ["putting away"]
    caplog.clear()


def test_an_end_stops_what_runs_and_asks_nothing(desk, qapp, boxes, monkeypatch):
    codes = []
    monkeypatch.setattr(QApplication, "exit", codes.append)
    progress = ProgressBox(desk.shell.desk.catalogue, desk.window)
    idle = ProgressBox(desk.shell.desk.catalogue, desk.window)
    progress.begin("x")
    end(qapp, desk.shell, 143)
    assert codes == [143]
    assert (progress.is_stopped, idle.is_stopped) == (True, False)
    catalogue = load_catalogue("en")
    show_text(None, catalogue, "x")
    assert not confirm(None, catalogue, "x", accept="y")
    assert boxes.texts == []
    assert [e.name for e in desk.editor.annotations.entities()] == ["پایتەخت"]


def test_without_a_window_there_is_nothing_to_do(qapp, desk):
    window, desk.shell.window = desk.window, None
    commit_typing(desk.shell)
    mend(desk.shell)
    desk.shell.window = window


def test_mending_shows_what_the_file_holds_at_the_same_place(desk):
    desk.typist.press("Escape")
    desk.hand.go_to(20)
    desk.typist.press("E")
    assert desk.editor.mode is not None
    before = desk.editor
    mend(desk.shell)
    assert desk.editor is not before
    assert desk.editor.mode is None
    assert desk.editor.selection.caret == 20
    assert len(desk.editor.annotations) == 1


def test_nothing_is_mended_under_a_dialog(desk, qtbot, monkeypatch):
    page = ReportPage(load_catalogue("en"), desk.window)
    monkeypatch.setattr(QApplication, "activeModalWidget", lambda: page)
    before = desk.editor
    mend(desk.shell)
    assert desk.editor is before


def test_whether_a_box_waits_is_known(qapp, qtbot):
    assert not is_asking()
    box = QMessageBox()
    qtbot.addWidget(box)
    box.setModal(True)
    box.show()
    assert is_asking()

"""The dialog of backups, by its widgets, on a real project."""

import logging

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from annotator.core.annotations import SetStatus
from annotator.foundation.paths import state_folder
from annotator.store import backup_making
from annotator.store.project_file import ProjectFile
from annotator.ui.dialogs.backups import BackupsDialog
from annotator.workbench.backups import BackupReason, Backups, read_backup
from tests.ui.dialogs.conftest import clock


@pytest.fixture
def backups(project):
    made = Backups(project, root=state_folder(), clock=clock)
    yield made
    made.stop()


@pytest.fixture
def make(qtbot, project, backups):
    """Show the dialog in a language, with every backup read."""

    def show(catalogue):
        dialog = BackupsDialog(catalogue, backups, project=project.path, parent=None)
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitUntil(lambda: not dialog.is_reading)
        return dialog

    return show


@pytest.fixture
def choose(monkeypatch):
    """Let the file dialog give this path."""

    def answer(path):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))

    return answer


def test_it_says_of_which_file_the_backups_are(make, catalogue, project):
    dialog = make(catalogue)
    assert project.path.name in dialog.windowTitle()
    assert project.path.name in dialog.about.text()
    assert str(project.path.parent) in dialog.about.text()


def test_it_lists_what_each_holds(make, catalogue, annotate, backups):
    annotate("d1")
    backups.before(BackupReason.IMPORT)
    annotate("d2", status=SetStatus.IN_PROGRESS)
    backups.make_now()
    dialog = make(catalogue)
    text = catalogue.text
    assert [row[1:] for row in dialog.table.texts] == [
        (text("backup.reason.manual"), *map(catalogue.number, (2, 2)), text("backup.state.whole")),
        (text("backup.reason.import"), *map(catalogue.number, (1, 1)), text("backup.state.whole")),
    ]
    assert dialog.table.hasFocus() or dialog.focusWidget() is dialog.table
    assert dialog.folder_field.text() == str(backups.folder)
    assert dialog.folder_field.isReadOnly()


def test_a_damaged_one_says_so(make, english, annotate, backups, caplog):
    caplog.set_level(logging.INFO, logger="annotator")
    annotate("d1")
    backup = backups.make_now().path
    backup.write_bytes(b"x")
    assert make(english).table.texts[0][2:] == ("–", "–", "damaged")
    assert [(one.msg, *one.said) for one in caplog.records] == [
        ("backup damaged", f"path={backup} error=store.foreign")
    ]


def test_without_any_it_says_so_and_one_can_be_made(make, english, annotate, qtbot):
    annotate("d1")
    dialog = make(english)
    assert dialog.notice == "There are no backups yet."
    assert not dialog.restore_button.isEnabled()
    qtbot.mouseClick(dialog.make_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not dialog.is_reading)
    assert dialog.notice == "A backup was made and read back."
    assert [row[2:] for row in dialog.table.texts] == [("1", "1", "whole")]
    assert dialog.restore_button.isEnabled()


def test_what_fails_is_told_below(make, english, annotate, qtbot, monkeypatch):
    annotate("d1")
    dialog = make(english)
    monkeypatch.setattr(backup_making, "RESERVE", 10**18)
    qtbot.mouseClick(dialog.make_button, Qt.MouseButton.LeftButton)
    assert dialog.notice.startswith("There is too little space left")
    assert dialog.table.texts == []


def test_one_is_restored_under_a_name_that_is_asked_for(
    make, english, annotate, backups, qtbot, choose, tmp_path
):
    annotate("d1")
    old = backups.make_now()
    annotate("d2")
    backups.make_now()
    dialog = make(english)
    dialog.table.setCurrentCell(1, 0)
    choose(tmp_path / "new")
    qtbot.mouseClick(dialog.restore_button, Qt.MouseButton.LeftButton)
    assert dialog.restored == tmp_path / "new.nishan"
    assert not dialog.isVisible()
    with ProjectFile.open(dialog.restored) as restored:
        assert restored.inventory() == read_backup(old.path)


def test_enter_restores_and_escape_leaves(make, english, annotate, backups, qtbot, choose):
    annotate("d1")
    backups.make_now()
    dialog = make(english)
    choose("")
    qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    assert dialog.restored is None
    assert dialog.isVisible()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_nothing_is_overwritten(make, english, annotate, backups, qtbot, choose, project):
    annotate("d1")
    backups.make_now()
    dialog = make(english)
    choose(project.path)
    dialog.restore_chosen()
    assert dialog.restored is None
    assert "has not been overwritten" in dialog.notice


def test_closing_ends_the_reading(make, english, annotate, backups, qtbot, project):
    annotate("d1")
    for _ in range(3):
        backups.make_now()
    dialog = BackupsDialog(english, backups, project=project.path, parent=None)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.close()
    assert dialog.is_reading

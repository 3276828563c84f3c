"""Backups of a running window: made in pauses, told when they fail, offered for a damaged file."""

import logging

import apsw
import pytest
from PySide6.QtWidgets import QDialog, QFileDialog

from annotator.app import make_desk, make_shell
from annotator.core.span import Span
from annotator.foundation.errors import UserError
from annotator.foundation.paths import state_folder
from annotator.store import backup_making
from annotator.ui import backup_acts
from annotator.ui.backup_acts import BackupActs
from annotator.ui.dialogs.backups import BackupsDialog
from annotator.ui.dialogs.other_backups import OtherBackupsDialog
from annotator.workbench.backups import BackupReason, backups_of, read_backup
from tests.journeys.stage import stage
from tests.ui.window_room import boxes, make_project

__all__ = ["boxes", "stage"]

RESTORE, EXAMINE = "Restore as a copy", "Examine the file…"
OTHERS = "Backups of other projects…"
PAGE = 4096


@pytest.fixture
def desk(stage, boxes, tmp_path, monkeypatch):
    """An English window on a project of three documents, in which the first backup comes soon."""
    monkeypatch.setattr(backup_acts, "FIRST_MS", 1)
    monkeypatch.setattr(backup_acts, "LOOK_MS", 20)
    return stage(make_project(tmp_path), language="en")


def backups(desk):
    return backups_of(desk.shell.workspace.path, state_folder())


def acts_of(desk):
    return desk.shell.findChild(BackupActs)


def mark(desk, key="3"):
    start = desk.editor.text.index("هەولێر")
    desk.hand.select(Span(start, start + 6))
    desk.typist.press(key)


def zero_page(path, page):
    """Damage a file: nothing is left of this page (counted from 1)."""
    data = bytearray(path.read_bytes())
    data[(page - 1) * PAGE : page * PAGE] = bytes(PAGE)
    path.write_bytes(data)


@pytest.fixture
def lost(desk, qtbot):
    """The path of a project that was backed up and then damaged, with nothing open."""
    qtbot.waitUntil(lambda: len(backups(desk)) == 1)
    path = desk.shell.workspace.path
    desk.shell.close()
    zero_page(path, 2)
    return path


def test_a_moment_after_opening_there_is_a_backup(desk, qtbot):
    qtbot.waitUntil(lambda: len(backups(desk)) == 1)
    (made,) = backups(desk)
    assert made.reason.value == "open"
    assert read_backup(made.path) == desk.shell.workspace.project.inventory()


def test_work_is_backed_up_when_it_is_due(desk, qtbot, monkeypatch):
    qtbot.waitUntil(lambda: len(backups(desk)) == 1)
    mark(desk)
    monkeypatch.setattr("annotator.workbench.backups.WORK_SECONDS", 0.0)
    qtbot.waitUntil(lambda: len(backups(desk)) == 2)
    assert backups(desk)[0].reason.value == "work"
    assert read_backup(backups(desk)[0].path).mentions == 1


def test_closing_in_the_middle_leaves_nothing_half(stage, tmp_path, qtbot, monkeypatch):
    monkeypatch.setattr(backup_acts, "FIRST_MS", 1)
    monkeypatch.setattr(backup_acts, "PIECE_SECONDS", 0.0)
    desk = stage(make_project(tmp_path), language="en")
    acts = acts_of(desk)
    qtbot.waitUntil(lambda: acts.backups.is_at_work)
    path = desk.shell.workspace.path
    desk.window.close()
    assert acts.backups is None
    assert backups_of(path, state_folder()) == ()
    assert list(state_folder().glob("backups/*/.~*")) == []


def test_a_failure_is_told_in_the_last_line_and_work_goes_on(
    stage, boxes, tmp_path, monkeypatch, qtbot
):
    monkeypatch.setattr(backup_making, "RESERVE", 10**18)
    monkeypatch.setattr(backup_acts, "FIRST_MS", 1)
    monkeypatch.setattr(backup_acts, "TELLINGS", 2)
    desk = stage(make_project(tmp_path), language="en")
    status = desk.window.status
    qtbot.waitUntil(lambda: "No backup was made" in status.notice)
    assert "too little space" in status.notice
    mark(desk)
    assert len(list(desk.editor.annotations.mentions())) == 1
    assert "backup" not in status.notice
    acts_of(desk).look()
    assert "No backup was made" in status.notice
    status.clear_notice()
    acts_of(desk).look()
    assert status.notice == ""
    assert boxes.texts == []


def test_an_import_is_preceded_by_a_backup(stage, boxes, tmp_path, monkeypatch):
    desk = stage(make_project(tmp_path), language="en")
    monkeypatch.setattr(QDialog, "exec", lambda _: 0)
    desk.shell.run("project.import")
    assert [made.reason.value for made in backups(desk)] == ["import"]


@pytest.mark.parametrize("answer", ["Open", "Not now"])
def test_a_backup_is_restored_from_the_dialog_and_opened(
    desk, qtbot, monkeypatch, boxes, tmp_path, answer
):
    qtbot.waitUntil(lambda: len(backups(desk)) == 1)
    before = desk.shell.workspace.path
    target = tmp_path / "گەڕاوە.nishan"
    boxes.answer = answer
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    monkeypatch.setattr(BackupsDialog, "exec", lambda dialog: dialog.restore_chosen())
    desk.shell.run("project.backups")
    assert target.name in boxes.texts[0]
    assert boxes.titles == [["Open", "Not now"]]
    assert desk.shell.workspace.path == (target if answer == "Open" else before)


def test_of_a_damaged_project_the_backup_is_offered_and_opened(desk, qtbot, boxes, lost):
    damage = lost.read_bytes()
    boxes.answer = RESTORE
    desk.shell.open_project(lost)
    (said,) = boxes.texts
    assert "is damaged" in said
    assert "Documents in it: 3, annotations: 0." in said
    assert boxes.titles == [[RESTORE, EXAMINE, "Cancel"]]
    assert desk.shell.workspace.path == lost.with_stem(f"{lost.stem}-restored")
    assert lost.read_bytes() == damage
    assert desk.shell.workspace.project.documents.count() == 3


def test_a_damaged_file_leaves_a_trace_in_the_log(desk, qtbot, boxes, lost, caplog):
    caplog.set_level(logging.INFO, logger="annotator")
    boxes.answer = "Cancel"
    desk.shell.open_project(lost)
    told = f"path={lost} error=store.damaged"
    assert ("not opened", [told]) in [(one.msg, list(one.said)) for one in caplog.records]


def test_a_backup_that_fails_leaves_a_trace_in_the_log(desk, qtbot, monkeypatch, caplog):
    qtbot.waitUntil(lambda: len(backups(desk)) == 1)
    caplog.set_level(logging.INFO, logger="annotator")
    monkeypatch.setattr(backup_making, "RESERVE", 10**18)
    mark(desk)
    acts_of(desk).before(BackupReason.IMPORT)
    assert [one.msg for one in caplog.records] == ["backup failed"]
    assert "backup.no_room" in caplog.records[0].said[0]


def test_a_program_that_begins_with_a_damaged_project_offers_it_too(boxes, lost, qapp):
    boxes.answer = RESTORE
    shell = make_shell(qapp, make_desk(language="en", theme="light"))
    shell.start([lost])
    assert len(boxes.texts) == 1
    assert shell.workspace.path == lost.with_stem(f"{lost.stem}-restored")
    assert shell.start_window is None
    shell.quit()
    shell.close()


def test_when_the_answer_is_no_nothing_happens(desk, qtbot, boxes, lost):
    boxes.answer = "Cancel"
    desk.shell.open_project(lost)
    assert len(boxes.texts) == 1
    assert desk.shell.workspace is None
    assert not lost.with_stem(f"{lost.stem}-restored").exists()


def test_a_file_that_still_says_what_it_holds_is_compared(desk, qtbot, boxes):
    qtbot.waitUntil(lambda: len(backups(desk)) == 1)
    path = desk.shell.workspace.path
    mark(desk)
    desk.shell.close()
    database = apsw.Connection(str(path))
    (page,) = database.execute(
        "SELECT rootpage FROM sqlite_schema WHERE name = 'documents_by_text'"
    ).fetchone()
    database.close()
    zero_page(path, page)
    boxes.answer = "Cancel"
    desk.shell.open_project(path)
    assert "still tells of so much: documents: 3, annotations: 1." in boxes.texts[-1]
    assert desk.shell.workspace is None


def test_without_a_backup_only_the_doctor_is_offered(stage, boxes, tmp_path, qapp):
    path = make_project(tmp_path)
    zero_page(path, 2)
    shell = make_shell(qapp, make_desk(language="en", theme="light"))
    shell.start([path])
    assert len(boxes.texts) == 1
    assert "is damaged" in boxes.texts[0]
    assert RESTORE not in boxes.titles[0]
    assert EXAMINE in boxes.titles[0]
    assert shell.start_window is not None
    shell.quit()
    shell.close()


@pytest.fixture
def ruin(lost, tmp_path):
    """What is left of a project under a name of its own: it does not tell what it is."""
    path = tmp_path / "moved.nishan"
    path.write_bytes(lost.read_bytes()[:PAGE])
    return path


def test_a_ruin_that_tells_nothing_gets_the_backups_of_others(
    desk, boxes, ruin, lost, monkeypatch, qtbot
):
    def choose(dialog):
        qtbot.waitUntil(lambda: not dialog.is_reading)
        assert [row[:2] for row in dialog.table.texts] == [(lost.name, str(lost.parent))]
        dialog.choose()

    monkeypatch.setattr(OtherBackupsDialog, "exec", choose)
    boxes.answer = OTHERS
    desk.shell.open_project(ruin)
    assert boxes.titles == [[OTHERS, EXAMINE, "Cancel"]]
    assert "surely of this file" in boxes.texts[0]
    assert desk.shell.workspace.path == ruin.with_stem("moved-restored")
    assert desk.shell.workspace.project.documents.count() == 3


def test_none_of_the_others_may_be_wanted(desk, boxes, ruin, monkeypatch):
    monkeypatch.setattr(OtherBackupsDialog, "exec", lambda dialog: dialog.reject())
    boxes.answer = OTHERS
    desk.shell.open_project(ruin)
    assert desk.shell.workspace is None


def test_a_file_of_zeros_gets_those_of_its_name(desk, boxes, lost, tmp_path):
    (tmp_path / "there").mkdir()
    zeros = tmp_path / "there" / lost.name
    zeros.write_bytes(bytes(3 * PAGE))
    desk.shell.open_project(zeros)
    assert boxes.titles == [[OTHERS, EXAMINE, "Cancel"]]
    with pytest.raises(UserError, match=r"store\.foreign"):
        desk.shell.open_project(zeros.rename(zeros.with_name("zeros.nishan")))


def test_what_never_was_a_project_is_told_and_not_examined(stage, boxes, tmp_path, qapp):
    path = tmp_path / "picture.nishan"
    path.write_bytes(b"\x89PNG" + bytes(9_000))
    shell = make_shell(qapp, make_desk(language="en", theme="light"))
    with pytest.raises(UserError, match=r"store\.foreign"):
        shell.open_project(path)
    assert boxes.texts == []
    shell.close()


def test_other_errors_offer_nothing(desk, qtbot, boxes, tmp_path):
    qtbot.waitUntil(lambda: len(backups(desk)) == 1)
    with pytest.raises(UserError, match=r"store\.missing"):
        desk.shell.open_project(tmp_path / "nowhere.nishan")
    assert boxes.texts == []

"""Opening what lies where others write, what somebody has open, and what cannot be written."""

import json
import os
import sqlite3
import time

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog

from annotator.app import make_desk, make_shell
from annotator.foundation.catalogue import load_catalogue, without_isolates
from annotator.foundation.errors import UserError
from annotator.foundation.paths import settings_folder, state_folder
from annotator.foundation.settings_file import read_settings
from annotator.store.lock_file import lock_path
from annotator.store.project_file import ProjectFile
from annotator.ui import taking_over
from annotator.workbench.opening import has_kept_work
from tests.journeys.stage import stage
from tests.ui.window_room import boxes, make_project

__all__ = ["boxes", "stage"]

ENGLISH = load_catalogue("en")
ON_COPY, ITSELF, LOOK = (
    ENGLISH.text(key) for key in ("place.on_copy", "place.itself", "place.look")
)
TAKE_OVER = ENGLISH.text("shell.take_over_accept")


@pytest.fixture
def shell(qapp, stage, boxes):
    """A shell in English without a project."""
    made = make_shell(qapp, make_desk(language="en", theme="light"))
    yield made
    made.quit()
    made.close()
    qapp.processEvents()


@pytest.fixture
def shared(tmp_path):
    """A project in a folder that is kept in step with elsewhere."""
    folder = tmp_path / "Dropbox"
    folder.mkdir()
    return make_project(folder)


def mark(shell):
    shell.window.editor.act("select.word")
    shell.window.editor.act("label.3")
    assert len(list(shell.window.editor.annotations.mentions())) == 1


def marked(path):
    with ProjectFile.open(path) as project:
        return sum(sum(counts.values()) for counts in project.annotations.counts().values())


def leave_lock(path, *, silent_for=3600.0):
    owner = {"user": "ئازاد", "host": "elsewhere", "pid": 1, "since": "2026-11-21T09:00:00Z"}
    lock_path(path).write_text(json.dumps({**owner, "token": "x"}), encoding="utf-8")
    then = time.time() - silent_for
    os.utime(lock_path(path), (then, then))


class TestSharedPlaces:
    def test_the_answer_holds_for_the_folder(self, shell, shared, boxes):
        boxes.answer = ON_COPY
        shell.open_project(shared)
        assert "Dropbox keeps in step" in without_isolates(boxes.texts[0])
        assert shell.workspace.path == shared
        assert shell.window.status.place == "saved here; not yet put back"
        folder = str(shared.parent.resolve())
        assert read_settings(settings_folder()).copied_folders == (folder,)
        assert shell.desk.settings.copied_folders == (folder,)
        shell.quit()
        shell.open_project(shared)
        assert len(boxes.texts) == 1

    def test_work_is_put_back_at_the_end(self, shell, shared, boxes):
        boxes.answer = ON_COPY
        shell.open_project(shared)
        mark(shell)
        assert shell.window.status.saved == "✓ saved"
        shell.quit()
        assert marked(shared) == 1
        assert len(boxes.texts) == 1

    def test_work_is_put_back_when_asked_for(self, shell, shared, boxes, qtbot):
        boxes.answer = ON_COPY
        shell.open_project(shared)
        mark(shell)
        before = shared.read_bytes()
        shell.run("project.publish")
        qtbot.waitUntil(lambda: shell.window.status.place.startswith("saved here; put back "))
        assert shell.window.status.notice == shell.window.status.place
        assert shared.read_bytes() != before
        shell.run("project.publish")
        assert shell.window.status.notice == "Everything is saved."
        shell.run("language.switch")
        assert "لێرە پاشەکەوتە" in shell.window.status.place

    def test_work_is_put_back_every_few_minutes(self, shell, shared, boxes, qtbot):
        boxes.answer = ON_COPY
        shell.open_project(shared)
        mark(shell)
        shell.keeping.publishing.timeout.emit()
        qtbot.waitUntil(lambda: shell.window.status.place.startswith("saved here; put back "))

    def test_one_may_work_there_directly(self, shell, shared, boxes):
        boxes.answer = ITSELF
        shell.open_project(shared)
        assert shell.window.status.place == ""
        mark(shell)
        assert shell.keeping.copy is None
        shell.run("project.place")
        assert read_settings(settings_folder()).direct_folders == ()
        shell.quit()
        assert marked(shared) == 1
        shell.open_project(shared)
        assert len(boxes.texts) == 2

    def test_nothing_is_opened_when_neither_is_wanted(self, shell, shared, boxes):
        boxes.answer = "Cancel"
        shell.open_project(shared)
        assert shell.workspace is None
        assert read_settings(settings_folder()).direct_folders == ()
        assert not lock_path(shared).exists()

    def test_a_place_that_is_gone_is_told_and_work_goes_on(self, shell, shared, boxes, qtbot):
        boxes.answer = ON_COPY
        shell.open_project(shared)
        mark(shell)
        away = shared.parent.with_name("away")
        shared.parent.rename(away)
        shell.run("project.publish")
        qtbot.waitUntil(lambda: "cannot be reached" in shell.window.status.notice)
        assert "cannot be reached" in shell.window.status.place
        shell.quit()
        assert has_kept_work(shared)
        shell.start([])
        assert shell.workspace.path == shared
        assert "Your work goes on here" in boxes.texts[-1]
        away.rename(shared.parent)
        shell.quit()
        assert marked(shared) == 1
        assert not has_kept_work(shared)

    def test_a_change_there_is_told_when_closing(self, shell, shared, boxes):
        boxes.answer = ON_COPY
        shell.open_project(shared)
        mark(shell)
        theirs = shared.read_bytes()[:-1] + b"\x01"
        shared.write_bytes(theirs)
        shell.quit()
        assert "changed by somebody else" in boxes.texts[-1]
        assert shared.read_bytes() == theirs
        assert len(list(shared.parent.glob("*.nishan"))) == 2


class TestOpenElsewhere:
    def test_a_copy_can_be_looked_at_and_says_so(self, shell, tmp_path, boxes):
        path = make_project(tmp_path)
        boxes.answer = LOOK
        with ProjectFile.open(path):
            shell.open_project(path)
            told = without_isolates(boxes.texts[0])
            assert "is already open by" in told
            assert "T" not in told.partition("since ")[2].partition(".")[0]
            window = shell.window
            assert window.workspace.is_read_only
            assert "for reading only" in window.windowTitle()
            assert window.status.place.startswith("copy of ")
            boxes.answer = "Cancel"
            window.editor.act("select.word")
            window.editor.act("label.3")
            assert "reading only" in boxes.texts[-1]
            shell.quit()
        assert list((state_folder() / "reading").iterdir()) == []

    def test_a_copy_that_is_saved_is_gone_on_with(self, shell, tmp_path, boxes, monkeypatch):
        path, mine = make_project(tmp_path), tmp_path / "mine.nishan"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(mine), ""))
        boxes.answer = LOOK
        with ProjectFile.open(path):
            shell.open_project(path)
            boxes.answer = ENGLISH.text("action.project.save_copy")
            shell.window.editor.act("select.word")
            shell.window.editor.act("label.3")
            assert shell.workspace.path == mine
            mark(shell)
            shell.quit()
        assert (marked(mine), marked(path)) == (1, 0)

    def test_what_was_left_can_be_looked_at_too(self, shell, tmp_path, boxes):
        path = make_project(tmp_path)
        leave_lock(path)
        boxes.answer = LOOK
        shell.open_project(path)
        assert shell.workspace.is_read_only
        assert "2026-11-21" in without_isolates(boxes.texts[0])
        assert lock_path(path).exists()

    def test_a_life_sign_overrules_the_user(self, shell, tmp_path, boxes, monkeypatch):
        monkeypatch.setattr(taking_over, "WATCH_SECONDS", 0.5)
        path = make_project(tmp_path)
        leave_lock(path, silent_for=-7200.0)  # the other clock is two hours ahead
        later = time.time() + 7210.0
        QTimer.singleShot(100, lambda: os.utime(lock_path(path), (later, later)))
        boxes.answer = TAKE_OVER
        shell.open_project(path)
        assert [("has been silent" in text, "already open" in text) for text in boxes.texts] == [
            (True, False),
            (False, True),
        ]
        assert shell.workspace is None
        assert json.loads(lock_path(path).read_bytes())["host"] == "elsewhere"

    def test_silence_lets_the_user_decide(self, shell, tmp_path, boxes, monkeypatch):
        monkeypatch.setattr(taking_over, "WATCH_SECONDS", 0.3)
        path = make_project(tmp_path)
        leave_lock(path, silent_for=-7200.0)  # the other clock is two hours ahead
        boxes.answer = TAKE_OVER
        shell.open_project(path)
        assert shell.workspace.path == path
        assert not shell.workspace.is_read_only

    def test_a_lock_that_says_nothing_is_told(self, shell, tmp_path, boxes):
        path = make_project(tmp_path)
        lock_path(path).write_bytes(b"?")
        boxes.answer = "Cancel"
        shell.open_project(path)
        assert "does not say whose" in boxes.texts[0]
        os.utime(lock_path(path), (0, 0))
        shell.open_project(path)
        assert "who it was is not known" in boxes.texts[1]
        assert shell.workspace is None


def test_what_leaves_no_choice_is_told_as_ever(shell, tmp_path):
    path = tmp_path / "p.nishan"
    path.write_bytes(b"no project")
    with pytest.raises(UserError, match=r"store\.foreign"):
        shell.open_project(path)


def test_what_cannot_be_put_right_where_it_is_is_shown_in_a_copy(
    shell, tmp_path, boxes, monkeypatch
):
    path = make_project(tmp_path)
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("PRAGMA journal_mode=PERSIST")
    database.execute("BEGIN IMMEDIATE")
    database.execute("UPDATE meta SET value = 'x' WHERE key = 'name'")
    journal = path.with_name(f"{path.name}-journal")
    database.execute("ROLLBACK")
    database.close()
    assert journal.exists()

    def refuse(*_, **__):
        raise UserError("store.recovery_needed", name=path.name)

    monkeypatch.setattr("annotator.workbench.opening.open_workspace", refuse)
    boxes.answer = LOOK
    shell.open_project(path)
    assert "was not closed properly" in boxes.texts[0]
    assert shell.workspace.is_read_only


def test_a_read_only_project_says_so_at_once(shell, tmp_path, monkeypatch):
    path = make_project(tmp_path)
    monkeypatch.setattr("annotator.store.project_file.can_be_written", lambda _: False)
    shell.open_project(path)
    assert "for reading only" in shell.window.windowTitle()
    assert "Save a copy" in shell.window.status.notice
    assert shell.window.status.place == ""


def test_an_older_project_that_cannot_be_written_is_shown_in_a_copy_at_once(
    shell, tmp_path, boxes, monkeypatch
):
    path = make_project(tmp_path)

    def refuse(*_, **__):
        raise UserError("store.read_only", name=path.name)

    monkeypatch.setattr("annotator.workbench.opening.open_workspace", refuse)
    shell.open_project(path)
    assert boxes.texts == []
    assert shell.window.status.place.startswith("copy of ")

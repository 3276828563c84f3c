"""Life signs of an open project, and what is told about the copy that is worked on."""

import shutil

import pytest

from annotator.app import make_desk, make_shell
from annotator.foundation.catalogue import load_catalogue, without_isolates
from annotator.foundation.errors import UserError
from annotator.store.lock_file import lock_path
from annotator.workbench.working_copy import WorkingCopy
from tests.journeys.stage import stage
from tests.ui.window_room import boxes, make_project

__all__ = ["boxes", "stage"]


@pytest.fixture
def shell(qapp, stage, boxes, tmp_path):
    """A shell that works on a copy of a project in a shared folder, with one mark in it."""
    folder = tmp_path / "Dropbox"
    folder.mkdir()
    path = make_project(folder)
    boxes.answer = load_catalogue("en").text("place.on_copy")
    made = make_shell(qapp, make_desk(language="en", theme="light"))
    made.open_project(path)
    made.window.editor.act("select.word")
    made.window.editor.act("label.3")
    boxes.texts.clear()
    yield made
    made.quit()
    made.close()
    qapp.processEvents()


def let_beat(shell):
    shell.keeping.copy._lock._next_beat = 0.0
    shell.keeping.heartbeat.timeout.emit()


def test_others_see_that_somebody_lives(shell):
    lock = lock_path(shell.workspace.path)
    before = lock.stat().st_mtime_ns
    let_beat(shell)
    assert lock.stat().st_mtime_ns > before


def test_a_project_that_is_taken_over_is_told_once_in_a_box(shell, boxes):
    lock_path(shell.workspace.path).write_bytes(b"theirs")
    let_beat(shell)
    let_beat(shell)
    (told,) = boxes.texts
    assert "Your work goes on here" in told
    assert shell.window.status.saved == "✓ saved"


def test_a_conflict_is_told_in_a_box_and_the_window_goes_by_the_other_name(shell, boxes, qtbot):
    path = shell.workspace.path
    path.write_bytes(path.read_bytes()[:-1] + b"\x01")
    shell.run("project.publish")
    qtbot.waitUntil(lambda: bool(boxes.texts))
    assert "was left as it is" in boxes.texts[0]
    beside = shell.workspace.path
    assert (beside != path, beside.parent) == (True, path.parent)
    assert beside.name in without_isolates(boxes.texts[0])
    assert beside.name in without_isolates(shell.window.status.place)
    shell.run("language.switch")
    assert beside.stem in without_isolates(shell.window.windowTitle())


def test_a_disk_of_ones_own_that_fails_is_told(shell, boxes):
    def fail(*_, **__):
        raise UserError("store.full", name="x")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WorkingCopy, "send", fail)
        shell.run("project.publish")
        assert "no space left" in boxes.texts[0]
        shell.keeping.publishing.timeout.emit()
        assert len(boxes.texts) == 2
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WorkingCopy, "arrived", fail)
        shell.run("project.publish")
        shell.keeping._looking.timeout.emit()
        assert len(boxes.texts) == 3
        assert not shell.keeping._looking.isActive()


def test_a_share_that_is_gone_at_the_end_is_told_and_the_work_is_kept(shell, boxes):
    path = shell.workspace.path
    shutil.rmtree(path.parent)
    shell.quit()
    assert ["Your work goes on here" in text for text in boxes.texts] == [True]
    assert not path.parent.exists()
    shell.start([])
    assert shell.workspace.path == path
    assert len(list(shell.window.editor.annotations.mentions())) == 1


def test_nothing_beats_when_nothing_is_open(shell):
    shell.quit()
    for timer in (shell.keeping.heartbeat, shell.keeping.publishing):
        assert not timer.isActive()
        timer.timeout.emit()
    shell.keeping.show()
    assert shell.keeping.copy is None

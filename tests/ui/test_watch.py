"""The watch over a running program, as far as one process can see it; see ``tests/reliability``."""

import signal
import sys
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QMessageLogContext, QTimer, QtMsgType
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from annotator.foundation.catalogue import without_isolates
from annotator.foundation.logs import last_log_lines, logs_folder, note
from annotator.store.lock_file import lock_path
from annotator.ui import opened_by_system
from annotator.ui.messages import show_text
from annotator.ui.opened_by_system import OpenedBySystem
from annotator.ui.watch import Watch, on_qt_message
from tests.journeys.stage import stage
from tests.ui.window_room import boxes, make_project

__all__ = ["boxes", "stage"]


@pytest.fixture
def desk(stage, tmp_path, qapp):
    return stage(make_project(tmp_path), language="en")


def told():
    return [line.split(" ", 3)[2:] for line in last_log_lines(100)]


def test_everything_is_put_away_and_as_before_at_the_end(desk, qapp, boxes):
    path, hook, handler = desk.shell.workspace.path, sys.excepthook, signal.getsignal(signal.SIGINT)
    with Watch(qapp, desk.shell):
        assert sys.excepthook is not hook
        assert len(list((logs_folder() / "sessions").iterdir())) == 1
        note("meanwhile")
    assert (sys.excepthook, signal.getsignal(signal.SIGINT)) == (hook, handler)
    assert not lock_path(path).exists()
    assert list((logs_folder() / "sessions").iterdir()) == []
    show_text(None, desk.shell.desk.catalogue, "x")
    assert boxes.texts == ["x"]
    events = [line[1].split()[0] for line in told()]
    assert events == ["started", "meanwhile", "ended"]


def test_what_has_crashed_is_told_when_the_loop_turns_and_the_loop_gives_the_code(
    desk, qapp, boxes
):
    folder = logs_folder() / "sessions"
    folder.mkdir(parents=True)
    (folder / "a.running").write_text("began\n")
    tick = QTimer(desk.shell)

    def end():
        if boxes.texts:
            tick.stop()
            signal.raise_signal(signal.SIGTERM)

    tick.timeout.connect(end)
    tick.start(10)
    with Watch(qapp, desk.shell) as watch:
        assert boxes.texts == []
        assert watch.run() == 143
    assert boxes.texts == [desk.shell.desk.catalogue.text("report.crashed")]
    assert [path.name for path in folder.iterdir()] == ["a.crash"]


def test_messages_of_qt_are_logged_without_what_they_quote(desk, qapp, capsys, caplog):
    context = QMessageLogContext()
    with Watch(qapp, desk.shell):
        on_qt_message(QtMsgType.QtWarningMsg, context, 'QFrame: "secret" is odd')
        on_qt_message(QtMsgType.QtDebugMsg, context, "QFrame: only for us")
        on_qt_message(QtMsgType.QtWarningMsg, context, "does not support propagateSizeHints()")
    assert ["WARNING", "qt QFrame: … is odd"] in told()
    assert len(told()) == 3
    assert capsys.readouterr().err == 'QFrame: "secret" is odd\n'
    caplog.clear()


def test_a_project_that_the_system_asks_for_takes_the_place_of_the_open_one(
    desk, qapp, boxes, qtbot, tmp_path, monkeypatch
):
    """As macOS says that somebody clicked on a project twice, while the program runs."""
    other = make_project(tmp_path, name="other")
    monkeypatch.setattr(opened_by_system, "sys", SimpleNamespace(platform="darwin"))
    with Watch(qapp, desk.shell):
        assert QApplication.sendEvent(qapp, QFileOpenEvent(str(other)))
        qtbot.waitUntil(lambda: desk.shell.workspace.path == other)
        QApplication.sendEvent(qapp, QFileOpenEvent(str(tmp_path / "gone.nishan")))
        qtbot.waitUntil(lambda: bool(boxes.texts))
        assert "gone.nishan" in without_isolates(boxes.texts[0])
        assert desk.shell.workspace.path == other


def test_elsewhere_no_event_of_the_program_is_looked_at(desk, qapp, monkeypatch):
    """Python would see each of them, and the file is on the command line."""
    monkeypatch.setattr(opened_by_system, "sys", SimpleNamespace(platform="linux"))
    monkeypatch.setattr(OpenedBySystem, "eventFilter", lambda *_: pytest.fail("looked at"))
    with Watch(qapp, desk.shell):
        qapp.processEvents()

"""The doctor from the menu, and where a damaged file was to be opened."""

import pytest
from PySide6.QtWidgets import QDialog, QFileDialog

from annotator.app import make_desk, make_shell
from annotator.foundation.catalogue import load_catalogue
from annotator.ui.dialogs.doctor import DoctorDialog
from tests.journeys.stage import stage
from tests.ui.window_room import boxes, make_project

__all__ = ["boxes", "stage"]


@pytest.fixture
def shell(qapp, stage, boxes):
    made = make_shell(qapp, make_desk(language="en", theme="light"))
    yield made
    made.quit()
    made.close()
    qapp.processEvents()


@pytest.fixture
def damaged(tmp_path):
    path = make_project(tmp_path)
    data = bytearray(path.read_bytes())
    data[4096:8192] = bytes(4096)
    path.write_bytes(data)
    return path


@pytest.fixture
def dialogs(monkeypatch, qtbot):
    """Dialogs that were shown; each has examined its file to the end."""
    shown = []

    def execute(dialog):
        shown.append(dialog)
        if isinstance(dialog, DoctorDialog):
            qtbot.waitUntil(lambda: not dialog.is_running, timeout=20_000)
            dialog.then(dialog)
        return 0

    monkeypatch.setattr(QDialog, "exec", execute)
    monkeypatch.setattr(DoctorDialog, "then", lambda _self, _dialog: None, raising=False)
    return shown


def test_a_damaged_project_offers_the_doctor(shell, damaged, boxes, dialogs):
    boxes.answer = load_catalogue("en").text("doctor.open_doctor")
    before = damaged.read_bytes()
    shell.start([damaged])
    assert len(boxes.texts) == 1
    (dialog,) = dialogs
    assert dialog.ailments
    assert damaged.read_bytes() == before
    assert shell.start_window.isVisible()


def test_the_offer_can_be_declined(shell, damaged, boxes, dialogs):
    shell.start([damaged])
    assert len(boxes.texts) == 1
    assert dialogs == []
    assert shell.start_window.isVisible()


def test_a_repaired_copy_is_opened_when_that_is_wanted(
    shell, damaged, boxes, dialogs, monkeypatch, qtbot
):
    target = damaged.with_name("good.nishan")

    def repair(_self, dialog):
        dialog.repair(target)
        qtbot.waitUntil(lambda: not dialog.is_running, timeout=20_000)
        dialog.open_button.click()

    monkeypatch.setattr(DoctorDialog, "then", repair)
    boxes.answer = load_catalogue("en").text("doctor.open_doctor")
    shell.start([damaged])
    assert shell.workspace is not None
    assert shell.workspace.path == target


def test_the_menu_examines_the_open_project(stage, tmp_path, dialogs, monkeypatch):
    desk = stage(make_project(tmp_path), language="en")
    path = desk.shell.workspace.path
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    desk.window.around.menu_actions["project.doctor"].trigger()
    (dialog,) = dialogs
    assert dialog.ailments == []
    desk.typist.press("3")
    assert len(list(desk.editor.annotations.mentions())) == 1

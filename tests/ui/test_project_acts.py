"""Saving a copy of the open project from the menu, while work goes on in the first."""

import pytest
from PySide6.QtWidgets import QFileDialog

from annotator.store.project_file import ProjectFile
from tests.journeys.stage import stage
from tests.ui.window_room import boxes, make_project

__all__ = ["boxes", "stage"]


@pytest.fixture
def desk(stage, boxes, tmp_path):
    return stage(make_project(tmp_path), language="en")


@pytest.fixture
def choose(monkeypatch):
    """Let the file dialog give this path."""

    def answer(path):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))

    return answer


def test_a_copy_holds_everything_and_is_verified(desk, choose, tmp_path):
    desk.typist.press("3")
    choose(tmp_path / "کۆپی")
    desk.shell.run("project.save_copy")
    copy = tmp_path / "کۆپی.nishan"
    assert copy.name in desk.window.status.notice
    with ProjectFile.open(copy) as project:
        assert project.inventory() == desk.shell.workspace.project.inventory()
        assert project.inventory().mentions == 1
    assert desk.shell.workspace.path != copy
    desk.typist.press("Left 3")
    assert desk.shell.workspace.project.inventory().mentions == 2


def test_nothing_is_overwritten(desk, choose, boxes):
    choose(desk.shell.workspace.path)
    before = desk.shell.workspace.path.read_bytes()
    desk.shell.run("project.save_copy")
    assert "has not been overwritten" in boxes.texts[0]
    assert desk.shell.workspace.path.read_bytes() == before


def test_no_name_saves_nothing(desk, choose, boxes, tmp_path):
    choose("")
    before = sorted(tmp_path.iterdir())
    desk.shell.run("project.save_copy")
    assert sorted(tmp_path.iterdir()) == before
    assert boxes.texts == []

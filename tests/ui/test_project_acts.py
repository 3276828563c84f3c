"""Saving a copy of the open project from the menu, while work goes on in the first."""

import pytest
from PySide6.QtWidgets import QFileDialog

from annotator.store.project_file import ProjectFile
from annotator.workbench.export_scope import ExportChoices, Scope
from annotator.workbench.exporting import Exporter
from annotator.workbench.importing import find_files
from tests.journeys.stage import stage
from tests.key_events import press
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


def test_annotations_that_come_into_the_open_document_are_on_the_page(stage, tmp_path, monkeypatch):
    there = stage(make_project(tmp_path, name="there"))
    press(there.window.view.page, "Ctrl+Home")
    press(there.window.view.page, "1")
    workspace = there.shell.workspace
    gold = tmp_path / "gold.jsonl"
    choices = ExportChoices(scope=Scope.ALL, is_draft=True)
    Exporter(workspace.project, workspace.clock).export_gold(gold, choices)
    here = stage(make_project(tmp_path, name="here"))
    assert len(here.editor.annotations) == 0

    class Dialog:
        """Imports at once."""

        def __init__(self, catalogue, importer, *, folder, parent, present):
            self.importer = importer

        def exec(self):
            self.report = self.importer.run(find_files([gold]))

    monkeypatch.setattr("annotator.ui.dialogs.import_documents.ImportDialog", Dialog)
    here.shell.run("project.import")
    assert len(here.editor.annotations) == 1
    for chord in ("Ctrl+Home", "Left", "1"):
        press(here.window.view.page, chord)
    assert len(here.editor.annotations) == 2

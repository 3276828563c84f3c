"""The merge dialog, by its widgets, on real project files."""

import shutil

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from annotator.foundation.catalogue import without_isolates
from annotator.foundation.errors import UserError
from annotator.store.project_file import ProjectFile
from annotator.ui import merge_acts
from annotator.ui.dialogs.merge_project import MergeDialog
from annotator.workbench.merge_report import MergeReport
from annotator.workbench.merging import merger_of
from tests.journeys.stage import stage
from tests.key_events import press
from tests.ui.dialogs.conftest import clock
from tests.ui.dialogs.sight import cut_off, nameless, rich, untranslated
from tests.ui.window_room import boxes, make_project
from tests.workbench.merges import working
from tests.workbench.projects import mark
from tests.workbench.test_merging import relabel, remove

__all__ = ["boxes", "stage"]


@pytest.fixture
def path(tmp_path):
    """A project with one mark, and beside it a copy that contradicts it."""
    made = make_project(tmp_path)
    with working(made, document="a1") as mine:
        mark(mine, "هەولێر", "GPE")
        mark(mine, "کوردستان", "GPE")
    return made


@pytest.fixture
def other(path):
    target = path.with_name("ئارام.nishan")
    shutil.copyfile(path, target)
    return target


@pytest.fixture
def show(qtbot, path, other):
    """Show the dialog in a language, once the other file has been compared."""
    closing = []

    def shown(catalogue):
        project = ProjectFile.open(path)
        opened = merger_of(other, project, clock=clock)
        dialog = MergeDialog(catalogue, opened.__enter__(), name=other.name, parent=None)
        closing.append((opened, project))
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitUntil(lambda: dialog.preview is not None)
        return dialog

    yield shown
    for opened, project in closing:
        opened.__exit__(None, None, None)
        project.close()


def click(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def contradict(path, other):
    with working(path, document="a1") as mine, working(other, document="a1") as there:
        relabel(mine, "T1", "LOC")
        relabel(there, "T1", "ORG")
        mark(there, "شار", "ODD" if there.scheme.has_label("ODD") else "LOC")


def test_it_shows_what_would_come_then_merges_and_tells(show, path, other, catalogue, qtbot):
    contradict(path, other)
    dialog = show(catalogue)
    assert [row[0] for row in dialog.sets.texts] == ["یەکەم"]
    assert {row[0] for row in dialog.conflicts.texts} == {"یەکەم"}
    assert "LOC" in without_isolates(dialog.conflicts.texts[0][2])
    if catalogue.language == "ckb":
        assert untranslated(dialog) == {}
    assert (nameless(dialog), rich(dialog)) == ([], [])
    qtbot.waitUntil(lambda: cut_off(dialog) == [])
    click(qtbot, dialog.copy_button)
    copied = QApplication.clipboard().text()
    assert copied.startswith(without_isolates(dialog.summary))
    assert all(without_isolates(side) in copied for side in dialog.conflicts.texts[0][2:4])
    click(qtbot, dialog.merge_button)
    assert dialog.is_merged
    assert dialog.report_page.isVisible()
    assert "ORG" in dialog.report_page.text
    qtbot.waitUntil(lambda: cut_off(dialog) == [])
    dialog.reject()
    assert dialog.result() == dialog.DialogCode.Accepted


def test_nothing_new_can_only_be_closed(show, catalogue, qtbot):
    dialog = show(catalogue)
    assert dialog.summary == catalogue.text("merging.nothing")
    assert not dialog.merge_button.isEnabled()
    assert dialog.close_button.hasFocus()
    click(qtbot, dialog.close_button)
    assert (dialog.result(), dialog.is_merged) == (dialog.DialogCode.Rejected, False)


def test_a_sudden_drop_must_be_meant(show, other, english, qtbot):
    with working(other, document="a1") as there:
        remove(there, "T1")
    dialog = show(english)
    assert "annotations: 1 of 2" in without_isolates(dialog.details.toPlainText())
    assert not dialog.merge_button.isEnabled()
    assert dialog.drops_box.hasFocus()
    press(dialog.drops_box, "Space")
    press(dialog.drops_box, "Enter")
    assert dialog.report.sets[0].removed == 1


def test_what_fails_is_told_and_can_be_tried_again(show, path, other, english, monkeypatch):
    contradict(path, other)
    dialog = show(english)

    def fail(*_):
        raise UserError("store.full", name="x")

    monkeypatch.setattr(dialog._merger, "run", fail)
    monkeypatch.setattr(dialog._merger, "preview", fail)
    dialog.start()
    assert "full" in dialog.notice.lower() or "space" in dialog.notice.lower()
    assert dialog.merge_button.isEnabled()
    dialog.compare()
    assert dialog.isVisible()


def test_escape_stops_what_runs(show, path, other, english):
    contradict(path, other)
    dialog = show(english)

    def stop(done, total):
        dialog.reject()
        return dialog.progress(done, total)

    run = dialog._merger.run
    dialog._merger.run = lambda choices, progress: run(choices, stop)
    dialog.start()
    assert dialog.notice == english.text("merging.cancelled")
    assert not dialog.is_merged


def merged(dialog):
    """Stands in for `QDialog.exec`: somebody merges and closes."""
    dialog.compare()
    dialog.start()
    return 1


class TestInTheWindow:
    @pytest.fixture
    def desk(self, stage, path, other):
        contradict(path, other)
        return stage(path, language="en")

    def choose(self, monkeypatch, path, then):
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path or ""), ""))
        monkeypatch.setattr(MergeDialog, "exec", then)

    def test_the_page_shows_what_came_and_the_project_takes_it_back(self, desk, other, monkeypatch):
        self.choose(monkeypatch, other, merged)
        before = len(desk.editor.annotations)
        desk.window.run_action("project.merge")
        assert len(desk.editor.annotations) == before + 2
        step = desk.shell.workspace.changes.steps()[0]
        desk.shell.workspace.changes.undo(step.seq)
        assert len(desk.editor.annotations) == before

    def test_no_file_is_no_merge(self, desk, monkeypatch):
        self.choose(monkeypatch, None, lambda _: pytest.fail("nothing was chosen"))
        desk.window.run_action("project.merge")

    def test_what_cannot_be_opened_is_told(self, desk, path, monkeypatch):
        self.choose(monkeypatch, path, lambda _: pytest.fail("it cannot be opened"))
        desk.window.run_action("project.merge")
        assert "is the project that is open here" in desk.window.status.notice

    def test_into_an_empty_project_the_first_document_is_opened(
        self, stage, path, tmp_path, monkeypatch
    ):
        empty = make_project(tmp_path, name="بەتاڵ", documents={})
        desk = stage(empty, language="en")
        self.choose(monkeypatch, path, merged)
        desk.shell.run("project.merge")
        assert desk.shell.workspace.open_document.document.id == "a1"


def test_a_report_without_a_step_is_no_merge():
    assert MergeReport().step is None
    assert merge_acts.merge_acts(lambda: (None, None), clock, print).keys() == {"project.merge"}

"""The dialog that makes a project, by its widgets, making real projects."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from annotator.ui.dialogs.new_project import NewProjectDialog
from annotator.workbench.projects import create_project
from annotator.workbench.schemes import DEFAULT_SCHEME, read_scheme_text
from annotator.workbench.workspace import open_workspace
from tests.ui.dialogs.conftest import clock


@pytest.fixture
def make(qtbot, tmp_path):
    """Show the dialog in a language."""

    def create(wish):
        create_project(wish.path, clock=clock, scheme=wish.scheme, annotator=wish.annotator).close()

    def show(catalogue):
        dialog = NewProjectDialog(
            catalogue,
            create,
            schemes=[(DEFAULT_SCHEME, "هەواڵی کوردی")],
            folder=tmp_path,
            parent=None,
        )
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return show


@pytest.fixture
def dialog(make, english):
    return make(english)


def fill(qtbot, dialog, name, annotator="شیلان"):
    """Type into the fields and press Enter."""
    qtbot.keyClicks(dialog.path_field, name)
    dialog.annotator_field.setText(annotator)
    qtbot.keyClick(dialog.annotator_field, Qt.Key.Key_Return)


def test_a_project_is_made_with_suffix_annotator_and_scheme(dialog, qtbot, tmp_path):
    fill(qtbot, dialog, "v1.2")
    assert dialog.created == tmp_path / "v1.2.nishan"
    workspace = open_workspace(dialog.created, clock=clock)
    assert (workspace.annotator.name, workspace.scheme.id) == ("شیلان", "ckb-news")
    workspace.close()
    assert not dialog.isVisible()


def test_a_suffix_that_is_there_is_not_added_again(dialog, qtbot, tmp_path):
    fill(qtbot, dialog, str(tmp_path / "X.NISHAN"))
    assert dialog.created == tmp_path / "X.NISHAN"


@pytest.mark.parametrize(
    ("name", "annotator", "notice"),
    [
        ("", "شیلان", "Please say where the project file shall be."),
        ("a", "  ", "Please give the annotator's name."),
    ],
)
def test_what_is_missing_is_said_in_place(dialog, qtbot, tmp_path, name, annotator, notice):
    fill(qtbot, dialog, name, annotator)
    assert (dialog.notice, dialog.isVisible(), dialog.created) == (notice, True, None)
    assert list(tmp_path.iterdir()) == []


def test_an_existing_file_is_kept_and_said(dialog, qtbot, tmp_path):
    (tmp_path / "a.nishan").write_text("mine")
    fill(qtbot, dialog, "a")
    assert "a.nishan" in dialog.notice
    assert (tmp_path / "a.nishan").read_text() == "mine"
    assert dialog.path_field.selectedText() == "a"
    dialog.path_field.setText("b")
    dialog.create_button.click()
    assert dialog.created == tmp_path / "b.nishan"


def test_a_scheme_can_come_from_a_file(dialog, qtbot, tmp_path, monkeypatch):
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    good.write_text(read_scheme_text(DEFAULT_SCHEME), encoding="utf-8")
    bad.write_text("[]")
    for path, is_made in ((bad, False), (good, True)):
        chosen = (str(path), "")
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *args, chosen=chosen: chosen)
        qtbot.mouseClick(dialog.scheme_button, Qt.MouseButton.LeftButton)
        dialog.path_field.clear()
        fill(qtbot, dialog, "a")
        assert (dialog.created is not None) is is_made
        assert (tmp_path / "a.nishan").exists() is is_made


def test_the_file_dialog_adds_the_suffix(dialog, qtbot, tmp_path, monkeypatch):
    chosen = (str(tmp_path / "نوێ"), "")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args, **kwargs: chosen)
    qtbot.mouseClick(dialog.path_button, Qt.MouseButton.LeftButton)
    assert dialog.path_field.text() == str(tmp_path / "نوێ.nishan")


def test_escape_makes_nothing(dialog, qtbot, tmp_path):
    qtbot.keyClicks(dialog.path_field, "a")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert (dialog.isVisible(), dialog.created, list(tmp_path.iterdir())) == (False, None, [])

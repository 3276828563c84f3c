"""The report in the window: read first, then saved as it was read."""

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog

from annotator.ui.dialogs.problem_report import ProblemReportDialog
from tests.ui.dialogs.conftest import catalogue, english

__all__ = ["catalogue", "english"]


def compose(has_text):
    return f"Nîşan 1\nline\u00a0two\n{'هەولێر' if has_text else 'no text'}\n"


@pytest.fixture
def dialog(english, qtbot):
    made = ProblemReportDialog(english, compose, name="report.txt", has_document=True, parent=None)
    qtbot.addWidget(made)
    made.show()
    return made


def choose(monkeypatch, path):
    asked = []

    def answer(parent, title, proposed, kinds):
        asked.append(proposed)
        return str(path), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    return asked


def test_it_is_shown_and_saved_as_it_is_shown(dialog, tmp_path, monkeypatch):
    asked = choose(monkeypatch, tmp_path / "r.txt")
    assert dialog.view.isReadOnly()
    assert dialog.view.toPlainText() == compose(False).replace("\u00a0", " ")
    dialog.save_button.click()
    assert asked[0].endswith("report.txt")
    assert (tmp_path / "r.txt").read_text("utf-8") == compose(False)
    assert dialog.saved == tmp_path / "r.txt"
    assert "r.txt" in dialog.notice


def test_the_text_comes_and_goes_with_the_tick(dialog):
    dialog.with_text.click()
    assert dialog.text == compose(True)
    assert "هەولێر" in dialog.view.toPlainText()
    dialog.with_text.click()
    assert dialog.text == compose(False)
    dialog.copy_button.click()
    assert QApplication.clipboard().text() == compose(False)


def test_what_cannot_be_written_is_said_and_nothing_is_saved(dialog, tmp_path, monkeypatch):
    choose(monkeypatch, tmp_path)
    dialog.save()
    assert dialog.saved is None
    assert "is a folder" in dialog.notice


def test_cancelling_saves_nothing(dialog, monkeypatch):
    choose(monkeypatch, "")
    dialog.save()
    assert (dialog.saved, dialog.notice) == (None, "")
    dialog.close_button.click()
    assert not dialog.isVisible()


def test_without_a_document_there_is_no_text_to_add(english, qtbot):
    made = ProblemReportDialog(english, compose, name="r", has_document=False, parent=None)
    qtbot.addWidget(made)
    assert not made.with_text.isEnabled()

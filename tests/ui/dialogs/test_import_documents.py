"""The import dialog, by its widgets, on a real project."""

import json

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog

from annotator.ui import progress
from annotator.ui.dialogs.import_documents import ImportDialog
from annotator.workbench.importing import Importer
from tests.ui.dialogs.conftest import clock

NEWS = [
    {"کات": "٢٠٢٤", "body": "یەکەم هەواڵی ئەمڕۆ لە هەولێرەوە.", "head": "یەکەم", "kind": "سیاسی"},
    {"کات": "٢٠٢٥", "body": "دووەم هەواڵی ئەمڕۆ لە سلێمانییەوە.", "head": "دووەم", "kind": "وەرزش"},
]
OLD = "دوکان و بازار".encode("cp1256")


@pytest.fixture
def files(tmp_path):
    """A text, news, a text in an old encoding, and a broken file."""
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "a.txt").write_text("دەقێکی کورت لە هەولێر.", encoding="utf-8")
    (folder / "b.json").write_text(json.dumps(NEWS), encoding="utf-8")
    (folder / "c.txt").write_bytes(OLD)
    (folder / "d.jsonl").write_text('{"a": \n', encoding="utf-8")
    return folder


@pytest.fixture
def make(qtbot, project, tmp_path):
    """Show the dialog in a language."""

    def show(catalogue):
        dialog = ImportDialog(catalogue, Importer(project, clock), folder=tmp_path, parent=None)
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return show


@pytest.fixture
def dialog(make, english):
    return make(english)


def names(dialog):
    """The names in the table of files."""
    return [row[0] for row in dialog.files.texts]


def note(dialog, row):
    """What the table says about a file."""
    return dialog.files.texts[row][3]


def test_nothing_can_be_imported_before_files_are_chosen(dialog):
    assert not dialog.import_button.isEnabled()
    assert dialog.files_button.isDefault()


def test_chosen_files_stand_in_the_table_with_format_size_and_note(
    dialog, files, qtbot, monkeypatch
):
    chosen = ([str(files / "a.txt"), str(files / "b.json"), str(files / "c.txt")], "")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *args, **kwargs: chosen)
    qtbot.mouseClick(dialog.files_button, Qt.MouseButton.LeftButton)
    assert [row[:3] for row in dialog.files.texts] == [
        ("a.txt", "Plain text", "40 bytes"),
        ("b.json", "News records (JSON)", "642 bytes"),
        ("c.txt", "Plain text", "13 bytes"),
    ]
    assert note(dialog, 0) == ""
    assert "body" in note(dialog, 1)
    assert "byte 0" in note(dialog, 2)
    assert dialog.import_button.isDefault()


def test_a_folder_brings_its_files_once(dialog, files, qtbot, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *args: str(files))
    for _ in range(2):
        qtbot.mouseClick(dialog.folder_button, Qt.MouseButton.LeftButton)
    assert names(dialog) == ["a.txt", "b.json", "c.txt", "d.jsonl"]


def test_files_can_be_dropped(dialog, files):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(files / "a.txt"))])
    buttons = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(QPoint(9, 9), Qt.DropAction.CopyAction, data, *buttons)
    dialog.dragEnterEvent(enter)
    assert enter.isAccepted()
    dialog.dropEvent(QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, *buttons))
    assert names(dialog) == ["a.txt"]


def test_a_path_that_is_gone_is_said_and_nothing_is_added(dialog, files):
    dialog.add_paths([files / "gone.txt"])
    assert "gone.txt" in dialog.notice
    assert names(dialog) == []


def test_delete_leaves_a_file_out(dialog, files, qtbot):
    dialog.add_paths([files / "a.txt", files / "b.json"])
    qtbot.keyClick(dialog.files, Qt.Key.Key_Delete)
    assert names(dialog) == ["b.json"]
    qtbot.mouseClick(dialog.remove_button, Qt.MouseButton.LeftButton)
    assert (names(dialog), dialog.import_button.isEnabled()) == ([], False)


def test_the_proposed_fields_and_the_first_records_are_shown(dialog, files):
    dialog.add_paths([files / "b.json"])
    fields = dialog.fields
    assert {part: box.currentData() for part, box in fields.boxes.items()} == {
        "text": ("body",), "title": ("head",), "id": None, "outlet": None, "url": None,
        "published": ("کات",), "author": None,
    }  # fmt: skip
    assert fields.table.texts == [
        ("1", "یەکەم", NEWS[0]["body"], "٢٠٢٤"),
        ("2", "دووەم", NEWS[1]["body"], "٢٠٢٥"),
    ]


def test_another_field_changes_the_preview_and_the_import(dialog, files, qtbot, project):
    dialog.add_paths([files / "b.json"])
    box = dialog.fields.boxes["title"]
    box.setFocus()
    qtbot.keyClicks(box, "kind")
    qtbot.keyClick(box, Qt.Key.Key_Down)
    box.setCurrentIndex(box.findText("\u2068kind\u2069"))
    assert [row[1] for row in dialog.fields.table.texts] == ["سیاسی", "وەرزش"]
    qtbot.mouseClick(dialog.import_button, Qt.MouseButton.LeftButton)
    assert [entry.title for entry in project.documents.entries()] == ["سیاسی", "وەرزش"]


def test_a_choice_of_fields_is_kept_while_another_file_is_looked_at(dialog, files):
    dialog.add_paths([files / "a.txt", files / "b.json"])
    dialog.files.setCurrentCell(1, 0)
    box = dialog.fields.boxes["text"]
    box.setCurrentIndex(box.findText("\u2068kind\u2069"))
    dialog.files.setCurrentCell(0, 0)
    assert "هەولێر" in dialog.text_panel.text
    dialog.files.setCurrentCell(1, 0)
    assert box.currentData() == ("kind",)
    assert "kind" in note(dialog, 1)


def test_an_old_text_is_refused_by_byte_and_read_once_its_encoding_is_chosen(
    dialog, files, qtbot, project
):
    dialog.add_paths([files / "c.txt"])
    panel = dialog.text_panel
    assert "\ufffd" in panel.text
    panel.box.setCurrentIndex(panel.box.findData("windows-1256"))
    assert (panel.text, "Windows-1256" in note(dialog, 0)) == ("دوکان و بازار", True)
    qtbot.mouseClick(dialog.import_button, Qt.MouseButton.LeftButton)
    (entry,) = project.documents.entries()
    assert project.documents.get(entry.id).text == "دوکان و بازار"


def test_the_choice_of_an_encoding_can_be_taken_back(dialog, files):
    dialog.add_paths([files / "c.txt"])
    box = dialog.text_panel.box
    box.setCurrentIndex(box.findData("windows-1256"))
    box.setCurrentIndex(0)
    assert "byte 0" in note(dialog, 0)
    assert box.isVisible()


def test_a_format_can_be_chosen_for_all(dialog, tmp_path):
    path = tmp_path / "a.doc"
    path.write_text("دەق", encoding="utf-8")
    dialog.add_paths([path])
    assert "a.doc" in note(dialog, 0)
    dialog.format_box.setCurrentIndex(dialog.format_box.findData("plain-text"))
    assert dialog.files.texts == [("a.doc", "Plain text", "6 bytes", "")]


def test_the_report_tells_what_came_and_names_what_did_not(dialog, files, qtbot, project):
    dialog.add_paths([files])
    (files / "a2.txt").write_bytes((files / "a.txt").read_bytes())
    dialog.add_paths([files / "a2.txt"])
    qtbot.mouseClick(dialog.import_button, Qt.MouseButton.LeftButton)
    text = dialog.report_page.text
    assert len(dialog.report.imported) == 3
    assert text.startswith("Imported: documents: 3, annotation sets: 0; skipped duplicates: 1;")
    for told in ("c.txt", "byte 0", "d.jsonl", "a2.txt"):
        assert told in text
    assert "\u2068" not in text
    qtbot.mouseClick(dialog.report_page.copy_button, Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == text
    assert dialog.report_page.close_button.isDefault()
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.result() == QDialog.DialogCode.Accepted


def test_a_clean_import_says_so_and_escape_counts_as_done(dialog, files, qtbot):
    dialog.add_paths([files / "a.txt"])
    qtbot.mouseClick(dialog.import_button, Qt.MouseButton.LeftButton)
    assert "without a problem" in dialog.report_page.text
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert (dialog.isVisible(), dialog.result()) == (False, QDialog.DialogCode.Accepted)


@pytest.mark.parametrize("way", ["button", "escape"])
def test_a_running_import_can_be_stopped_and_nothing_happens(dialog, files, qtbot, project, way):
    dialog.add_paths([files])

    def stop():
        assert not dialog.import_button.isEnabled()
        if way == "button":
            qtbot.mouseClick(dialog.progress.stop_button, Qt.MouseButton.LeftButton)
        else:
            qtbot.keyClick(dialog, Qt.Key.Key_Escape)

    QTimer.singleShot(0, stop)
    dialog.start()
    assert (project.documents.count(), dialog.report) == (0, None)
    assert dialog.notice == "The import was stopped; the project is as it was."
    assert dialog.isVisible()
    assert dialog.import_button.isEnabled()


def test_one_file_of_many_documents_can_be_stopped_in_the_middle(
    dialog, files, project, monkeypatch
):
    monkeypatch.setattr(progress, "_PAUSE", 0)
    many = files.parent / "many.jsonl"
    many.write_text("".join(f'{{"text": "وشە {n}"}}\n' for n in range(400)), encoding="utf-8")
    dialog.add_paths([many])
    counts = []

    def look():
        if dialog.progress.count.startswith("Documents read"):
            counts.append(dialog.progress.count)
            dialog.progress.stop()

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(0)
    dialog.start()
    timer.stop()
    assert counts
    assert (project.documents.count(), dialog.report) == (0, None)


def test_enter_on_the_files_imports_them(dialog, files, qtbot):
    dialog.add_paths([files / "a.txt"])
    qtbot.keyClick(dialog.files, Qt.Key.Key_Return)
    assert len(dialog.report.imported) == 1


def test_looking_at_files_can_be_stopped(dialog, files):
    QTimer.singleShot(0, dialog.progress.stop)
    dialog.add_paths([files])
    assert names(dialog) == []


def test_escape_closes_without_an_import(dialog, qtbot):
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert (dialog.isVisible(), dialog.report) == (False, None)


def test_a_file_that_vanishes_is_told_in_place(dialog, files):
    dialog.add_paths([files / "a.txt", files / "b.json"])
    (files / "b.json").unlink()
    dialog.files.setCurrentCell(1, 0)
    dialog.start()
    assert "b.json" in dialog.report_page.text

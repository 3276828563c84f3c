"""The export dialog, by its widgets, on a real project."""

import hashlib
import json

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog

from annotator.core.annotations import SetStatus
from annotator.ui.dialogs import export
from annotator.ui.dialogs.export import ExportDialog
from annotator.workbench.exporting import Exporter, Scope
from tests.ui.dialogs.conftest import clock


@pytest.fixture
def target(tmp_path):
    return tmp_path / "out.jsonl"


@pytest.fixture
def make(qtbot, project, target):
    """Show the dialog in a language."""

    def show(catalogue):
        dialog = ExportDialog(
            catalogue,
            Exporter(project, clock),
            annotators=[person.name for person in project.people.all()],
            suggested=target,
            parent=None,
        )
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return show


@pytest.mark.parametrize(
    ("scope", "count"), [(Scope.APPROVED, 1), (Scope.COMPLETE, 2), (Scope.ALL, 3)]
)
def test_it_says_at_once_how_many_sets_qualify(make, english, annotate, qtbot, scope, count):
    for number, status in enumerate(
        (SetStatus.APPROVED, SetStatus.COMPLETE, SetStatus.IN_PROGRESS)
    ):
        annotate(f"d{number}", status=status)
    dialog = make(english)
    qtbot.mouseClick(dialog.form.scope_buttons[scope], Qt.MouseButton.LeftButton)
    assert dialog.form.count == f"Annotation sets that are exported: {count}"
    assert dialog.export_button.isEnabled()


def test_nothing_to_export_says_so_and_names_all(make, english, annotate, qtbot):
    annotate("d1", status=SetStatus.IN_PROGRESS)
    dialog = make(english)
    assert "“All”" in dialog.form.count
    assert not dialog.export_button.isEnabled()
    with qtbot.waitActive(dialog):
        dialog.activateWindow()
    for _ in range(2):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    assert dialog.form.choices.scope is Scope.ALL
    assert dialog.export_button.isEnabled()


def test_one_annotator_alone(make, english, annotate, project):
    annotate("d1")
    with project.transaction() as tx:
        project.people.add(tx, "ئازاد", at="2026-11-21T09:00:00Z")
    dialog = make(english)
    box = dialog.form.annotator_box
    assert [box.itemData(index) for index in range(box.count())] == [None, "شیلان", "ئازاد"]
    box.setCurrentIndex(2)
    assert not dialog.export_button.isEnabled()
    box.setCurrentIndex(1)
    assert dialog.export_button.isEnabled()


def test_the_export_is_written_and_told_in_numbers(make, english, annotate, qtbot, target):
    annotate("d1")
    annotate("d2")
    dialog = make(english)
    dialog.form.reproducible_box.click()
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    data = target.read_bytes()
    assert len(data.splitlines()) == 2
    assert json.loads(data.splitlines()[0])["doc_id"] == "d1"
    assert dialog.report_page.text.splitlines() == [
        "The export is done.",
        "",
        "Documents: 2",
        "Annotation sets: 2",
        "Mentions: 2",
        "Entities: 0",
        "Events: 0",
        "Quotes: 0",
        f"Bytes: {len(data)}",
        f"SHA-256: {hashlib.sha256(data).hexdigest()}",
        f"Where to: {target}",
        "Left out: documents of which nothing qualified: 0",
        "Left out: annotation sets that did not qualify: 0",
        "Mentions in them: 0",
        "Events in them: 0",
        "Quotes in them: 0",
        "Refused suggestions, which gold does not hold: 0",
        "Documents in the trash: 0",
    ]
    qtbot.mouseClick(dialog.report_page.copy_button, Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == dialog.report_page.text
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert (dialog.result(), dialog.written.sets) == (QDialog.DialogCode.Accepted, 2)


@pytest.mark.parametrize(
    ("typed", "note", "file"),
    [
        ("x.jsonl", "record a line", "x.jsonl"),
        ("x.json", "indented", "x.json"),
        ("folder", "folder", "folder/manifest.json"),
    ],
)
def test_the_target_decides_what_is_written(
    make, english, annotate, qtbot, tmp_path, typed, note, file
):
    annotate("d1")
    dialog = make(english)
    field = dialog.form.place.field
    field.selectAll()
    qtbot.keyClicks(field, typed)
    assert note in dialog.form.place.note
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert (tmp_path / file).is_file()


def test_without_a_target_there_is_no_export(make, english, annotate):
    annotate("d1")
    dialog = make(english)
    dialog.form.place.field.clear()
    assert not dialog.export_button.isEnabled()


@pytest.mark.parametrize("is_agreed", [True, False])
def test_a_file_is_replaced_only_when_agreed(
    make, english, annotate, monkeypatch, target, is_agreed
):
    annotate("d1")
    target.write_text("old")
    asked = []
    monkeypatch.setattr(export, "confirm", lambda *a, **k: asked.append(a[2]) or is_agreed)
    make(english).start()
    assert len(asked) == 1
    assert str(target) in asked[0]
    assert (target.read_text(encoding="utf-8") == "old") is not is_agreed


def test_the_file_dialog_has_asked_already(make, english, annotate, monkeypatch, qtbot, target):
    annotate("d1")
    target.write_text("old")
    chosen = (str(target), "")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: chosen)
    monkeypatch.setattr(export, "confirm", lambda *args, **kwargs: pytest.fail("asked twice"))
    dialog = make(english)
    qtbot.mouseClick(dialog.form.place.file_button, Qt.MouseButton.LeftButton)
    dialog.start()
    assert target.read_text(encoding="utf-8") != "old"


@pytest.mark.parametrize(("kind", "suffix"), [("(*.json)", ".json"), ("(*.jsonl)", ".jsonl")])
def test_a_chosen_name_gets_its_suffix(make, english, monkeypatch, qtbot, tmp_path, kind, suffix):
    chosen = (str(tmp_path / "v1.2"), f"x {kind}")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: chosen)
    dialog = make(english)
    qtbot.mouseClick(dialog.form.place.file_button, Qt.MouseButton.LeftButton)
    assert dialog.form.target == tmp_path / f"v1.2{suffix}"


def test_a_folder_can_be_chosen(make, english, monkeypatch, qtbot, tmp_path):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *args: str(tmp_path / "x"))
    dialog = make(english)
    qtbot.mouseClick(dialog.form.place.folder_button, Qt.MouseButton.LeftButton)
    assert dialog.form.target == tmp_path / "x"


@pytest.fixture
def blocked(make, english, annotate):
    """The dialog before an export that two errors stand in the way of."""
    annotate("d1", end=12)
    annotate("d2")
    annotate("d3", end=12)
    return make(english)


def test_what_blocks_is_listed_and_nothing_is_written(blocked, target):
    blocked.start()
    sentence = "“\u2068هەولێر \u2069” begins or ends with a space. Move its boundary to the word."
    assert [row for row in blocked.findings_page.table.texts if row[2] == "V04"] == [
        ("هەواڵی d1", "T1", "V04", sentence),
        ("هەواڵی d3", "T1", "V04", sentence),
    ]
    assert not target.exists()
    assert blocked.findings_page.mend_button.isDefault()


@pytest.mark.parametrize("way", ["enter", "double click"])
def test_a_finding_can_be_gone_to(blocked, qtbot, way):
    blocked.start()
    table = blocked.findings_page.table
    row = next(i for i, one in enumerate(table.texts) if one[0] == "هەواڵی d3")
    table.setCurrentCell(row, 0)
    if way == "enter":
        qtbot.keyClick(table, Qt.Key.Key_Return)
    else:
        place = table.visualItemRect(table.item(row, 3)).center()
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
        qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert blocked.chosen_finding == ("d3", "a1", "T1")
    assert (blocked.isVisible(), blocked.result()) == (False, QDialog.DialogCode.Accepted)


def test_a_draft_is_written_only_when_asked_for(blocked, qtbot, target):
    blocked.start()
    qtbot.mouseClick(blocked.findings_page.draft_button, Qt.MouseButton.LeftButton)
    assert len(target.read_bytes().splitlines()) == 3
    assert blocked.report_page.text.startswith("A draft was exported. It is not gold.")
    assert f"Errors in the draft: {blocked.written.errors}" in blocked.report_page.text
    assert blocked.written.errors >= 2


def test_to_close_and_mend_changes_nothing(blocked, qtbot, target):
    blocked.start()
    qtbot.mouseClick(blocked.findings_page.mend_button, Qt.MouseButton.LeftButton)
    assert (blocked.isVisible(), blocked.written, blocked.chosen_finding) == (False, None, None)
    assert not target.exists()


def test_the_choices_can_be_changed_after_findings(blocked, qtbot):
    blocked.start()
    qtbot.mouseClick(blocked.findings_page.back_button, Qt.MouseButton.LeftButton)
    assert blocked.form.isVisible()
    assert blocked.export_button.isDefault()


@pytest.mark.parametrize("after", [0, 2])
def test_a_running_export_can_be_stopped(make, english, annotate, target, monkeypatch, after):
    for number in range(3):
        annotate(f"d{number}")
    dialog = make(english)
    begun = []
    begin = dialog.progress.begin

    def begin_and_stop(what):
        begin(what)
        begun.append(what)
        if len(begun) == (2 if after else 1):
            QTimer.singleShot(0, dialog.progress.stop_button.click)

    monkeypatch.setattr(dialog.progress, "begin", begin_and_stop)
    dialog.start()
    assert dialog.notice == "The export was stopped; nothing was written."
    assert (target.exists(), dialog.written) == (False, None)
    assert dialog.export_button.isEnabled()


def test_an_error_of_the_disk_is_told_in_place(make, english, annotate, tmp_path):
    annotate("d1")
    dialog = make(english)
    dialog.form.place.field.setText(str(tmp_path / "none" / "x.jsonl"))
    dialog.start()
    assert str(tmp_path / "none") in dialog.notice  # the folder is what is missing
    assert dialog.form.isVisible()

"""The page of the import dialog for names that the scheme does not have, by its widgets."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from annotator.ui.dialogs import import_documents
from annotator.ui.dialogs.import_documents import ImportDialog
from annotator.workbench.importing import Importer
from annotator.workbench.label_mapping import LEAVE_OUT, Decision, Fate
from annotator.workbench.schemes import scheme_of
from tests.journeys.stage import stage
from tests.ui.dialogs.conftest import clock
from tests.ui.dialogs.sight import cut_off, nameless, rich, untranslated
from tests.ui.window_room import boxes, make_project
from tests.workbench.foreign import MEETING, SPANS, spans_file, spans_format

__all__ = ["boxes", "spans_format", "stage"]
pytestmark = pytest.mark.usefixtures("spans_format")


@pytest.fixture
def show(qtbot, project, tmp_path):
    """Show the dialog with a foreign file, as somebody who presses Import."""

    def shown(catalogue, *records):
        dialog = ImportDialog(
            catalogue, Importer(project, clock), folder=tmp_path, parent=None, present="شیلان"
        )
        qtbot.addWidget(dialog)
        dialog.show()
        dialog.add_paths([spans_file(tmp_path, *(records or (MEETING,)))])
        click(qtbot, dialog.import_button)
        return dialog

    return shown


def click(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def names(page):
    return [row[1] for row in page.table.texts]


def fates(page):
    return [page.box(row).currentData() for row in range(page.table.rowCount())]


def choose(page, name, decision):
    box = page.box(names(page).index(name))
    box.setCurrentIndex([box.itemData(n) for n in range(box.count())].index(decision))


def test_names_are_shown_with_what_is_alike_chosen(show, project, catalogue, qtbot):
    dialog = show(catalogue)
    page = dialog.labels_page
    assert page.isVisible()
    assert names(page) == [
        "PERSON", "کەشتی", "Meet", "Meet.Entity", "Meet.Where", "facet", "sure",
    ]  # fmt: skip
    assert fates(page) == [
        Decision(Fate.OURS, "PER"),
        Decision(Fate.NEW, "keshty"),
        Decision(Fate.OURS, "Contact.Meet"),
        Decision(Fate.OURS, "Participant"),
        Decision(Fate.OURS, "Place"),
        Decision(Fate.NEW, "facet"),
        Decision(Fate.NEW, "sure"),
    ]
    assert page.box(0).hasFocus()
    assert page.import_button.isDefault()
    if catalogue.language == "ckb":
        assert untranslated(dialog) == {}
    assert (nameless(dialog), rich(dialog)) == ([], [])
    qtbot.waitUntil(lambda: cut_off(dialog) == [])
    assert dialog.report is None
    assert project.documents.entries() == ()


def test_the_import_follows_what_was_chosen_and_tells_what_was_left_out(show, project, english):
    dialog = show(english)
    page = dialog.labels_page
    choose(page, "کەشتی", LEAVE_OUT)
    assert "facet" not in names(page)  # nothing is left that carries it
    choose(page, "sure", LEAVE_OUT)
    assert page.summary == english.text("importing.labels.summary", left_out=2, added=0)
    page.import_button.click()
    assert dialog.report_page.isVisible()
    assert "label کەشتی (1)" in dialog.report_page.text
    (header,) = project.annotations.headers()
    assert header.id == "a1"
    assert not dialog.report.has_new_scheme
    dialog.reject()
    assert dialog.result() == dialog.DialogCode.Accepted


def test_other_types_have_other_roles(show, english):
    dialog = show(english)
    page = dialog.labels_page
    choose(page, "Meet.Where", LEAVE_OUT)
    choose(page, "Meet", Decision(Fate.NEW, "Meet"))
    assert names(page) == ["PERSON", "کەشتی", "Meet", "facet", "sure"]
    assert page.box(2).hasFocus()
    choose(page, "Meet", Decision(Fate.OURS, "Conflict.Attack"))
    assert names(page)[3:5] == ["Meet.Entity", "Meet.Where"]
    assert fates(page)[4] == LEAVE_OUT  # as it was chosen before
    choose(page, "Meet.Entity", Decision(Fate.OURS, "Attacker"))
    choose(page, "Meet", Decision(Fate.OURS, "Contact.Call"))
    assert fates(page)[3] == Decision(Fate.OURS, "Participant")


def test_it_is_all_done_by_keys(show, project, english, qtbot):
    dialog = show(english)
    page = dialog.labels_page
    for row in range(page.table.rowCount()):
        assert page.box(row).hasFocus()
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
    assert page.back_button.hasFocus()
    qtbot.keyClick(page.back_button, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    last = page.box(page.table.rowCount() - 1)
    qtbot.keyClick(last, Qt.Key.Key_Down)
    assert last.currentData() == LEAVE_OUT
    assert page.table.currentRow() == page.table.rowCount() - 1
    qtbot.keyClick(last, Qt.Key.Key_Return)
    assert dialog.report.sets == 1
    assert scheme_of(project).has_label("keshty")
    assert english.text("importing.report.scheme") in dialog.report_page.text


def test_what_fails_is_said_there_and_can_be_mended(show, project, english):
    events = [["کۆبووەوە", f"Kind{number}", []] for number in range(11)]
    dialog = show(english, {**MEETING, "events": events})
    page = dialog.labels_page
    page.import_button.click()
    assert "no key left" in page.notice
    assert project.documents.entries() == ()
    choose(page, "Kind10", LEAVE_OUT)
    page.import_button.click()
    assert dialog.report.sets == 1


def test_a_foreign_file_is_told_by_the_note_of_its_format(show, english, qtbot):
    dialog = show(english)
    click(qtbot, dialog.labels_page.back_button)
    assert dialog.details.hint == english.text(f"{SPANS.title}_note")


def test_back_leads_to_the_files_and_escape_stops(show, english, qtbot, monkeypatch):
    dialog = show(english)
    page = dialog.labels_page
    click(qtbot, page.back_button)
    assert dialog.files.isVisible()
    click(qtbot, dialog.import_button)
    run = dialog._importer.run

    def stop(found, choices, progress, on_item):
        def tell(done, total):
            dialog.reject()
            return progress(done, total)

        return run(found, choices, tell, on_item)

    monkeypatch.setattr(dialog._importer, "run", stop)
    page.import_button.click()
    assert page.notice == english.text("import.cancelled")
    assert dialog.isVisible()
    assert page.findChildren(QComboBox)[0].isEnabled()


def test_the_window_follows_the_scheme_and_one_undo_takes_all_back(stage, tmp_path, monkeypatch):
    desk = stage(make_project(tmp_path), language="en")
    file = spans_file(tmp_path, MEETING)

    def imported(dialog):
        dialog.add_paths([file])
        dialog.start()
        dialog.start_mapped()
        return 1

    monkeypatch.setattr(import_documents.ImportDialog, "exec", imported)
    desk.shell.run("project.import")
    workspace = desk.shell.workspace
    assert workspace.scheme.has_label("keshty")
    workspace.open("meeting")
    assert len(workspace.open_document.annotations) == 4
    workspace.changes.undo(workspace.changes.steps()[0].seq)
    assert not workspace.scheme.has_label("keshty")
    assert [entry.id for entry in workspace.project.documents.removed()] == ["meeting"]


def test_two_names_never_become_one_new_entry_by_chance(show, english, project, qtbot):
    spans = [["ئازاد", "Per son"], ["نەورۆز", "Per-son"]]
    dialog = show(english, {"text": MEETING["text"], "spans": spans})
    page = dialog.labels_page
    for row in range(2):
        assert page.box(row).currentData() == Decision(Fate.OURS, "PER")
        choose(page, names(page)[row], page.box(row).itemData(page.box(row).count() - 2))
    assert fates(page) == [Decision(Fate.NEW, "Per-son"), Decision(Fate.NEW, "Per-son-2")]
    assert "Per-son-2" in page.box(1).currentText()
    click(qtbot, page.import_button)
    (header,) = project.annotations.headers()
    labels = [mention.label for mention in project.annotations.read(header).mentions()]
    assert labels == ["Per-son", "Per-son-2"]


def test_what_else_is_to_be_known_is_shown_before_anything_comes_in(show, catalogue, qtbot):
    dialog = show(catalogue, {**MEETING, "late": True}, {})
    page = dialog.labels_page
    lines = page.problems.toPlainText().splitlines()
    assert page.problems.isVisible()
    assert [catalogue.text("formats.warning_utf_16") in line for line in lines] == [True, False]
    qtbot.waitUntil(lambda: cut_off(dialog) == [])
    assert (nameless(dialog), rich(dialog)) == ([], [])


def test_nothing_is_shown_where_nothing_else_is_to_be_known(show, catalogue):
    assert not show(catalogue).labels_page.problems.isVisible()

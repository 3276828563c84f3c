"""History, trash, annotators, labels and scheme by real keys in a real window."""

import json

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QListView, QMenu

from annotator.core.commands.relabelling import Relabelling
from annotator.core.edits import Edit
from annotator.core.ids import DocumentId, SetId
from annotator.foundation.catalogue import load_catalogue, without_isolates
from annotator.ui.dialogs.history import HistoryDialog
from annotator.ui.dialogs.labels import LabelsDialog
from annotator.ui.dialogs.people import PeopleDialog
from annotator.ui.dialogs.relabelling import RelabelDialog
from annotator.ui.dialogs.scheme_exchange import SchemeExchangeDialog
from annotator.ui.dialogs.trash import TrashDialog
from annotator.workbench.trash import Trash
from tests.journeys.stage import stage
from tests.key_events import press
from tests.ui.window_room import boxes, make_project

__all__ = ["boxes", "stage"]

A, B, C = DocumentId("a1"), DocumentId("a2"), DocumentId("a3")


@pytest.fixture(params=["en", "ckb"])
def desk(stage, tmp_path, request):
    return stage(make_project(tmp_path), language=request.param)


@pytest.fixture
def english(stage, tmp_path):
    return stage(make_project(tmp_path), language="en")


def listed(desk):
    return [line.id for line in desk.shell.workspace.lines()]


def notice(desk):
    return without_isolates(desk.window.status.notice)


def text(desk, key, **values):
    return without_isolates(desk.window.desk.catalogue.text(key, **values))


def the_list(desk):
    return desk.window.documents.findChild(QListView)


def mark_first(desk, count=1):
    """Mark words of the open document as cities, one after another."""
    press(desk.window.view.page, "Ctrl+Home")
    for _ in range(count):
        press(desk.window.view.page, "3 Left")


def in_dialogs(monkeypatch, *uses):
    """Use each dialog that opens with the next of `uses`; what it gives is the answer."""
    waiting, seen = list(uses), []

    def show(dialog):
        dialog.show()
        QApplication.processEvents()
        seen.append(dialog)
        waiting.pop(0)(dialog)
        answer = dialog.result()
        dialog.hide()
        return answer

    monkeypatch.setattr(QDialog, "exec", show)
    return seen


class TestRemoving:
    def test_delete_in_the_list_moves_what_is_selected(self, desk):
        the_list(desk).setFocus()
        press(the_list(desk), "Home Shift+Down")
        assert [str(each) for each in desk.window.documents.selected] == [A, B]
        press(the_list(desk), "Delete")
        assert (listed(desk), desk.editor.document.document.id) == ([C], C)
        assert "Ctrl+Alt+Z" in notice(desk)
        assert text(desk, "removing.done.many", documents=2) in notice(desk)
        press(desk.window.view.page, "Ctrl+Alt+Z")
        assert listed(desk) == [A, B, C]
        assert (desk.editor.document.document.id, desk.window.documents.selected) == (A, [A, B])
        press(desk.window.view.page, "Ctrl+Alt+Y")
        assert (listed(desk), desk.editor.document.document.id) == ([C], C)

    def test_ctrl_selects_one_by_one_and_opens_nothing(self, desk, qtbot):
        view = the_list(desk)
        rows = [view.visualRect(view.model().index(row, 0)).center() for row in range(3)]
        left, ctrl = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier
        qtbot.mouseClick(view.viewport(), left, ctrl, rows[2])
        assert (desk.window.documents.selected, desk.editor.document.document.id) == ([A, C], A)
        qtbot.mouseClick(view.viewport(), left, pos=rows[1])
        assert desk.editor.document.document.id == B

    def test_going_on_with_ctrl_held_selects_one_document(self, desk):
        press(desk.window.view.page, "Ctrl+PageDown")
        assert desk.window.documents.selected == [B]
        press(desk.window.view.page, "Ctrl+PageDown")
        assert desk.window.documents.selected == [C]

    def test_delete_in_the_filter_and_on_the_page_is_about_letters_and_marks(self, desk):
        mark_first(desk)
        press(desk.window.documents.findChild(QListView), "Home")
        desk.window.focus_page()
        press(desk.window.view.page, "Right Delete")
        assert listed(desk) == [A, B, C]
        assert desk.window.documents.wanted() == []

    def test_the_open_one_by_the_menu_the_next_one_comes(self, desk):
        desk.window.focus_page()
        desk.window.around.menu_actions["document.remove"].trigger()
        assert (listed(desk), desk.editor.document.document.id) == ([B, C], B)
        assert text(desk, "removing.done.one", name="یەکەم") in notice(desk)

    @pytest.mark.qt_log_ignore("This plugin does not support")  # said of menus that pop up
    def test_the_menu_of_the_list_is_about_the_selected_ones(self, desk):
        view = the_list(desk)
        view.setFocus()
        press(view, "End")
        view.customContextMenuRequested.emit(QPoint(5, 5))
        menu = next(m for m in desk.window.documents.findChildren(QMenu) if m.isVisible())
        (action,) = menu.actions()
        menu.close()
        action.trigger()
        assert listed(desk) == [A, B]

    def test_all_of_them_leave_an_empty_page(self, desk):
        the_list(desk).setFocus()
        press(the_list(desk), "Ctrl+A Delete")
        assert (listed(desk), desk.editor) == ([], None)
        press(desk.window, "Ctrl+Alt+Z")
        assert listed(desk) == [A, B, C]

    def test_without_a_key_the_history_is_named(self, english):
        keys = english.shell.desk.keys
        keymap = keys.keymap.without_chord("project.undo", "Ctrl+Alt+Z")
        english.shell.desk = english.window.desk = _with_keymap(english.shell.desk, keymap)
        english.window.focus_page()
        english.shell.run("document.remove")
        assert notice(english) == "یەکەم is in the trash. The project history brings it back."

    def test_much_at_once_asks_first(self, english, boxes):
        mark_first(english, 6)
        english.shell.run("document.remove")
        (asked,) = boxes.texts
        assert "6 of the 6 annotations in the project (100 %)" in asked
        assert "all mentions" in without_isolates(asked)
        assert boxes.defaults == ["Cancel"]
        assert listed(english) == [A, B, C]
        boxes.answer = "Go on"
        english.shell.run("document.remove")
        assert listed(english) == [B, C]

    def test_nothing_to_undo_is_a_refusal(self, english):
        english.shell.run("project.redo")
        assert notice(english) == "There is nothing to redo."


def _with_keymap(desk, keymap):
    return replace(desk, keys=replace(desk.keys, keymap=keymap))


class TestHistory:
    def test_enter_undoes_and_redoes_the_chosen_step(self, desk, monkeypatch):
        workspace = desk.shell.workspace
        Trash(workspace.project, workspace.changes).remove_documents([A])
        Trash(workspace.project, workspace.changes).remove_documents([B])

        def use(dialog):
            assert isinstance(dialog, HistoryDialog)
            assert len(dialog.table.texts) == 3
            press(dialog.table, "Down Enter")
            assert listed(desk) == [A, C]
            what = text(desk, "history.remove_documents.one", name="یەکەم")
            told = without_isolates(dialog.message)
            assert told == text(desk, "history.result.undo", what=what)
            assert dialog.table.texts[1][2] == text(desk, "history.state.undone")
            press(dialog.table, "Enter")
            assert listed(desk) == [C]
            press(dialog.table, "Tab")
            assert dialog.undo_button.hasFocus()
            press(dialog.undo_button, "Space")
            assert listed(desk) == [A, C]
            assert dialog.table.hasFocus()

        assert len(in_dialogs(monkeypatch, use)) == 0
        desk.shell.run("project.history")
        assert listed(desk) == [A, C]

    def test_what_is_refused_is_said_there(self, english, monkeypatch):
        changes = english.shell.workspace.changes
        trash = Trash(english.shell.workspace.project, changes)
        trash.remove_label("GPE", "city")
        trash.remove_label("LOC", "place")

        def use(dialog):
            press(dialog.table, "Down Enter")
            assert "scheme has been changed again" in dialog.message

        in_dialogs(monkeypatch, use)
        english.shell.run("project.history")

    def test_an_import_with_much_work_asks(self, english, monkeypatch, boxes):
        mark_first(english, 5)

        def use(dialog):
            press(dialog.table, "Enter")
            assert listed(english) == [A, B, C]
            assert dialog.message == ""

        in_dialogs(monkeypatch, use)
        english.shell.run("project.history")
        assert len(boxes.texts) == 1


class TestTrash:
    def test_several_come_back_with_enter(self, desk, monkeypatch):
        workspace = desk.shell.workspace
        trash = Trash(workspace.project, workspace.changes)
        trash.remove_documents([A, B])
        workspace.change_annotator("ئارام")
        aram = workspace.annotator
        workspace.change_annotator("شیلان")
        trash.remove_person(aram)
        trash.remove_label("GPE", "شار")

        def use(dialog):
            assert isinstance(dialog, TrashDialog)
            assert len(dialog.table.texts) == 4
            press(dialog.table, "Ctrl+A")
            assert not dialog.purge_button.isEnabled()
            press(dialog.table, "Enter")
            assert dialog.table.texts == []
            assert dialog.message == desk.window.desk.catalogue.text("trash.restored", count=4)
            assert not dialog.restore_button.isEnabled()

        in_dialogs(monkeypatch, use)
        desk.shell.run("project.trash")
        assert listed(desk) == [A, B, C]
        assert aram in workspace.project.people.all()
        assert workspace.scheme.label("GPE").is_enabled
        steps = [step.edit.name for step in workspace.changes.steps()]
        assert steps.count("edit.restore_documents") == 1
        assert desk.editor.document.document.id == A

    def test_what_was_restored_is_selected_and_the_first_of_it_open(self, desk, monkeypatch):
        workspace = desk.shell.workspace
        Trash(workspace.project, workspace.changes).remove_documents([B, C])
        in_dialogs(monkeypatch, lambda dialog: press(dialog.table, "Ctrl+A Enter"))
        desk.shell.run("project.trash")
        assert (desk.editor.document.document.id, desk.window.documents.selected) == (B, [B, C])

    def test_for_ever_asks_and_shows_the_file(self, english, monkeypatch, boxes, tmp_path):
        mark_first(english)
        workspace = english.shell.workspace
        Trash(workspace.project, workspace.changes).remove_documents([A])

        def use(dialog):
            dialog.purge_button.click()
            assert len(dialog.table.texts) == 1
            boxes.answer = "Delete for ever"
            dialog.purge_button.click()
            assert dialog.table.texts == []
            assert "-deleted-" in dialog.message

        in_dialogs(monkeypatch, use)
        english.shell.run("project.trash")
        assert boxes.defaults == ["Cancel", "Cancel"]
        (file,) = tmp_path.glob("کار-deleted-*.jsonl")
        assert str(file) in without_isolates(boxes.texts[1])
        assert json.loads(file.read_text(encoding="utf-8"))["doc_id"] == "a1"
        assert A not in workspace.project.documents

    def test_where_the_file_cannot_be_written_it_stays(self, english, monkeypatch, boxes, tmp_path):
        workspace = english.shell.workspace
        Trash(workspace.project, workspace.changes).remove_documents([A])
        monkeypatch.setattr(
            "annotator.workbench.purging.Purger.target", lambda _: tmp_path / "no" / "x.jsonl"
        )
        boxes.answer = "Delete for ever"

        def use(dialog):
            dialog.purge_button.click()
            assert len(dialog.table.texts) == 1
            assert "no such file" in dialog.message

        in_dialogs(monkeypatch, use)
        english.shell.run("project.trash")
        assert A in workspace.project.documents


class TestPeople:
    def test_somebody_else_goes_and_who_works_stays(self, desk, monkeypatch):
        workspace = desk.shell.workspace
        workspace.change_annotator("ئارام")
        workspace.change_annotator("شیلان")

        def use(dialog):
            assert isinstance(dialog, PeopleDialog)
            press(dialog.table, "Home Tab")
            press(dialog.remove_button, "Space")
            assert without_isolates(dialog.message) == text(desk, "refused.works_now", name="شیلان")
            press(dialog.table, "Down")
            dialog.remove_button.click()
            assert len(dialog.table.texts) == 1
            assert "Ctrl+Alt+Z" in dialog.message

        in_dialogs(monkeypatch, use)
        desk.shell.run("people.manage")
        assert [person.name for person in workspace.project.people.all()] == ["شیلان"]
        press(desk.window.view.page, "Ctrl+Alt+Z")
        assert len(workspace.project.people.all()) == 2


class TestLabels:
    def test_a_label_is_dropped_and_the_window_follows(self, desk, monkeypatch):
        before = desk.window
        press(before.view.page, "Ctrl+Home Left Left")
        focus = desk.editor.focus

        def use(dialog):
            assert isinstance(dialog, LabelsDialog)
            dialog.table.setCurrentCell(2, 0)
            assert dialog.table.texts[2][0] == "GPE"
            press(dialog.table, "Tab")
            press(dialog.switch_button, "Space")
            assert desk.window is before
            assert dialog.switch_button.text() == text(desk, "labels.offer")

        in_dialogs(monkeypatch, use)
        desk.shell.run("scheme.labels")
        assert desk.window is not before
        assert desk.editor.focus == focus
        press(desk.window.view.page, "3")
        assert list(desk.editor.annotations.mentions()) == []
        again = desk.window
        press(desk.window.view.page, "Ctrl+Alt+Z")
        assert desk.window is not again
        assert notice(desk) != ""
        press(desk.window.view.page, "3")
        assert [m.label for m in desk.editor.annotations.mentions()] == ["GPE"]

    def test_all_of_a_label_become_another_as_one_step(self, desk, monkeypatch):
        mark_first(desk, 2)
        desk.shell.workspace.open(B)
        mark_first(desk, 1)

        def choose(dialog):
            assert isinstance(dialog, RelabelDialog)
            dialog.target_box.setCurrentIndex(dialog.target_box.findData("ORG"))
            assert without_isolates(dialog.preview[0]) == text(
                desk, "relabelling.preview", changed=3, sets=2
            )
            press(dialog.target_box, "Enter")

        def use(dialog):
            dialog.table.setCurrentCell(2, 0)
            press(dialog.table, "Enter")
            assert dialog.table.texts[2][2] in ("0", "٠")

        in_dialogs(monkeypatch, use, choose)
        desk.shell.run("scheme.labels")
        door = desk.shell.workspace.door(A, SetId("a1"))
        assert {m.label for m in door.annotations.mentions()} == {"ORG"}
        press(desk.window.view.page, "Ctrl+Z")
        door = desk.shell.workspace.door(A, SetId("a1"))
        assert {m.label for m in door.annotations.mentions()} == {"GPE"}

    def test_much_asks_and_no_means_no(self, english, monkeypatch, boxes):
        mark_first(english, 5)

        def use(dialog):
            dialog.table.setCurrentCell(2, 0)
            press(dialog.table, "Enter")
            assert dialog.message == ""

        in_dialogs(monkeypatch, use, lambda dialog: press(dialog.target_box, "Enter"))
        english.shell.run("scheme.labels")
        assert "changes the label of 5 of the 5" in boxes.texts[0]
        assert {m.label for m in english.editor.annotations.mentions()} == {"GPE"}

    def test_what_cannot_change_is_said(self, english, monkeypatch):
        mark_first(english)
        press(english.window.view.page, "Right")
        (mention,) = english.editor.annotations.mentions()

        def choose(dialog):
            english_text = load_catalogue("en").text("relabelling.nothing")
            monkeypatch.setattr(
                "annotator.workbench.relabelling.relabel_all", lambda *_, **__: _nothing()
            )
            dialog.target_box.setCurrentIndex(dialog.target_box.findData("LOC"))
            assert dialog.preview[0] == english_text
            assert not dialog.change_button.isEnabled()

        def use(dialog):
            dialog.table.setCurrentCell(2, 0)
            press(dialog.table, "Enter")

        in_dialogs(monkeypatch, use, choose)
        english.shell.run("scheme.labels")
        assert english.editor.annotations.mention(mention.id) == mention


def _nothing():
    return Relabelling(Edit("edit.relabel_all", ()), 0, 1)


class TestScheme:
    def scheme_file(self, desk, folder, **changes):
        data = json.loads(desk.shell.workspace.project.schemes.current().replace("GPE", "PLACE"))
        path = folder / "other.json"
        path.write_text(json.dumps({**data, **changes}, ensure_ascii=False), encoding="utf-8")
        return path

    def choose(self, monkeypatch, path):
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))

    def test_the_exchange_tells_what_is_unknown_and_is_undone(self, desk, monkeypatch, tmp_path):
        mark_first(desk)
        self.choose(monkeypatch, self.scheme_file(desk, tmp_path, version="9.0.0"))

        def use(dialog):
            assert isinstance(dialog, SchemeExchangeDialog)
            assert dialog.close_button.hasFocus()
            ((_, label, count),) = dialog.table.texts
            assert (label, count in ("1", "١")) == ("GPE", True)
            dialog.use_button.click()

        before = desk.window
        in_dialogs(monkeypatch, use)
        desk.shell.run("scheme.replace")
        assert desk.shell.workspace.scheme.version == desk.editor.scheme.version == "9.0.0"
        assert desk.window is not before
        assert "9.0.0" in notice(desk)
        press(desk.window.view.page, "Ctrl+Alt+Z")
        assert desk.editor.scheme.version == "1.0.0"

    def test_no_is_no(self, desk, monkeypatch, tmp_path):
        self.choose(monkeypatch, self.scheme_file(desk, tmp_path))
        in_dialogs(monkeypatch, lambda dialog: press(dialog, "Escape"))
        before = desk.window
        desk.shell.run("scheme.replace")
        assert (desk.window, len(desk.shell.workspace.changes.steps())) == (before, 1)

    def test_the_same_is_refused_and_a_bad_file_told(self, english, monkeypatch, tmp_path, boxes):
        same = tmp_path / "same.json"
        current = english.shell.workspace.project.schemes.current()
        same.write_text(current, encoding="utf-8")
        self.choose(monkeypatch, same)
        english.shell.run("scheme.replace")
        assert notice(english) == "This is the scheme that the project has already."
        same.write_text("[", encoding="utf-8")
        english.shell.run("scheme.replace")
        assert "not JSON" in boxes.texts[0]

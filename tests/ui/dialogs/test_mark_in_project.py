"""A goes on from the article to the project: found, decided about with keys, one step."""

import apsw
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from annotator.core.ids import DocumentId, SetId
from annotator.ui.dialogs.mark_in_project import MarkInProjectDialog
from annotator.ui.editing.mark_all import template_meant
from annotator.workbench.marking_in_project import MarkingInProject
from tests.journeys.stage import stage as stage
from tests.key_events import key_event, press
from tests.ui.window_room import boxes as boxes, make_project

TEXTS = {
    "یەکەم": "شاری هەولێر گەورەیە.",
    "دووەم": "لە هەولێر و هەولێریش باران باری.",
    "سێیەم": "سلێمانی ساردە. هەولێر گەرمە.",
}


@pytest.fixture(params=["ckb", "en"])
def one(stage, tmp_path, request):
    opened = stage(make_project(tmp_path, documents=TEXTS), language=request.param)
    to_name(opened)
    return opened


def to_name(one):
    press(one.window.view.page, "Ctrl+Home")
    press(one.window.view.page, "Left")
    press(one.window.view.page, "3")


def marked(one, name):
    door = one.shell.workspace.door(DocumentId(name), SetId("a1"))
    return [m.fragments.of(door.document.text) for m in door.annotations.mentions()]


def with_dialog(qtbot, one, chord, use):
    """Press a key that opens the dialog, and use it when it has looked at everything."""
    seen = []

    def act():
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, MarkInProjectDialog) or dialog.is_looking:
            QTimer.singleShot(1, act)
            return
        seen.append(dialog.table.texts)
        use(dialog)

    QTimer.singleShot(0, act)
    press(one.window.view.page, chord)
    assert seen
    return seen[0]


def pressing(*chords):
    def use(dialog):
        for chord in chords:
            press(dialog.table, chord)

    return use


def test_a_goes_on_into_the_project_where_the_article_is_done(qtbot, one):
    rows = with_dialog(qtbot, one, "A", pressing("Down", "A"))
    assert [row[1] for row in rows] == ["دووەم", "دووەم", "سێیەم"]
    assert rows[0][2] == "لە 【هەولێر】 و هەولێریش باران باری."
    assert [len(marked(one, name)) for name in ("a1", "a2", "a3")] == [1, 2, 1]
    notice = one.window.desk.catalogue.text(
        "notice.marked_in_project", text="هەولێر", count=3, documents=2
    )
    assert notice in one.window.status.notice
    press(one.window.view.page, "Ctrl+Z")
    assert [len(marked(one, name)) for name in ("a1", "a2", "a3")] == [1, 0, 0]


def test_a_third_a_takes_nothing_that_nobody_has_looked_at(qtbot, one):
    said = []

    def use(dialog):
        press(dialog.table, "A A")
        said.append(dialog.message.text())
        said.append(dialog.taken)
        press(dialog.table, "Escape")

    with_dialog(qtbot, one, "A", use)
    assert one.window.desk.catalogue.text("marking.look_first") in said[0]
    assert said[1] == ()
    assert [len(marked(one, name)) for name in ("a1", "a2", "a3")] == [1, 0, 0]


@pytest.mark.parametrize("looking", ["Down", "End", "Backspace", "Enter"])
def test_a_takes_the_rest_after_a_look(qtbot, one, looking):
    with_dialog(qtbot, one, "A", pressing(looking, "A"))
    count = 1 if looking == "Backspace" else 2
    assert [len(marked(one, name)) for name in ("a1", "a2", "a3")] == [1, count, 1]


def test_shift_and_enter_takes_the_rest_at_once(qtbot, one):
    with_dialog(qtbot, one, "Shift+A", pressing("Shift+Enter"))
    assert [len(marked(one, name)) for name in ("a1", "a2", "a3")] == [1, 2, 1]


def test_a_key_that_is_held_decides_nothing(qtbot, one):
    left = []

    def use(dialog):
        press(dialog.table, "Down Up")
        for chord in ("A", "Enter", "Backspace", "Shift+Enter"):
            event = key_event(chord, is_repeat=True)
            QApplication.sendEvent(dialog.table, event)
        left.extend(row[0] for row in dialog.table.texts)
        press(dialog.table, "Escape")

    with_dialog(qtbot, one, "A", use)
    assert left == ["", "", ""]


def test_nothing_is_taken_while_places_are_still_looked_for(one, qtbot):
    search = MarkingInProject(one.shell.workspace, template_meant(one.editor), "هەولێر")
    dialog = MarkInProjectDialog(
        one.window.desk.catalogue, search, heading="", platform="xcb", parent=one.window
    )
    dialog.take_rest()
    assert (dialog.is_looking, dialog.taken, dialog.rest.isEnabled()) == (True, (), False)
    dialog.look_at_once()
    assert dialog.rest.isEnabled()
    dialog.take_rest()
    assert len(dialog.taken) == 3
    dialog.deleteLater()


def test_places_are_taken_and_left_one_by_one(qtbot, one):
    with_dialog(qtbot, one, "Shift+A", pressing("Enter", "Backspace", "Enter"))
    assert [len(marked(one, name)) for name in ("a1", "a2", "a3")] == [1, 1, 1]


def test_escape_drops_everything(qtbot, one):
    with_dialog(qtbot, one, "Shift+A", pressing("Enter", "Escape"))
    assert [len(marked(one, name)) for name in ("a1", "a2", "a3")] == [1, 0, 0]


def test_where_nothing_is_left_no_window_comes_up(qtbot, one):
    with_dialog(qtbot, one, "A", pressing("Down", "A"))
    press(one.window.view.page, "A")
    text = one.window.desk.catalogue.text
    assert one.window.status.notice == text("notice.nowhere_in_project", text="هەولێر")


def test_a_project_of_one_document_says_so(stage, tmp_path):
    one = stage(make_project(tmp_path, documents={"یەکەم": TEXTS["یەکەم"]}))
    to_name(one)
    press(one.window.view.page, "Shift+A")
    text = one.window.desk.catalogue.text
    assert one.window.status.notice == text("refused.no_other_document", text="هەولێر")


def test_damage_in_a_document_is_told_in_the_dialog(qtbot, stage, tmp_path, boxes):
    path = make_project(tmp_path, documents=TEXTS)
    database = apsw.Connection(str(path))
    database.execute("UPDATE documents SET text = text || 'x' WHERE id = 'a2'")
    database.close()
    one = stage(path)
    to_name(one)
    said = []

    def use():
        dialog = QApplication.activeModalWidget()
        said.append(dialog.message.text())
        press(dialog.table, "Escape")

    QTimer.singleShot(0, use)
    press(one.window.view.page, "Shift+A")
    assert "a2" in said[0]

"""The inspector: values, choices, removal, and typing that nothing disturbs."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QToolButton

from annotator.core.annotations import Event
from annotator.foundation.catalogue import load_catalogue
from annotator.foundation.errors import UserError
from annotator.ui.editing.inspection import Row
from annotator.ui.panels.inspector import InspectorPanel
from annotator.ui.panels.row import RowWidget
from annotator.workbench.clock import system_clock
from annotator.workbench.demo import open_demo
from tests.journeys.stage import stage
from tests.key_events import press, typed_by
from tests.ui.window_room import boxes, make_project

__all__ = ["boxes", "stage"]


class Notebook:
    """Rows about one annotation, and what was handed over for it."""

    def __init__(self, identifier="T1", value="هەولێر"):
        self.identifier = identifier
        self.value = value
        self.taken = []

    def rows(self):
        return (
            Row("entity", "Entity", self.value, set=self.taken.append),
            Row("note", "Note", "", set=self.taken.append),
            Row("level", "Level", "b", (("a", "A"), ("b", "B")), set=self.taken.append),
            Row("id", "Id", self.identifier),
        )


@pytest.fixture
def panel(qtbot, qapp):
    panel = InspectorPanel(load_catalogue("en"), platform="xcb")
    qtbot.addWidget(panel)
    panel.resize(300, 600)
    panel.show()
    panel.activateWindow()
    return panel


@pytest.fixture
def book(panel):
    book = Notebook()
    panel.show_rows(book.rows())
    panel.focus_field("entity")
    return book


def test_typing_is_committed_once_after_half_a_second(panel, book, qtbot):
    field = panel.row("entity").editor
    qtbot.keyClicks(field, "xy")
    assert book.taken == []
    qtbot.waitUntil(lambda: book.taken != [], timeout=3000)
    assert book.taken == ["xy"]
    panel.commit()
    assert book.taken == ["xy"]


def test_typing_without_a_pause_is_committed_meanwhile(panel, book, qtbot):
    field = panel.row("entity").editor

    def type_on():
        qtbot.keyClicks(field, "x")
        return bool(book.taken)

    qtbot.waitUntil(type_on, timeout=1000)
    assert set(book.taken[0]) == {"x"}


def test_typing_is_committed_when_the_field_is_left(panel, book, qtbot):
    qtbot.keyClicks(panel.row("entity").editor, "xy")
    panel.focus_field("note")
    assert book.taken == ["xy"]


def test_enter_commits_and_leads_back_to_the_page(panel, book, qtbot):
    field = panel.row("entity").editor
    qtbot.keyClicks(field, "xy")
    with qtbot.waitSignal(panel.left):
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert book.taken == ["xy"]


def test_nothing_is_committed_that_was_not_typed(panel, book):
    panel.focus_field("note")
    panel.commit()
    assert book.taken == []


def test_an_update_does_not_disturb_typing(panel, book, qtbot):
    row = panel.row("entity")
    field = row.editor
    qtbot.keyClicks(field, "New ")
    book.value = "elsewhere"
    panel.show_rows(book.rows())
    assert panel.row("entity") is row
    assert field.text() == "New "
    panel.commit()
    book.value = "New"  # what the program made of it
    panel.show_rows(book.rows())
    assert field.text() == "New "
    qtbot.keyClicks(field, "York")
    assert field.text() == "New York"
    panel.focus_field("note")
    book.value = "New York"
    panel.show_rows(book.rows())
    assert book.taken == ["New ", "New York"]


def test_a_refused_value_is_taken_back_when_the_field_is_left(panel, book, qtbot):
    field = panel.row("entity").editor
    field.clear()
    qtbot.keyClicks(field, " ")
    panel.focus_field("note")
    qtbot.waitUntil(lambda: field.text() == "هەولێر")
    assert book.taken == [" "]


class FullDisk(Notebook):
    """Rows whose values cannot be stored while the disk is full."""

    def __init__(self, *words):
        super().__init__(*words)
        self.is_full = True

    def store(self, value):
        if self.is_full:
            return UserError("store.full", name="a.nishan")
        self.value = value
        self.taken.append(value)
        return None

    def rows(self):
        first, *others = super().rows()
        return (replace(first, set=self.store), *others)


@pytest.fixture
def full(panel):
    book = FullDisk()
    panel.show_rows(book.rows())
    panel.focus_field("entity")
    return book


def test_what_cannot_be_stored_stays_in_its_field_and_is_marked(panel, full, qtbot):
    field = panel.row("entity").editor
    qtbot.keyClicks(field, "xy")
    panel.focus_field("note")
    qtbot.waitUntil(lambda: panel.row("entity").unstored == "xy")
    panel.show_rows(full.rows())
    QApplication.processEvents()
    assert (field.text(), field.objectName()) == ("xy", "missed")
    assert field.accessibleDescription().startswith("Not stored")
    assert panel.unstored == ("xy",)
    assert full.taken == []


@pytest.mark.parametrize("how", ["letter", "enter"])
def test_it_is_tried_again_with_the_next_letter_and_by_enter(panel, full, qtbot, how):
    field = panel.row("entity").editor
    qtbot.keyClicks(field, "xy")
    panel.commit()
    full.is_full = False
    if how == "letter":
        qtbot.keyClicks(field, "z")
        panel.commit()
    else:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert full.taken == ["xyz" if how == "letter" else "xy"]
    assert (panel.unstored, field.objectName(), field.toolTip()) == ((), "", "")


def test_it_is_there_again_with_its_annotation_and_its_document(panel, full, qtbot):
    qtbot.keyClicks(panel.row("entity").editor, "xy")
    other = Notebook("T2", "کۆیە")
    panel.show_rows(other.rows())
    assert panel.row("entity").editor.text() == "کۆیە"
    assert panel.unstored == ("xy",)
    panel.turn_to("another document")
    panel.show_rows(Notebook("T1", "دهۆک").rows())
    assert panel.row("entity").editor.text() == "دهۆک"
    panel.turn_to(None)
    panel.show_rows(full.rows())
    field = panel.row("entity").editor
    assert (field.text(), field.objectName()) == ("xy", "missed")
    panel.show_rows(())
    assert panel.unstored == ("xy",)


def test_a_panel_that_replaces_another_has_what_was_not_stored(panel, full, qtbot):
    qtbot.keyClicks(panel.row("entity").editor, "xy")
    panel.commit()
    later = InspectorPanel(load_catalogue("en"), platform="xcb")
    qtbot.addWidget(later)
    later.show_rows(full.rows())
    later.take_unstored(panel)
    assert later.row("entity").editor.text() == "xy"
    assert (later.unstored, panel.unstored) == (("xy",), ())


def test_a_new_value_shows_in_place_where_nobody_types(panel, book):
    rows = [panel.row(name) for name in panel.values()]
    panel.focus_field("note")
    book.value = "سلێمانی"
    panel.show_rows(book.rows())
    assert [panel.row(name) for name in panel.values()] == rows
    assert panel.row("entity").editor.text() == "سلێمانی"


def test_what_was_typed_goes_to_its_own_annotation(panel, book, qtbot):
    qtbot.keyClicks(panel.row("entity").editor, "xy")
    other = Notebook("T2", "کۆیە")
    panel.show_rows(other.rows())
    assert (book.taken, other.taken) == (["xy"], [])
    assert panel.row("entity").editor.text() == "کۆیە"
    qtbot.keyClicks(panel.row("entity").editor, "z")
    panel.commit()
    assert (book.taken, len(other.taken)) == (["xy"], 1)


def test_rows_of_another_shape_commit_first_and_give_the_keys_back(panel, book, qtbot):
    qtbot.keyClicks(panel.row("entity").editor, "xy")
    with qtbot.waitSignal(panel.left):
        panel.show_rows((Row("id", "Id", "EV1"),))
    assert book.taken == ["xy"]
    assert panel.values() == {"id": "EV1"}


def test_a_field_that_is_there_again_keeps_the_keys(panel, book, qapp):
    panel.show_rows((*book.rows(), Row("more", "More", "")))
    assert panel.row("entity").editor.hasFocus()


def test_a_choice_is_handed_over_and_taken_back_when_refused(panel, book, qtbot):
    box = panel.row("level").editor
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Up)
    assert book.taken == ["a"]
    qtbot.waitUntil(lambda: box.currentText() == "B")  # the row still says b


def test_scrolling_over_a_choice_changes_nothing(panel, book):
    box = panel.row("level").editor
    event = QWheelEvent(
        QPointF(5, 5),
        QPointF(box.mapToGlobal(QPoint(5, 5))),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(box, event)
    assert not event.isAccepted()
    assert (book.taken, box.currentText()) == ([], "B")


def test_long_choices_do_not_widen_the_panel(panel):
    title = "جۆرێکی زۆر زۆر درێژ " * 8
    panel.show_rows((Row("type", "Type", "a", (("a", title),), set=str),))
    assert panel.row("type").minimumSizeHint().width() < 220


@pytest.fixture
def desk(stage, tmp_path):
    desk = stage(make_project(tmp_path), language="en")
    start = desk.editor.text.index("هەولێر")
    desk.hand.go_to(start)
    desk.typist.press("3 Enter")
    return desk


def names(desk):
    return [entity.name for entity in desk.editor.annotations.entities()]


def test_escape_commits_and_returns_to_the_page(desk):
    field = desk.window.focusWidget()
    assert field is desk.window.inspector.row("entity").editor
    desk.typist.type_text("پایتەخت")
    desk.typist.press("Escape")
    assert names(desk) == ["پایتەخت"]
    assert desk.window.focusWidget() is desk.window.view.page


def test_undo_in_a_field_undoes_typing_and_not_the_annotation(desk):
    before = desk.editor.annotations
    field = desk.window.focusWidget()
    desk.typist.type_text("ab")
    for _ in range(3):
        desk.typist.press("Ctrl+Z")
    assert field.text() == "هەولێر"
    assert desk.editor.annotations == before


@pytest.mark.parametrize(
    ("layout", "platform"),
    [("iq(ku_ara)", "xcb"), ("ara", "xcb"), ("KBDKURD", "windows")],
)
def test_undo_in_a_field_is_a_physical_key(stage, tmp_path, layout, platform):
    desk = stage(make_project(tmp_path), language="en", layout=layout, platform=platform)
    desk.typist.press("3 Enter")
    before = desk.editor.annotations
    field = desk.window.focusWidget()
    name = field.text()
    desk.typist.press("Ctrl+A A S")
    assert field.text() == typed_by(layout, "A") + typed_by(layout, "S")
    desk.typist.press("Ctrl+Z Ctrl+Z Ctrl+Z")
    assert field.text() == name
    desk.typist.press("Ctrl+Y")
    assert field.text() != name
    desk.typist.press("Ctrl+Z Ctrl+A Ctrl+C")
    assert QApplication.clipboard().text() == name
    assert desk.editor.annotations == before


def test_closing_the_window_commits_what_was_typed(desk, stage):
    path = desk.shell.workspace.path
    desk.typist.type_text("پایتەخت")
    desk.window.close()
    again = stage(path, language="en")
    assert names(again) == ["پایتەخت"]


def fill_the_disk(desk, monkeypatch):
    def refuse(*_, **__):
        raise UserError("store.full", name="a.nishan")

    monkeypatch.setattr(desk.shell.workspace.project.journal, "append", refuse)


def test_what_a_full_disk_refuses_is_there_until_it_can_be_written(desk, monkeypatch, boxes):
    desk.typist.type_text("پایتەخت")
    with monkeypatch.context() as full:
        fill_the_disk(desk, full)
        desk.typist.press("Escape")
        assert len(boxes.texts) == 1
        assert names(desk) == ["هەولێر"]
        desk.window.close()
        assert desk.window.isVisible()
        assert "پایتەخت" in boxes.texts[1]
        desk.shell.run("language.switch")
        assert desk.window.inspector.row("entity").editor.text() == "پایتەخت"
    press(desk.window.inspector.row("entity").editor, "Enter")
    assert names(desk) == ["پایتەخت"]
    assert len(boxes.texts) == 2


def test_closing_without_what_is_not_stored_is_possible(desk, monkeypatch, boxes):
    fill_the_disk(desk, monkeypatch)
    desk.typist.type_text("پایتەخت")
    boxes.answer = "Close without it"
    desk.window.close()
    assert not desk.window.isVisible()


def test_a_menu_entry_commits_what_was_typed_first(desk):
    desk.typist.type_text("پایتەخت")
    desk.window.around.menu_actions["edit.undo"].trigger()
    assert names(desk) == ["هەولێر"]
    desk.window.around.menu_actions["edit.redo"].trigger()
    assert names(desk) == ["پایتەخت"]


def test_remove_buttons_take_arguments_away(stage, tmp_path, qtbot):
    desk = stage(open_demo(tmp_path, system_clock), language="en")
    event = next(e for e in desk.editor.annotations.events() if e.arguments)
    desk.window.go_to(event.id)
    desk.typist.press("Enter")
    count = len(event.arguments)
    button = desk.window.inspector.findChild(QToolButton)
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    desk.window.view.refresh()
    now = desk.editor.annotation(event.id)
    assert isinstance(now, Event)
    assert len(now.arguments) == count - 1
    assert desk.window.inspector.values()["id"] == event.id
    assert desk.window.focusWidget() is desk.window.view.page
    desk.typist.press("Ctrl+Z")
    assert desk.editor.annotation(event.id) == event


def test_keys_go_to_the_page_after_text_of_the_inspector_was_copied(desk):
    desk.typist.press("Escape")
    label = desk.window.inspector.row("text").editor
    label.setFocus()
    assert desk.window.focusWidget() is label
    before = desk.editor.selection
    desk.typist.press("Left")
    assert desk.editor.selection != before
    assert desk.window.focusWidget() is desk.window.view.page


def test_rows_of_a_shape_shown_before_are_not_made_again(panel):
    book, other = Notebook(), Notebook("T2", "دهۆک")
    lone = (Row("id", "Id", "Q1"),)
    panel.show_rows(book.rows())
    before = {name: panel.row(name) for name in ("entity", "note", "level", "id")}
    panel.show_rows(())
    assert panel.values() == {}
    assert not before["entity"].isVisible()
    panel.show_rows(lone)
    assert panel.row("id") is before["id"]
    assert before["id"].isVisible()
    assert not before["entity"].isVisible()
    panel.show_rows(other.rows())
    assert {name: panel.row(name) for name in before} == before
    assert panel.values() == {"entity": "دهۆک", "note": "", "level": "b", "id": "T2"}
    assert all(widget.isVisible() for widget in before.values())
    tops = [widget.y() for widget in before.values()]
    QApplication.processEvents()
    tops = [widget.y() for widget in before.values()]
    assert tops == sorted(tops)


def test_what_is_typed_into_a_kept_row_goes_to_the_annotation_it_shows(panel, qtbot):
    book, other = Notebook(), Notebook("T2", "دهۆک")
    panel.show_rows(book.rows())
    panel.show_rows(())
    panel.show_rows(other.rows())
    panel.focus_field("entity")
    qtbot.keyClicks(panel.row("entity").editor, "x")
    panel.commit()
    assert (book.taken, other.taken) == ([], ["x"])


def test_only_so_many_rows_are_kept(panel):
    for number in range(100):
        panel.show_rows((Row(f"r{number}", "Title", "value"),))
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert len(panel.findChildren(RowWidget)) < 50

"""Where keys go: the page, a field, a list, a button; by their place on the keyboard."""

import pytest
from PySide6.QtWidgets import QListView

from annotator.ui.fields import TextField
from tests.journeys.stage import stage
from tests.key_events import press, typed_by
from tests.ui.window_room import make_project

__all__ = ["stage"]

KEYBOARDS = [("us", "xcb"), ("iq(ku_ara)", "xcb"), ("ara", "xcb"), ("KBDKURD", "windows")]


@pytest.fixture(params=KEYBOARDS, ids=lambda keyboard: f"{keyboard[0]} on {keyboard[1]}")
def desk(request, stage, tmp_path):
    layout, platform = request.param
    desk = stage(make_project(tmp_path), layout=layout, platform=platform)
    desk.layout = layout
    return desk


@pytest.fixture
def wishes(desk):
    """The acts of the program that were wished for; none of them happens."""
    told = []
    desk.window.action_wanted.disconnect(desk.shell.run)
    desk.window.action_wanted.connect(told.append)
    return told


def field_of(desk):
    field = desk.window.documents.findChild(TextField)
    field.setFocus()
    return field


def test_letters_and_digits_act_on_the_page(desk):
    desk.typist.press("3")
    mention = next(desk.editor.annotations.mentions())
    assert mention.label == next(x for x in desk.editor.scheme.labels if x.key == "3").id
    desk.typist.press("E")
    assert desk.editor.mode is not None
    desk.typist.press("Escape")
    assert desk.editor.mode is None


def test_letters_are_typed_in_a_field(desk):
    field = field_of(desk)
    desk.typist.press("A S D 3 E Shift+A")
    keys = [typed_by(desk.layout, key) for key in "ASD3E"]
    assert field.text() == "".join(keys) + typed_by(desk.layout, "A", shift=True)
    assert len(desk.editor.annotations) == 0


def test_commands_work_from_a_field_but_its_own_keys_stay_there(desk, wishes):
    field = field_of(desk)
    desk.typist.press("A S")
    typed = field.text()
    desk.typist.press("Ctrl+O Ctrl+E Ctrl+I Ctrl+N Ctrl+L Ctrl+Enter Ctrl+PageDown F1 Ctrl+Equal")
    assert wishes == [
        "project.open",
        "project.export",
        "project.import",
        "project.new",
        "language.switch",
        "set.complete",
        "document.next",
        "help.guide",
        "view.zoom_in",
    ]
    assert field.text() == typed
    assert desk.window.focusWidget() is field
    desk.typist.press("Ctrl+A Ctrl+X")
    assert field.text() == ""
    desk.typist.press("Ctrl+V")
    assert field.text() == typed
    desk.typist.press("Ctrl+Left Ctrl+Home Ctrl+Shift+End")
    assert field.selectedText() == typed
    assert wishes[9:] == []


def test_undo_never_reaches_the_page_from_a_field(desk):
    desk.typist.press("3")
    before = desk.editor.annotations
    field_of(desk)
    desk.typist.press("A Ctrl+Z Ctrl+Z Ctrl+Y Ctrl+Shift+Z Ctrl+Z")
    assert desk.editor.annotations is before


def test_escape_leads_to_the_page_from_everywhere(desk):
    page = desk.window.view.page
    for part in (field_of(desk), desk.window.documents.findChild(QListView)):
        part.setFocus()
        desk.typist.press("Escape")
        assert desk.window.focusWidget() is page


def test_commands_work_from_the_list_and_letters_do_not_annotate(desk, wishes):
    view = desk.window.documents.findChild(QListView)
    view.setFocus()
    desk.typist.press("E F Ctrl+E 3")
    assert wishes == ["project.export"]
    assert desk.editor.mode is None
    assert len(desk.editor.annotations) == 0


def test_keys_come_back_when_nothing_has_them(desk):
    desk.window.view.page.clearFocus()
    assert desk.window.focusWidget() is not desk.window.view.page
    layout, platform = desk.layout, desk.shell.desk.platform
    press(desk.window, "Left", layout=layout, platform=platform)
    assert desk.editor.selection.caret > 0
    assert desk.window.focusWidget() is desk.window.view.page

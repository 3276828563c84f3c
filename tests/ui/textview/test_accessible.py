"""The page as Qt's accessibility sees it."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleTextCursorEvent,
    QAccessibleTextSelectionEvent,
)
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from annotator.core.ids import RecordId
from annotator.core.span import Span
from annotator.ui.textview.accessible import (
    ANNOTATIONS,
    Speaker,
    accessible_page,
    names_at,
    names_at_caret,
)
from annotator.ui.textview.scene import MarginBar, Scene, Wave
from annotator.ui.textview.widget import Page
from tests.ui.textview.page_samples import MIXED, PER_COLOR, PLAIN, bracket, document

TEXT = "😀 " + MIXED
SCENE = Scene(
    brackets=(bracket("T1", (2, 9)), bracket("T2", (2, 20)), bracket("EV1", (30, 33), (40, 44))),
    bars=(MarginBar(RecordId("Q1"), Span(0, 60), PER_COLOR, tooltip="quote"),),
    caret=5,
)


@pytest.fixture(scope="module", autouse=True)
def _factory(qapp):
    QAccessible.installFactory(accessible_page)


@pytest.fixture
def page(qtbot):
    shown = Page(lambda event: False)
    qtbot.addWidget(shown)
    shown.resize(800, 500)
    shown.setAccessibleName("article")
    shown.show_document(document(TEXT), PLAIN)
    shown.show()
    qtbot.waitExposed(shown)
    shown.show_scene(SCENE)
    return shown


@pytest.fixture
def interface(page):
    return QAccessible.queryAccessibleInterface(page)


def test_the_page_is_a_named_text_of_many_lines_that_is_only_read(interface):
    state = interface.state()
    assert interface.role() == QAccessible.Role.EditableText
    assert interface.text(QAccessible.Text.Name) == "article"
    assert (state.readOnly, state.multiLine, state.focusable) == (True, True, True)


def test_the_text_is_that_of_the_document_counted_in_utf16_units(interface):
    text = interface.textInterface()
    assert text.characterCount() == len(TEXT.encode("utf-16-le")) // 2
    assert text.text(0, -1) == TEXT
    assert text.text(3, 11) == TEXT[2:10]


def test_the_caret_is_told_and_can_be_put_elsewhere(page, interface, qtbot):
    text = interface.textInterface()
    assert text.cursorPosition() == 6
    with qtbot.waitSignal(page.pressed_at) as pressed:
        text.setCursorPosition(11)
    assert pressed.args == [10, Qt.KeyboardModifier.NoModifier, 1]


def test_a_selection_is_asked_for_by_two_presses(page, interface):
    got = []
    page.pressed_at.connect(lambda *values: got.append(values[:2]))
    interface.textInterface().setSelection(0, 3, 11)
    assert got == [
        (2, Qt.KeyboardModifier.NoModifier),
        (10, Qt.KeyboardModifier.ShiftModifier),
    ]


def test_letters_stand_where_they_are_drawn_and_are_found_there(page, interface):
    text = interface.textInterface()
    for unit in (0, 5, 30, 60):
        rect = text.characterRect(unit)
        assert rect.width() > 0
        assert page.viewport().rect().contains(page.viewport().mapFromGlobal(rect.center()))
        assert abs(text.offsetAtPoint(rect.center()) - unit) <= 2
    assert text.characterRect(text.characterCount()).height() > 0


def test_a_piece_of_text_is_brought_into_the_window(page, interface):
    page.show_document(document("\n".join([MIXED] * 40)), PLAIN)
    text = interface.textInterface()
    text.scrollToSubstring(text.characterCount() - 5, text.characterCount())
    assert page.visible_span().end == len(page.text)


def test_the_annotations_at_the_caret_are_named_innermost_first(page, interface):
    names = "tip T1; tip T2; quote"
    assert interface.text(QAccessible.Text.Description) == f"sample; {names}"
    attributes = interface.attributesInterface()
    assert attributes.attributeKeys() == [QAccessible.Attribute.Custom]
    assert attributes.attributeValue(QAccessible.Attribute.Custom) == {ANNOTATIONS: names}
    page.show_scene(replace(SCENE, caret=70))
    assert interface.text(QAccessible.Text.Description) == "sample"


@pytest.mark.parametrize(
    ("offset", "names"), [(31, ["tip EV1", "quote"]), (35, ["quote"]), (60, [])]
)
def test_names_at_an_offset(offset, names):
    assert list(names_at(SCENE, offset)) == names


def test_suggestions_and_findings_at_the_caret_are_named_too():
    suggestion = replace(bracket("T9", (2, 5)), is_dashed=True, tooltip="Suggestion: place")
    waves = (Wave(Span(3, 6), "spelled otherwise"), Wave(Span(0, 9)), Wave(Span(20, 30), "far"))
    scene = replace(SCENE, brackets=(*SCENE.brackets, suggestion), waves=waves, caret=3)
    names = "Suggestion: place; tip T1; tip T2; quote; spelled otherwise"
    assert names_at_caret(scene) == names


def test_what_is_no_page_keeps_its_own_interface(qtbot, page):
    assert accessible_page("QWidget", page.viewport()) is None


def test_a_closed_page_takes_its_interface_along(qtbot):
    for _ in range(3):
        page = Page(lambda event: False)
        page.show_document(document(TEXT), PLAIN)
        assert QAccessible.queryAccessibleInterface(page).textInterface().characterCount() > 0
        page.deleteLater()
        QApplication.sendPostedEvents(page, QEvent.Type.DeferredDelete)
        assert not isValid(page)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"caret": 6}, [("caret", 7)]),
        ({"caret": 15}, [("caret", 16), ("says", "tip T2; quote")]),
        ({"caret": 70}, [("caret", 71)]),
        ({"selection": Span(2, 5)}, [("selected", 3, 6)]),
        ({"brackets": SCENE.brackets[:1]}, [("says", "tip T1; quote")]),
        ({"waves": (Wave(Span(2, 9), "odd"),)}, [("says", "tip T1; tip T2; quote; odd")]),
        ({}, []),
    ],
)
def test_what_changes_is_told_to_those_who_listen(page, change, told):
    events, tell = _listening()
    Speaker(page, is_heard=lambda: True, tell=tell)
    page.show_scene(replace(SCENE, **change))
    assert events == told


def test_that_nothing_is_selected_any_more_is_told_at_the_caret(page):
    events, tell = _listening()
    page.show_scene(replace(SCENE, selection=Span(2, 5)))
    Speaker(page, is_heard=lambda: True, tell=tell)
    page.show_scene(SCENE)
    assert events == [("selected", 6, 6)]


def _listening():
    """A list of events, as they can be compared, and what puts them there."""
    events = []

    def tell(event):
        match event:
            case QAccessibleTextSelectionEvent():
                ends = event.selectionStart(), event.selectionEnd()
                events.append(("selected", *ends))
            case QAccessibleTextCursorEvent():
                events.append(("caret", event.cursorPosition()))
            case QAccessibleAnnouncementEvent():
                events.append(("says", event.message()))

    return events, tell


def test_nothing_is_told_where_nobody_listens(page):
    events = []
    Speaker(page, is_heard=lambda: False, tell=events.append)
    page.show_scene(replace(SCENE, caret=15))
    assert events == []

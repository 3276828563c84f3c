"""Going round the parts of the window, and the menu of the page."""

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit

from annotator.core.span import Span
from annotator.foundation.catalogue import without_isolates
from annotator.ui.fields import TextField
from annotator.ui.keyboard.actions import action_ids
from annotator.ui.menu_table import BOUNDARIES, CONTEXT, SEPARATOR
from annotator.ui.menus import context_menu
from tests.journeys.stage import stage
from tests.key_events import press
from tests.ui.window_room import make_project

__all__ = ["stage"]


@pytest.fixture
def desk(stage, tmp_path):
    return stage(make_project(tmp_path), language="en")


def place(desk):
    focused = desk.window.focusWidget()
    window = desk.window
    parts = {
        "documents": window.documents,
        "inspector": window.inspector,
        "findings": window.side.findings,
        "find": window.view.find_bar,
    }
    for name, part in parts.items():
        if part.isAncestorOf(focused):
            return name
    return "page" if focused is desk.window.view.page else None


def go(desk, chord):
    press(desk.window.focusWidget(), chord)
    return place(desk)


def test_with_an_annotation_the_keys_go_through_all_parts(desk):
    desk.typist.press("3")
    round_trip = ["inspector", "findings", "documents", "page"]
    assert [go(desk, "F6") for _ in range(5)] == [*round_trip, "inspector"]
    assert [go(desk, "Shift+F6") for _ in range(3)] == ["page", "documents", "findings"]


def test_the_find_bar_is_among_them_while_it_is_open(desk):
    desk.typist.press("Slash")
    assert place(desk) == "find"
    assert go(desk, "F6") == "findings"
    assert [go(desk, "Shift+F6"), go(desk, "Shift+F6")] == ["find", "page"]


def test_an_empty_part_is_passed_over(desk):
    assert [go(desk, "F6") for _ in range(3)] == ["findings", "documents", "page"]


def test_coming_back_leads_to_the_control_that_was_left(desk):
    desk.window.documents._list.setFocus()
    assert [go(desk, "F6") for _ in range(3)] == ["page", "findings", "documents"]
    assert desk.window.focusWidget() is desk.window.documents._list


def test_a_part_can_join(desk):
    field = QLineEdit(desk.window.centralWidget())
    field.show()
    desk.window.panes.add(field)
    assert [go(desk, "F6") for _ in range(3)] == ["findings", "documents", None]
    assert desk.window.focusWidget() is field
    field.hide()
    desk.window.focus_page()
    assert [go(desk, "F6") for _ in range(3)] == ["findings", "documents", "page"]


def test_it_works_while_a_question_is_open(desk):
    desk.typist.press("E")
    assert go(desk, "F6") == "findings"
    assert desk.editor.mode is not None


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_menus_open_by_a_key_also_from_a_field(desk):
    bar = desk.window.menuBar()
    press(desk.window.documents.findChild(TextField), "F10")
    menu = QApplication.activePopupWidget()
    assert menu is bar.actions()[0].menu()
    menu.close()


def test_what_is_switched_on_has_a_tick(desk):
    shows = desk.window.around.menu_actions["view.code_points"]
    assert not shows.isChecked()
    shows.trigger()
    assert shows.isChecked()
    assert desk.window.view.page.shows_code_points
    desk.typist.press("Ctrl+U")
    assert not shows.isChecked()


def entries(menu):
    found = {}
    for action in menu.actions():
        if action.menu() is not None:
            found |= entries(action.menu())
        elif not action.isSeparator():
            found[action.objectName()] = action
    return found


@pytest.fixture
def menu(desk):
    def make():
        made = context_menu(desk.window, desk.shell.desk, desk.editor, desk.window.run_action)
        return entries(made)

    return make


def test_the_menu_of_the_page_holds_the_same_actions_with_their_keys(desk, menu):
    plain = menu()
    assert set(plain) - {f"label.{label.id}" for label in desk.editor.scheme.labels} <= set(
        action_ids()
    )
    assert without_isolates(plain["event.new"].text()).endswith("\tE / ە")
    assert without_isolates(plain["label.GPE"].text()).split("\t")[1].startswith("3")
    assert "annotation.delete" not in plain
    disabled = {f"label.{each.id}" for each in desk.editor.scheme.labels if not each.is_enabled}
    assert not disabled & set(plain)


def test_it_offers_what_concerns_the_annotation_under_the_caret(desk, menu):
    desk.typist.press("3")
    of_mention = menu()
    assert of_mention["label.GPE"].isChecked()
    assert {"entity.link", "annotation.delete", *BOUNDARIES} <= set(of_mention)
    assert "quote.speaker" not in of_mention
    of_mention["label.ORG"].trigger()
    assert [mention.label for mention in desk.editor.annotations.mentions()] == ["ORG"]
    of_mention["annotation.delete"].trigger()
    assert len(desk.editor.annotations) == 0
    start = desk.editor.text.index("کار دەکەین")
    desk.hand.select(Span(start, start + 10))
    desk.typist.press("Q Escape")
    of_quote = menu()
    assert {"quote.speaker", "quote.cue", "annotation.delete"} <= set(of_quote)
    assert "entity.link" not in of_quote


def test_an_event_has_neither_level_nor_speaker(desk, menu):
    desk.typist.press("E M Escape")
    of_event = menu()
    assert {"annotation.open", "attribute.pick"} <= set(of_event)
    assert not {"mention.level", "quote.cue"} & set(of_event)


def test_every_entry_of_the_menu_is_an_action_of_the_table():
    wanted = {each for each in (*CONTEXT, *BOUNDARIES) if each != SEPARATOR}
    assert wanted <= set(action_ids())

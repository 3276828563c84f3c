"""With Sorani chosen, nothing that can be seen or heard is English, and all runs from the right."""

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QMenu, QMessageBox

from annotator.core.annotations import Event, Mention, Quote
from annotator.foundation.catalogue import without_isolates
from annotator.foundation.errors import UserError
from annotator.ui.dialogs.key_sheet import KeySheet
from annotator.ui.fields import TextField
from annotator.ui.keyboard.key_table import KeyTable
from annotator.ui.keyboard.user_keys import UserKeys
from annotator.ui.messages import show_error
from annotator.ui.start_window import StartWindow
from annotator.workbench.clock import system_clock
from annotator.workbench.demo import open_demo
from tests.journeys.stage import stage
from tests.ui.dialogs.sight import english_patterns, texts
from tests.ui.window_room import boxes

__all__ = ["boxes", "stage"]

LATIN_DIGIT = re.compile("[0-9]")


@pytest.fixture
def desk(stage, tmp_path):
    return stage(open_demo(tmp_path, system_clock), language="ckb")


def said_by(window):
    """Every text of a window: labels, fields, menus, and the legend that is painted."""
    said = texts(window)
    for action in window.findChildren(QAction):
        said |= {action.text().split("\t")[0], action.toolTip(), action.statusTip()}
    said |= {menu.title() for menu in window.findChildren(QMenu)}
    view = getattr(window, "view", None)
    if view is not None:
        said |= {entry.title for entry in view.legend.legend.entries}
        said |= {view.legend.legend.heading, view.legend.accessibleName()}
    return {without_isolates(text) for text in said if text}


def english_in(said):
    patterns = english_patterns()
    return {
        text: key
        for text in said
        for key, pattern in patterns.items()
        # A sentence of one field only fits everything.
        if key not in ("choice.implicit", "inspector.offsets") and pattern.fullmatch(text)
    }


def states(desk):
    """The plain state and the modes, one after the other."""
    yield "plain"
    desk.typist.press("E")
    yield "event types"
    desk.typist.press("Escape")
    for kind, keys in ((Event, "Enter"), (Quote, "Enter"), (Quote, "Enter S"), (Mention, "L")):
        record = next(r for r in desk.editor.annotations.annotations() if isinstance(r, kind))
        desk.window.go_to(record.id)
        desk.typist.press(keys)
        yield f"{kind.__name__} {keys}"
        desk.hand.leave()
    desk.typist.press("Backspace")
    yield "deleted"


def test_no_state_of_the_window_speaks_english(desk, qapp):
    assert english_in({"Documents", "Undo: mark entity", "Position 7"})
    found = []
    for state in states(desk):
        qapp.processEvents()
        found += [(state, *item) for item in english_in(said_by(desk.window)).items()]
    assert found == []


def test_key_sheet_start_page_and_menus_of_fields_speak_sorani(desk, qapp):
    table = KeyTable(UserKeys(), desk.shell.workspace.plain_scheme)
    sheet = KeySheet(desk.shell.desk.catalogue, table, desk.window)
    rows = {title for title, _ in sheet.shown}
    start = StartWindow(desk.shell.desk, [])
    field = desk.window.findChild(TextField)
    entries = {
        action.text().split("\t")[0] for action in field.createStandardContextMenu().actions()
    }
    said = said_by(sheet) | rows | said_by(start) | {entry.replace("&", "") for entry in entries}
    assert english_in(said) == {}
    assert not any(re.search("[A-Za-z]{3}", entry.replace("&", "")) for entry in entries)
    for gone in (sheet, start):
        gone.deleteLater()


def test_message_boxes_speak_sorani(desk, boxes, monkeypatch):
    buttons = []
    monkeypatch.setattr(
        QMessageBox, "exec", lambda box: buttons.extend(b.text() for b in box.buttons())
    )
    show_error(desk.window, desk.shell.desk.catalogue, UserError("store.full", name="x"))
    assert buttons == [desk.shell.desk.catalogue.text("qt.OK")]


def test_counts_and_positions_are_written_in_arabic_indic_digits(desk):
    status, catalogue = desk.window.status, desk.shell.desk.catalogue
    desk.typist.press("Ctrl+End Shift+Right")
    shown = [status.position, status.document, *desk.window.documents.names[:1]]
    shown[2] = shown[2].split("\u2069")[-1]
    desk.window.go_to(next(desk.editor.annotations.mentions()).id)
    shown += [status.position, desk.window.inspector.values()["offsets"]]
    assert [text for text in shown if LATIN_DIGIT.search(text)] == []
    assert all(any(digit in text for digit in "٠١٢٣٤٥٦٧٨٩") for text in shown)
    assert catalogue.language == "ckb"


@pytest.mark.parametrize(
    ("language", "direction", "side"),
    [
        ("ckb", Qt.LayoutDirection.RightToLeft, Qt.AlignmentFlag.AlignRight),
        ("en", Qt.LayoutDirection.LeftToRight, Qt.AlignmentFlag.AlignLeft),
    ],
)
def test_everything_runs_in_the_direction_of_the_language(
    stage, tmp_path, language, direction, side
):
    desk = stage(open_demo(tmp_path, system_clock), language=language)
    window = desk.window
    assert {w.layoutDirection() for w in (window, window.view.legend, window.menuBar())} == {
        direction
    }
    labels = [label for label in window.inspector.findChildren(QLabel) if label.text()]
    assert len(labels) > 5
    assert all(label.alignment() & side for label in labels)
    is_first_on_the_right = window.documents.x() > window.inspector.x()
    assert is_first_on_the_right is (language == "ckb")

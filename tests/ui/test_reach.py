"""Everything that takes keys has a name, can be reached by Tab, and shows that it has the keys."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QMenuBar,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from annotator.foundation.settings import Settings
from annotator.ui.dialogs.key_editor import KeyEditor
from annotator.ui.dialogs.key_recorder import KeyRecorder
from annotator.ui.dialogs.key_sheet import KeySheet
from annotator.ui.dialogs.palette import CommandPalette
from annotator.ui.dialogs.preferences import PreferencesDialog
from annotator.ui.keyboard.key_table import KeyTable
from annotator.ui.keyboard.keymap import default_keymap
from annotator.ui.keyboard.user_keys import UserKeys
from annotator.ui.palette_entries import action_entries
from annotator.workbench.clock import system_clock
from annotator.workbench.demo import open_demo
from annotator.workbench.schemes import DEFAULT_SCHEME, read_scheme_text, scheme_from_text
from tests.journeys.stage import stage
from tests.key_events import press
from tests.ui.dialogs.conftest import annotate, catalogue, project
from tests.ui.dialogs.keeping import KEEPING
from tests.ui.dialogs.sight import cut_off, rich, untranslated
from tests.ui.dialogs.test_sight import DIALOGS, themed

__all__ = ["annotate", "catalogue", "project", "stage", "themed"]

TABLE = KeyTable(UserKeys(), scheme_from_text(read_scheme_text(DEFAULT_SCHEME)))


def key_sheet(words, *_):
    return KeySheet(words, TABLE, None)


def key_editor(words, *_):
    return KeyEditor(words, TABLE, None, platform="xcb")


def key_editor_refusing(words, *_):
    made = key_editor(words)
    made.show()
    made.tree.go_to("quote.new")
    made.record()
    made.recorder.recorded.emit("E")
    return made


def key_editor_recording(words, *_):
    made = key_editor(words)
    made.show()
    made.record()
    return made


def preferences(words, *_):
    return PreferencesDialog(words, Settings(), None)


def palette(words, *_):
    actions = ("edit.undo", "event.new")
    entries = action_entries(actions, (words,), default_keymap(), frozenset(actions))
    return CommandPalette(words, entries, lambda: (), recent=(), platform="xcb", parent=None)


OWN = (
    key_sheet, key_editor, key_editor_refusing, key_editor_recording, preferences, palette,
    *KEEPING,
)  # fmt: skip


def focusable(window):
    """The visible controls that take keys; inner parts of Qt's own controls are not ours."""
    return [
        widget
        for widget in window.findChildren(QWidget)
        if widget.isVisibleTo(window)
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not widget.objectName().startswith("qt_")
        and not isinstance(widget, QMenuBar)
        and not isinstance(widget.parent(), QComboBox)
        and widget.focusProxy() is None
    ]


def spoken(widget):
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface is not None else ""


def nameless(window):
    return [(type(one).__name__, one.objectName()) for one in focusable(window) if not spoken(one)]


def deaf(window):
    """The fields and texts in which Ctrl+A selects nothing where Kurdish is the only layout."""
    found = []
    for one in focusable(window):
        if isinstance(one, QLineEdit | QPlainTextEdit | QTextEdit) and one.isEnabled():
            press(one, "Ctrl+A", layout="iq(ku_ara)")
            is_line = isinstance(one, QLineEdit)
            text = one.text() if is_line else one.toPlainText()
            selected = one.selectedText() if is_line else one.textCursor().selectedText()
            if text and not selected and not isinstance(one, KeyRecorder):
                found.append(one.accessibleName())
    return found


def by_tab(window, count):
    """What the Tab key reaches, in its order."""
    reached, place = {}, window
    for _ in range(count):
        place = place.nextInFocusChain()
        reached[place] = None
    return list(reached)


def leaps(window):
    """The steps of the Tab key that do not lead on in the order in which one reads."""
    is_right_to_left = window.layoutDirection() == Qt.LayoutDirection.RightToLeft

    def place(one):
        corner = one.mapTo(window, one.rect().topRight() if is_right_to_left else QPoint())
        return corner.y(), -corner.x() if is_right_to_left else corner.x()

    def is_behind(one, other):
        (top, side), (other_top, other_side) = place(one), place(other)
        share_a_line = top < other_top + other.height() and other_top < top + one.height()
        return other_side < side if share_a_line else other_top < top

    wanted = set(focusable(window))
    order = [one for one in by_tab(window, 500) if one in wanted]
    begin = order.index(min(order, key=place))
    order = order[begin:] + order[:begin]
    return [(spoken(one), spoken(other)) for one, other in pairwise(order) if is_behind(one, other)]


@pytest.mark.parametrize("make", [*DIALOGS, *OWN], ids=lambda make: make.__name__)
def test_every_dialog_is_named_reached_edited_and_left_by_keys(
    make, catalogue, project, annotate, tmp_path, qtbot
):
    annotate("d1", end=12)
    made = make(catalogue, project, tmp_path)
    qtbot.addWidget(made)
    made.show()
    assert focusable(made)
    assert nameless(made) == []
    assert set(focusable(made)) - set(by_tab(made, 500)) == set()
    assert leaps(made) == []
    assert deaf(made) == []
    if isinstance(made, QDialog) and make is not key_editor_recording:
        press(made.focusWidget() or made, "Escape")
        assert not made.isVisible()


@pytest.mark.parametrize("make", OWN, ids=lambda make: make.__name__)
def test_these_dialogs_speak_the_language_in_plain_text(make, catalogue, qtbot):
    made = make(catalogue)
    qtbot.addWidget(made)
    if catalogue.language == "ckb":
        assert untranslated(made) == {}
    assert rich(made) == []


@pytest.mark.parametrize("themed", ["light", "dark", "high-contrast"], indirect=True)
@pytest.mark.parametrize("make", OWN, ids=lambda make: make.__name__)
def test_nothing_of_these_dialogs_is_cut_off(themed, make, catalogue, qtbot):
    made = make(catalogue)
    qtbot.addWidget(made)
    made.show()
    qtbot.wait_exposed(made)
    smallest = made.minimumSizeHint()
    assert (smallest.width() <= 1280, smallest.height() <= 800) == (True, True)
    assert cut_off(made) == []


@pytest.mark.parametrize("language", ["ckb", "en"])
def test_every_control_of_the_window_has_a_name_and_is_reached(stage, tmp_path, language):
    desk = stage(open_demo(tmp_path, system_clock), language=language)
    for state in ("3", "Escape", "E", "Escape"):
        desk.typist.press(state)
        assert nameless(desk.window) == []
        assert set(focusable(desk.window)) - set(by_tab(desk.window, 500)) == set()


@pytest.mark.parametrize("themed", ["light", "dark", "high-contrast"], indirect=True)
@pytest.mark.parametrize("make", [*DIALOGS, *OWN], ids=lambda make: make.__name__)
def test_focus_can_be_seen(themed, make, catalogue, project, annotate, tmp_path, qtbot):
    """Every control looks different while it has the keys."""
    annotate("d1", end=12)
    made = make(catalogue, project, tmp_path)
    qtbot.addWidget(made)
    made.show()
    qtbot.wait_exposed(made)
    same = []
    for control in focusable(made):
        if not control.isEnabled() or type(control).__name__ == "KeyRecorder":
            continue
        others = (one for one in focusable(made) if one is not control and one.isEnabled())
        other = next(others, None)
        if other is None:
            continue
        other.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        without = control.grab().toImage()
        control.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        if control.grab().toImage() == without:
            same.append((type(control).__name__, control.objectName()))
    assert same == []

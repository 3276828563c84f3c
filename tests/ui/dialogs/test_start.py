"""The start page and the page about the program."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from annotator import __version__
from annotator.foundation.catalogue import without_isolates
from annotator.ui.dialogs.about import PARTS, PROGRAM_LICENCE, AboutDialog
from annotator.ui.dialogs.start import ACTIONS, StartPage


@pytest.fixture
def page(qtbot, english, tmp_path):
    (tmp_path / "here.nishan").touch()
    recent = [tmp_path / "here.nishan", tmp_path / "gone.nishan"]
    page = StartPage(english, recent=recent, parent=None)
    qtbot.addWidget(page)
    page.show()
    return page


@pytest.mark.parametrize("action", ACTIONS)
def test_each_button_asks_for_its_action_by_mouse_and_key(page, qtbot, action):
    for press in (
        lambda button: qtbot.mouseClick(button, Qt.MouseButton.LeftButton),
        lambda button: qtbot.keyClick(button, Qt.Key.Key_Space),
    ):
        with qtbot.waitSignal(page.action_wanted) as asked:
            press(page.buttons[action])
        assert asked.args == [action]


def test_recent_projects_are_named_and_chosen(page, qtbot, tmp_path):
    shown = [without_isolates(page.recent.item(row).text()) for row in range(2)]
    assert shown == [f"here in {tmp_path}", f"gone is no longer in {tmp_path}"]
    with qtbot.waitSignal(page.project_chosen) as chosen:
        qtbot.keyClick(page.recent, Qt.Key.Key_Return)
    assert chosen.args == [str(tmp_path / "here.nishan")]
    place = page.recent.visualItemRect(page.recent.item(1)).center()
    with qtbot.waitSignal(page.project_chosen) as chosen:
        qtbot.mouseClick(page.recent.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args == [str(tmp_path / "gone.nishan")]


def test_without_recent_projects_there_is_no_empty_list(page):
    assert page.recent.isVisible()
    page.show_recent([])
    assert not page.recent.isVisible()


def test_about_names_version_and_every_licence(qtbot, catalogue):
    dialog = AboutDialog(catalogue, version=__version__, parent=None)
    qtbot.addWidget(dialog)
    dialog.show()
    text = dialog.page.text
    assert all(part.name in text for part in PARTS)
    for told in (__version__, PROGRAM_LICENCE, "LGPL-3.0-only", "OFL-1.1"):
        assert told in text
    qtbot.mouseClick(dialog.page.copy_button, Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == text
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()

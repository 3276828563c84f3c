"""The menus of a window are there at once, and filled when somebody looks into one."""

import gc

import pytest
from PySide6.QtWidgets import QMainWindow

from annotator.app import make_desk
from annotator.ui.late_menus import LateMenus
from annotator.ui.menu_table import MENUS, SEPARATOR


@pytest.fixture
def made(qtbot):
    """The menus of a window, and what was chosen in them."""
    window = QMainWindow()
    qtbot.addWidget(window)
    chosen = []
    return window, LateMenus(window.menuBar(), make_desk(language="en"), chosen.append), chosen


def menus_of(window):
    return [action.menu() for action in window.menuBar().actions()]


def test_titles_are_there_at_once_and_entries_not(made):
    window, _, _ = made
    assert len(menus_of(window)) == len(MENUS)
    assert [len(menu.actions()) for menu in menus_of(window)] == [0] * len(MENUS)


def test_a_menu_that_opens_is_filled(made):
    window, actions, chosen = made
    menu = menus_of(window)[1]
    menu.aboutToShow.emit()
    wanted = [name for name in MENUS[1][1] if name != SEPARATOR]
    assert [action.objectName() for action in menu.actions() if not action.isSeparator()] == wanted
    actions[wanted[2]].trigger()
    assert chosen == wanted[2:3]
    assert [actions[name].isEnabled() for name in wanted[:3]] == [False, False, True]


def test_menus_are_filled_soon_and_once(made, qtbot):
    window, actions, _ = made
    qtbot.waitUntil(lambda: all(menu.actions() for menu in menus_of(window)))
    before = [len(menu.actions()) for menu in menus_of(window)]
    actions.fill()
    assert [len(menu.actions()) for menu in menus_of(window)] == before
    assert len(actions) == len(list(actions)) == len({*actions})


def test_menus_that_nobody_holds_are_filled_without_harm(qtbot):
    window = QMainWindow()
    qtbot.addWidget(window)
    LateMenus(window.menuBar(), make_desk(language="en"), print)
    gc.collect()
    qtbot.waitUntil(lambda: all(menu.actions() for menu in menus_of(window)))

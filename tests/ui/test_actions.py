"""Every action is known, titled, reachable, and does no harm in any window."""

import pytest
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QDialog, QFileDialog, QMenuBar

from annotator.app import make_desk, make_shell
from annotator.core.span import Span
from annotator.foundation.catalogue import LANGUAGES, load_catalogue
from annotator.ui.keyboard.actions import action_ids
from annotator.ui.keyboard.groups import group_of
from annotator.ui.keyboard.keymap import default_keymap
from annotator.ui.keyboard.needs import Need, need_of
from annotator.ui.menu_table import MENUS, SEPARATOR, START_MENUS
from annotator.ui.palette_acts import offered_actions
from tests.journeys.stage import stage
from tests.key_events import press
from tests.ui.window_room import boxes, make_project

__all__ = ["boxes", "stage"]


def in_menus(menus=MENUS):
    return {action for _, actions in menus for action in actions if action != SEPARATOR}


@pytest.fixture
def quiet(monkeypatch, boxes):
    """No dialog waits for anybody."""
    monkeypatch.setattr(QDialog, "exec", lambda _: 0)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    monkeypatch.setattr(QPrintDialog, "exec", lambda _: 0)
    monkeypatch.setattr(QMenuBar, "setActiveAction", lambda *_: None)
    return boxes


@pytest.fixture
def shell(qapp, stage, quiet):
    made = make_shell(qapp, make_desk(language="en", theme="light"))
    yield made
    made.quit()
    made.close()


HELP = {"help.guide", "help.keys", "palette.open", "menu.open"}


def acts_of(shell):
    return set(shell.desk.acts), set(shell.actions)


def test_the_table_holds_every_act_and_nothing_else(shell):
    of_editor, of_program = acts_of(shell)
    assert of_editor & of_program == set()
    assert set(action_ids()) == of_editor | of_program
    assert len(set(action_ids())) == len(action_ids())
    assert in_menus() | in_menus(START_MENUS) <= set(action_ids())
    assert in_menus(START_MENUS) <= of_program


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_action_has_a_title_and_a_group(language):
    catalogue = load_catalogue(language)
    assert [a for a in action_ids() if f"action.{a}" not in catalogue] == []
    assert [a for a in action_ids() if f"group.{group_of(a)}" not in catalogue] == []
    titles = [catalogue.text(f"action.{action}") for action in action_ids()]
    assert [title for title in set(titles) if titles.count(title) > 1] == []


def test_every_action_has_a_place_in_menu_or_palette():
    offered = set(offered_actions(has_scheme=False))
    assert set(action_ids()) - in_menus() - offered == set()
    assert set(action_ids()) - offered == {"palette.open"}
    of_digits = offered - set(offered_actions(has_scheme=True))
    assert of_digits == {f"label.{digit}" for digit in "1234567890"}


def test_no_menu_names_an_action_twice():
    listed = [action for _, actions in MENUS for action in actions if action != SEPARATOR]
    assert sorted(listed) == sorted(set(listed))


def everything(shell):
    """All ids, the disturbing ones last."""
    last = ["project.demo", "language.switch", "theme.switch", "app.quit"]
    of_editor, of_program = acts_of(shell)
    return [*sorted((of_editor | of_program) - set(last)), *last]


def test_every_act_once_with_a_document(stage, tmp_path, quiet, qapp):
    desk = stage(make_project(tmp_path), language="en")
    for action in everything(desk.shell):
        desk.hand.editor.enter(None)
        desk.window.run_action(action)
        qapp.processEvents()
    assert quiet.texts == []
    assert not desk.window.isVisible()


def test_every_menu_entry_on_every_kind_of_annotation(stage, tmp_path, quiet, qapp):
    desk = stage(make_project(tmp_path), language="ckb")
    start = desk.editor.text.index("هەولێر")
    desk.hand.select(Span(start, start + 6))
    desk.typist.press("3 E M Escape")
    for action in sorted(in_menus() - {"app.quit", "project.demo"}):
        desk.window.around.menu_actions[action].trigger()
        qapp.processEvents()
    assert quiet.texts == []


def test_every_act_once_without_a_document(shell, quiet, tmp_path, qapp):
    shell.open_project(make_project(tmp_path, documents={}))
    assert shell.window.editor is None
    for action in everything(shell):
        shell.window.run_action(action)
        qapp.processEvents()
        if action == "project.demo":
            assert shell.window.editor is not None
    assert quiet.texts == []


def test_every_act_once_without_a_project(shell, quiet, qapp):
    for action in sorted(set(shell.desk.acts) | shell.actions - {"app.quit", "project.demo"}):
        shell.show_start_page()
        shell.run(action)
        qapp.processEvents()
    told = {load_catalogue(language).text("refused.no_document") for language in LANGUAGES}
    assert set(quiet.texts) <= told
    refused = [action for action in action_ids() if need_of(action) is not Need.NOTHING]
    assert len(quiet.texts) == len(refused)


def test_the_start_window_has_the_keys_of_its_menus(shell, quiet):
    shell.start([])
    wanted = []
    shell.start_window.action_wanted.connect(wanted.append)
    for action in sorted(in_menus(START_MENUS) - {"app.quit", "language.switch"}):
        for chord in default_keymap().chords_of(action):
            press(shell.start_window, chord)
    assert set(wanted) == {"project.new", "project.open", "preferences.open", *HELP}


def test_undo_says_what_it_takes_back(stage, tmp_path):
    desk = stage(make_project(tmp_path), language="en")
    undo = desk.window.around.menu_actions["edit.undo"]
    assert (undo.isEnabled(), undo.text().split("\t")[0]) == (False, "Undo")
    desk.typist.press("3")
    assert undo.isEnabled()
    assert "mark entity" in undo.text()
    undo.trigger()
    assert len(desk.editor.annotations) == 0
    assert "mark entity" in desk.window.around.menu_actions["edit.redo"].text()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_menu_is_higher_than_the_screen_of_a_small_laptop(stage, tmp_path, language):
    """Of 768 pixels the menu bar, the title and the panel of the system take some hundred."""
    window = stage(make_project(tmp_path), language=language).window
    window.around.menu_actions.fill()
    bar = window.menuBar()
    heights = {menu.text(): menu.menu().sizeHint().height() for menu in bar.actions()}
    assert {title: height for title, height in heights.items() if height > 660} == {}
    assert len(heights) == len(MENUS)

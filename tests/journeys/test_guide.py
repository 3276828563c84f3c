"""F1 opens the guide beside the window, once, and a change of language keeps the page."""

from PySide6.QtWidgets import QApplication

from annotator.ui.dialogs.guide import GuideWindow
from annotator.workbench.clock import system_clock
from annotator.workbench.demo import create_demo
from tests.journeys.stage import stage
from tests.key_events import press

__all__ = ["stage"]


def guides(window):
    return [g for g in window.findChildren(GuideWindow) if g.isVisible()]


def test_f1_opens_the_guide_once_and_the_language_may_change(stage, tmp_path):
    project, _ = create_demo(tmp_path / "demo.nishan", system_clock)
    project.close()
    shown = stage(tmp_path / "demo.nishan", language="ckb")
    press(shown.window.view.page, "F1")
    press(shown.window.view.page, "F1")
    (guide,) = guides(shown.window)
    assert guide.windowTitle() == "ڕێبەری بەکارهێنەر"
    guide.show_page("quotes")
    shown.window.run_action("language.switch")
    QApplication.processEvents()
    (guide,) = guides(shown.window)
    assert (guide.windowTitle(), guide.page.name) == ("User guide", "quotes")
    guide.close()
    shown.window.run_action("theme.switch")
    assert guides(shown.window) == []


def test_the_menu_help_begins_with_the_guide_and_shows_both_keys(stage, tmp_path):
    project, _ = create_demo(tmp_path / "demo.nishan", system_clock)
    project.close()
    actions = stage(tmp_path / "demo.nishan", language="en").window.around.menu_actions
    names = [name for name in actions if name.startswith("help.")]
    assert names == ["help.guide", "help.keys", "help.report", "help.about"]
    keys = [actions[name].text().partition("\t")[2].strip("\u2068\u2069") for name in names]
    assert keys == ["F1", "?", "", ""]

"""The preferences: every choice shows at once, is kept, or is taken back."""

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QDialogButtonBox

from annotator.foundation.paths import settings_folder
from annotator.foundation.settings import ArticleFont, Settings
from annotator.foundation.settings_file import read_settings
from annotator.ui.dialogs.preferences import PreferencesDialog
from annotator.ui.textview.style import HIGH_CONTRAST
from tests.journeys.stage import stage
from tests.ui.window_room import make_project

__all__ = ["stage"]


@pytest.fixture
def dialog(catalogue, qtbot):
    made = PreferencesDialog(catalogue, Settings(points=18.5), None)
    qtbot.addWidget(made)
    return made


def test_what_is_chosen_is_told(dialog):
    told = []
    dialog.changed.connect(told.append)
    for box, value in (
        (dialog.language, "en"),
        (dialog.theme, "dark"),
        (dialog.font_box, "vazirmatn"),
    ):
        box.setCurrentIndex(box.findData(value))
    assert told[-1].points == 18.5
    dialog.points.setValue(24)
    dialog.line_height.setValue(1.7)
    dialog.column_width.setValue(1000)
    dialog.code_points.click()
    assert (
        told[-1]
        == dialog.settings
        == Settings(
            language="en",
            theme="dark",
            article_font=ArticleFont.VAZIRMATN,
            points=24,
            line_height=1.7,
            column_width=1000,
            shows_code_points=True,
        )
    )


def test_the_usual_look_comes_back_in_one_step(dialog):
    dialog.language.setCurrentIndex(1)
    dialog.column_width.setValue(1000)
    told = []
    dialog.changed.connect(told.append)
    dialog.defaults.click()
    assert told == [replace(Settings(), language="ckb")]
    assert dialog.column_width.value() == Settings().column_width


def answering(monkeypatch, choose, button):
    """Let the dialog choose, look at it, and press a button."""
    seen = []

    def run(dialog):
        choose(dialog)
        window = dialog.parentWidget()
        seen.append(window.view.page.page_style if window.isWindow() else None)
        dialog.findChild(QDialogButtonBox).button(button).click()
        return 0

    monkeypatch.setattr(PreferencesDialog, "exec", run)
    return seen


def choose(dialog):
    dialog.theme.setCurrentIndex(dialog.theme.findData("high-contrast"))
    dialog.line_height.setValue(2.0)
    dialog.column_width.setValue(600)
    dialog.points.setValue(30)
    dialog.font_box.setCurrentIndex(1)
    dialog.code_points.click()


def test_the_page_behind_shows_it_and_cancel_takes_it_back(stage, tmp_path, monkeypatch, qapp):
    desk = stage(make_project(tmp_path), language="en")
    window, style = desk.window, desk.window.view.page.page_style
    desk.typist.press("Ctrl+Equal Ctrl+0")
    before, palette = desk.shell.desk, qapp.palette().window().color()
    seen = answering(monkeypatch, choose, QDialogButtonBox.StandardButton.Cancel)
    desk.typist.press("Ctrl+Comma")
    assert seen[0] == replace(
        HIGH_CONTRAST,
        line_height=2.0,
        column_width=600,
        point_size=30.0,
        font_family=desk.shell.desk.fonts.interface,
    )
    assert desk.window is window
    assert window.view.page.page_style == style
    assert not window.view.page.shows_code_points
    assert desk.shell.desk == before
    assert qapp.palette().window().color() == palette
    assert read_settings(settings_folder()) == Settings()


def test_what_is_taken_is_kept(stage, tmp_path, monkeypatch):
    desk = stage(make_project(tmp_path), language="en")
    seen = answering(monkeypatch, choose, QDialogButtonBox.StandardButton.Ok)
    desk.typist.press("Ctrl+Comma")
    assert desk.window.view.page.page_style == seen[0]
    assert desk.window.view.page.shows_code_points
    assert desk.shell.desk.theme.name == "high-contrast"
    kept = read_settings(settings_folder())
    assert (kept.theme, kept.line_height, kept.column_width) == ("high-contrast", 2.0, 600)
    assert (kept.points, kept.shows_code_points) == (30.0, True)


def test_letters_that_were_zoomed_are_so_again_after_cancel(stage, tmp_path, monkeypatch):
    desk = stage(make_project(tmp_path), language="en")
    desk.typist.press("Ctrl+Equal Ctrl+Equal")
    zoomed = desk.window.view.points
    answering(monkeypatch, choose, QDialogButtonBox.StandardButton.Cancel)
    desk.typist.press("Ctrl+Comma")
    assert desk.window.view.points == pytest.approx(zoomed)

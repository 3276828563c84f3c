"""The look in one act each, and following the system."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from annotator.app import make_desk
from annotator.foundation.paths import settings_folder
from annotator.foundation.settings import COLUMN_WIDTHS, LINE_HEIGHTS
from annotator.foundation.settings_file import SETTINGS_FILE, read_settings
from annotator.ui import look_acts
from tests.journeys.stage import stage
from tests.ui.window_room import boxes, make_project

__all__ = ["boxes", "stage"]


@pytest.fixture
def desk(stage, tmp_path):
    return stage(make_project(tmp_path), language="en")


def test_code_points_come_and_go_and_are_remembered(desk):
    desk.typist.press("Ctrl+U")
    assert desk.window.view.page.shows_code_points
    assert make_desk().settings.shows_code_points
    desk.typist.press("Ctrl+U")
    assert not desk.window.view.page.shows_code_points


@pytest.mark.parametrize(
    ("more", "less", "field", "limits"),
    [
        ("view.lines_apart", "view.lines_together", "line_height", LINE_HEIGHTS),
        ("view.column_wider", "view.column_narrower", "column_width", COLUMN_WIDTHS),
    ],
)
def test_lines_and_column_change_by_steps_within_limits(desk, more, less, field, limits):
    def shown():
        return getattr(desk.window.view.page.page_style, field)

    usual = shown()
    desk.window.run_action(more)
    assert shown() == pytest.approx(usual + limits.step)
    desk.window.run_action(less)
    assert shown() == pytest.approx(usual)
    for _ in range(60):
        desk.window.run_action(less)
    assert shown() == limits.least
    assert getattr(read_settings(settings_folder()), field) == limits.least


def test_the_window_stays_when_only_the_page_changes(desk):
    window = desk.window
    desk.window.run_action("view.lines_apart")
    assert desk.window is window


def test_zoomed_letters_stay_zoomed_when_something_else_changes(desk):
    desk.typist.press("Ctrl+Equal")
    zoomed = desk.window.view.points
    desk.window.run_action("view.column_wider")
    assert desk.window.view.points == pytest.approx(zoomed)


def test_a_choice_that_cannot_be_written_shows_and_is_told(desk, boxes):
    (settings_folder() / SETTINGS_FILE).mkdir(parents=True)
    desk.typist.press("Ctrl+U")
    assert desk.window.view.page.shows_code_points
    assert len(boxes.texts) == 1


def test_the_theme_follows_the_system_while_that_is_chosen(stage, tmp_path, monkeypatch):
    desk = stage(make_project(tmp_path), language="en", theme="system")
    assert desk.shell.desk.theme.name == "light"
    monkeypatch.setattr(look_acts, "system_theme", lambda: "dark")
    first = desk.window
    QGuiApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert desk.shell.desk.theme.name == "dark"
    assert desk.window is first  # a dialog may be open over it
    desk.shell.run("theme.switch")
    assert desk.shell.desk.theme.name == "high-contrast"
    QGuiApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert desk.shell.desk.theme.name == "high-contrast"

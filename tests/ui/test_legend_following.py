"""The legend follows the keys a moment later, at once for who asks, and not after the end."""

import pytest

from annotator.ui import legend_following
from annotator.ui.legend_bar import LegendBar
from annotator.ui.panels import side
from tests.journeys.stage import stage
from tests.ui.window_room import make_project

__all__ = ["stage"]


@pytest.fixture
def desk(stage, tmp_path):
    return stage(make_project(tmp_path), language="en")


def titles(bar):
    return {entry.title for entry in bar.legend.entries}


def test_it_follows_by_itself(desk, qtbot):
    bar = desk.window.view.findChild(LegendBar)
    desk.typist.press("E")
    qtbot.waitUntil(lambda: "Meet" in titles(bar), timeout=5000)


def test_legend_and_inspector_come_right_after_the_first_picture(
    stage, tmp_path, qtbot, monkeypatch
):
    monkeypatch.setattr(legend_following, "PAUSE_MS", 600_000)
    monkeypatch.setattr(side, "FIRST_PAUSE_MS", 600_000)
    inspected = []
    monkeypatch.setattr(side, "inspect", lambda _: inspected.append("asked") or ())
    window = stage(make_project(tmp_path), language="en").window
    qtbot.waitUntil(lambda: window.has_surroundings)
    bar = window.view.findChild(LegendBar)
    qtbot.waitUntil(lambda: bool(titles(bar) and inspected), timeout=5000)


def test_who_asks_gets_what_the_keys_do_now(desk):
    desk.typist.press("E")
    assert "Meet" in titles(desk.window.view.legend)


def test_it_stands_still_once_the_project_is_closed(desk):
    bar = desk.window.view.legend
    desk.typist.press("E")
    before = titles(bar)
    desk.shell.close()
    assert titles(desk.window.view.legend) == before


def test_a_view_that_rests_shows_nothing_new(desk):
    told = []
    desk.window.view.updated.connect(lambda: told.append("updated"))
    desk.window.view.refresh()
    assert told == ["updated"]
    desk.shell.close()
    desk.window.view.refresh()
    assert told == ["updated"]

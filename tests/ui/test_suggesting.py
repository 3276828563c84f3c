"""Suggestions in the window: made in a pause, decided by keys or pointed at."""

import pytest
from PySide6.QtCore import QPointF

from annotator.core.provenance import Origin
from annotator.ui import suggesting
from annotator.ui.editing.suggesting import SuggestionReview
from tests.journeys.stage import stage
from tests.ui.window_room import make_project

__all__ = ["stage"]

TEXT = "کاوە لە هەولێر گوتی: «کار دەکەین». دوێنێ لە هەولێر و سلێمانی بوو.\n"


@pytest.fixture
def desk(stage, tmp_path):
    return stage(
        make_project(tmp_path, documents={"یەک": TEXT, "دوو": f"ئاو. {TEXT}"}), language="en"
    )


def settled(desk, qtbot):
    """Wait until nothing more is to be suggested."""
    qtbot.waitUntil(lambda: not desk.editor.suggestions.is_stale, timeout=10_000)
    qtbot.waitUntil(lambda: desk.window.view.suggesting.is_over, timeout=10_000)
    desk.window.view.refresh()


def dashed(desk):
    canvas = desk.window.view.page.canvas
    return [desk.editor.text[b.spans[0].start : b.spans[0].end] for b in canvas.scene.brackets]


def test_after_a_pause_the_page_shows_what_is_suggested(desk, qtbot):
    assert dashed(desk) == []
    settled(desk, qtbot)
    assert dashed(desk).count("هەولێر") == 2
    assert all(bracket.is_dashed for bracket in desk.window.view.page.canvas.scene.brackets)
    assert len(desk.editor.annotations) == 0


@pytest.mark.parametrize(
    ("layout", "platform"),
    [("us", "xcb"), ("iq(ku_ara)", "xcb"), ("ara", "xcb"), ("KBDKURD", "windows")],
)
def test_one_key_decides_under_every_layout(stage, tmp_path, layout, platform):
    desk = stage(make_project(tmp_path, documents={"یەک": TEXT}), layout=layout, platform=platform)
    desk.typist.press("Tab")
    assert desk.editor.mode.suggestion.fragments.of(TEXT) == "هەولێر"
    desk.typist.press("Enter")
    (mention,) = desk.editor.annotations.mentions()
    assert (mention.label, mention.provenance.origin) == ("GPE", Origin.SUGGESTION)
    assert isinstance(desk.editor.mode, SuggestionReview)
    before = desk.editor.mode.suggestion
    desk.typist.press("Backspace")
    assert desk.editor.mode.suggestion != before
    desk.typist.press("Ctrl+Z Ctrl+Z")
    assert list(desk.editor.annotations.mentions()) == []


def test_a_suggestion_that_is_pointed_at_is_reviewed(desk, qtbot):
    settled(desk, qtbot)
    page = desk.window.view.page
    bracket = page.canvas.scene.brackets[0]
    page.annotation_clicked.emit(bracket.id)
    assert desk.editor.mode.suggestion.id == bracket.id
    assert page.canvas.hit(QPointF(-50, -50)).handle is None


def test_in_a_long_document_only_tab_suggests(desk, qtbot, monkeypatch):
    monkeypatch.setattr(suggesting, "LONGEST", 10)
    desk.typist.press("Ctrl+PageDown")
    assert desk.window.view.suggesting.is_over
    desk.typist.press("Left")
    assert desk.window.view.suggesting.is_over
    desk.typist.press("Tab")
    assert isinstance(desk.editor.mode, SuggestionReview)


def test_nothing_is_suggested_for_a_project_that_is_closed(desk):
    desk.typist.press("Left")
    assert not desk.window.view.suggesting.is_over
    desk.shell.close()
    assert desk.window.view.suggesting.is_over


def test_suggestions_are_turned_off_and_on(desk, qtbot):
    settled(desk, qtbot)
    desk.typist.press("Tab")
    desk.window.run_action("view.suggestions")
    assert (dashed(desk), desk.editor.mode) == ([], None)
    assert not desk.window.around.menu_actions["view.suggestions"].isChecked()
    desk.typist.press("Tab")
    assert desk.editor.mode is None
    desk.window.run_action("view.suggestions")
    settled(desk, qtbot)
    assert dashed(desk).count("هەولێر") == 2


def test_a_document_with_rejections_opens_again(stage, tmp_path):
    path = make_project(tmp_path, documents={"یەک": TEXT})
    desk = stage(path)
    desk.typist.press("Tab Backspace Backspace Escape")
    rejected = set(desk.editor.annotations.records)
    assert rejected == {"D1", "D2"}
    desk.close()
    desk = stage(path)
    assert set(desk.editor.annotations.records) == rejected
    assert list(desk.editor.in_sight()) == []
    desk.typist.press("Ctrl+Home Tab Backspace")
    assert set(desk.editor.annotations.records) == {"D1", "D2", "D3"}

"""The saved sign in a real window: what is typed into a field is saved when it is stored."""

import pytest

from annotator.core.span import Span
from annotator.foundation.errors import UserError
from annotator.store.project_file import ProjectFile
from tests.journeys.stage import stage
from tests.key_events import press
from tests.ui.window_room import boxes, make_project

__all__ = ["boxes", "stage"]

TYPING, SAVED, NOT_SAVED = "… not yet stored", "✓ saved", "✗ not saved"


@pytest.fixture
def desk(stage, tmp_path):
    desk = stage(make_project(tmp_path), language="en")
    name = "هەولێر"
    start = desk.editor.text.index(name)
    desk.hand.select(Span(start, start + len(name)))
    desk.typist.press("3 L Escape")
    desk.window.inspector.focus_field("entity")
    return desk


def sign(desk):
    return desk.window.status.saved


def field(desk):
    return desk.window.inspector.row("entity").editor


def test_letters_count_as_saved_once_they_are_stored(desk, qtbot):
    assert sign(desk) == SAVED
    press(field(desk), "X Y")
    assert sign(desk) == TYPING
    qtbot.waitUntil(lambda: sign(desk) == SAVED, timeout=3000)
    assert [entity.name for entity in desk.editor.annotations.entities()] == ["xy"]
    press(field(desk), "Z")
    assert sign(desk) == TYPING
    press(field(desk), "Enter")
    assert sign(desk) == SAVED


def test_letters_taken_back_leave_everything_saved(desk):
    press(field(desk), "End X Backspace")
    assert sign(desk) == TYPING
    desk.window.focus_page()
    assert sign(desk) == SAVED


def test_an_edit_elsewhere_does_not_make_refused_letters_saved(desk, boxes, monkeypatch):
    def transaction(project):
        raise UserError("store.full", name=project.path.name)

    with monkeypatch.context() as broken:
        broken.setattr(ProjectFile, "transaction", transaction)
        press(field(desk), "X Enter")
        assert sign(desk) == NOT_SAVED
    desk.hand.go_to(desk.editor.text.index("سەرۆکی"))
    desk.typist.press("1")
    assert sign(desk) == NOT_SAVED
    desk.hand.go_to(desk.editor.text.index("هەولێر"))
    desk.window.inspector.focus_field("entity")
    press(field(desk), "Enter")
    assert sign(desk) == SAVED

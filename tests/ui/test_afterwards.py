"""What is read after the page was painted, and what is done when it is damaged."""

import pytest

from annotator.ui.afterwards import Afterwards
from annotator.ui.checking import Checker
from annotator.ui.suggesting import Suggesting
from tests.journeys.stage import stage
from tests.store.test_integrity import tamper
from tests.ui.window_room import boxes, make_project

__all__ = ["boxes", "stage"]

LINES = "".join(f"{number} - ئازاد لە هەولێر گوتی کار دەکەین و هاتنەوە.\n" for number in range(400))


@pytest.fixture
def path(tmp_path):
    return make_project(tmp_path, documents={"یەکەم": LINES, "دووەم": "کورت"})


def annotated(stage, path):
    """A document with two mentions at its end and one at its beginning; left on the first."""
    desk = stage(path)
    desk.typist.press("Ctrl+End Right 1 Right Right Right 2 Ctrl+Home 1")
    desk.close()


def over(desk, qtbot):
    afterwards = desk.window.around.afterwards
    qtbot.waitUntil(lambda: afterwards.is_over, timeout=5000)


def test_everything_is_read_soon_after_opening(stage, path, qtbot):
    annotated(stage, path)
    desk = stage(path)
    over(desk, qtbot)
    document = desk.shell.workspace.open_document
    assert not document.read_more()
    assert len(document.annotations) == 3
    assert "\t" in desk.window.around.menu_actions["edit.undo"].text()
    assert desk.window.around.menu_actions["edit.undo"].isEnabled()


def test_a_document_with_damage_far_away_is_taken_away_and_nothing_written(
    stage, path, qtbot, boxes
):
    annotated(stage, path)
    tamper(path, "UPDATE annotations SET label = 'XXX' WHERE id = 'T1'")
    desk = stage(path)
    qtbot.waitUntil(lambda: boxes.texts != [], timeout=5000)
    assert desk.shell.workspace.open_document is None
    assert desk.editor is None
    assert "T1" in desk.window.view.heading
    assert "T1" in boxes.texts[0]
    before = path.read_bytes()
    desk.typist.press("1 Left")
    assert path.read_bytes() == before
    desk.window.documents.document_chosen.emit("a2")
    assert desk.editor.text == "کورت"


def test_damage_that_is_scrolled_to_is_told(stage, path, boxes):
    annotated(stage, path)
    tamper(path, "UPDATE annotations SET label = 'XXX' WHERE id = 'T1'")
    desk = stage(path)
    bar = desk.window.view.page.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert desk.shell.workspace.open_document is None
    assert "T1" in boxes.texts[0]


def test_a_damaged_journal_is_told(stage, path, qtbot, boxes):
    annotated(stage, path)
    tamper(path, "UPDATE journal SET made = 'x' WHERE seq = (SELECT max(seq) FROM journal)")
    desk = stage(path)
    qtbot.waitUntil(lambda: boxes.texts != [], timeout=5000)
    assert desk.shell.workspace.open_document is None


@pytest.fixture
def damaged(stage, path, boxes, monkeypatch):
    """Opens a document with damage far away in a window where the given parts stand idle."""
    annotated(stage, path)
    tamper(path, "UPDATE annotations SET label = 'XXX' WHERE id = 'T1'")

    def open_idle(without):
        for part, door in ((Afterwards, "begin"), (Checker, "watch"), (Suggesting, "watch")):
            if part.__name__ in without:
                monkeypatch.setattr(part, door, lambda *_: None)
        return stage(path)

    return open_idle


def test_damage_that_a_key_meets_is_told_as_damage(damaged, boxes):
    desk = damaged(without={"Afterwards", "Checker", "Suggesting"})
    assert boxes.texts == []
    desk.typist.press("F8")
    assert desk.shell.workspace.open_document is None
    assert "T1" in boxes.texts[0]


@pytest.mark.parametrize("reader", ["Checker", "Suggesting"])
def test_damage_that_others_meet_is_told(damaged, reader, qtbot, boxes):
    desk = damaged(without={"Afterwards", "Checker", "Suggesting"} - {reader})
    qtbot.waitUntil(lambda: boxes.texts != [], timeout=5000)
    assert desk.shell.workspace.open_document is None


def test_what_can_be_undone_is_not_asked_before_the_first_pause(qapp, qtbot):
    shown = []

    class Steps:
        def show(self, undo, redo):
            shown.append((undo, redo))

    class Document:
        next_undo, next_redo = "undo", "redo"

        def read_more(self, _):
            return False

    document = Document()
    afterwards = Afterwards(Steps(), qapp)
    afterwards.begin(document)
    afterwards.show_steps(document)
    assert shown == []
    qtbot.waitUntil(lambda: afterwards.is_over)
    afterwards.show_steps(document)
    assert shown == [("undo", "redo")] * 2

"""Growing, jumping, counting and marking all in the window, by the same keys on every keyboard."""

import pytest

from annotator.core.span import Span
from annotator.ui.editing.words import Selection
from annotator.ui.review_scene import SIGNS
from tests.journeys.stage import stage
from tests.ui.window_room import make_project

__all__ = ["stage"]

TEXT = (
    "هەولێر گەورەیە. ئەمڕۆ ٢٢ - ٩ - ٢٠٢٠ لە هەولێر، کۆبوونەوە کرا. "
    "خەڵکی هەولێر هاتن و لە هەولێردا مانەوە.\n"
)
KEYBOARDS = [("us", "xcb"), ("iq(ku_ara)", "xcb"), ("ara", "xcb"), ("KBDKURD", "windows")]


@pytest.fixture(params=KEYBOARDS, ids=lambda keyboard: f"{keyboard[0]} on {keyboard[1]}")
def desk(request, stage, tmp_path):
    layout, platform = request.param
    project = make_project(tmp_path, documents={"یەک": TEXT})
    desk = stage(project, layout=layout, platform=platform)
    desk.editor.place(Selection.at(0))
    return desk


def selected(desk):
    span = desk.editor.selection.span
    return None if span is None else span.of(desk.editor.text)


def mentions(desk):
    return [m.fragments.spans[0] for m in desk.editor.annotations.mentions()]


def places(desk):
    text, found, at = desk.editor.text, [], -1
    while (at := text.find("هەولێر", at + 1)) >= 0:
        found.append(Span(at, at + 6))
    return found


def letters_at(desk, offset):
    return " ".join(m.letters for m in desk.editor.mode.hints if m.offset == offset)


def test_growing_and_shrinking(desk):
    desk.editor.place(Selection.at(desk.editor.text.index("٩")))
    desk.typist.press("G")
    assert selected(desk) == "٢٢ - ٩ - ٢٠٢٠"
    desk.typist.press("G Shift+G Shift+G")
    assert selected(desk) is None


def test_two_keys_mark_all_and_one_takes_it_back(desk):
    desk.typist.press("3 A A")
    assert sorted(mentions(desk)) == places(desk)
    desk.typist.press("Ctrl+Z")
    assert mentions(desk) == places(desk)[:1]


def test_the_review_is_seen_on_the_page_and_answers_by_keys(desk, qapp):
    desk.typist.press("3 A Enter Backspace")
    qapp.processEvents()
    view = desk.window.view
    chips = [b.chip for b in view.page.canvas.scene.brackets if b.id.startswith("place-")]
    assert sorted(chips) == sorted(SIGNS.values())
    assert "A" in " ".join(entry.cap for entry in view.legend.legend.entries)
    desk.typist.press("P Enter Enter")
    assert sorted(mentions(desk)) == places(desk)


def test_escape_leaves_the_review_and_the_page_as_it_was(desk, qapp):
    desk.typist.press("3 A Enter Escape")
    qapp.processEvents()
    assert mentions(desk) == places(desk)[:1]
    brackets = desk.window.view.page.canvas.scene.brackets
    assert [b.id for b in brackets] == ["T1"]


def test_jumping_to_an_annotation_and_to_any_word(desk, qapp):
    desk.typist.press("3 Ctrl+End J")
    qapp.processEvents()
    assert [h.text for h in desk.window.view.page.canvas.scene.hints] == ["A ا"]
    desk.typist.press("A")
    assert (desk.editor.selection, desk.editor.selected) == (Selection.at(0), "T1")
    wanted = desk.editor.text.index("کۆبوونەوە")
    desk.typist.press("Shift+J")
    desk.typist.press(letters_at(desk, wanted))
    assert desk.editor.selection == Selection.at(wanted)


def test_counting(desk):
    desk.typist.press("Alt+2")
    assert desk.window.view.legend.legend.heading.startswith("×٢")
    desk.typist.press("Left")
    assert desk.editor.selection.caret == desk.editor.text.index("ئەمڕۆ")
    desk.typist.press("Alt+3 9")
    (mention,) = mentions(desk)
    assert mention.of(desk.editor.text) == "ئەمڕۆ ٢٢ - ٩"
    desk.typist.press("Alt+2 Escape Right")
    assert desk.editor.count == 0

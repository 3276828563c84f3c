"""The find bar: it finds while one types, by the same keys on every keyboard."""

import pytest

from annotator.core.span import Span
from annotator.ui.editing.words import Selection
from annotator.ui.page_scene import HIT_COLOR
from tests.journeys.stage import stage
from tests.key_events import typed_by
from tests.ui.window_room import make_project

__all__ = ["stage"]

KEYBOARDS = [("us", "xcb"), ("iq(ku_ara)", "xcb"), ("ara", "xcb"), ("KBDKURD", "windows")]


def text_with(word):
    """A text with a word four times, once inside a longer one."""
    return f"{word} هات. لێرە {word} بوو و {word}ی دی. ئەوێ {word} نەبوو.\n" + "دێڕ. " * 2000


@pytest.fixture(params=KEYBOARDS, ids=lambda keyboard: f"{keyboard[0]} on {keyboard[1]}")
def desk(request, stage, tmp_path):
    layout, platform = request.param
    word = "".join(typed_by(layout, key) for key in "SHD")
    project = make_project(tmp_path, documents={"یەک": text_with(word), "دوو": "تر"})
    desk = stage(project, layout=layout, platform=platform, language="en")
    desk.word = word
    return desk


@pytest.fixture
def kurdish(stage, tmp_path):
    documents = {"یەک": text_with("گەورە"), "دوو": "گەورە"}
    return stage(make_project(tmp_path, documents=documents), layout="iq(ku_ara)", language="ckb")


def bar(desk):
    return desk.window.view.find_bar


def counter(desk):
    return bar(desk).counter.text()


def selected(desk):
    return desk.editor.selection.span


def hits(desk):
    text, word = desk.editor.text, desk.word
    found, at = [], text.find(word)
    while at >= 0:
        found.append(Span(at, at + len(word)))
        at = text.find(word, at + 1)
    return found


def lit(desk):
    fills = desk.window.view.page.canvas.scene.fills
    return [fill.span for fill in fills if fill.color == HIT_COLOR]


@pytest.mark.parametrize("chord", ["Slash", "Ctrl+F"])
def test_it_opens_takes_the_letters_and_finds_while_one_types(desk, qapp, chord):
    assert not bar(desk).isVisible()
    desk.typist.press(chord)
    assert bar(desk).field.hasFocus()
    desk.typist.press("S H D")
    qapp.processEvents()
    assert bar(desk).field.text() == desk.word
    assert counter(desk) == bar(desk).field.accessibleDescription() == "1 / 4"
    assert selected(desk) == hits(desk)[0]
    assert lit(desk) == hits(desk)
    assert len(desk.editor.annotations) == 0


def test_enter_leaves_with_the_hit_selected_so_that_a_digit_marks_it(desk, qapp):
    desk.typist.press("Slash S H D Down Enter")
    qapp.processEvents()
    assert desk.window.view.page.hasFocus()
    assert not bar(desk).isVisible()
    assert lit(desk) == []
    desk.typist.press("3")
    (mention,) = desk.editor.annotations.mentions()
    assert mention.fragments.spans == (hits(desk)[1],)


def test_to_and_fro_and_round(desk):
    desk.typist.press("Slash S H D Down Down")
    assert (counter(desk), selected(desk)) == ("3 / 4", hits(desk)[2])
    desk.typist.press("F3 F3")
    assert (counter(desk), selected(desk)) == ("1 / 4", hits(desk)[0])
    assert desk.window.status.notice == desk.editor.sentence("notice.search_round_end")
    desk.typist.press("Up")
    assert counter(desk) == "4 / 4"
    desk.typist.press("Shift+F3")
    assert counter(desk) == "3 / 4"
    assert bar(desk).field.hasFocus()


def test_escape_goes_back_to_where_the_eye_was(desk, qapp):
    desk.typist.press("Ctrl+End Slash S H D Escape")
    assert desk.editor.selection == Selection.at(len(desk.editor.text))
    qapp.processEvents()
    page = desk.window.view.page
    assert page.hasFocus()
    assert page.visible_span().touches(len(desk.editor.text))


def test_the_page_follows_the_hit(desk, qapp):
    desk.typist.press("Ctrl+End Slash S H D")
    qapp.processEvents()
    assert desk.window.view.page.visible_span().contains(hits(desk)[0])


def test_later_the_page_goes_on_from_hit_to_hit(desk):
    desk.typist.press("Slash S H D Enter F3")
    assert selected(desk) == hits(desk)[1]
    assert not bar(desk).isVisible()
    desk.typist.press("Alt+2 Shift+F3")
    assert selected(desk) == hits(desk)[3]


def test_what_is_selected_is_proposed(desk, qapp):
    desk.typist.press("Space Slash")
    assert (bar(desk).field.text(), counter(desk)) == (desk.word, "1 / 4")
    assert bar(desk).field.selectedText() == desk.word


def test_words_of_last_time_are_proposed_also_in_another_document(desk):
    desk.typist.press("Slash S H D Escape Ctrl+PageDown")
    assert not bar(desk).isVisible()
    desk.typist.press("F3")
    assert bar(desk).field.text() == desk.word
    assert counter(desk) == "nothing found"


def test_nothing_found_is_said_in_words_and_the_eye_stays(kurdish, qapp):
    kurdish.typist.press("Slash Z Z")
    assert counter(kurdish) == kurdish.editor.sentence("find.none")
    assert bar(kurdish).field.objectName() == "missed"
    assert kurdish.editor.selection == Selection.at(0)
    kurdish.typist.press("F3")
    assert "زز" in kurdish.window.status.notice
    kurdish.typist.press("Backspace Backspace")
    assert (counter(kurdish), bar(kurdish).field.objectName()) == ("", "")


def test_loose_spelling_and_whole_words_are_reached_by_keys(kurdish):
    kurdish.typist.press("Slash")
    field = bar(kurdish).field
    field.setText("گهوره")
    field.textEdited.emit(field.text())
    assert counter(kurdish) == kurdish.editor.sentence("find.otherwise", place="١ / ٤")
    bar(kurdish).loose.setFocus()
    kurdish.typist.press("Space")
    assert counter(kurdish) == "١ / ٤"
    bar(kurdish).whole.setFocus()
    kurdish.typist.press("Space")
    assert counter(kurdish) == "١ / ٣"
    kurdish.typist.press("Escape")
    assert kurdish.window.view.page.hasFocus()


def test_tab_goes_through_the_bar(kurdish):
    kurdish.typist.press("Slash")
    seen = []
    for _ in range(5):
        bar(kurdish).focusNextChild()
        seen.append(kurdish.window.focusWidget())
    assert bar(kurdish).loose in seen
    assert bar(kurdish).whole in seen


def test_the_mouse_goes_to_and_fro(desk):
    desk.typist.press("Slash S H D")
    bar(desk).next_button.click()
    assert counter(desk) == "2 / 4"
    bar(desk).previous_button.click()
    assert counter(desk) == "1 / 4"


def test_from_the_page_escape_closes_the_bar_and_keeps_the_place(desk, qapp):
    desk.typist.press("Slash S H D")
    desk.window.focus_page()
    desk.typist.press("Ctrl+End Escape")
    qapp.processEvents()
    assert not bar(desk).isVisible()
    assert desk.editor.selection == Selection.at(len(desk.editor.text))


def test_beside_a_hit_the_number_of_hits_is_told(desk):
    desk.typist.press("Slash S H D")
    desk.window.focus_page()
    desk.typist.press("Left")
    assert counter(desk) == "found: 4"


def test_commands_work_from_the_bar(desk):
    desk.typist.press("Slash S H D Ctrl+F")
    assert bar(desk).field.hasFocus()
    assert bar(desk).field.selectedText() == desk.word
    desk.typist.press("Ctrl+PageDown")
    assert desk.editor.text.startswith("تر")
    assert desk.window.view.page.hasFocus()


def test_a_selection_over_two_lines_is_looked_for_as_one(kurdish):
    text = kurdish.editor.text
    kurdish.editor.place(Selection(0, text.index("\n") + 5))
    kurdish.typist.press("Slash")
    assert "\n" not in bar(kurdish).field.text()
    assert counter(kurdish) == "١ / ١"
    assert selected(kurdish) == Span(0, text.index("\n") + 5)

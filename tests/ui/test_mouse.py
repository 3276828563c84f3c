"""What the mouse does on the page of a real window."""

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

from annotator.core.span import Span
from annotator.ui.editing.words import Selection, is_word
from annotator.workbench.clock import system_clock
from annotator.workbench.demo import open_demo
from tests.journeys.stage import stage
from tests.ui.window_room import make_project

__all__ = ["stage"]

NONE, ALT, SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


class Mouse:
    """Presses, moves and releases the left button at places of the text."""

    def __init__(self, desk, qapp):
        self.desk, self.qapp = desk, qapp
        self.page = desk.window.view.page

    def send(self, kind, point, held=NONE, *, is_down=True):
        left = Qt.MouseButton.LeftButton
        buttons = left if is_down else Qt.MouseButton.NoButton
        viewport = self.page.viewport()
        spot = QPointF(viewport.mapToGlobal(point.toPoint()))
        QApplication.sendEvent(viewport, QMouseEvent(kind, point, spot, left, buttons, held))

    def at(self, offset):
        """Where a caret at `offset` would stand."""
        return self.page.caret_rect(offset).center()

    def press(self, offset, held=NONE, *, clicks=1):
        point = self.at(offset)
        self.send(QEvent.Type.MouseButtonPress, point, held)
        if clicks > 1:
            self.send(QEvent.Type.MouseButtonRelease, point, held, is_down=False)
            self.send(QEvent.Type.MouseButtonDblClick, point, held)
        if clicks > 2:
            self.send(QEvent.Type.MouseButtonRelease, point, held, is_down=False)
            self.send(QEvent.Type.MouseButtonPress, point, held)

    def drag(self, offset, held=NONE):
        self.send(QEvent.Type.MouseMove, self.at(offset), held)

    def release(self, offset):
        self.send(QEvent.Type.MouseButtonRelease, self.at(offset), is_down=False)
        self.qapp.processEvents()

    def click(self, offset, held=NONE, *, clicks=1):
        self.press(offset, held, clicks=clicks)
        self.release(offset)


@pytest.fixture
def desk(stage, tmp_path, qapp):
    desk = stage(make_project(tmp_path), language="ckb")
    desk.mouse = Mouse(desk, qapp)
    desk.qapp_turn = qapp.processEvents
    return desk


def place_of(desk, word):
    start = desk.editor.text.index(word)
    return Span(start, start + len(word))


def picked(desk):
    span = desk.editor.selection.span
    return span.of(desk.editor.text) if span else ""


def test_a_click_places_the_caret_and_gives_the_page_the_keys(desk):
    desk.window.documents.setFocus()
    word = place_of(desk, "پایتەختی")
    desk.mouse.click(word.start + 3)
    assert desk.editor.selection == Selection.at(word.start + 3)


def test_double_click_takes_the_word_and_triple_the_sentence(desk):
    word = place_of(desk, "پایتەختی")
    desk.mouse.click(word.start + 3, clicks=2)
    assert picked(desk) == "پایتەختی"
    desk.mouse.click(word.start + 3, clicks=3)
    assert picked(desk).strip() == "شاری هەولێر پایتەختی هەرێمی کوردستانە."


def test_a_trembling_hand_does_not_lose_the_sentence(desk):
    word = place_of(desk, "پایتەختی")
    desk.mouse.press(word.start + 3, clicks=3)
    desk.mouse.drag(word.start + 4)
    desk.mouse.release(word.start + 4)
    assert picked(desk).strip() == "شاری هەولێر پایتەختی هەرێمی کوردستانە."


def test_a_double_click_drag_grows_by_words_both_ways(desk):
    word = place_of(desk, "پایتەختی")
    desk.mouse.press(word.start + 3, clicks=2)
    desk.mouse.drag(word.end + 3)
    assert picked(desk) == "پایتەختی هەرێمی"
    desk.mouse.drag(word.start - 3)
    assert picked(desk) == "هەولێر پایتەختی"
    desk.mouse.drag(word.start + 3)
    desk.mouse.release(word.start + 3)
    assert picked(desk) == "پایتەختی"


def test_a_drag_takes_whole_tokens_and_keeps_the_first(desk):
    word = place_of(desk, "پایتەختی")
    desk.mouse.press(word.start + 3)
    desk.mouse.drag(word.end + 3)
    assert picked(desk) == "پایتەختی هەرێمی"
    assert desk.editor.selection.caret > desk.editor.selection.anchor
    desk.mouse.drag(word.start - 3)
    assert picked(desk) == "هەولێر پایتەختی"
    assert desk.editor.selection.caret < desk.editor.selection.anchor
    desk.mouse.drag(word.start + 3)
    desk.mouse.release(word.start + 3)
    assert picked(desk) == ""


def test_alt_drags_exactly_from_where_the_button_went_down(desk):
    word = place_of(desk, "پایتەختی")
    desk.mouse.press(word.start + 3)
    desk.mouse.drag(word.end + 3)
    desk.mouse.drag(word.end + 3, ALT)
    assert desk.editor.selection == Selection(word.start + 3, word.end + 3)
    desk.mouse.release(word.end + 3)


def test_shift_click_reaches_from_the_caret(desk):
    word = place_of(desk, "پایتەختی")
    desk.mouse.click(word.start)
    desk.mouse.click(word.end + 4, SHIFT)
    assert desk.editor.selection == Selection(word.start, word.end + 4)
    desk.mouse.click(word.start + 1, SHIFT)
    assert desk.editor.selection == Selection(word.start, word.start + 1)


def test_a_click_lets_a_refusal_go(desk):
    desk.typist.press("Ctrl+Home Enter")
    assert desk.window.status.notice
    desk.mouse.click(3)
    assert desk.window.status.notice == ""


@pytest.fixture
def marked(stage, tmp_path, qapp):
    desk = stage(open_demo(tmp_path, system_clock), language="ckb")
    desk.typist.press("Ctrl+Home")
    qapp.processEvents()
    desk.mouse = Mouse(desk, qapp)
    return desk


def chips(desk):
    """Every chip in sight with its place in the viewport, by annotation."""
    canvas = desk.window.view.page.canvas
    found = {}
    for y in range(0, desk.window.view.page.viewport().height(), 4):
        for x in range(0, desk.window.view.page.viewport().width(), 6):
            handle = canvas.hit(QPointF(x, y)).handle
            if handle is not None:
                found.setdefault(handle, QPointF(x, y))
    return found


def test_clicking_a_handle_selects_what_it_belongs_to(marked, qapp):
    page = marked.window.view.page
    clicked = 0
    for identifier, point in chips(marked).items():
        if page.canvas.hit(point).handle != identifier:
            continue  # the page has scrolled since: it is elsewhere now
        clicked += 1
        marked.mouse.send(QEvent.Type.MouseButtonPress, point)
        marked.mouse.send(QEvent.Type.MouseButtonRelease, point, is_down=False)
        qapp.processEvents()
        assert marked.editor.selected == identifier
        assert marked.editor.current.id == identifier
        assert marked.window.inspector.values()["id"] == identifier
    assert clicked > 8


def test_the_page_stays_where_somebody_scrolled_while_values_change(marked, qapp, qtbot):
    page = marked.window.view.page
    assert marked.window.view.legend.legend.entries  # it has taken its room from the page
    qapp.processEvents()
    page.verticalScrollBar().setValue(page.verticalScrollBar().maximum())
    qapp.processEvents()
    there = page.visible_span()
    marked.window.inspector.row("level").editor.activated.emit(1)
    qapp.processEvents()
    assert page.visible_span() == there
    marked.typist.press("Left")
    assert page.visible_span() != there


def test_hints_follow_what_is_in_sight(marked, qapp):
    page = marked.window.view.page
    event = next(marked.editor.annotations.events())
    marked.window.go_to(event.id)
    marked.typist.press("Enter")
    for choice in marked.editor.choices():
        if len(choice.key) == 1 and choice.key.isalpha() and not choice.is_filled:
            marked.typist.press(choice.key)
            break
    before = [text for text, *_ in marked.window.view.legend.places]
    page.verticalScrollBar().setValue(page.verticalScrollBar().maximum())
    qapp.processEvents()
    after = [text for text, *_ in marked.window.view.legend.places]
    assert after != before
    assert [entry.title for entry in marked.window.view.legend.legend.entries] == [
        choice.title for choice in marked.editor.choices()
    ]


def test_the_caret_stays_in_sight_when_the_legend_grows(marked, qapp):
    page = marked.window.view.page
    for _ in range(40):
        marked.typist.press("Down")
        rect = page.caret_rect(marked.editor.selection.caret)
        if rect.bottom() > page.viewport().height() - 60:
            break
    marked.typist.press("E")
    qapp.processEvents()
    qapp.processEvents()
    rect = page.caret_rect(marked.editor.selection.caret)
    assert rect.top() >= 0
    assert rect.bottom() <= page.viewport().height()


@pytest.fixture
def nested(desk):
    """A mention in a longer one, in a quote: «پایتەختی [هەرێمی [کوردستانە]]»."""
    editor = desk.editor
    editor.place(Selection(*_ends(place_of(desk, "هەرێمی کوردستانە"))))
    desk.typist.press("3")
    editor.place(Selection(*_ends(place_of(desk, "کوردستانە"))))
    desk.typist.press("3")
    desk.inner, desk.outer = sorted(
        editor.annotations.mentions(), key=lambda m: len(m.fragments.envelope)
    )
    editor.place(Selection.at(0))
    editor.deselect()
    desk.qapp_turn()
    return desk


def _ends(span):
    return span.start, span.end


def test_a_click_selects_the_innermost_annotation_and_again_the_next_outer_one(nested):
    place = place_of(nested, "کوردستانە").start + 4
    seen = []
    for _ in range(3):
        nested.mouse.click(place)
        seen.append(nested.editor.selected)
        assert nested.editor.selection == Selection.at(place)
    assert seen == [nested.inner.id, nested.outer.id, nested.inner.id]
    nested.mouse.click(place_of(nested, "هەرێمی").start + 3)
    assert nested.editor.selected == nested.outer.id
    nested.mouse.click(3)
    assert nested.editor.selected == nested.outer.id
    assert nested.editor.current is None


def test_a_drag_over_an_annotation_selects_text_and_no_annotation(nested):
    place = place_of(nested, "کوردستانە").start + 4
    nested.mouse.press(place)
    nested.mouse.drag(place - 8)
    nested.mouse.release(place - 8)
    assert picked(nested) == "هەرێمی کوردستانە"
    assert nested.editor.selected is None


def edge_point(desk, record, *, left):
    """Where the stroke of an annotation ends on the left or right, in the viewport."""
    canvas = desk.window.view.page.canvas
    for index, top in canvas.scroller.visible():
        for stroke in canvas.placement(index).strokes:
            if stroke.id == record.id:
                x = stroke.rect.left() if left else stroke.rect.right()
                return QPointF(canvas.left + x, top + stroke.rect.top() - 1)
    raise AssertionError(record)


def take(desk, point):
    desk.mouse.send(QEvent.Type.MouseMove, point, is_down=False)
    assert desk.mouse.page.viewport().cursor().shape() == Qt.CursorShape.SizeHorCursor
    desk.mouse.send(QEvent.Type.MouseButtonPress, point)


def surface(desk, record):
    return desk.editor.annotation(record.id).fragments.of(desk.editor.text)


def test_an_edge_is_dragged_by_tokens_in_one_undo_step(nested):
    take(nested, edge_point(nested, nested.outer, left=False))
    target = place_of(nested, "پایتەختی").start + 2
    for offset in (place_of(nested, "هەرێمی").start + 2, target + 4, target):
        nested.mouse.drag(offset)
    assert surface(nested, nested.outer) == "هەرێمی کوردستانە"
    shown = {b.id: b.envelope for b in nested.mouse.page.canvas.scene.brackets}
    assert shown[nested.outer.id].of(nested.editor.text) == "پایتەختی هەرێمی کوردستانە"
    nested.mouse.release(target)
    assert surface(nested, nested.outer) == "پایتەختی هەرێمی کوردستانە"
    assert nested.editor.current.id == nested.outer.id
    assert nested.editor.selection == Selection.at(place_of(nested, "پایتەختی").start)
    nested.typist.press("Ctrl+Z")
    assert surface(nested, nested.outer) == "هەرێمی کوردستانە"


def test_alt_drags_an_edge_to_the_letter(nested):
    take(nested, edge_point(nested, nested.inner, left=True))
    target = place_of(nested, "کوردستانە").end - 1
    nested.mouse.drag(target - 3)
    nested.mouse.drag(target, ALT)
    nested.mouse.release(target)
    assert surface(nested, nested.inner) == "کوردستان"


def test_the_text_of_the_selected_annotation_is_dragged_at_its_edge(nested):
    nested.mouse.click(place_of(nested, "کوردستانە").start + 4)
    page = nested.mouse.page
    span = nested.inner.fragments.envelope
    (rect,) = page.canvas.geometry.span_rects(span)
    take(nested, page.canvas.window_rect(rect).center() + QPointF(rect.width() / 2 - 1, -6))
    target = place_of(nested, "هەرێمی").start + 1
    nested.mouse.drag(target)
    nested.mouse.release(target)
    assert surface(nested, nested.inner) == "هەرێمی کوردستانە"


def test_escape_leaves_the_boundary_where_it_was(nested):
    take(nested, edge_point(nested, nested.outer, left=False))
    target = place_of(nested, "پایتەختی").start
    nested.mouse.drag(target)
    nested.typist.press("Escape")
    envelopes = {b.id: b.envelope for b in nested.mouse.page.canvas.scene.brackets}
    assert envelopes[nested.outer.id] == nested.outer.fragments.envelope
    nested.mouse.drag(target)
    nested.mouse.release(target)
    assert surface(nested, nested.outer) == "هەرێمی کوردستانە"
    assert nested.editor.selection == Selection.at(0)


def test_a_drag_over_the_other_boundary_is_refused_with_a_reason(nested):
    take(nested, edge_point(nested, nested.outer, left=True))
    target = place_of(nested, "شاری").start
    nested.mouse.drag(target)
    nested.mouse.release(target)
    assert surface(nested, nested.outer) == "هەرێمی کوردستانە"
    assert nested.window.status.notice


def test_a_mere_click_on_an_edge_selects_and_moves_nothing(nested):
    point = edge_point(nested, nested.outer, left=False)
    nested.mouse.send(QEvent.Type.MouseButtonPress, point)
    nested.mouse.send(QEvent.Type.MouseMove, point + QPointF(1, 0))
    nested.mouse.send(QEvent.Type.MouseButtonRelease, point, is_down=False)
    assert nested.editor.selected == nested.outer.id
    assert surface(nested, nested.outer) == "هەرێمی کوردستانە"


class Menus:
    """What context menus were asked for."""

    def __init__(self, desk):
        self.desk, self.asked = desk, []
        desk.mouse.page.context_menu_requested.connect(self.note)

    def note(self, place, offset):
        editor = self.desk.editor
        self.asked.append((offset, editor.selection, editor.selected))

    def ask(self, widget, reason, point):
        spot = widget.mapToGlobal(point.toPoint())
        QApplication.sendEvent(widget, QContextMenuEvent(reason, point.toPoint(), spot))


MENUS_POP_UP = pytest.mark.qt_log_ignore("This plugin does not support")
"""The offscreen platform cannot raise a menu, nor give it the keys."""


@pytest.fixture(autouse=True)
def closed_menus():
    """No menu stays open."""
    yield
    while (menu := QApplication.activePopupWidget()) is not None:
        menu.close()


@MENUS_POP_UP
def test_a_context_menu_is_about_what_is_under_the_pointer(nested):
    menus = Menus(nested)
    page, mouse = nested.mouse.page, QContextMenuEvent.Reason.Mouse
    place = place_of(nested, "کوردستانە").start + 4
    menus.ask(page.viewport(), mouse, nested.mouse.at(place))
    assert menus.asked == [(place, Selection.at(place), nested.inner.id)]
    nested.mouse.click(place)
    assert nested.editor.selected == nested.outer.id
    menus.ask(page.viewport(), mouse, nested.mouse.at(place))
    assert menus.asked[-1] == (place, Selection.at(place), nested.outer.id)


@MENUS_POP_UP
def test_a_context_menu_keeps_the_selection_it_is_asked_for_on(nested):
    menus = Menus(nested)
    span = place_of(nested, "هەرێمی کوردستانە")
    nested.editor.place(Selection(*_ends(span)))
    page, mouse = nested.mouse.page, QContextMenuEvent.Reason.Mouse
    menus.ask(page.viewport(), mouse, nested.mouse.at(span.start + 5))
    assert menus.asked == [(span.start + 5, Selection(*_ends(span)), None)]
    menus.ask(page.viewport(), mouse, nested.mouse.at(2))
    assert menus.asked[-1] == (2, Selection.at(2), None)


@MENUS_POP_UP
def test_the_menu_key_asks_at_the_caret(nested):
    menus = Menus(nested)
    nested.editor.place(Selection.at(12))
    nested.qapp_turn()
    reason = QContextMenuEvent.Reason.Keyboard
    menus.ask(nested.mouse.page, reason, QPointF(5, 5))
    assert menus.asked == [(12, Selection.at(12), None)]


@MENUS_POP_UP
def test_a_context_menu_on_a_chip_is_about_its_annotation(marked):
    menus = Menus(marked)
    identifier, point = next(iter(chips(marked).items()))
    menus.ask(marked.mouse.page.viewport(), QContextMenuEvent.Reason.Mouse, point)
    assert menus.asked[-1][2] == identifier


UGLY = (
    "سێشەممە ٢٢ - ٩ - ٢٠٢٠ (٢٠٢٠/٩/٢٢) وتی: «ئاو بەشی هەمووان دەکات!» 😀 پاشان ڕۆیشت. "
    "١٧ ـیەم ڕێکخراوی هه\u200cرێم (UN-7) لەگەڵ Blue River Ltd. بوو؟ 3.5 km² لا لله مُحَمَّد کتـــێب."
)


@pytest.fixture
def ugly(stage, tmp_path, qapp):
    desk = stage(make_project(tmp_path, documents={"یەک": UGLY}), language="ckb")
    desk.mouse = Mouse(desk, qapp)
    return desk


def middle_of(desk, span):
    """A point on the glyphs of a span, wherever its caret places are."""
    canvas = desk.mouse.page.canvas
    return canvas.window_rect(canvas.geometry.span_rects(span)[0]).center()


def click_at(desk, point, clicks):
    """Like a hand: presses, releases, presses again."""
    desk.mouse.at = lambda _: point
    desk.mouse.click(0, clicks=clicks)
    del desk.mouse.at


def test_a_double_click_on_ugly_text_takes_the_token_of_our_rules(ugly):
    editor = ugly.editor
    words = [t for t in editor.document.segmentation.tokens if is_word(editor.text, t)]
    assert len(words) > 24
    for word in words:
        click_at(ugly, middle_of(ugly, word), 2)
        assert picked(ugly) == word.of(editor.text)


def test_a_triple_click_on_ugly_text_takes_the_sentence(ugly):
    sentences = ugly.editor.document.segmentation.sentences
    assert len(sentences) >= 3
    for sentence in sentences:
        inside = Span(sentence.start + 2, sentence.start + 3)
        click_at(ugly, middle_of(ugly, inside), 3)
        assert picked(ugly) == sentence.of(ugly.editor.text)


def test_a_drag_over_ugly_text_takes_whole_tokens(ugly):
    editor = ugly.editor
    first, last = place_of(ugly, "٢٠٢٠/٩/٢٢"), place_of(ugly, "هەمووان")
    ugly.mouse.press(first.start + 2)
    ugly.mouse.drag(last.start + 2)
    ugly.mouse.release(last.start + 2)
    assert picked(ugly) == editor.text[first.start : last.end]

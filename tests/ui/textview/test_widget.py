"""The page as a widget: keys out, mouse to offsets, answers about places."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from annotator.core.span import Span
from annotator.ui.textview.scene import Scene
from annotator.ui.textview.style import DARK
from annotator.ui.textview.widget import Page
from tests.ui.textview.page_samples import MIXED, PLAIN, bracket, document, span_of

LONG = "\n".join([MIXED] * 60)
NO_KEYS = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton


class Keys(list):
    """The keys that came; `refused` are those the editor leaves."""

    def __init__(self):
        super().__init__()
        self.refused = [Qt.Key.Key_F11]


@pytest.fixture
def keys():
    return Keys()


@pytest.fixture
def page(qtbot, keys):
    def on_key(event: QKeyEvent) -> bool:
        keys.append((event.type(), event.key()))
        return event.key() not in keys.refused

    shown = Page(on_key)
    qtbot.addWidget(shown)
    shown.resize(800, 500)
    shown.show_document(document(LONG), PLAIN)
    shown.show()
    qtbot.waitExposed(shown)
    return shown


def _point(page, offset) -> QPoint:
    return page.caret_rect(offset).center().toPoint()


def test_every_key_reaches_the_editor_before_shortcuts_and_as_a_press(page, keys):
    press = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_E, NO_KEYS, "e")
    QApplication.sendEvent(page, press)  # Qt itself asks with a ShortcutOverride first
    assert keys == [
        (QEvent.Type.ShortcutOverride, Qt.Key.Key_E),
        (QEvent.Type.KeyPress, Qt.Key.Key_E),
    ]
    assert press.isAccepted()


def test_a_key_the_editor_leaves_is_left_to_the_window(page):
    for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
        event = QKeyEvent(kind, Qt.Key.Key_F11, NO_KEYS)
        event.ignore()
        QApplication.sendEvent(page, event)
        assert not event.isAccepted()


def test_it_takes_focus_and_no_input_method(page):
    assert page.focusPolicy() == Qt.FocusPolicy.StrongFocus
    assert not page.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    assert not page.viewport().testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def test_a_press_tells_offset_modifiers_and_clicks(page, qtbot):
    got = []
    page.pressed_at.connect(lambda *values: got.append(values))
    place = _point(page, 12)
    QTest.mouseClick(page.viewport(), LEFT, Qt.KeyboardModifier.ShiftModifier, place)
    QTest.mouseDClick(page.viewport(), LEFT, NO_KEYS, place)
    QTest.mousePress(page.viewport(), LEFT, NO_KEYS, place)
    clicks = [count for _, _, count in got]
    assert (clicks[0], clicks[-2:]) == (1, [2, 3])
    assert got[0][1] == Qt.KeyboardModifier.ShiftModifier


def test_a_drag_tells_where_it_goes_and_that_it_ended(page, qtbot):
    got = []
    page.dragged_to.connect(lambda offset, _: got.append(offset))
    word = span_of(MIXED, "گەیشتە شار")
    QTest.mousePress(page.viewport(), LEFT, NO_KEYS, _point(page, word.start))
    with qtbot.waitSignal(page.released):
        QTest.mouseMove(page.viewport(), _point(page, word.end))
        QTest.mouseRelease(page.viewport(), LEFT, NO_KEYS, _point(page, word.end))
    assert got[-1] == pytest.approx(word.end, abs=1)


def test_a_drag_beyond_the_edge_scrolls_on(page, qtbot):
    QTest.mousePress(page.viewport(), LEFT, NO_KEYS, _point(page, 5))
    before = page.visible_span()
    with qtbot.waitSignal(page.scrolled):
        QTest.mouseMove(page.viewport(), QPoint(300, 560))
    QTest.mouseRelease(page.viewport(), LEFT, NO_KEYS, QPoint(300, 560))
    assert page.visible_span().end > before.end


def test_pressing_a_chip_is_about_the_annotation(page, qtbot):
    word = span_of(MIXED, "باخچەکان")
    page.show_scene(Scene(brackets=(bracket("T7", (word.start, word.end)),)))
    chip = page.canvas.placement(0).chips[0].rect
    (_, top), left = page.canvas.scroller.visible()[0], page.canvas.left
    place = chip.translated(left, top).center().toPoint()
    with qtbot.assertNotEmitted(page.pressed_at), qtbot.waitSignal(page.annotation_clicked) as got:
        QTest.mouseClick(page.viewport(), LEFT, NO_KEYS, place)
    assert got.args == ["T7"]
    QTest.mouseMove(page.viewport(), place)
    assert page.viewport().cursor().shape() == Qt.CursorShape.PointingHandCursor
    QTest.mouseMove(page.viewport(), _point(page, 60))
    assert page.viewport().cursor().shape() == Qt.CursorShape.IBeamCursor


def test_a_tooltip_is_plain_text(page, monkeypatch):
    shown = []
    monkeypatch.setattr(QToolTip, "showText", lambda _place, text, _owner: shown.append(text))
    word = span_of(MIXED, "باخچەکان")
    rich = replace(bracket("T7", (word.start, word.end)), tooltip="<b>x</b> & y")
    page.show_scene(Scene(brackets=(rich,)))
    chip = page.canvas.placement(0).chips[0].rect
    (_, top), left = page.canvas.scroller.visible()[0], page.canvas.left
    place = chip.translated(left, top).center().toPoint()
    event = QHelpEvent(QEvent.Type.ToolTip, place, page.viewport().mapToGlobal(place))
    QApplication.sendEvent(page.viewport(), event)
    assert shown == ["<qt>&lt;b&gt;x&lt;/b&gt; &amp; y</qt>"]


def _wheel(page, delta, modifiers):
    event = QWheelEvent(
        QPointF(100, 100),
        QPointF(100, 100),
        QPoint(),
        QPoint(0, delta),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(page.viewport(), event)


def test_the_wheel_scrolls_and_with_ctrl_asks_for_another_size(page, qtbot):
    steps = []
    page.zoom_requested.connect(steps.append)
    before = page.visible_span()
    for delta in (120, 60, 60, -240):
        _wheel(page, delta, Qt.KeyboardModifier.ControlModifier)
    assert steps == [1, 1, -2]
    assert page.visible_span() == before
    with qtbot.waitSignal(page.scrolled):
        _wheel(page, -360, NO_KEYS)
    assert page.visible_span().start >= before.start
    assert page.verticalScrollBar().value() > 0


def test_the_scroll_bar_reaches_both_ends(page):
    bar = page.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert page.visible_span().end == len(LONG)
    assert bar.value() == bar.maximum()
    bar.setValue(0)
    assert page.visible_span().start == 0
    bar.setValue(bar.maximum() // 2)
    middle = page.visible_span().start / len(LONG)
    assert 0.35 < middle < 0.65


def test_down_and_up_remember_the_column(page):
    start = span_of(MIXED, "شار").start
    first = page.caret_rect(start).x()
    offset = start
    for _ in range(9):
        offset = page.line_below(offset)
    for _ in range(9):
        offset = page.line_above(offset)
    assert offset == start
    below = page.line_below(start)
    assert page.caret_rect(below).x() == pytest.approx(first, abs=14)


def test_another_move_begins_a_new_column(page):
    offset = page.line_below(span_of(MIXED, "شار").start)
    moved = page.line_end(offset)
    x = page.caret_rect(moved).x()
    assert page.caret_rect(page.line_below(moved)).x() <= x + 40


def test_page_down_goes_about_a_window_down(page):
    offset = page.page_below(10)
    down = page.caret_rect(offset).y() - page.caret_rect(10).y()
    assert 0.4 * 500 < down < 500
    assert page.page_above(offset) == pytest.approx(10, abs=2)


def test_the_questions_of_the_editor_are_answered_in_offsets(page):
    assert page.letter_left(0) == 1
    assert page.letter_right(1) == 0
    assert page.line_start(10) == 0
    assert page.line_end(0) > 20


def test_scrolled_is_told_only_when_another_part_is_seen(page, qtbot):
    with qtbot.assertNotEmitted(page.scrolled):
        page.show_scene(Scene(caret=3))
    with qtbot.waitSignal(page.scrolled):
        page.ensure_visible(Span(len(LONG) - 5, len(LONG)))


def test_a_new_style_is_used_at_once(page):
    page.set_style(replace(DARK, point_size=30))
    assert page.page_style.paper == DARK.paper
    assert page.grab().toImage().pixelColor(page.width() // 2, 2).name() == DARK.paper


def test_another_document_starts_at_its_beginning(page):
    page.ensure_visible(Span(len(LONG) - 5, len(LONG)))
    page.show_document(document("دەقێکی تر"), PLAIN)
    assert page.visible_span() == Span(0, 9)
    assert page.text == "دەقێکی تر"
    assert page.accessibleDescription() == "sample"


def test_opening_a_megabyte_lays_out_what_is_seen_and_no_more(page):
    page.show_document(document("\n".join([MIXED] * 2800)), PLAIN)
    page.grab()
    assert page.canvas.layout.laid_count <= 6


def test_the_other_mouse_buttons_are_left_to_the_window(page, qtbot):
    with qtbot.assertNotEmitted(page.pressed_at):
        QTest.mouseClick(page.viewport(), Qt.MouseButton.RightButton, NO_KEYS, _point(page, 5))


def test_shift_f10_asks_for_a_menu_below_the_caret_unless_it_means_something(page, keys, qtbot):
    page.show_scene(Scene(caret=5))
    shift = Qt.KeyboardModifier.ShiftModifier
    with qtbot.assertNotEmitted(page.context_menu_requested):
        QTest.keyClick(page, Qt.Key.Key_F10, shift)
    keys.refused.append(Qt.Key.Key_F10)
    with qtbot.waitSignal(page.context_menu_requested) as asked:
        QTest.keyClick(page, Qt.Key.Key_F10, shift)
    place, offset = asked.args
    assert offset == 5
    assert page.viewport().mapFromGlobal(place).y() == round(page.caret_rect(5).bottom())


def test_the_caret_follows_focus(page, qtbot):
    page.show_scene(Scene(caret=5))
    page.setFocus()
    qtbot.waitUntil(page.hasFocus)
    strong = page.viewport().grab().toImage()
    page.clearFocus()
    qtbot.waitUntil(lambda: page.viewport().grab().toImage() != strong)


def test_the_view_of_code_points_stays_on_from_document_to_document(page):
    page.set_code_points(True)
    page.show_document(document("كوردي"), PLAIN)
    assert page.shows_code_points
    assert page.canvas.shows_code_points
    page.set_code_points(False)
    assert not page.canvas.shows_code_points

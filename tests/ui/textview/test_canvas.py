"""A document, a scene and a window together."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QImage, QPainter

from annotator.core.span import Span
from annotator.ui.textview.blocks import split_blocks
from annotator.ui.textview.canvas import Canvas
from annotator.ui.textview.scene import ArcEnd, Arcs, Fill, Scene, Tie
from annotator.ui.textview.style import DARK, LIGHT
from tests.ui.textview.page_samples import MIXED, PER_COLOR, PLAIN, bracket, span_of

LONG = "\n".join([MIXED] * 40)


def _canvas(text=LONG, width=700, height=500, style=LIGHT):
    return Canvas(text, split_blocks(text, PLAIN), style, width=width, height=height)


def _painted(canvas) -> QImage:
    image = QImage(canvas.width, canvas.height, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    canvas.paint(painter, QRectF(image.rect()), has_focus=True)
    painter.end()
    return image


def test_the_dirty_part_is_all_that_changes_on_the_picture():
    canvas = _canvas()
    one = Scene(brackets=(bracket("T1", (0, 8)),), caret=4)
    canvas.show(one)
    before = _painted(canvas)
    spot = span_of(LONG, "باخچەکان")
    two = replace(one, fills=(Fill(spot, PER_COLOR, 0.3),), caret=6, selection=Span(40, 70))
    dirty = canvas.show(two)
    assert dirty
    after = _painted(canvas)
    assert after != before
    painter = QPainter(before)
    for rect in dirty:
        painter.setClipRect(rect)
        canvas.paint(painter, rect, has_focus=True)
    painter.end()
    assert before == after


def test_the_same_scene_again_changes_nothing():
    canvas = _canvas()
    scene = Scene(brackets=(bracket("T1", (0, 8)),), caret=4)
    canvas.show(scene)
    assert canvas.show(scene) == []


def test_a_third_lane_asks_for_the_whole_page_and_keeps_the_upper_line():
    canvas = _canvas()
    canvas.scroller.move_by(333)
    mark = canvas.scroller.mark()
    start = canvas.visible_span().start
    nested = tuple(bracket(f"T{n}", (start + 2, start + 4 + n)) for n in range(1, 5))
    assert canvas.show(Scene(brackets=nested)) is None
    assert canvas.scroller.mark() == mark
    assert max(b.lane for b in canvas.scene.brackets) == 3


def test_a_tie_asks_for_the_whole_page_and_is_drawn_across_blocks():
    canvas = _canvas("یەک دوو\nسێ چوار")
    canvas.show(Scene())
    before = _painted(canvas)
    tie = Tie(Span(4, 7), Span(8, 10), PER_COLOR)
    assert canvas.show(Scene(ties=(tie,))) is None
    after = _painted(canvas)
    trunk = canvas.left - 20
    column = before.copy(trunk - 2, 0, 5, 500), after.copy(trunk - 2, 0, 5, 500)
    assert column[0] != column[1]


def test_a_tie_to_a_part_that_was_never_laid_out_leaves_the_window():
    canvas = _canvas()
    far = Span(len(LONG) - 20, len(LONG) - 10)
    canvas.show(Scene(ties=(Tie(Span(0, 5), far, PER_COLOR),)))
    _painted(canvas)
    assert not canvas.layout.is_laid(len(canvas.blocks) - 1)


def test_the_visible_span_is_what_the_window_shows():
    canvas = _canvas()
    first = canvas.visible_span()
    assert first.start == 0
    assert len(first) < len(LONG)
    canvas.scroller.move_to_end()
    last = canvas.visible_span()
    assert last.end == len(LONG)
    assert last.start > first.end


def test_an_empty_document_has_a_span_all_the_same():
    assert _canvas("").visible_span() == Span(0, 1)


@pytest.mark.parametrize("share", [0.02, 0.5, 0.99])
def test_a_span_is_brought_into_view(share):
    canvas = _canvas()
    start = int(len(LONG) * share)
    canvas.ensure_visible(Span(start, start + 5))
    rect = canvas.window_rect(canvas.geometry.line_rect(start))
    assert rect.top() >= 0
    assert rect.bottom() <= 500
    assert not canvas.ensure_visible(Span(start, start + 5))


def test_the_next_line_scrolls_by_no_more_than_it_needs():
    canvas = _canvas()
    end = canvas.visible_span().end
    y = canvas.scroller.y
    canvas.ensure_visible(Span(end, end + 1))
    assert 0 < canvas.scroller.y - y < 2.5 * canvas.layout.metrics.pitch


@pytest.mark.parametrize(
    ("style", "width"), [(replace(LIGHT, point_size=27), 700), (DARK, 700), (LIGHT, 420)]
)
def test_another_style_or_width_keeps_the_upper_line(style, width):
    canvas = _canvas()
    start = canvas.blocks[17].start
    canvas.ensure_visible(Span(start, start + 1))
    canvas.scroller.move_by(canvas.geometry.line_rect(start).top() - canvas.scroller.y)
    canvas.resize(style, width=width, height=500)
    assert canvas.visible_span().start == start


def test_a_scene_survives_another_style():
    canvas = _canvas()
    canvas.show(Scene(brackets=(bracket("T1", (0, 8)),)))
    canvas.resize(DARK, width=700, height=500)
    assert canvas.placement(0).chips[0].id == "T1"


def test_a_hit_in_the_window_is_a_hit_on_the_page():
    canvas = _canvas()
    canvas.scroller.move_by(1200)
    offset = canvas.visible_span().start + 30
    rect = canvas.window_rect(canvas.geometry.caret_rect(offset))
    found = canvas.hit(QPointF(rect.center())).offset
    assert canvas.geometry.caret_rect(found).y() == canvas.geometry.caret_rect(offset).y()


def test_dark_paper_is_painted_dark():
    assert _painted(_canvas(style=DARK)).pixelColor(2, 2).name() == DARK.paper


@pytest.mark.parametrize(
    ("width", "column", "left"), [(2000, 760, 620), (800, 672, 64), (360, 288, 36)]
)
def test_the_column_keeps_its_width_and_its_margins(width, column, left):
    canvas = _canvas(width=width)
    assert (canvas.layout.width, canvas.left) == (column, left)


def test_arcs_are_routed_to_what_can_be_seen_and_stubs_stand_for_the_rest():
    text = "\n".join([MIXED] * 30)
    canvas = Canvas(text, split_blocks(text, PLAIN), LIGHT, width=700, height=400)
    ends = (ArcEnd(Span(50, 57), "Place"), ArcEnd(Span(len(text) - 9, len(text) - 5), "Time"))
    arcs = Arcs(Span(9, 14), ends, PER_COLOR)
    assert canvas.show(Scene(arcs=arcs)) is None
    seen, away = canvas.arc_routes()
    assert (seen.label.is_stub, away.label.is_stub, away.corners) == (False, True, ())
    point = QPointF(away.label.left + 3, away.label.top + 3)
    assert canvas.hit(point).tooltip == f"Time: {text[-9:-5]}"
    canvas.scroller.move_to_end()
    (named,) = canvas.arc_routes()
    assert named.label.text.endswith("↑\u2069")


def test_arcs_cross_no_glyph():
    canvas = Canvas(MIXED, split_blocks(MIXED, PLAIN), LIGHT, width=500, height=900)
    ends = tuple(ArcEnd(Span(n, n + 4), "بەشداربوو") for n in range(0, len(MIXED) - 5, 40))
    images = []
    for scene in (Scene(), Scene(arcs=Arcs(Span(60, 66), ends, PER_COLOR))):
        canvas.show(scene)
        images.append(_painted(canvas))
    plain, arched = images
    assert plain != arched
    for index, top in canvas.scroller.visible():
        for box in canvas.layout.laid(index).boxes:
            height = box.bottom - box.text_top - 1
            strip = QRect(canvas.left, round(top) + box.text_top + 1, canvas.layout.width, height)
            assert plain.copy(strip) == arched.copy(strip)

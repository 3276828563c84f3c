"""Marking leaves the text as it was, and stays off the glyphs."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from annotator.core.ids import RecordId
from annotator.core.span import Span
from annotator.ui.textview.lanes import lane_demand, with_lanes
from annotator.ui.textview.paint_spans import (
    paint_caret,
    paint_over,
    paint_ties,
    paint_under,
    tie_path,
)
from annotator.ui.textview.paint_text import paint_text
from annotator.ui.textview.placement import Placer
from annotator.ui.textview.scene import Fill, Hint, MarginBar, RoleTag, Scene, Wave
from annotator.ui.textview.style import LIGHT
from tests.ui.textview.page_samples import MIXED, PER_COLOR, bracket, geometry

WIDTH = 420
STYLE = replace(LIGHT, paper="#ffffff")
BUSY = with_lanes(
    Scene(
        brackets=tuple(
            bracket(f"T{n + 1}", (start, start + 14 + 5 * (n % 4)))
            for n, start in enumerate(range(0, len(MIXED) - 30, 6))
        ),
        fills=(Fill(Span(0, 200), PER_COLOR, 0.2),),
        bars=(MarginBar(RecordId("Q1"), Span(3, 80), PER_COLOR),),
        selection=Span(10, 60),
    )
)


@pytest.fixture(params=["article", "interface"])
def style(request, families):
    return replace(STYLE, font_family=getattr(families, request.param))


def _image(laid, draw) -> QImage:
    image = QImage(WIDTH + 60, laid.height, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    draw(painter)
    painter.end()
    return image


def _text_layer(laid) -> QImage:
    return _image(laid, lambda p: paint_text(p, laid, STYLE, QRectF(0, 0, 999, laid.height)))


def _alphas(image: QImage) -> bytes:
    converted = image.convertToFormat(QImage.Format.Format_Alpha8)  # kept while its bytes are read
    return bytes(converted.constBits())


def test_the_text_layer_is_the_same_to_the_pixel_before_and_after_marking(style):
    where = geometry(MIXED, WIDTH, style)
    laid = where.layout.laid(0)
    before = _text_layer(laid)
    two_lanes = with_lanes(Scene(brackets=(bracket("T1", (0, 40)), bracket("T2", (3, 9)))))
    where.layout.set_demand(lane_demand(two_lanes), None)
    Placer(style, where.layout.metrics).place(two_lanes, laid)
    assert _text_layer(laid) == before


def test_more_lanes_move_whole_lines_down_and_change_no_pixel_in_them(style):
    where = geometry(MIXED, WIDTH, style)
    laid = where.layout.laid(0)
    before, old = _text_layer(laid), laid.boxes
    where.layout.set_demand(lane_demand(BUSY), None)
    after, new = _text_layer(laid), laid.boxes
    assert new[-1].bottom > old[-1].bottom
    for a, b in zip(old, new, strict=True):
        height = a.text_bottom - a.text_top
        strip = before.copy(0, a.text_top, WIDTH, height)
        assert after.copy(0, b.text_top, WIDTH, height) == strip


@pytest.mark.parametrize("part", ["lanes", "tags"])
def test_nothing_is_painted_over_a_glyph(part, style):
    where = geometry(MIXED, WIDTH, style)
    laid = where.layout.laid(0)
    scene = BUSY
    if part == "tags":
        spots = range(0, len(MIXED), 9)
        tags = tuple(RoleTag(Span(n, n + 3), "وشەی ئاماژە", PER_COLOR) for n in spots)
        scene = Scene(tags=tags, hints=tuple(Hint(n + 4, "اب") for n in spots))
    where.layout.set_demand(lane_demand(scene), None)
    placer = Placer(style, where.layout.metrics)
    placement = placer.place(scene, laid)
    around = _image(laid, lambda p: paint_over(p, placement, style, placer.font))
    text = _text_layer(laid)
    pairs = zip(_alphas(text), _alphas(around), strict=True)
    assert sum(1 for ink, over in pairs if ink > 100 and over > 100) == 0


def test_fills_lie_under_the_selection_and_both_under_the_text():
    where = geometry(MIXED, WIDTH)
    laid = where.layout.laid(0)
    placement = Placer(STYLE, where.layout.metrics).place(BUSY, laid)
    under = _image(laid, lambda p: paint_under(p, placement, STYLE))
    rect = placement.selection[0].center().toPoint()
    assert under.pixelColor(rect).name() == STYLE.selection


def test_a_wave_is_drawn_in_its_colour():
    where = geometry(MIXED, WIDTH)
    laid = where.layout.laid(0)
    placer = Placer(STYLE, where.layout.metrics)
    placement = placer.place(Scene(waves=(Wave(Span(0, 8)),)), laid)
    drawn = _image(laid, lambda p: paint_over(p, placement, STYLE, placer.font))
    assert any(_alphas(drawn))


def test_ties_run_straight_on_a_line_and_through_the_margin_between_lines():
    same = tie_path(QPointF(300, 20), QPointF(100, 20), -20)
    assert same.boundingRect().left() == 100
    other = tie_path(QPointF(300, 20), QPointF(100, 120), -20)
    assert other.boundingRect().left() == pytest.approx(-20)
    assert (other.elementAt(0).x, other.currentPosition().x()) == (300, 100)


def test_a_tie_from_a_place_to_itself_is_drawn_without_complaint():
    where = geometry("وشە", WIDTH)
    ties = [(QPointF(10, 10), QPointF(10, 10), PER_COLOR)]
    assert any(_alphas(_image(where.layout.laid(0), lambda p: paint_ties(p, ties, -20))))


def test_the_caret_is_two_pixels_wide_and_as_tall_as_the_band():
    where = geometry("وشە", WIDTH)
    rect = where.caret_rect(1)
    drawn = _image(where.layout.laid(0), lambda p: paint_caret(p, rect, STYLE))
    assert sum(1 for alpha in _alphas(drawn) if alpha) == 2 * rect.height()

"""Where boundaries can be taken hold of, and which one a drag moves."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPointF

from annotator.core.ids import RecordId
from annotator.core.span import Span
from annotator.ui.textview.edges import Edge, edge_at
from annotator.ui.textview.lanes import with_lanes
from annotator.ui.textview.scene import MarginBar, Scene
from tests.ui.textview.page_samples import MIXED, PER_COLOR, bracket, geometry, span_of


def _scene(*brackets):
    return with_lanes(Scene(brackets=brackets))


def _strokes_end(where, span, *, left):
    """Just above the left or right end of the first lane under a span of one line."""
    rects = where.span_rects(span)
    x = min(r.left() for r in rects) if left else max(r.right() for r in rects)
    return QPointF(x, rects[0].bottom() - 1)


@pytest.mark.parametrize(
    ("part", "left", "is_first", "is_end"),
    [
        ("باخچەکان", False, True, False),
        ("باخچەکان", True, False, True),
        ("Blue River Ltd", False, True, True),
        ("Blue River Ltd", True, False, False),
        ("٢٢ - ٩ - ٢٠٢٠", False, True, False),
        ("٢٢ - ٩ - ٢٠٢٠", True, False, True),
    ],
)
def test_the_sides_of_a_stroke(part, left, is_first, is_end):
    where = geometry(MIXED, 1600)
    span = span_of(MIXED, part)
    scene = _scene(bracket("T1", (span.start, span.end)))
    found = edge_at(_strokes_end(where, span, left=left), where, scene, 0)
    assert found == Edge(RecordId("T1"), span, is_first, is_end)


def test_the_sides_are_the_other_way_round_in_a_latin_paragraph():
    where = geometry("hello world again", 900)
    scene = _scene(bracket("T1", (6, 11)))
    left = edge_at(_strokes_end(where, Span(6, 11), left=True), where, scene, 0)
    right = edge_at(_strokes_end(where, Span(6, 11), left=False), where, scene, 0)
    assert (left.is_first, left.is_end) == (True, False)
    assert (right.is_first, right.is_end) == (False, True)


def test_only_the_text_of_the_selected_annotation_has_edges_itself():
    where = geometry(MIXED, 900)
    span = span_of(MIXED, "باخچەکان")
    one = bracket("T1", (span.start, span.end))
    (rect,) = where.span_rects(span)
    middle = QPointF(rect.right() - 1, rect.center().y())
    assert edge_at(middle, where, _scene(one), 0) is None
    chosen = _scene(replace(one, is_selected=True))
    assert edge_at(middle, where, chosen, 0).id == "T1"
    assert edge_at(rect.center(), where, chosen, 0) is None


def test_a_selected_quote_can_be_taken_at_its_text():
    where = geometry(MIXED, 900)
    span = span_of(MIXED, "ئاو بەشی هەمووان")
    bar = MarginBar(RecordId("Q1"), span, PER_COLOR, is_selected=True)
    rects = where.span_rects(span)
    point = QPointF(rects[0].right(), rects[0].center().y())
    assert edge_at(point, where, Scene(bars=(bar,)), 0).is_first


def test_where_an_annotation_wraps_only_its_own_ends_are_edges():
    where = geometry(MIXED, 300)
    boxes = where.layout.laid(0).boxes
    span = Span(boxes[0].start + 3, boxes[2].end - 6)
    scene = _scene(bracket("T1", (span.start, span.end)))
    found = set()
    for line in range(3):
        y = boxes[line].text_bottom
        for x in range(-4, 304):
            edge = edge_at(QPointF(x, y), where, scene, 0)
            if edge is not None:
                found.add((line, edge.is_first))
    assert found == {(0, True), (2, False)}


def test_an_annotation_that_goes_on_in_the_next_block_ends_there():
    text = "یەک دوو سێ\nچوار پێنج"
    where = geometry(text, 900)
    scene = _scene(bracket("T1", (4, 15)))
    first = {
        edge_at(QPointF(x, where.layout.laid(0).boxes[0].text_bottom), where, scene, 0)
        for x in range(-4, 905)
    } - {None}
    second = {
        edge_at(QPointF(x, where.layout.laid(1).boxes[0].text_bottom), where, scene, 1)
        for x in range(-4, 905)
    } - {None}
    assert [edge.is_first for edge in first] == [True]
    assert [edge.is_first for edge in second] == [False]


@pytest.mark.parametrize(
    ("is_first", "is_end", "offset", "moved"),
    [
        (True, False, 5, (5, None)),
        (True, False, 13, (13, None)),
        (False, True, 25, (None, 25)),
        (False, True, 13, (None, 13)),
        (True, True, 5, (5, None)),
        (True, True, 13, (None, 13)),
        (False, False, 25, (None, 25)),
        (False, False, 13, (13, None)),
    ],
)
def test_outwards_the_text_beside_is_taken_in_and_inwards_the_letter_tells(
    is_first, is_end, offset, moved
):
    assert Edge(RecordId("T1"), Span(10, 20), is_first, is_end).moved_to(offset) == moved

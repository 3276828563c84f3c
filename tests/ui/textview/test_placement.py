"""Where chips, strokes, bars, tags and hints stand."""

from itertools import combinations

import pytest
from hypothesis import given, settings, strategies as st
from msgspec.structs import replace
from PySide6.QtCore import QRectF

from annotator.core.ids import RecordId
from annotator.core.span import Span
from annotator.ui.textview.bars import BAR_WIDTH
from annotator.ui.textview.lanes import lane_demand, with_lanes
from annotator.ui.textview.placement import Placer, StrokeKind
from annotator.ui.textview.scene import Fill, Hint, MarginBar, RoleTag, Scene, Wave
from annotator.ui.textview.style import LIGHT
from tests.ui.textview.page_samples import MIXED, PER_COLOR, bracket, geometry, span_of


def _placed(scene, text=MIXED, width=420):
    where = geometry(text, width)
    scene = with_lanes(scene)
    where.layout.set_demand(lane_demand(scene), None)
    laid = where.layout.laid(0)
    return Placer(LIGHT, where.layout.metrics).place(scene, laid), laid


def _bar(identifier, start, end, depth=0):
    return MarginBar(RecordId(identifier), Span(start, end), PER_COLOR, depth)


SPANS = st.builds(
    lambda a, n: (a, min(a + n, len(MIXED))), st.integers(0, len(MIXED) - 2), st.integers(2, 70)
)


@settings(max_examples=40, deadline=None)
@given(st.lists(SPANS, max_size=14, unique=True), st.sampled_from(["PER", "TITLE", "کۆبوونەوە"]))
def test_nothing_in_the_lanes_overlaps_and_nothing_reaches_the_glyphs(spans, chip):
    brackets = tuple(bracket(f"T{n + 1}", span, chip=chip) for n, span in enumerate(spans))
    placement, laid = _placed(Scene(brackets=brackets))
    rects = [(c.id, c.rect) for c in placement.chips] + [(s.id, s.rect) for s in placement.strokes]
    for (one, a), (other, b) in combinations(rects, 2):
        assert one == other or not a.intersects(b), (one, a, other, b)
    for _, rect in rects:
        assert not any(
            rect.top() < box.text_bottom and box.text_top < rect.bottom() for box in laid.boxes
        )
        assert any(
            box.text_bottom <= rect.top() and rect.bottom() <= box.bottom for box in laid.boxes
        )


def test_the_chip_hangs_at_the_right_end_of_the_first_word_in_sorani():
    span = span_of(MIXED, "وەزیری باخچەکان")
    placement, _ = _placed(Scene(brackets=(bracket("T1", (span.start, span.end)),)), width=900)
    (stroke,), (chip,) = placement.strokes, placement.chips
    assert chip.rect.right() == pytest.approx(stroke.rect.right() + 1, abs=1)
    assert chip.rect.top() == stroke.rect.top() + 1


def test_the_chip_hangs_at_the_left_end_in_a_latin_paragraph():
    placement, _ = _placed(Scene(brackets=(bracket("T1", (6, 11)),)), "hello world", 900)
    (stroke,), (chip,) = placement.strokes, placement.chips
    assert chip.rect.left() == stroke.rect.left()


def test_a_chip_without_room_is_shortened_and_keeps_its_tooltip():
    text = "و لە دەشت"
    one = bracket("T1", (0, 1), chip="کۆبوونەوەیەکی درێژ")
    two = bracket("T2", (2, 4))
    (chip, _), _ = _placed(Scene(brackets=(one, two)), text)[0].chips, None
    assert chip.text != one.chip
    assert chip.tooltip == "tip T1"


def test_a_wrapped_bracket_has_a_stroke_on_each_line_and_one_chip():
    placement, laid = _placed(Scene(brackets=(bracket("T1", (5, len(MIXED) - 5)),)))
    lines = {stroke.rect.top() for stroke in placement.strokes}
    assert lines == {float(box.text_bottom) for box in laid.boxes}
    assert len(placement.chips) == 1


def test_the_gap_of_a_discontinuous_bracket_is_drawn_as_a_gap():
    placement, _ = _placed(Scene(brackets=(bracket("EV1", (0, 3), (8, 12)),)), "یەک دوو سێ چوار")
    assert [stroke.kind for stroke in placement.strokes] == [
        StrokeKind.SOLID,
        StrokeKind.SOLID,
        StrokeKind.GAP,
    ]


def test_bars_stand_in_the_margin_where_lines_begin_and_nest_inwards():
    (outer, inner), laid = _placed(Scene(bars=(_bar("Q1", 0, 90), _bar("Q2", 5, 20, 1))))[0].bars, 0
    assert outer.rect.left() > inner.rect.left() > 420
    assert outer.rect.width() == BAR_WIDTH
    del laid


def test_two_quotes_that_meet_on_a_line_share_its_height():
    placement, laid = _placed(Scene(bars=(_bar("Q1", 0, 10), _bar("Q2", 12, 60))))
    first, second = placement.bars
    assert not first.rect.intersects(second.rect)
    assert first.rect.top() == laid.boxes[0].text_top
    assert second.rect.bottom() > laid.boxes[1].top


def test_names_and_hints_stand_over_the_word_and_side_by_side():
    span = span_of(MIXED, "باخچەکان")
    tags = (RoleTag(span, "speaker", PER_COLOR), RoleTag(span, "cue", PER_COLOR))
    placement, laid = _placed(Scene(tags=tags, hints=(Hint(span.start, "اب"),)))
    first, second = (tag.rect for tag in placement.tags)
    assert not first.intersects(second)
    line = next(box for box in laid.boxes if box.start <= span.start < box.end)
    for rect in (first, second, placement.hints[0].rect):
        assert line.top <= rect.top()
        assert rect.bottom() <= line.text_top + 2


def test_fills_and_selection_take_the_band_of_the_line():
    span = span_of(MIXED, "گەیشتە")
    scene = Scene(fills=(Fill(span, PER_COLOR, 0.2),), selection=span)
    placement, laid = _placed(scene, width=900)
    (fill,), (selected,) = placement.fills, placement.selection
    assert fill.rect == selected
    assert isinstance(selected, QRectF)
    assert (selected.top(), selected.bottom()) == (
        laid.boxes[0].text_top,
        laid.boxes[0].text_bottom,
    )


def test_a_wave_lies_at_the_foot_of_the_band():
    span = span_of(MIXED, "گەیشتە")
    placement, laid = _placed(Scene(waves=(Wave(span, "?"),)), width=900)
    assert placement.waves[0].rect.bottom() == laid.boxes[0].text_bottom


def test_a_scene_elsewhere_puts_nothing_into_a_block():
    far = (900, 950)
    scene = Scene(
        brackets=(bracket("T1", far),),
        fills=(Fill(Span(*far), PER_COLOR, 0.2),),
        bars=(_bar("Q1", *far),),
        tags=(RoleTag(Span(*far), "x", PER_COLOR),),
        hints=(Hint(900, "x"),),
        waves=(Wave(Span(*far)),),
        selection=Span(*far),
    )
    assert _placed(scene)[0] == _placed(Scene())[0]


@pytest.mark.parametrize("kind", ["mention", "quote"])
def test_the_selected_annotation_is_framed_piece_by_piece(kind):
    span = span_of(MIXED, "وەزیری باخچەکان گەیشتە شار")
    if kind == "mention":
        chosen = replace(bracket("T1", (span.start, span.end)), is_selected=True)
        other = bracket("T2", (span.start, span.start + 3))
        scene = Scene(brackets=(chosen, other))
    else:
        scene = Scene(bars=(replace(_bar("Q1", span.start, span.end), is_selected=True),))
    placement, _ = _placed(scene, width=300)
    filled = _placed(Scene(fills=(Fill(span, PER_COLOR, 0.1),)), width=300)[0].fills
    assert [outline.rect for outline in placement.outlines] == [fill.rect for fill in filled]
    assert len(filled) == 2


def test_the_bar_of_a_suggested_quote_is_dashed():
    placement, _ = _placed(Scene(bars=(replace(_bar("Q1", 0, 10), is_dashed=True),)))
    assert [bar.is_dashed for bar in placement.bars] == [True]

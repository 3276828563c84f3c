"""What lies under a point."""

from PySide6.QtCore import QPointF

from annotator.core.ids import RecordId
from annotator.core.span import Span
from annotator.ui.textview.hit import Hit, hit_at
from annotator.ui.textview.lanes import with_lanes
from annotator.ui.textview.placement import Placer
from annotator.ui.textview.scene import MarginBar, Scene, Wave
from annotator.ui.textview.style import LIGHT
from tests.ui.textview.page_samples import MIXED, PER_COLOR, bracket, geometry, span_of

OUTER = span_of(MIXED, "وەزیری باخچەکان گەیشتە")
INNER = span_of(MIXED, "باخچەکان")
SCENE = with_lanes(
    Scene(
        brackets=(
            bracket("T1", (OUTER.start, OUTER.end)),
            bracket("T2", (INNER.start, INNER.end)),
        ),
        bars=(MarginBar(RecordId("Q1"), Span(0, 60), PER_COLOR, tooltip="quote"),),
        waves=(Wave(span_of(MIXED, "شار"), "spelling"),),
    )
)


def _page():
    where = geometry(MIXED, 900)
    placement = Placer(LIGHT, where.layout.metrics).place(SCENE, where.layout.laid(0))
    return where, placement


def _hit(point):
    where, placement = _page()
    return hit_at(point, where, SCENE, placement, 0)


def test_on_a_letter_the_annotations_around_it_are_told_innermost_first():
    where, _ = _page()
    (rect,) = where.span_rects(Span(INNER.start + 2, INNER.start + 3))
    hit = _hit(rect.center())
    assert hit.around == ("T2", "T1", "Q1")
    assert hit.handle is None
    assert hit.offset in (INNER.start + 2, INNER.start + 3)


def test_a_chip_a_stroke_and_a_bar_are_handles():
    _, placement = _page()
    for chip in placement.chips:
        hit = _hit(chip.rect.center())
        assert (hit.handle, hit.tooltip) == (chip.id, f"tip {chip.id}")
    for stroke in placement.strokes:
        assert _hit(QPointF(stroke.rect.left() + 1, stroke.rect.top() - 1)).handle == stroke.id
    (bar,) = placement.bars
    assert _hit(bar.rect.center()).tooltip == "quote"


def test_plain_text_has_no_handle_but_a_wave_tells_its_reason():
    where, placement = _page()
    (wave,) = placement.waves
    assert _hit(wave.rect.center()).tooltip == "spelling"
    end = where.span_rects(span_of(MIXED, "هەمووان"))[0].center()
    hit = _hit(end)
    assert hit == Hit(hit.offset, None, (), "")

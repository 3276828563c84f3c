"""What the reader sees stays put while heights elsewhere are corrected."""

import pytest

from annotator.core.span import Span
from annotator.ui.textview.blocks import split_blocks
from annotator.ui.textview.layout import PageLayout
from annotator.ui.textview.scrolling import Scroller
from annotator.ui.textview.style import LIGHT
from tests.ui.textview.page_samples import PLAIN

SENTENCE = "ئەم ڕستەیە بۆ پڕکردنەوەی لاپڕەکە نووسراوە و هیچی تر ناڵێت. "
# Latin capitals are wide: every estimate for these paragraphs is far too low.
TEXT = "\n".join(SENTENCE * (n % 5 + 1) + "WWW MMM " * (n % 7 * 6) for n in range(400))


def _scroller(text=TEXT, height=600):
    layout = PageLayout(text, split_blocks(text, PLAIN), LIGHT, 500)
    return Scroller(layout, height=height, margin=24)


def _seen(scroller):
    return {
        (index, box.start): top + box.top
        for index, top in scroller.visible()
        for box in scroller.layout.laid(index).boxes
    }


@pytest.mark.parametrize("step", [-1, -37, -300, 1, 37, 300])
def test_scrolling_moves_every_line_by_exactly_that_much(step):
    scroller = _scroller()
    scroller.move_to(scroller.layout.height / 2)
    for _ in range(40):
        before = _seen(scroller)
        scroller.move_by(step)
        after = _seen(scroller)
        common = before.keys() & after.keys()
        assert common
        assert all(after[key] == pytest.approx(before[key] - step) for key in common)


def test_the_page_begins_and_ends_with_its_margin():
    scroller = _scroller()
    assert (scroller.y, scroller.value) == (-24, 0)
    scroller.move_by(-100)
    assert scroller.y == -24
    scroller.move_to_end()
    index, top = scroller.visible()[-1]
    assert index == len(scroller.layout.blocks) - 1
    assert top + scroller.layout.laid(index).height == pytest.approx(600 - 24)
    scroller.move_by(100)
    assert scroller.value == scroller.maximum


def test_a_page_smaller_than_the_window_does_not_scroll():
    scroller = _scroller("یەک دێڕ")
    scroller.move_by(50)
    scroller.move_to_end()
    assert (scroller.y, scroller.value, scroller.maximum) == (-24, 0, 0)


def test_walking_to_the_end_visits_every_block_and_the_bar_agrees():
    scroller = _scroller()
    seen = set()
    for _ in range(2000):
        seen.update(index for index, _ in scroller.visible())
        if scroller.value == scroller.maximum:
            break
        scroller.move_by(400)
    assert seen == set(range(400))


def test_a_jump_lays_out_only_what_it_shows():
    scroller = _scroller()
    scroller.move_to(scroller.layout.height * 0.7)
    scroller.visible()
    assert scroller.layout.laid_count < 12


def test_the_line_at_the_upper_edge_returns_after_lines_above_have_grown():
    scroller = _scroller()
    scroller.move_to(scroller.layout.height / 3)
    scroller.visible()
    before = _seen(scroller)
    mark = scroller.mark()
    block = scroller.layout.blocks[scroller.block]
    assert scroller.layout.set_demand([(Span(block.start, block.start + 3), 6)], None)
    scroller.return_to(mark)
    assert scroller.mark() == mark
    first = min(before, key=lambda key: (before[key] < 0, before[key]))
    assert _seen(scroller)[first] >= before[first]

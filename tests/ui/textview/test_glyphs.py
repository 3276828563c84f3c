"""Rectangles against ink, in both fonts and at three zooms."""

from itertools import pairwise

import pytest
from msgspec.structs import replace

from annotator.core.span import Span
from annotator.ui.textview.geometry import pieces_of
from annotator.ui.textview.glyphs import stretches_of
from annotator.ui.textview.style import LIGHT
from tests.ui.textview.ink import clusters_of, wrong_ink
from tests.ui.textview.page_samples import MIXED, geometry, span_of
from tests.ui.textview.ugly_text import random_spans, ugly_text

FONTS = pytest.mark.parametrize("font", ["article", "interface"])
ZOOMS = pytest.mark.parametrize("points", [9, 18, 40])


@pytest.fixture
def laid(families, font):
    """Lays a text out in one of the bundled fonts."""

    def lay(text, *, width=900, points=18.0):
        style = replace(LIGHT, font_family=getattr(families, font), point_size=points)
        return geometry(text, width, style).layout.laid(0)

    return lay


def _wrong_spans(laid_block, text, count, seed):
    clusters = clusters_of(laid_block)
    spans = random_spans(text, count, seed=seed)
    return [s.of(text) for s in spans if wrong_ink(clusters, pieces_of(laid_block, s), s)]


@FONTS
@ZOOMS
def test_rectangles_cover_the_ink_of_a_span_and_of_nothing_else(laid, points):
    for text, width in ((ugly_text(160, seed=points), 480), (MIXED, 900)):
        block = laid(text, width=width, points=points)
        assert not _wrong_spans(block, text, 60, seed=points)


@pytest.mark.heavy
@FONTS
@ZOOMS
@pytest.mark.parametrize("width", [420, 640, 900])
def test_rectangles_cover_the_ink_of_thousands_of_spans(laid, points, width):
    for seed in range(12):
        text = ugly_text(300, seed=1000 * width + seed)
        block = laid(text, width=width, points=points)
        assert not _wrong_spans(block, text, 100, seed=seed), seed


HARD = (
    'سێشەممە ٢٢ - ٩ - ٢٠٢٠ (٢٠٢٠/٩/٢٢) گوتی: «ئاو، [بەشی] هەمووان». 😀هات "باش"! '
    "سڵاوی لا لله الله بڵاو لَا هه\u200cرێم \u200cکا کتـــێب سَّ ١٧ـیەم Blue River (Ltd.) 3.5 km² "
    "👩\u200d🌾 وت"
)


@pytest.fixture(scope="module", params=["article", "interface"])
def hard(request, families):
    """The hard places at three zooms, with their ink."""
    style = replace(LIGHT, font_family=getattr(families, request.param))
    zoomed = [replace(style, point_size=points) for points in (9, 18, 40)]
    blocks = [geometry(HARD, 2000, each).layout.laid(0) for each in zoomed]
    return [(block, clusters_of(block)) for block in blocks]


@pytest.mark.parametrize(
    "part",
    [
        "٢٢ - ٩ - ٢٠٢٠",
        "٢٠٢٠/٩/٢٢",
        "(٢٠٢٠/٩/٢٢)",
        "(",
        ")",
        "»",
        "[بەشی]",
        "».",
        "هات",
        "😀",
        '"باش"',
        '"!',
        "ا لل",
        "لا",
        "ل",
        "ڵ",
        "او",
        "له ا",
        "لله",
        "\u200cرێم",
        "هه\u200c",
        "ه\u200cر",
        "\u200c",
        "ـــ",
        "ـێب",
        "\u064e\u0651",
        "\u064eا",
        "ـیەم",
        "River (Ltd.) 3.5 km²",
        "²",
        "👩\u200d🌾 وت",
        "\u200d🌾",
    ],
)
def test_hard_places(hard, part):
    span = span_of(HARD, part)
    for block, clusters in hard:
        assert not wrong_ink(clusters, pieces_of(block, span), span)
        assert pieces_of(block, span)


@FONTS
@pytest.mark.parametrize("width", [300, 420])
def test_a_span_that_wraps_over_three_lines(laid, width):
    block = laid(HARD, width=width)
    for first, last in zip(block.boxes, block.boxes[2:], strict=False):
        span = Span(max(first.end - 5, first.start), last.start + 4)
        pieces = pieces_of(block, span)
        assert len({piece.line for piece in pieces}) == 3
        assert not wrong_ink(clusters_of(block), pieces, span)


@FONTS
@pytest.mark.parametrize("mark", ['"', "»", ")", ".", "؟"])
def test_a_mark_at_the_end_of_a_line(laid, mark):
    text = f"ئەو لە شارەکە گوتی باران دەبارێت{mark} کاتێک هات بۆ لای ئێمە دەڕوات"
    for width in range(200, 420, 20):
        block = laid(text, width=width)
        span = span_of(text, mark)
        assert not wrong_ink(clusters_of(block), pieces_of(block, span), span)


@FONTS
@pytest.mark.parametrize("word", ["لا", "بڵاو", "لَا", "الله", "لله", "مُحَمَّد", "که\u0301رێ"])
def test_letters_of_one_glyph_share_its_cell_without_gap_or_overlap(laid, word):
    block = laid(f"ئەو {word} هات")
    start = 4
    (whole,) = stretches_of(block, 0, start, start + len(word))
    cuts = range(start, start + len(word) + 1)
    letters = [n for n in cuts if block.text_layout.isValidCursorPosition(n)]
    rights = [whole[1]]
    for first, last in pairwise(letters):
        ((left, right),) = stretches_of(block, 0, first, last)
        assert right == pytest.approx(rights[-1], abs=0.1)
        assert right - left > 1
        rights.append(left)
    assert rights[-1] == pytest.approx(whole[0], abs=0.1)


@FONTS
def test_a_mark_is_taken_with_its_letter(laid):
    block = laid("ئەو مُحَمَّد هات")
    assert stretches_of(block, 0, 5, 6) == stretches_of(block, 0, 4, 6)
    assert stretches_of(block, 0, 4, 5) == stretches_of(block, 0, 4, 6)


@FONTS
@pytest.mark.parametrize("hidden", ["\u00ad", "\ufeff", "\u200f", "\u2067", "\u200b"])
def test_what_is_hidden_shifts_nothing(laid, hidden):
    block = laid(f"گوڵ {hidden} هات")
    plain = laid("گوڵ  هات")
    assert stretches_of(block, 0, 6, 9)[0][1] == pytest.approx(
        stretches_of(plain, 0, 5, 8)[0][1], abs=0.1
    )
    assert stretches_of(block, 0, 0, 3) == stretches_of(plain, 0, 0, 3)


@FONTS
def test_an_emoji_before_a_span_does_not_shift_it(laid):
    ((left, right),) = stretches_of(laid("سڵاو بۆ تۆ"), 0, 0, 4)
    ((first, last),) = stretches_of(laid("😀 سڵاو بۆ تۆ"), 0, 2, 6)
    assert last - first == pytest.approx(right - left, abs=0.1)
    assert last < right


def test_the_ink_test_catches_a_box_between_caret_edges():
    block = geometry(MIXED).layout.laid(0)
    clusters = clusters_of(block)
    wrong = 0
    for span in random_spans(MIXED, 300, seed=1):
        boxes = []
        for number, box in enumerate(block.boxes):
            start, end = max(span.start, box.start), min(span.end, box.end)
            if start < end:
                line = block.line(number)
                edges = sorted(line.cursorToX(block.unit(o))[0] for o in (start, end))
                boxes.append((number, *edges))
        wrong += bool(wrong_ink(clusters, boxes, span))
    assert wrong > 30


def test_the_ink_test_catches_a_part_of_a_ligature_asked_of_qt(families):
    style = replace(LIGHT, font_family=families.interface)
    block = geometry("ئەو بڵاو بوو", 900, style).layout.laid(0)
    span = Span(6, 8)
    (run,) = block.line(0).glyphRuns(6, 2)
    asked = [(0, run.boundingRect().left(), run.boundingRect().right())]
    assert wrong_ink(clusters_of(block), asked, span)
    assert not wrong_ink(clusters_of(block), pieces_of(block, span), span)

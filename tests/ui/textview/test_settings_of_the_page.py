"""Whatever font, size, line height and column width is chosen: nothing is cut off or overlaps."""

from itertools import pairwise

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from annotator.core.ids import RecordId
from annotator.core.span import Span
from annotator.ui.textview.blocks import split_blocks
from annotator.ui.textview.canvas import Canvas
from annotator.ui.textview.paint_text import paint_text
from annotator.ui.textview.scene import Hint, MarginBar, RoleTag, Scene
from annotator.ui.textview.style import LIGHT
from tests.ui.textview.page_samples import MIXED, PER_COLOR, PLAIN, bracket

OWN_GLYPHS = "".join(letter for letter in MIXED if letter < "\uffff")
TEXT = f"ڵّێَ ڤُ ڕێِ ÅÉ qgj ({OWN_GLYPHS})\n{OWN_GLYPHS} لَا ڵّێَ Åg"
ROOM = 60
"""Pixels around a picture of a block in which nothing may be drawn."""


@pytest.fixture(params=["article", "interface"])
def family(request, families):
    return getattr(families, request.param)


def _canvas(family, families, *, line_height, points, column, width=None):
    style = replace(
        LIGHT,
        font_family=family,
        chip_family=families.interface,
        point_size=points,
        line_height=line_height,
        column_width=column,
    )
    blocks = split_blocks(TEXT, PLAIN)
    return Canvas(TEXT, blocks, style, width=width or column + 200, height=4000)


def _ink(laid, style):
    """The rows and columns on which the glyphs of a block leave ink, from its corner."""
    size = (laid.width + 2 * ROOM, laid.height + 2 * ROOM)
    image = QImage(*size, QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.translate(ROOM, ROOM)
    paint_text(painter, laid, style, QRectF(-ROOM, -ROOM, *size))
    painter.end()
    stride, bits = image.bytesPerLine(), bytes(image.constBits())
    rows = {y - ROOM for y in range(size[1]) if min(bits[y * stride : y * stride + size[0]]) < 128}
    columns = {x - ROOM for x in range(size[0]) if min(bits[x::stride]) < 128}
    return rows, columns


@pytest.mark.parametrize("line_height", [1.2, 1.45, 1.8, 2.5])
@pytest.mark.parametrize("points", [8.0, 18.0, 36.0])
def test_glyphs_stay_in_the_band_of_their_line(family, families, line_height, points):
    canvas = _canvas(family, families, line_height=line_height, points=points, column=700)
    for index in range(2):
        laid = canvas.layout.laid(index)
        rows, columns = _ink(laid, canvas.style)
        bands = {y for b in laid.boxes for y in range(b.text_top - 1, b.text_bottom + 1)}
        assert rows <= bands
        assert min(columns) >= -points / 3
        assert max(columns) < laid.width + points / 3
        for above, below in pairwise(laid.boxes):
            assert above.bottom == below.top
            assert above.text_bottom < below.text_top


@pytest.mark.parametrize("line_height", [1.2, 1.8, 2.5])
def test_a_larger_line_height_moves_lines_apart(family, families, line_height):
    one, other = (
        _canvas(family, families, line_height=height, points=18.0, column=700)
        for height in (line_height, line_height + 0.6)
    )
    first, second = (c.layout.laid(0).boxes for c in (one, other))
    bands = [[b.text_bottom - b.text_top for b in boxes] for boxes in (first, second)]
    pairs = list(zip(*bands, strict=True))
    assert all(small <= large for small, large in pairs)  # vowelled lines have room already
    assert sum(small < large for small, large in pairs) >= len(pairs) - 1


@pytest.mark.parametrize("column", [400, 760, 1600])
@pytest.mark.parametrize("line_height", [1.2, 2.5])
def test_what_surrounds_the_text_stays_off_it_and_in_the_window(
    family, families, line_height, column
):
    canvas = _canvas(family, families, line_height=line_height, points=18.0, column=column)
    spans = [(n, min(n + 9 + n % 17, len(TEXT))) for n in range(0, len(TEXT) - 12, 8)]
    canvas.show(
        Scene(
            brackets=tuple(bracket(f"T{n + 1}", s, chip="ڕێکخراو") for n, s in enumerate(spans)),
            bars=tuple(
                MarginBar(RecordId(f"Q{d + 1}"), Span(3, 90), "#444444", d) for d in range(3)
            ),
            tags=tuple(RoleTag(Span(s, e), "قسەکەر", PER_COLOR) for s, e in spans[::6]),
            hints=tuple(Hint(s, "ا") for s, _ in spans[3::6]),
        )
    )
    assert canvas.layout.width == column
    for index, place in canvas.scroller.visible():
        laid, placed = canvas.layout.laid(index), canvas.placement(index)
        bands = [
            QRectF(-99, b.text_top + 2, 4000, b.text_bottom - b.text_top - 2) for b in laid.boxes
        ]
        around = [chip.rect for chip in placed.chips] + [stroke.rect for stroke in placed.strokes]
        around += [tag.rect for tag in (*placed.tags, *placed.hints)]
        assert not [rect for rect in around if any(rect.intersects(band) for band in bands)]
        in_window = QRectF(0, -1, canvas.width, canvas.height)
        around += [bar.rect for bar in placed.bars]
        assert all(in_window.contains(rect.translated(canvas.left, place)) for rect in around)


@pytest.mark.parametrize("width", [320, 500, 900, 2400])
@pytest.mark.parametrize("column", [400, 1600])
def test_a_column_wider_than_the_window_gives_way(family, families, column, width):
    canvas = _canvas(family, families, line_height=1.45, points=18.0, column=column, width=width)
    assert canvas.layout.width <= min(column, width - 2 * 30)
    assert abs(canvas.left - (width - canvas.layout.width) / 2) <= 1

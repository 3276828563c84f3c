"""What ink a piece of text leaves on a line, found without the code under test.

Each *cluster* (glyphs Qt reports for one place of the string) is painted alone, clipped to its
advance cell: the tail of a reh may reach under its neighbour, and no rectangle can follow that.
The columns that turn black are its ink.
"""

import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QGlyphRun, QImage, QPainter, QTextLayout, QTextLine

from annotator.core.span import Span
from annotator.kurdish.characters import ZWNJ
from annotator.ui.textview.layout import LaidBlock

MARK = 0.5
"""Pixels over which no letter but only a mark advances."""

GRACE = 1
"""Pixels by which a rectangle may miss an edge of the ink: glyphs stand between pixels."""


@dataclass(frozen=True)
class Cluster:
    """Code points ``start <= i < end``, the cell they advance over and the columns they blacken.

    `letters` counts the places for a caret before them: more than one in a ligature.
    """

    start: int
    end: int
    line: int
    left: float
    right: float
    columns: frozenset[int]
    letters: int

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


def wrong_ink(clusters, pieces, span) -> list[tuple[Cluster, int]]:
    """Columns of ink that should be inside the pieces and are not, or the other way round.

    A letter with its marks is inside as soon as the span touches it. Of a ligature that the span
    touches in part, some of the cell has to be inside.
    """
    wrong = []
    for cluster in clusters:
        own = [(left, right) for line, left, right in pieces if line == cluster.line]
        if span.contains(cluster.span) or (cluster.letters == 1 and span.overlaps(cluster.span)):
            wrong += [(cluster, x) for x in cluster.columns if not _is_covered(x, own)]
        elif span.overlaps(cluster.span):
            if not any(left < cluster.right and cluster.left < right for left, right in own):
                wrong.append((cluster, round(cluster.left)))
        else:
            wrong += [(cluster, x) for x in cluster.columns if _is_well_inside(x, own)]
    return wrong


def _is_covered(x, stretches) -> bool:
    return any(left - GRACE <= x < right + GRACE for left, right in stretches)


def _is_well_inside(x, stretches) -> bool:
    return any(left + GRACE <= x + 0.5 < right - GRACE for left, right in stretches)


def clusters_of(laid: LaidBlock) -> list[Cluster]:
    return [
        cluster for number in range(len(laid.boxes)) for cluster in _line_clusters(laid, number)
    ]


def _line_clusters(laid: LaidBlock, number: int) -> list[Cluster]:
    line = laid.line(number)
    end = line.textStart() + line.textLength()
    cells = list(_cells(laid, line))
    edges = sorted(left for _, left, right, *_ in cells if right - left > MARK)
    units = sorted({cell[0] for cell in cells} | {end})
    following = dict(pairwise(units))
    found = []
    for unit in units[:-1]:
        own = [cell for cell in cells if cell[0] == unit]
        wide = [cell for cell in own if cell[2] - cell[1] > MARK]
        if wide and not _is_hidden(laid, unit):
            left, right = min(c[1] for c in wide), max(c[2] for c in wide)
            right = min((x for x in edges if left + 0.5 < x < right), default=right)  # kerned
            ink = _ink(laid, number, [(c[3], c[4]) for c in own], left, right)
            after = following[unit]
            places = range(unit, after)
            letters = sum(map(laid.text_layout.isValidCursorPosition, places))
            span = _letters(laid, unit, after)
            found.append(Cluster(*span, number, left, right, ink, max(letters, 1)))
    return found


def _is_hidden(laid: LaidBlock, unit: int) -> bool:
    """Qt draws no direction marks, but lists glyphs for them."""
    letter = laid.text_layout.text()[laid.points.to_points(unit)]
    return unicodedata.category(letter) == "Cf"


def _letters(laid: LaidBlock, unit: int, after: int) -> tuple[int, int]:
    """Where the letters of a cluster begin and end.

    Parts of one letter (marks, joined emoji) may come from several fonts or glyphs. Spaces at which
    a line breaks and what is hidden have no glyph, so nothing tells them from what is before.
    """
    text, layout = laid.text_layout.text(), laid.text_layout
    start, end = laid.points.to_points(unit), laid.points.to_points(after)
    while end > start + 1 and unicodedata.category(text[end - 1]) in ("Zs", "Cf"):
        end -= 1
    while _is_inside_letter(layout, laid.points.to_units(start), text[start]):
        start -= 1
    while end < len(text) and _is_inside_letter(layout, laid.points.to_units(end), text[end]):
        end += 1
    return laid.block.start + start, laid.block.start + end


def _is_inside_letter(layout: QTextLayout, unit: int, letter: str) -> bool:
    return not layout.isValidCursorPosition(unit) and letter != ZWNJ


def _cells(laid: LaidBlock, line: QTextLine):
    """Every glyph of the line: its place in the string, its cell, its run and number therein.

    Where several fonts share an item, Qt counts the places from the start of a part of it: so each
    letter is asked for its glyphs, and Qt's count is taken only for what is found nowhere.
    """
    flags = QTextLayout.GlyphRunRetrievalFlag.RetrieveAll
    units = _units_of_glyphs(laid, line)
    for run in line.glyphRuns(line.textStart(), line.textLength(), flags):
        advances = run.rawFont().advancesForGlyphIndexes(run.glyphIndexes())
        unit = line.textStart()
        for index, (position, advance) in enumerate(zip(run.positions(), advances, strict=True)):
            if advance.x() > MARK or index == 0:  # a mark belongs to the letter before it
                unit = units.get(_glyph(run, index), run.stringIndexes()[index])
            yield unit, position.x(), position.x() + advance.x(), run, index


def _units_of_glyphs(laid: LaidBlock, line: QTextLine) -> dict[tuple[str, int, float], int]:
    found: dict[tuple[str, int, float], int] = {}
    first = laid.points.to_points(line.textStart())
    last = laid.points.to_points(line.textStart() + line.textLength())
    for unit, after in pairwise(map(laid.points.to_units, range(first, last + 1))):
        for run in line.glyphRuns(unit, after - unit):
            for index in range(len(run.glyphIndexes())):
                found.setdefault(_glyph(run, index), unit)
    return found


def _glyph(run: QGlyphRun, index: int) -> tuple[str, int, float]:
    family, x = run.rawFont().familyName(), run.positions()[index].x()
    return family, run.glyphIndexes()[index], round(x, 2)


def _ink(laid, number, glyphs, left: float, right: float) -> frozenset[int]:
    box, first = laid.boxes[number], floor(left)
    image = QImage(ceil(right) - first, box.bottom - box.top, QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setPen(QColor("black"))
    painter.setClipRect(QRectF(left - first, 0, right - left, image.height()))
    for run, index in glyphs:
        alone = type(run)()
        alone.setRawFont(run.rawFont())
        alone.setGlyphIndexes([run.glyphIndexes()[index]])
        alone.setPositions([run.positions()[index]])
        painter.drawGlyphRun(QPointF(-first, -box.top), alone)
    painter.end()
    stride, bits = image.bytesPerLine(), bytes(image.constBits())
    return frozenset(first + x for x in range(image.width()) if min(bits[x::stride]) < 128)

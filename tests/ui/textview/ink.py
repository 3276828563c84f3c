"""What ink a piece of text leaves on a line, found without the code under test.

Each *cluster* (glyphs Qt reports for one place of the string) is painted alone, clipped to its
advance cell: the tail of a reh may reach under its neighbour, and no rectangle can follow that.
The columns that turn black are its ink.
"""

from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QTextLayout

from annotator.ui.textview.layout import LaidBlock


@dataclass(frozen=True)
class Cluster:
    """Code points ``start <= i < end``, the cell they advance over and the columns they blacken."""

    start: int
    end: int
    line: int
    left: float
    right: float
    columns: frozenset[int]


def clusters_of(laid: LaidBlock) -> list[Cluster]:
    return [
        cluster for number in range(len(laid.boxes)) for cluster in _line_clusters(laid, number)
    ]


def _line_clusters(laid: LaidBlock, number: int) -> list[Cluster]:
    line = laid.line(number)
    flags = QTextLayout.GlyphRunRetrievalFlag.RetrieveAll
    cells = []
    for run in line.glyphRuns(line.textStart(), line.textLength(), flags):
        advances = run.rawFont().advancesForGlyphIndexes(run.glyphIndexes())
        cells.extend(
            (unit, position.x(), position.x() + advance.x(), run, index)
            for index, (unit, position, advance) in enumerate(
                zip(run.stringIndexes(), run.positions(), advances, strict=True)
            )
        )
    units = sorted({cell[0] for cell in cells} | {line.textStart() + line.textLength()})
    following = dict(pairwise(units))
    found = []
    for unit in units[:-1]:
        own = [cell for cell in cells if cell[0] == unit]
        wide = [cell for cell in own if cell[2] - cell[1] > 0.5]
        if wide:
            left, right = min(c[1] for c in wide), max(c[2] for c in wide)
            ink = _ink(laid, number, [(c[3], c[4]) for c in own], left, right)
            start, end = laid.offset(unit), laid.offset(following[unit])
            found.append(Cluster(start, end, number, left, right, ink))
    return found


def _ink(laid, number, glyphs, left: float, right: float) -> frozenset[int]:
    box = laid.boxes[number]
    image = QImage(laid.width + 40, box.bottom - box.top, QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setPen(QColor("black"))
    painter.setClipRect(QRectF(left, 0, right - left, image.height()))
    for run, index in glyphs:
        alone = type(run)()
        alone.setRawFont(run.rawFont())
        alone.setGlyphIndexes([run.glyphIndexes()[index]])
        alone.setPositions([run.positions()[index]])
        painter.drawGlyphRun(QPointF(0, -box.top), alone)
    painter.end()
    stride, bits = image.bytesPerLine(), bytes(image.constBits())
    return frozenset(x for x in range(image.width()) if min(bits[x::stride]) < 128)

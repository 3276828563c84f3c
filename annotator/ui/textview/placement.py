"""Where the items of a scene stand in one block: strokes in lanes, chips, bars, tags, hints.

Painting draws these rectangles and hit testing asks them, so that what is seen is what is clicked.
Coordinates are pixels of the block, whole ones for every line, so that strokes stay crisp.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from itertools import pairwise

from msgspec import Struct
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF

from annotator.core.ids import RecordId
from annotator.core.span import Span
from annotator.ui.textview.bars import BAR_DISTANCE, bar_rects
from annotator.ui.textview.fills import strengths
from annotator.ui.textview.geometry import Piece, pieces_of
from annotator.ui.textview.layout import LaidBlock
from annotator.ui.textview.measures import LineMetrics
from annotator.ui.textview.rows import rows_of
from annotator.ui.textview.scene import Bracket, Scene
from annotator.ui.textview.style import PageStyle, legible_on, text_on
from annotator.ui.textview.words import InkCentre, ink_centre

CHIP_PADDING = 4


class StrokeKind(Enum):
    """How a stroke is drawn: by a person, suggested, or the gap of a discontinuous annotation."""

    SOLID = "solid"
    DASHED = "dashed"
    GAP = "gap"


class PlacedFill(Struct, frozen=True):
    """A tinted rectangle behind the text."""

    rect: QRectF
    color: str
    strength: float


class PlacedOutline(Struct, frozen=True):
    """The frame round a piece of text of the selected annotation."""

    rect: QRectF
    color: str


class PlacedStroke(Struct, frozen=True):
    """A horizontal stroke in a lane."""

    id: RecordId
    rect: QRectF
    color: str
    kind: StrokeKind
    tooltip: str


class PlacedChip(Struct, frozen=True):
    """A label under the first word of a bracket; `text` may be shortened, `tooltip` is not.

    `origin` is where its words begin.
    """

    id: RecordId
    rect: QRectF
    text: str
    origin: QPointF
    color: str
    ink: str
    tooltip: str
    bracket: Bracket


class PlacedBar(Struct, frozen=True):
    """A quote's bar in the margin."""

    id: RecordId
    rect: QRectF
    color: str
    is_selected: bool
    is_dashed: bool
    tooltip: str


class PlacedTag(Struct, frozen=True):
    """A role name or hint letters over a word; `origin` is where they begin."""

    rect: QRectF
    text: str
    origin: QPointF
    paper: str
    ink: str


class PlacedWave(Struct, frozen=True):
    """A wavy stroke right under the glyphs."""

    rect: QRectF
    tooltip: str


class BlockPlacement(Struct, frozen=True):
    """Everything a scene puts into one block, in drawing order."""

    fills: tuple[PlacedFill, ...]
    selection: tuple[QRectF, ...]
    outlines: tuple[PlacedOutline, ...]
    strokes: tuple[PlacedStroke, ...]
    chips: tuple[PlacedChip, ...]
    bars: tuple[PlacedBar, ...]
    tags: tuple[PlacedTag, ...]
    hints: tuple[PlacedTag, ...]
    waves: tuple[PlacedWave, ...]


class _Run(Struct, frozen=True):
    """A bracket in one block: its pieces of text, and its row on each line."""

    bracket: Bracket
    pieces: list[Piece]
    rows: dict[int, int]


def chip_font(style: PageStyle, metrics: LineMetrics) -> QFont:
    """The font of chips, role names and hints."""
    font = QFont(style.chip_family)
    font.setPixelSize(max(round(metrics.em * 0.45), 8))
    font.setWeight(QFont.Weight.Bold)
    return font


class Placer:
    """Places scenes with one style; remembers what it measured."""

    def __init__(self, style: PageStyle, metrics: LineMetrics) -> None:
        self.style = style
        self.metrics = metrics
        self.font = chip_font(style, metrics)
        self._measures = QFontMetricsF(self.font)
        self._widths: dict[str, float] = {}
        self._centres: dict[str, InkCentre] = {}
        self._shades: dict[str, str] = {}
        self._inks: dict[tuple[str, bool], str] = {}

    def place(self, scene: Scene, laid: LaidBlock) -> BlockPlacement:
        """Everything of `scene` that stands in this block."""
        block = laid.block
        here = [b for b in scene.brackets if _meets(b.envelope, block.start, block.end)]
        rows = rows_of(here, laid)
        runs = [_Run(b, _bracket_pieces(b, laid), rows[n]) for n, b in enumerate(here)]
        strokes = [stroke for run in runs for stroke in self._strokes(run, laid)]
        return BlockPlacement(
            fills=tuple(self._fills(scene, laid)),
            selection=() if scene.selection is None else tuple(_bands(scene.selection, laid)),
            outlines=tuple(self._outlines(scene, laid)),
            strokes=tuple(strokes),
            chips=tuple(self._chips(runs, laid)),
            bars=tuple(self._bars(scene, laid)),
            tags=tuple(self._tags(scene, laid)),
            hints=tuple(self._hints(scene, laid)),
            waves=tuple(self._waves(scene, laid)),
        )

    def shade(self, color: str) -> str:
        """A label colour, shifted where it would not stand out from the paper."""
        if color not in self._shades:
            least = self.style.least_contrast
            self._shades[color] = legible_on(color, self.style.paper, at_least=least)
        return self._shades[color]

    def width(self, text: str) -> float:
        """The width of a chip's text."""
        if text not in self._widths:
            self._widths[text] = self._measures.horizontalAdvance(text)
        return self._widths[text]

    def _origin(self, rect: QRectF, text: str) -> QPointF:
        if text not in self._centres:
            self._centres[text] = ink_centre(self._measures, text)
        return self._centres[text].origin(rect)

    def row_top(self, laid: LaidBlock, line: int, row: int) -> int:
        """Where a row under a line begins, from the top of the block."""
        return laid.boxes[line].text_bottom + row * self.metrics.lane

    def _fills(self, scene: Scene, laid: LaidBlock) -> Iterator[PlacedFill]:
        block = laid.block
        here = [fill for fill in scene.fills if _meets(fill.span, block.start, block.end)]
        for fill, strength in zip(here, strengths(here, self.style, self.shade), strict=True):
            for rect in _bands(fill.span, laid):
                yield PlacedFill(rect, self.shade(fill.color), strength)

    def _outlines(self, scene: Scene, laid: LaidBlock) -> Iterator[PlacedOutline]:
        selected = [(span, b.color) for b in scene.brackets if b.is_selected for span in b.spans]
        selected += [(bar.span, bar.color) for bar in scene.bars if bar.is_selected]
        for span, color in selected:
            if _meets(span, laid.block.start, laid.block.end):
                for rect in _bands(span, laid):
                    yield PlacedOutline(rect, self.shade(color))

    def _strokes(self, run: _Run, laid: LaidBlock) -> Iterator[PlacedStroke]:
        bracket = run.bracket
        thickness = 3 if bracket.is_selected else 2
        color = self.shade(bracket.color)
        kind = StrokeKind.DASHED if bracket.is_dashed else StrokeKind.SOLID
        for piece in run.pieces:
            top = self.row_top(laid, piece.line, run.rows[piece.line])
            rect = QRectF(round(piece.left), top, _whole_width(piece), thickness)
            yield PlacedStroke(bracket.id, rect, color, kind, bracket.tooltip)
        for piece in _gaps(bracket, laid):
            top = self.row_top(laid, piece.line, run.rows[piece.line])
            rect = QRectF(round(piece.left), top, _whole_width(piece), 2)
            yield PlacedStroke(bracket.id, rect, color, StrokeKind.GAP, bracket.tooltip)

    def _chips(self, runs: list[_Run], laid: LaidBlock) -> Iterator[PlacedChip]:
        taken: dict[tuple[int, int], list[Piece]] = {}
        for run in runs:
            for piece in run.pieces:
                taken.setdefault((piece.line, run.rows[piece.line]), []).append(piece)
        for run in runs:
            if run.pieces and run.bracket.spans[0].start >= laid.block.start:
                first = first_piece(run.pieces, is_right_to_left=laid.block.is_right_to_left)
                room = _room(first, taken[first.line, run.rows[first.line]], run.pieces, laid)
                yield self._chip(run, laid, first, room)

    def _chip(self, run: _Run, laid: LaidBlock, first: Piece, room: float) -> PlacedChip:
        bracket = run.bracket
        text = bracket.chip
        widest = max(room, 6.0) - 2 * CHIP_PADDING
        if self.width(text) > widest:
            text = self._measures.elidedText(text, Qt.TextElideMode.ElideRight, max(widest, 1.0))
        padding = CHIP_PADDING if self.width(text) <= widest else 1
        width = round(min(self.width(text) + 2 * padding, max(room, 6.0)))
        left = first.right - width if laid.block.is_right_to_left else first.left
        top = self.row_top(laid, first.line, run.rows[first.line]) + 1
        color = self.shade(bracket.color)
        rect = QRectF(round(left), top, width, self.metrics.lane - 2)
        is_hollow = bracket.is_event or bracket.is_dashed
        ink = self._ink(color, is_hollow=is_hollow)
        origin = self._origin(rect, text)
        return PlacedChip(bracket.id, rect, text, origin, color, ink, bracket.tooltip, bracket)

    def _ink(self, color: str, *, is_hollow: bool) -> str:
        if (color, is_hollow) not in self._inks:
            least = max(4.5, self.style.least_contrast)
            on_paper = legible_on(color, self.style.paper, at_least=least)
            self._inks[color, is_hollow] = on_paper if is_hollow else text_on(color)
        return self._inks[color, is_hollow]

    def _bars(self, scene: Scene, laid: LaidBlock) -> Iterator[PlacedBar]:
        for bar, rect in bar_rects(scene.bars, laid):
            color, is_selected = self.shade(bar.color), bar.is_selected
            yield PlacedBar(bar.id, rect, color, is_selected, bar.is_dashed, bar.tooltip)

    def _tags(self, scene: Scene, laid: LaidBlock) -> Iterator[PlacedTag]:
        taken: dict[int, list[QRectF]] = {}
        for tag in scene.tags:
            if laid.block.start <= tag.span.start < laid.block.end:
                yield self._over(tag.span, laid, tag.text, self.shade(tag.color), taken)

    def _hints(self, scene: Scene, laid: LaidBlock) -> Iterator[PlacedTag]:
        taken: dict[int, list[QRectF]] = {}
        for hint in scene.hints:
            if laid.block.start <= hint.offset < laid.block.end:
                span = Span(hint.offset, hint.offset + 1)
                yield self._over(span, laid, hint.text, self.style.hint_paper, taken)

    def _over(
        self, span: Span, laid: LaidBlock, text: str, paper: str, taken: dict[int, list[QRectF]]
    ) -> PlacedTag:
        pieces = list(pieces_of(laid, span)) or [Piece(0, 0.0, 1.0)]
        piece = first_piece(pieces, is_right_to_left=laid.block.is_right_to_left)
        box = laid.boxes[piece.line]
        width = round(self.width(text) + 2 * CHIP_PADDING)
        is_rtl = laid.block.is_right_to_left
        left = round(piece.right - width if is_rtl else piece.left)
        height = self.metrics.head
        rect = QRectF(left, box.text_top - height + 1, width, height)
        for other in taken.get(piece.line, []):
            if rect.intersects(other):
                rect.moveLeft(other.left() - width - 2 if is_rtl else other.right() + 2)
        taken.setdefault(piece.line, []).append(rect)
        return PlacedTag(rect, text, self._origin(rect, text), paper, text_on(paper))

    def _waves(self, scene: Scene, laid: LaidBlock) -> Iterator[PlacedWave]:
        for wave in scene.waves:
            if _meets(wave.span, laid.block.start, laid.block.end):
                for rect in _bands(wave.span, laid):
                    low = QRectF(rect.left(), rect.bottom() - 4, rect.width(), 4)
                    yield PlacedWave(low, wave.tooltip)


def _meets(span: Span, start: int, end: int) -> bool:
    return span.start < end and start < span.end


def _bands(span: Span, laid: LaidBlock) -> Iterator[QRectF]:
    for piece in pieces_of(laid, span):
        box = laid.boxes[piece.line]
        left, right = round(piece.left), round(piece.right)
        yield QRectF(left, box.text_top, max(right - left, 2), box.text_bottom - box.text_top)


def _bracket_pieces(bracket: Bracket, laid: LaidBlock) -> list[Piece]:
    return [piece for span in bracket.spans for piece in pieces_of(laid, span)]


def _gaps(bracket: Bracket, laid: LaidBlock) -> Iterator[Piece]:
    for before, after in pairwise(bracket.spans):
        yield from pieces_of(laid, Span(before.end, after.start))


def _whole_width(piece: Piece) -> int:
    # One pixel is left free at the end, so that neighbours in a lane stay apart.
    return max(round(piece.right) - round(piece.left) - 1, 2)


def first_piece(pieces: Sequence[Piece], *, is_right_to_left: bool) -> Piece:
    """The stretch with which some text begins, as one reads."""
    first_line = min(piece.line for piece in pieces)
    on_line = [piece for piece in pieces if piece.line == first_line]
    if is_right_to_left:
        return max(on_line, key=lambda piece: piece.right)
    return min(on_line, key=lambda piece: piece.left)


def _room(first: Piece, row: list[Piece], own: list[Piece], laid: LaidBlock) -> float:
    others = [piece for piece in row if piece not in own]
    if laid.block.is_right_to_left:
        edge = max((p.right for p in others if p.right <= first.right), default=-BAR_DISTANCE)
        return first.right - edge - 2
    edge = min((p.left for p in others if p.left >= first.left), default=laid.width + BAR_DISTANCE)
    return edge - first.left - 2

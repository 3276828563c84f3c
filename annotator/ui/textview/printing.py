"""An annotated article on sheets of paper or in a PDF, with a legend of the signs it uses.

What is drawn is what the page draws, without caret and selection. Everything is measured in pixels
of 1/96 inch, as on a screen, and the painter is scaled to the device; pages break between lines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeVar

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPagedPaintDevice, QPageLayout, QPainter

from annotator.core.annotation_set import AnnotationSet
from annotator.core.document import Document, Segmentation
from annotator.core.scheme import Scheme, Wording
from annotator.core.span import Span
from annotator.foundation.errors import UserError
from annotator.ui.textview.blocks import split_blocks
from annotator.ui.textview.lanes import lane_demand, with_lanes
from annotator.ui.textview.layout import LaidBlock, PageLayout
from annotator.ui.textview.paint_spans import paint_over, paint_under
from annotator.ui.textview.paint_text import paint_text
from annotator.ui.textview.placement import Placer
from annotator.ui.textview.print_legend import Legend, entries_of
from annotator.ui.textview.scene import Scene
from annotator.ui.textview.scene_builder import ViewState, build_scene
from annotator.ui.textview.style import PageStyle

SCREEN_DPI = 96
SIDE = 36
"""Pixels beside the column for the bars of quotes."""

TITLE_HEIGHT, FOOT_HEIGHT = 54, 28
TITLE_PIXELS, SMALL_PIXELS = 20, 11
LEGEND_GAP, LEGEND_TITLE = 20, 26
LEGEND = Wording(ckb="ڕوونکردنەوەی هێماکان", en="Legend")
_ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_Item = TypeVar("_Item")
RIGHT_TO_LEFT = frozenset({"ckb"})
"""Languages of the interface that are written from right to left."""


class Slice(NamedTuple):
    """The lines of one block that stand on one sheet: from `top` to `bottom` of the block."""

    block: int
    top: int
    bottom: int


class Sheets(NamedTuple):
    """What stands on each sheet, and whether the legend needs one of its own after them."""

    slices: tuple[tuple[Slice, ...], ...]
    has_legend_sheet: bool

    @property
    def total(self) -> int:
        """The number of sheets."""
        return len(self.slices) + self.has_legend_sheet


def print_document(
    device: QPagedPaintDevice,
    document: Document,
    segmentation: Segmentation,
    annotations: AnnotationSet,
    scheme: Scheme,
    *,
    language: str,
    style: PageStyle,
) -> int:
    """Print an article with all its annotations; the number of sheets.

    `device` is a `QPrinter` or a `QPdfWriter`, set up by the caller. Raises `UserError` when it
    cannot be painted on.
    """
    area = device.pageLayout().paintRect(QPageLayout.Unit.Inch)
    size = QRectF(0, 0, area.width() * SCREEN_DPI, area.height() * SCREEN_DPI)
    view = ViewState(0, 0)
    scene = build_scene(annotations, scheme, language=language, view=view)
    entries = entries_of(annotations.annotations(), scheme, language=language)
    is_rtl = language in RIGHT_TO_LEFT
    column = max(int(size.width()) - 2 * SIDE, 80)
    blocks = split_blocks(document.text, segmentation)
    layout = PageLayout(document.text, blocks, style, column)
    legend = Legend(entries, style, width=column, is_right_to_left=is_rtl)
    printer = _Printer(document, layout, with_lanes(scene), legend, style, language)
    painter = QPainter()
    if not painter.begin(device):
        raise UserError("page.not_printable", name=document.name)
    try:
        scale = device.logicalDpiX() / SCREEN_DPI
        painter.scale(scale, scale)
        return printer.print(painter, device, size)
    finally:
        painter.end()


def sheets_of(blocks: Iterable[LaidBlock], *, first: float, other: float, legend: float) -> Sheets:
    """Break lines into sheets; `first` and `other` are the heights for text, `legend` its own."""
    sheets: list[list[Slice]] = [[]]
    room = first
    for index, laid in enumerate(blocks):
        for box in laid.boxes:
            top = box.top if box.start > laid.block.start else 0
            height = box.bottom - top
            if height > room and sheets[-1]:
                sheets.append([])
                room, top = other, box.top
                height = box.bottom - top
            _append(sheets[-1], Slice(index, top, box.bottom))
            room -= height
    return Sheets(tuple(tuple(sheet) for sheet in sheets), legend > room)


def _append(sheet: list[Slice], line: Slice) -> None:
    if sheet and sheet[-1].block == line.block:
        sheet[-1] = Slice(line.block, sheet[-1].top, line.bottom)
    else:
        sheet.append(line)


class _Printer:
    """One article on its way to paper."""

    def __init__(
        self,
        document: Document,
        layout: PageLayout,
        scene: Scene,
        legend: Legend,
        style: PageStyle,
        language: str,
    ) -> None:
        self._document = document
        self._layout = layout
        self._legend = legend
        self._style = style
        self._language = language
        self._placer = Placer(style, layout.metrics)
        layout.set_demand(lane_demand(scene), None)
        self._scenes = scenes_by_block(scene, layout)

    def print(self, painter: QPainter, device: QPagedPaintDevice, size: QRectF) -> int:
        """Paint sheet after sheet."""
        room = size.height() - FOOT_HEIGHT
        tail = LEGEND_GAP + LEGEND_TITLE + self._legend.height if self._legend.placed else 0.0
        laid = (self._layout.laid(index) for index in range(len(self._layout.blocks)))
        sheets = sheets_of(laid, first=room - TITLE_HEIGHT, other=room, legend=tail)
        y = 0.0
        for number, slices in enumerate(sheets.slices, 1):
            if number > 1:
                device.newPage()
            y = self._paint_title(painter) if number == 1 else 0.0
            for part in slices:
                self._paint_slice(painter, part, y)
                y += part.bottom - part.top
            self._paint_foot(painter, size, number, sheets.total)
        if sheets.has_legend_sheet:
            device.newPage()
            y = 0.0
            self._paint_foot(painter, size, sheets.total, sheets.total)
        self._paint_legend(painter, y)
        return sheets.total

    def _paint_slice(self, painter: QPainter, part: Slice, y: float) -> None:
        laid = self._layout.laid(part.block)
        placement = self._placer.place(self._scenes[part.block], laid)
        height = part.bottom - part.top
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(QRectF(0, y, laid.width + 2 * SIDE, height))
        painter.translate(SIDE, y - part.top)
        paint_under(painter, placement, self._style)
        paint_text(painter, laid, self._style, QRectF(0, part.top, laid.width, height))
        paint_over(painter, placement, self._style, self._placer.font)
        painter.restore()

    def _paint_title(self, painter: QPainter) -> float:
        metadata = self._document.metadata
        details = " · ".join(p for p in (metadata.outlet, metadata.published) if p)
        self._write(painter, self._document.name, 0, TITLE_PIXELS)
        self._write(painter, details, TITLE_PIXELS + 10, SMALL_PIXELS)
        return TITLE_HEIGHT

    def _paint_foot(self, painter: QPainter, size: QRectF, number: int, count: int) -> None:
        text = f"{number} / {count}"
        if self._language in RIGHT_TO_LEFT:
            # In isolation, so that the number of the sheet stays before that of all.
            text = f"\u2067{text.translate(_ARABIC_DIGITS)}\u2069"
        rect = QRectF(SIDE, size.height() - 16, self._layout.width, 16)
        painter.setFont(self._font(SMALL_PIXELS))
        painter.setPen(QColor(self._style.ink))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_legend(self, painter: QPainter, y: float) -> None:
        if not self._legend.placed:
            return
        top = y + LEGEND_GAP
        self._write(painter, LEGEND.in_language(self._language), top, SMALL_PIXELS + 1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(SIDE, top + LEGEND_TITLE)
        self._legend.paint(painter)
        painter.restore()

    def _write(self, painter: QPainter, text: str, top: float, pixels: int) -> None:
        side = Qt.AlignmentFlag.AlignLeft
        if self._language in RIGHT_TO_LEFT:
            side = Qt.AlignmentFlag.AlignRight
        painter.setFont(self._font(pixels))
        painter.setPen(QColor(self._style.ink))
        rect = QRectF(SIDE, top, self._layout.width, pixels * 1.7)
        # Absolute, since the painter would turn "right" round for a right-to-left text.
        painter.drawText(rect, side | Qt.AlignmentFlag.AlignAbsolute, text)

    def _font(self, pixels: int) -> QFont:
        font = QFont(self._style.chip_family)
        font.setPixelSize(pixels)
        return font


def scenes_by_block(scene: Scene, layout: PageLayout) -> dict[int, Scene]:
    """For each block the items that stand in it, so that a long article is gone through once."""
    brackets = _sorted_in(layout, scene.brackets, lambda bracket: bracket.envelope)
    fills = _sorted_in(layout, scene.fills, lambda fill: fill.span)
    bars = _sorted_in(layout, scene.bars, lambda bar: bar.span)
    return {
        index: Scene(
            brackets=tuple(brackets.get(index, ())),
            fills=tuple(fills.get(index, ())),
            bars=tuple(bars.get(index, ())),
        )
        for index in range(len(layout.blocks))
    }


def _sorted_in(
    layout: PageLayout, items: Iterable[_Item], span_of: Callable[[_Item], Span]
) -> dict[int, list[_Item]]:
    found: dict[int, list[_Item]] = {}
    for item in items:
        span = span_of(item)
        last = layout.block_index_of(span.end - 1)
        for index in range(layout.block_index_of(span.start), last + 1):
            found.setdefault(index, []).append(item)
    return found

"""The legend under the page: key caps with what they do, wrapped over as many lines as needed."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from annotator.ui.editing.legend_entries import Legend, LegendEntry
from annotator.ui.legend_room import (
    ABOVE,
    BELOW,
    LINE_GAP,
    LINES,
    MOST_LINES,
    NARROWEST,
    height_of,
    line_height,
)
from annotator.ui.textview.rectangles import fill_rect
from annotator.ui.textview.style import legible_on
from annotator.ui.theme import Theme

_MARGIN = 12.0
_GAP = 14.0
_CAP_PADDING = 5.0
_CAP_GAP = 6.0
_NARROWEST = 40.0


class _Placed(Struct, frozen=True):
    """An entry with the place of its cap and its title, in widget pixels.

    `text` is the title as it is drawn: elided where it is wider than the whole bar.
    """

    entry: LegendEntry
    text: str
    cap: QRectF
    title: QRectF


class LegendBar(QWidget):
    """Paints a `Legend`. Always at least three lines high, so that the page does not jump.

    Once it has needed up to five lines, it keeps them as long as it is as wide: the page jumps at
    most twice, and no key press pays for laying the whole window out anew. `kept` is a height in
    pixels that it begins with.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, kept: float = 0.0) -> None:
        super().__init__(parent)
        self._theme = theme
        self._legend = Legend("", ())
        self._placed: list[_Placed] = []
        self._height = 0.0
        self._kept = kept
        self._measures: dict[LegendEntry, tuple[float, str, float]] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def legend(self) -> Legend:
        """What is shown."""
        return self._legend

    @property
    def kept(self) -> float:
        """The height that is kept, in pixels."""
        return self._kept

    @property
    def places(self) -> list[tuple[str, QRectF, QRectF]]:
        """Each title as drawn, with the places of its cap and of itself, in widget pixels."""
        return [(placed.text, placed.cap, placed.title) for placed in self._placed]

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        self.update()

    def show_legend(self, legend: Legend) -> None:
        """Show other keys."""
        if legend == self._legend:
            return
        self._legend = legend
        spoken = ", ".join(f"{entry.cap}: {entry.title}" for entry in legend.entries)
        self.setAccessibleName(legend.heading)
        self.setAccessibleDescription(spoken)
        before = set(self._rooms())
        self._place()
        self.update(0, 0, self.width(), round(self._line_height() + 2 * LINE_GAP))
        for _, room in before.symmetric_difference(self._rooms()):
            self.update(*room)

    def _rooms(self) -> Iterator[tuple[LegendEntry, tuple[int, int, int, int]]]:
        """Each entry with the pixels it takes."""
        for placed in self._placed:
            box = placed.cap.united(placed.title).adjusted(-2, -2, 2, 2).toAlignedRect()
            yield placed.entry, (box.x(), box.y(), box.width(), box.height())

    def sizeHint(self) -> QSize:
        """As high as the lines need, at least three of them."""
        return QSize(400, self._needed_height())

    def minimumSizeHint(self) -> QSize:
        """Narrow windows wrap the keys over more lines."""
        return QSize(NARROWEST, self._needed_height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._forget_measures()
            self._place()

    def changeEvent(self, event: QEvent) -> None:
        """Measure anew in another font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._forget_measures()
            self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the heading, then a cap and a title for each key."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            fill_rect(painter, QRectF(self.rect()), QColor(self._theme.panel))
            painter.setPen(QColor(self._theme.line))
            painter.drawLine(0, 0, self.width(), 0)
            self._paint_heading(painter)
            for placed in self._placed:
                if event.region().intersects(placed.cap.united(placed.title).toAlignedRect()):
                    self._paint_entry(painter, placed)

    def _paint_heading(self, painter: QPainter) -> None:
        painter.setFont(self._bold())
        painter.setPen(QColor(self._theme.faint))
        box = QRectF(_MARGIN, ABOVE, self.width() - 2 * _MARGIN, self._line_height())
        metrics = QFontMetricsF(self._bold())
        heading = _on_one_line(self._legend.heading)
        text = metrics.elidedText(heading, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, self._leading() | Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_entry(self, painter: QPainter, placed: _Placed) -> None:
        entry = placed.entry
        color = self._shade(entry.color) if entry.color else None
        pen = QPen(QColor(color or self._theme.cap_line), 1.6 if color else 1.0)
        painter.setPen(pen)
        painter.setBrush(QColor(self._theme.cap))
        painter.drawRoundedRect(placed.cap, 4.0, 4.0)
        painter.setFont(self.font())
        painter.setPen(QColor(self._theme.ink))
        painter.drawText(placed.cap, Qt.AlignmentFlag.AlignCenter, entry.cap)
        painter.setFont(self._bold() if entry.is_filled else self.font())
        painter.setPen(QColor(self._theme.ink))
        painter.drawText(placed.title, self._leading() | Qt.AlignmentFlag.AlignVCenter, placed.text)

    def _shade(self, color: str) -> str:
        """The data colour as the page shows it: far enough from the paper of the theme."""
        least = 7.0 if self._theme.name.startswith("high") else 3.0
        return legible_on(color, self._theme.cap, at_least=least)

    def _place(self) -> None:
        """Set caps and titles line by line, from the leading edge."""
        line = self._line_height()
        is_rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        x, y = _MARGIN, ABOVE + (line + LINE_GAP if self._legend.heading else 0.0)
        placed: list[_Placed] = []
        for entry in self._legend.entries:
            cap, text, title = self._measured(entry, line)
            if x + cap + _CAP_GAP + title > self.width() - _MARGIN and x > _MARGIN:
                x, y = _MARGIN, y + line + LINE_GAP
            placed.append(
                _Placed(
                    entry,
                    text,
                    self._mirrored(QRectF(x, y, cap, line), is_rtl=is_rtl),
                    self._mirrored(QRectF(x + cap + _CAP_GAP, y, title, line), is_rtl=is_rtl),
                )
            )
            x += cap + _CAP_GAP + title + _GAP
        self._placed = placed
        before, self._height = self._needed_height(), y + line + BELOW
        self._kept = max(self._kept, min(self._height, self._height_of(MOST_LINES)))
        if before != self._needed_height():
            self.updateGeometry()

    def _measured(self, entry: LegendEntry, line: float) -> tuple[float, str, float]:
        """The width of the cap, the title as far as there is room, and its width."""
        known = self._measures.get(entry)
        if known is None:
            plain = QFontMetricsF(self.font())
            metrics = QFontMetricsF(self._bold()) if entry.is_filled else plain
            cap = max(plain.horizontalAdvance(entry.cap) + 2 * _CAP_PADDING, line)
            room = max(self.width() - 2 * _MARGIN - cap - _CAP_GAP, _NARROWEST)
            text = metrics.elidedText(_titled(entry), Qt.TextElideMode.ElideRight, room - 4.0)
            known = cap, text, metrics.horizontalAdvance(text) + 4.0
            self._measures[entry] = known
        return known

    def _forget_measures(self) -> None:
        self._kept = 0.0
        self._measures.clear()

    def _mirrored(self, box: QRectF, *, is_rtl: bool) -> QRectF:
        if is_rtl:
            return QRectF(self.width() - box.right(), box.top(), box.width(), box.height())
        return box

    def _needed_height(self) -> int:
        return round(max(self._height_of(LINES), self._kept, self._height))

    def _height_of(self, lines: int) -> float:
        return height_of(lines, self.font())

    def _line_height(self) -> float:
        return line_height(self.font())

    def _bold(self) -> QFont:
        font = QFont(self.font())
        font.setBold(True)
        return font

    def _leading(self) -> Qt.AlignmentFlag:
        # AlignLeading follows the layout direction; AlignLeft alone would not.
        return Qt.AlignmentFlag.AlignLeading


def _titled(entry: LegendEntry) -> str:
    is_missing = entry.is_required and not entry.is_filled
    return _on_one_line(f"{entry.title} *" if is_missing else entry.title)


def _on_one_line(text: str) -> str:
    """A title may be a piece of the document, which may hold line breaks."""
    return " ".join(text.splitlines())

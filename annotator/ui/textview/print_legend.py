"""The legend under a printed article: what the signs on it mean."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from annotator.core.annotations import Annotation, Event, Mention, Quote
from annotator.core.scheme import Scheme
from annotator.ui.textview.style import PageStyle, legible_on, text_on

FONT_PIXELS = 12
ROW = 24
CHIP_HEIGHT = 15
PADDING = 5
GAP = 6
ENTRY_GAP = 22
BAR_WIDTH = 3


class Sign(Enum):
    """How an entry is shown: as the page shows what it stands for."""

    MENTION = "mention"
    EVENT = "event"
    QUOTE = "quote"


class Entry(NamedTuple):
    """A sign, the letters in it and what it means."""

    sign: Sign
    color: str
    chip: str
    name: str


class PlacedEntry(NamedTuple):
    """An entry with the place of its sign and of its name, from the corner of the legend."""

    entry: Entry
    sign: QRectF
    name: QRectF


def entries_of(
    annotations: Iterable[Annotation], scheme: Scheme, *, language: str
) -> tuple[Entry, ...]:
    """One entry for each label and type that occurs, in the order of the scheme."""
    labels: set[str] = set()
    types: set[str] = set()
    quotes: set[str] = set()
    for record in annotations:
        match record:
            case Mention():
                labels.add(record.label)
            case Event():
                types.add(record.type)
            case Quote():
                quotes.add(record.type.value)
    found = [
        Entry(Sign.MENTION, label.color, label.id, label.name.in_language(language))
        for label in scheme.labels
        if label.id in labels
    ]
    found.extend(
        Entry(Sign.EVENT, kind.color, kind.name.in_language(language), kind.id)
        for kind in scheme.event_types
        if kind.id in types
    )
    if quotes:
        names = [k.name.in_language(language) for k in scheme.quote_types if k.id in quotes]
        found.append(Entry(Sign.QUOTE, scheme.quote_color, "", " · ".join(names)))
    return tuple(found)


class Legend:
    """Entries in rows of a given width, from the side on which the language begins."""

    def __init__(
        self, entries: Iterable[Entry], style: PageStyle, *, width: float, is_right_to_left: bool
    ) -> None:
        self._style = style
        self._font = QFont(style.chip_family)
        self._font.setPixelSize(FONT_PIXELS)
        self._measures = QFontMetricsF(self._font)
        self.placed = tuple(self._place(entries, width, is_rtl=is_right_to_left))

    @property
    def height(self) -> float:
        """The height of all rows."""
        return max((placed.name.bottom() for placed in self.placed), default=0.0)

    def paint(self, painter: QPainter) -> None:
        """Draw the rows from the origin of the painter."""
        painter.setFont(self._font)
        for placed in self.placed:
            self._paint_sign(painter, placed)
            painter.setPen(QColor(self._style.ink))
            painter.drawText(placed.name, Qt.AlignmentFlag.AlignCenter, placed.entry.name)

    def _place(self, entries: Iterable[Entry], width: float, *, is_rtl: bool) -> list[PlacedEntry]:
        placed = []
        x, row = 0.0, 0
        for entry in entries:
            sign = self._sign_width(entry)
            name = min(self._measures.horizontalAdvance(entry.name) + 2, width - sign - GAP)
            if x > 0 and x + sign + GAP + name > width:
                x, row = 0.0, row + 1
            top = row * ROW
            sign_rect = QRectF(x, top + (ROW - CHIP_HEIGHT) / 2, sign, CHIP_HEIGHT)
            name_rect = QRectF(x + sign + GAP, top, name, ROW)
            if is_rtl:
                sign_rect.moveRight(width - x)
                name_rect.moveRight(width - x - sign - GAP)
            placed.append(PlacedEntry(entry, sign_rect, name_rect))
            x += sign + GAP + name + ENTRY_GAP
        return placed

    def _sign_width(self, entry: Entry) -> float:
        if entry.sign is Sign.QUOTE:
            return BAR_WIDTH
        return self._measures.horizontalAdvance(entry.chip) + 2 * PADDING

    def _paint_sign(self, painter: QPainter, placed: PlacedEntry) -> None:
        entry, paper = placed.entry, self._style.paper
        shade = legible_on(entry.color, paper, at_least=self._style.least_contrast)
        is_event = entry.sign is Sign.EVENT
        painter.setPen(QPen(QColor(shade), 1) if is_event else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(paper if is_event else shade))
        radius = CHIP_HEIGHT / 2 if is_event else 2.0
        painter.drawRoundedRect(placed.sign, radius, radius)
        ink = legible_on(shade, paper, at_least=4.5) if is_event else text_on(shade)
        painter.setPen(QColor(ink))
        painter.drawText(placed.sign, Qt.AlignmentFlag.AlignCenter, entry.chip)

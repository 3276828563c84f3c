"""The frame of a window: the page in the middle, and room for what comes around it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from annotator.ui.window_state import LINE_MARGIN

LEADING, TRAILING = 0, 2
_NARROWEST: Final = {LEADING: 150, TRAILING: 200}
"""Pixels that the columns beside the page have at least."""


class WindowFrame(QWidget):
    """Three `columns`, of which the page is the middle one, over a line.

    The columns beside it and the line are kept free, as large as what is put there later.
    """

    def __init__(self, page: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self.columns = QSplitter(Qt.Orientation.Horizontal, self)
        self.columns.addWidget(self._room(LEADING))
        self.columns.addWidget(page)
        self.columns.addWidget(self._room(TRAILING))
        self.columns.setStretchFactor(1, 1)
        self.columns.setSizes([230, 760, 290])
        self.columns.setHandleWidth(1)
        self.columns.setChildrenCollapsible(False)
        below = QWidget(self)
        below.setFixedHeight(self.fontMetrics().height() + 1 + 2 * LINE_MARGIN)
        self._below = _column(below)
        layout = _column(self)
        layout.addWidget(self.columns, 1)
        layout.addWidget(below)

    def furnish(self, leading: QWidget, trailing: QWidget, line: QWidget) -> None:
        """Put what is around the page into the room that was kept for it."""
        for place, part in ((LEADING, leading), (TRAILING, trailing)):
            part.setMinimumWidth(_NARROWEST[place])
            room = self.columns.replaceWidget(place, part)
            if room is not None:
                room.deleteLater()
        self._below.addWidget(line)

    def _room(self, place: int) -> QWidget:
        room = QWidget(self)
        room.setObjectName("panel")
        room.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        room.setMinimumWidth(_NARROWEST[place])
        return room


def _column(widget: QWidget) -> QVBoxLayout:
    layout = QVBoxLayout(widget)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    return layout

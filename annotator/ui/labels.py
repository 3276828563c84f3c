"""Labels that show data: always plain text, always aligned to the leading edge of the interface."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from annotator.foundation import catalogue
from annotator.foundation.markup import escaped

OVERHANG = 4
"""Pixels by which the last letter of a line may stand over its width: swashes of final letters."""


def plain_label(parent: QWidget, text: str = "", *, name: str = "") -> QLabel:
    """A label for plain text; `name` is the object name by which the style sheet finds it.

    QLabel aligns by the direction of its text, so that a Latin id would stick to the wrong side
    of a Sorani window; the alignment is therefore absolute.
    """
    label = QLabel(text, parent)
    make_plain(label, name)
    return label


class ElidedLabel(QLabel):
    """One line of plain text that ends in … where room is short; its tooltip then says all of it.

    However long the text is, it never makes the window wider.
    """

    def __init__(self, parent: QWidget, *, name: str = "") -> None:
        super().__init__(parent)
        make_plain(self, name)
        self.setMinimumWidth(1)

    @property
    def shown(self) -> str:
        """What there is room for."""
        line = " ".join(self.text().split("\n"))
        room = self.contentsRect().width()
        return self.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, room)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what there is room for."""
        shown = self.shown
        self.setToolTip(plain_tooltip(self.text()) if shown != self.text() else "")
        with QPainter(self) as painter:
            painter.setFont(self.font())
            painter.setPen(self.palette().color(self.foregroundRole()))
            painter.drawText(self.contentsRect(), self.alignment().value, shown)


def isolated(text: str) -> str:
    """A text of unknown direction for a place where the direction is that of the language."""
    return catalogue.isolated(text) if text else text


def plain_tooltip(text: str) -> str:
    """The text as a tooltip that Qt does not take for markup."""
    return f"<qt>{escaped(text)}</qt>" if text else ""


def leading_edge() -> Qt.AlignmentFlag:
    """Right in a right-to-left interface, left otherwise, whatever the text is."""
    is_rtl = QApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
    side = Qt.AlignmentFlag.AlignRight if is_rtl else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignAbsolute


def wrap(label: QLabel) -> None:
    """Let a label take several lines, with room for letters that reach over their line's end."""
    label.setWordWrap(True)
    label.setContentsMargins(OVERHANG, 0, OVERHANG, 0)


def make_plain(label: QLabel, name: str = "") -> None:
    """Let a label take its text for plain text and keep to the leading edge."""
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setObjectName(name)
    label.setAlignment(leading_edge() | Qt.AlignmentFlag.AlignVCenter)

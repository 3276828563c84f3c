"""Labels that show data: always plain text, always aligned to the leading edge of the interface."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget


def plain_label(parent: QWidget, text: str = "", *, name: str = "") -> QLabel:
    """A label for plain text; `name` is the object name by which the style sheet finds it.

    QLabel aligns by the direction of its text, so that a Latin id would stick to the wrong side
    of a Sorani window; the alignment is therefore absolute.
    """
    label = QLabel(text, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setObjectName(name)
    label.setAlignment(leading_edge() | Qt.AlignmentFlag.AlignVCenter)
    return label


def leading_edge() -> Qt.AlignmentFlag:
    """Right in a right-to-left interface, left otherwise, whatever the text is."""
    is_rtl = QApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
    side = Qt.AlignmentFlag.AlignRight if is_rtl else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignAbsolute

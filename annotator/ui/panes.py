"""Going round the parts of the window by keyboard: page, inspector, list, and what joins them."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


class Panes:
    """The parts in the order in which the keys go through them; the page is the first.

    A part that is hidden, or in which nothing takes keys, is passed over. Coming back to a part
    leads to the control that was left there.
    """

    def __init__(self, *parts: QWidget) -> None:
        self._parts = list(parts)
        self._left: dict[QWidget, QWidget] = {}

    def add(self, part: QWidget) -> None:
        """Let another part join, after all others."""
        self._parts.append(part)

    def go(self, step: int) -> None:
        """Give the keys to the next part (1) or to the one before (-1), going round."""
        focused = QApplication.focusWidget() or self._parts[0].window().focusWidget()
        present = self._part_of(focused)
        if present is not None and focused is not None:
            self._left[present] = focused
        index = self._parts.index(present) if present is not None else 0
        for distance in range(1, len(self._parts) + 1):
            part = self._parts[(index + step * distance) % len(self._parts)]
            target = self._target(part)
            if target is not None:
                target.setFocus(
                    Qt.FocusReason.TabFocusReason if step > 0 else Qt.FocusReason.BacktabFocusReason
                )
                return

    def _part_of(self, widget: QWidget | None) -> QWidget | None:
        if widget is None:
            return None
        return next((p for p in self._parts if p is widget or p.isAncestorOf(widget)), None)

    def _target(self, part: QWidget) -> QWidget | None:
        """The control that was left here, if it is still there, else the first that takes keys."""
        if not part.isVisible():
            return None
        controls = [widget for widget in _controls(part) if _takes_keys(widget)]
        left = self._left.get(part)
        if left in controls:
            return left
        inner = [each for each in controls if each is not part]
        return next(iter((*inner, *controls)), None)


def chain(*parts: QWidget) -> None:
    """Let the key Tab go through these parts in order, and in each through what was made first."""
    controls = [
        widget
        for part in parts
        for widget in (part, *part.findChildren(QWidget))
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    for first, second in pairwise(controls):
        QWidget.setTabOrder(first, second)


def _controls(part: QWidget) -> list[QWidget]:
    """The part and what is in it, from above, and in a line as it is read.

    `nextInFocusChain` is not asked: Qt for Python takes what it answers for a child of whom was
    asked, and lets go of it, and of all that is in it, with that one.
    """
    is_rtl = part.layoutDirection() is Qt.LayoutDirection.RightToLeft

    def place(widget: QWidget) -> tuple[int, int]:
        corner = widget.mapTo(part, widget.rect().topRight() if is_rtl else widget.rect().topLeft())
        return corner.y(), -corner.x() if is_rtl else corner.x()

    return [part, *sorted(part.findChildren(QWidget), key=place)]


def _takes_keys(widget: QWidget) -> bool:
    return (
        widget.isVisible()
        and widget.isEnabled()
        and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    )

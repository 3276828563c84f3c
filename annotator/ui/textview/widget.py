"""The page: the paper with keys and mouse.

It decides nothing. Keys go to the callable it was given, mouse presses leave it as offsets, and
what is selected or marked comes back as a new `Scene`.
"""

from __future__ import annotations

import html
from collections.abc import Callable

from PySide6.QtCore import QBasicTimer, QEvent, QPointF, Qt, QTimerEvent, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from annotator.ui.textview.paper import Paper
from annotator.ui.textview.style import LIGHT, PageStyle

WHEEL_NOTCH = 120
BREAK = "\n"
DRAG_SCROLL_MS = 30


class Page(Paper):
    """Shows one document at a time.

    `on_key` receives every `ShortcutOverride` and every `KeyPress` as it came and tells whether it
    wants (or has handled) it; on a `ShortcutOverride` it must only answer.
    """

    pressed_at = Signal(int, object, int)
    """Mouse pressed on text: offset, modifiers, click count (1 to 3)."""
    dragged_to = Signal(int, object)
    """Mouse moved with the button down: offset, modifiers."""
    released = Signal()
    annotation_clicked = Signal(str)
    """A chip, stroke or bar was pressed: the annotation's id."""
    zoom_requested = Signal(int)
    """Ctrl and wheel: +1 for larger, -1 for smaller, per notch."""

    def __init__(
        self,
        on_key: Callable[[QKeyEvent], bool],
        *,
        style: PageStyle = LIGHT,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(style=style, parent=parent)
        self._on_key = on_key
        self._is_dragging = False
        self._last_double: tuple[int, QPointF] | None = None
        self._pointer = QPointF()
        self._notches = 0
        self._drag_timer = QBasicTimer()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.viewport().setMouseTracking(True)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)

    def event(self, event: QEvent) -> bool:
        """A key the editor wants must reach it before any shortcut of the window."""
        is_override = event.type() == QEvent.Type.ShortcutOverride
        if is_override and isinstance(event, QKeyEvent) and self._on_key(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Every key goes to the editor; what it leaves is the window's."""
        event.setAccepted(self._on_key(event))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The caret is drawn strongly while keys come here."""
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The caret is drawn faintly while keys go elsewhere."""
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """An annotation's handle, or a place in the text."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        hit = self.canvas.hit(event.position())
        if hit.handle is not None:
            self.annotation_clicked.emit(hit.handle)
            return
        self._is_dragging = True
        self.forget_column()
        self.pressed_at.emit(hit.offset, event.modifiers(), 3 if self._is_third(event) else 1)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The second press of a double click; a third one soon after counts three."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._is_dragging = True
            self._last_double = (event.timestamp(), event.position())
            hit = self.canvas.hit(event.position())
            self.pressed_at.emit(hit.offset, event.modifiers(), 2)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag a selection, or show what the pointer is over."""
        self._pointer = event.position()
        if self._is_dragging:
            self._drag(event.modifiers())
            return
        is_handle = self.canvas.hit(event.position()).handle is not None
        shape = Qt.CursorShape.PointingHandCursor if is_handle else Qt.CursorShape.IBeamCursor
        self.viewport().setCursor(shape)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The end of a drag."""
        if event.button() == Qt.MouseButton.LeftButton and self._is_dragging:
            self._is_dragging = False
            self._drag_timer.stop()
            self.released.emit()

    def timerEvent(self, event: QTimerEvent) -> None:
        """Scroll on while a drag is held beyond the edge."""
        if event.timerId() == self._drag_timer.timerId():
            y, height = self._pointer.y(), self.viewport().height()
            self.canvas.scroller.move_by((y if y < 0 else y - height) / 3)
            self._refresh()
            self._drag(QGuiApplication.keyboardModifiers())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll, or ask for another size with Ctrl."""
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        self._notches += event.angleDelta().y()
        steps = int(self._notches / WHEEL_NOTCH)
        if steps:
            self._notches -= steps * WHEEL_NOTCH
            self.zoom_requested.emit(steps)
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        """Tell in full what a chip says; never as rich text."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            tooltip = self.canvas.hit(QPointF(event.pos())).tooltip
            shown = f"<qt>{html.escape(tooltip).replace(BREAK, '<br>')}</qt>" if tooltip else ""
            QToolTip.showText(event.globalPos(), shown, self.viewport())
            return True
        return super().viewportEvent(event)

    def _drag(self, modifiers: Qt.KeyboardModifier) -> None:
        hit = self.canvas.geometry.offset_at(self.canvas.page_point(self._pointer))
        self.dragged_to.emit(hit, modifiers)
        if 0 <= self._pointer.y() <= self.viewport().height():
            self._drag_timer.stop()
        elif not self._drag_timer.isActive():
            self._drag_timer.start(DRAG_SCROLL_MS, self)

    def _is_third(self, event: QMouseEvent) -> bool:
        if self._last_double is None:
            return False
        (at, place), self._last_double = self._last_double, None
        hints = QGuiApplication.styleHints()
        is_soon = event.timestamp() - at <= hints.mouseDoubleClickInterval()
        is_near = (event.position() - place).manhattanLength() <= hints.startDragDistance()
        return is_soon and is_near

"""The page: the paper with keys and mouse.

It decides nothing. Keys go to the callable it was given, mouse presses leave it as offsets, and
what is selected or marked comes back as a new `Scene`.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QBasicTimer, QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QHelpEvent, QKeyEvent
from PySide6.QtWidgets import QToolTip, QWidget

from annotator.foundation.markup import escaped
from annotator.ui.textview.paper import Paper
from annotator.ui.textview.style import LIGHT, PageStyle

if TYPE_CHECKING:  # whatever Python imports of Qt is made then, and no start needs a mouse
    from PySide6.QtCore import QTimerEvent
    from PySide6.QtGui import QFocusEvent, QMouseEvent, QWheelEvent

    from annotator.ui.textview.edges import Edge
    from annotator.ui.textview.hit import Hit

WHEEL_NOTCH = 120
BREAK = "\n"
DRAG_SCROLL_MS = 30


class Grip(Enum):
    """What the pressed mouse holds."""

    NONE = "none"
    TEXT = "text"
    EDGE = "edge"


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
    clicked = Signal(object)
    """A single press on text ended where it began, without modifiers: the `Hit`."""
    annotation_clicked = Signal(str)
    """A chip, stroke or bar was pressed: the annotation's id."""
    edge_dragged = Signal(object, int, object)
    """The edge of an annotation is being dragged: the `Edge`, offset, modifiers."""
    edge_released = Signal()
    """The drag of the edge is over."""
    menu_opening = Signal(object)
    """A context menu is about to be asked for at this `Hit`; not told for the keyboard's."""
    context_menu_requested = Signal(QPoint, int)
    """A context menu is wanted: the place on the screen, and the offset it is about."""
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
        self._grip = Grip.NONE
        self._still: tuple[Hit, QPointF] | None = None
        self._edge: Edge | None = None
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

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: N802 - overrides Qt
        """Tab belongs to the editor; F6 leads out of the page."""
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Every key goes to the editor; what it leaves is the window's."""
        is_handled = self._on_key(event)
        if not is_handled and _asks_for_menu(event):
            self._ask_at_caret()
            is_handled = True
        event.setAccepted(is_handled)

    @property
    def is_pressed(self) -> bool:
        """Whether the mouse holds something of the page."""
        return self._grip is not Grip.NONE

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The caret is drawn strongly while keys come here."""
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The caret is drawn faintly while keys go elsewhere."""
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """An edge to drag, an annotation's handle, or a place in the text."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        hit = self.canvas.hit(event.position())
        clicks = 3 if self._is_third(event) else 1
        extends = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if hit.edge is not None and clicks == 1 and not extends:
            self._grip, self._still = Grip.EDGE, (hit, event.position())
        else:
            self._begin(hit, event, clicks)

    def _begin(self, hit: Hit, event: QMouseEvent, clicks: int) -> None:
        if hit.handle is not None:
            self._grip = Grip.NONE
            self.annotation_clicked.emit(hit.handle)
            return
        is_plain = clicks == 1 and event.modifiers() == Qt.KeyboardModifier.NoModifier
        self._grip, self._still = Grip.TEXT, (hit, event.position()) if is_plain else None
        self.forget_column()
        self.pressed_at.emit(hit.offset, event.modifiers(), clicks)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The second press of a double click; a third one soon after counts three."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._grip, self._still = Grip.TEXT, None
            self._last_double = (event.timestamp(), event.position())
            hit = self.canvas.hit(event.position())
            self.pressed_at.emit(hit.offset, event.modifiers(), 2)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag a selection or an edge, or show what the pointer is over."""
        self._pointer = event.position()
        if self._grip is Grip.NONE:
            self.viewport().setCursor(_shape_over(self.canvas.hit(event.position())))
            return
        if self._grip is Grip.TEXT or not self._is_still():
            self._drag(event.modifiers())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The end of a drag, or of a click."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if self._grip is Grip.EDGE and self._still is not None:
            self._begin(self._still[0], event, 1)
        grip, still = self._grip, self._still
        self.let_go()
        if grip is Grip.EDGE:
            self.edge_released.emit()
        elif grip is Grip.TEXT:
            self.released.emit()
            if still is not None:
                self.clicked.emit(still[0])

    def let_go(self) -> None:
        """Forget the drag that is going on; nothing more is told of it."""
        self._grip, self._still = Grip.NONE, None
        self._drag_timer.stop()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for a menu about what is under the pointer, or at the caret for the keyboard."""
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            hit = self.canvas.hit(QPointF(event.pos()))
            self.menu_opening.emit(hit)
            self.context_menu_requested.emit(event.globalPos(), hit.offset)
        else:
            self._ask_at_caret()
        event.accept()

    def _ask_at_caret(self) -> None:
        caret = self.canvas.scene.caret or 0
        below = self.caret_rect(caret).bottomLeft().toPoint()
        self.context_menu_requested.emit(self.viewport().mapToGlobal(below), caret)

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
            shown = f"<qt>{escaped(tooltip).replace(BREAK, '<br>')}</qt>" if tooltip else ""
            QToolTip.showText(event.globalPos(), shown, self.viewport())
            return True
        return super().viewportEvent(event)

    def _drag(self, modifiers: Qt.KeyboardModifier) -> None:
        offset = self.canvas.geometry.offset_at(self.canvas.page_point(self._pointer))
        if self._still is not None and offset != self._still[0].offset:
            self._still = None
        if self._grip is Grip.TEXT:
            self.dragged_to.emit(offset, modifiers)
        else:
            self.edge_dragged.emit(self._edge, offset, modifiers)
        if 0 <= self._pointer.y() <= self.viewport().height():
            self._drag_timer.stop()
        elif not self._drag_timer.isActive():
            self._drag_timer.start(DRAG_SCROLL_MS, self)

    def _is_still(self) -> bool:
        """Whether the pointer is where it was pressed, but for the trembling of a hand."""
        if self._still is None:
            return False
        hit, place = self._still
        reach = QGuiApplication.styleHints().startDragDistance()
        if (self._pointer - place).manhattanLength() < reach:
            return True
        self._edge, self._still = hit.edge, None
        return False

    def _is_third(self, event: QMouseEvent) -> bool:
        if self._last_double is None:
            return False
        (at, place), self._last_double = self._last_double, None
        hints = QGuiApplication.styleHints()
        is_soon = event.timestamp() - at <= hints.mouseDoubleClickInterval()
        is_near = (event.position() - place).manhattanLength() <= hints.startDragDistance()
        return is_soon and is_near


def _shape_over(hit: Hit) -> Qt.CursorShape:
    if hit.edge is not None:
        return Qt.CursorShape.SizeHorCursor
    is_handle = hit.handle is not None
    return Qt.CursorShape.PointingHandCursor if is_handle else Qt.CursorShape.IBeamCursor


def _asks_for_menu(event: QKeyEvent) -> bool:
    """Shift+F10, where the platform does not make a context menu event of it, as Windows does."""
    is_ours = QGuiApplication.platformName() not in ("windows", "cocoa")
    is_shift = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
    return is_ours and is_shift and event.key() == Qt.Key.Key_F10

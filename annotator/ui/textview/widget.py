"""The page: a scroll area that shows a document with a scene and answers questions about places.

It decides nothing. Keys go to the callable it was given, mouse presses leave it as offsets, and
what is selected or marked comes back as a new `Scene`.
"""

from __future__ import annotations

import html
from collections.abc import Callable

from PySide6.QtCore import QBasicTimer, QEvent, QPointF, QRectF, Qt, QTimerEvent, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from annotator.core.document import Document, Segmentation
from annotator.core.span import Span
from annotator.ui.textview.blocks import Block, split_blocks
from annotator.ui.textview.canvas import Canvas
from annotator.ui.textview.geometry import Geometry
from annotator.ui.textview.scene import Scene
from annotator.ui.textview.style import LIGHT, PageStyle

WHEEL_NOTCH = 120
DRAG_SCROLL_MS = 30


class Page(QAbstractScrollArea):
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
    scrolled = Signal()
    """`visible_span` is another one now."""
    zoom_requested = Signal(int)
    """Ctrl and wheel: +1 for larger, -1 for smaller, per notch."""

    def __init__(
        self,
        on_key: Callable[[QKeyEvent], bool],
        *,
        style: PageStyle = LIGHT,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._on_key = on_key
        self._style = style
        self._canvas = self._new_canvas("", (Block(0, 0),))
        self._seen: Span | None = None
        self._goal: tuple[int, float] | None = None
        self._is_dragging = False
        self._last_double: tuple[int, QPointF] | None = None
        self._pointer = QPointF()
        self._notches = 0
        self._drag_timer = QBasicTimer()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setMouseTracking(True)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def show_document(self, document: Document, segmentation: Segmentation) -> None:
        """Show another document from its beginning, without any scene."""
        self._canvas = self._new_canvas(document.text, split_blocks(document.text, segmentation))
        self._goal = None
        self._seen = None
        self.setAccessibleDescription(document.name)
        self._refresh()

    def show_scene(self, scene: Scene) -> None:
        """Show other annotations, selection and caret; draws anew only what has changed."""
        dirty = self._canvas.show(scene)
        if dirty is None:
            self._refresh()
            return
        for rect in dirty:
            self.viewport().update(rect.toAlignedRect())

    def set_style(self, style: PageStyle) -> None:
        """Change fonts, sizes or colours; the line at the upper edge stays there."""
        self._style = style
        self._fit()

    @property
    def page_style(self) -> PageStyle:
        """The fonts, sizes and colours in use."""
        return self._style

    @property
    def text(self) -> str:
        """The text that is shown, as it is in the document."""
        return self._canvas.text

    @property
    def geometry_of_text(self) -> Geometry:
        """Where the text lies, in page coordinates."""
        return self._canvas.geometry

    @property
    def canvas(self) -> Canvas:
        """What is painted; replaced whenever another document is shown."""
        return self._canvas

    def visible_span(self) -> Span:
        """From the first to the last line that can be seen; at least one code point."""
        return self._canvas.visible_span()

    def ensure_visible(self, span: Span) -> None:
        """Scroll as little as needed to show `span`."""
        if self._canvas.ensure_visible(span):
            self._refresh()

    def caret_rect(self, offset: int) -> QRectF:
        """Where a caret at `offset` stands, in pixels of the viewport."""
        return self._canvas.window_rect(self._canvas.geometry.caret_rect(offset))

    def letter_left(self, offset: int) -> int:
        """One letter to the left, as the eye sees it."""
        return self._canvas.geometry.letter_left(offset)

    def letter_right(self, offset: int) -> int:
        """One letter to the right, as the eye sees it."""
        return self._canvas.geometry.letter_right(offset)

    def line_start(self, offset: int) -> int:
        """The first place on the line."""
        return self._canvas.geometry.line_start(offset)

    def line_end(self, offset: int) -> int:
        """The last place on the line."""
        return self._canvas.geometry.line_end(offset)

    def line_above(self, offset: int) -> int:
        """The place above; repeated moves keep to the column they began in."""
        return self._vertically(offset, lines=-1)

    def line_below(self, offset: int) -> int:
        """The place below; repeated moves keep to the column they began in."""
        return self._vertically(offset, lines=1)

    def page_above(self, offset: int) -> int:
        """The place one window higher, less a line; keeps to the column."""
        return self._vertically(offset, lines=-self._lines_per_page())

    def page_below(self, offset: int) -> int:
        """The place one window lower, less a line; keeps to the column."""
        return self._vertically(offset, lines=self._lines_per_page())

    def _vertically(self, offset: int, *, lines: int) -> int:
        geometry = self._canvas.geometry
        if self._goal is None or self._goal[0] != offset:
            self._goal = (offset, geometry.caret_rect(offset).x())
        x = self._goal[1]
        move = geometry.line_above if lines < 0 else geometry.line_below
        for _ in range(abs(lines)):
            offset = move(offset, x=x)
        self._goal = (offset, x)
        return offset

    def _lines_per_page(self) -> int:
        return max(self.viewport().height() // self._canvas.layout.metrics.pitch - 1, 1)

    def _new_canvas(self, text: str, blocks: tuple[Block, ...]) -> Canvas:
        size = self.viewport().size()
        return Canvas(text, blocks, self._style, width=size.width(), height=size.height())

    def _fit(self) -> None:
        size = self.viewport().size()
        self._canvas.resize(self._style, width=size.width(), height=size.height())
        self._refresh()

    def _refresh(self) -> None:
        """Bring the scroll bar in line with the window and draw everything anew."""
        self._canvas.scroller.visible()
        bar, scroller = self.verticalScrollBar(), self._canvas.scroller
        bar.blockSignals(True)
        bar.setPageStep(max(self.viewport().height(), 1))
        bar.setSingleStep(max(self._canvas.layout.metrics.pitch // 2, 1))
        bar.setRange(0, scroller.maximum)
        bar.setValue(scroller.value)
        bar.blockSignals(False)
        self.viewport().update()
        span = self._canvas.visible_span()
        if span != self._seen:
            self._seen = span
            self.scrolled.emit()

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: N802
        """The scroll bar was moved."""
        bar, scroller = self.verticalScrollBar(), self._canvas.scroller
        wanted = bar.value() - scroller.value
        if bar.value() >= bar.maximum():
            scroller.move_to_end()
        elif abs(wanted) <= 3 * max(self.viewport().height(), 1):
            scroller.move_by(wanted)
        else:
            scroller.move_to(bar.value() - scroller.margin)
        self._refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The column follows the width of the window."""
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the part that needs it."""
        painter = QPainter(self.viewport())
        painter.setClipRegion(event.region())
        self._canvas.paint(painter, QRectF(event.rect()), has_focus=self.hasFocus())

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
            event.ignore()
            return
        hit = self._canvas.hit(event.position())
        if hit.handle is not None:
            self.annotation_clicked.emit(hit.handle)
            return
        self._is_dragging = True
        self._goal = None
        self.pressed_at.emit(hit.offset, event.modifiers(), 3 if self._is_third(event) else 1)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The second press of a double click; a third one soon after counts three."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._is_dragging = True
            self._last_double = (event.timestamp(), event.position())
            hit = self._canvas.hit(event.position())
            self.pressed_at.emit(hit.offset, event.modifiers(), 2)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag a selection, or show what the pointer is over."""
        self._pointer = event.position()
        if self._is_dragging:
            self._drag(event.modifiers())
            return
        is_handle = self._canvas.hit(event.position()).handle is not None
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
            self._canvas.scroller.move_by((y if y < 0 else y - height) / 3)
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
            tooltip = self._canvas.hit(QPointF(event.pos())).tooltip
            shown = f"<qt>{html.escape(tooltip)}</qt>" if tooltip else ""
            QToolTip.showText(event.globalPos(), shown, self.viewport())
            return True
        return super().viewportEvent(event)

    def _drag(self, modifiers: Qt.KeyboardModifier) -> None:
        hit = self._canvas.geometry.offset_at(self._canvas.page_point(self._pointer))
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

"""The paper: a scroll area that shows a document with a scene and tells where things are.

It takes no input but the scroll bar's; `widget` adds keys and mouse.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from annotator.core.document import Document, Segmentation
from annotator.core.span import Span
from annotator.ui.textview.blocks import Blocks, split_blocks
from annotator.ui.textview.canvas import Canvas
from annotator.ui.textview.scene import Scene
from annotator.ui.textview.scrolling import Mark
from annotator.ui.textview.style import LIGHT, PageStyle


class Paper(QAbstractScrollArea):
    """Shows one document at a time; `canvas` is replaced with it."""

    scrolled = Signal()
    """`visible_span` is another one now."""
    scene_shown = Signal()
    """The canvas has another scene now."""

    def __init__(self, *, style: PageStyle = LIGHT, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # To ask for a viewport that Qt has made loads every kind of widget there is.
        self.setViewport(QWidget(self))
        self._style = style
        self._shows_code_points = False
        self.canvas = self._new_canvas("", Blocks("", [0], [0], {}))
        self._seen: Span | None = None
        self._goal: tuple[int, float] | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Always there, so that the column never shifts when a document grows past the window.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def show_document(self, document: Document, segmentation: Segmentation) -> None:
        """Show another document from its beginning, without any scene."""
        self.canvas = self._new_canvas(document.text, split_blocks(document.text, segmentation))
        self._goal = None
        self._seen = None
        self.setAccessibleDescription(document.name)
        self._refresh()

    def show_scene(self, scene: Scene) -> None:
        """Show other annotations, selection and caret; draws anew only what has changed."""
        dirty = self.canvas.show(scene)
        self.scene_shown.emit()
        if dirty is None:
            self._refresh()
            return
        for rect in dirty:
            self.viewport().update(rect.toAlignedRect())

    def set_style(self, style: PageStyle) -> None:
        """Change fonts, sizes or colours; the line at the upper edge stays there."""
        self._style = style
        self._fit()

    def set_code_points(self, shows: bool) -> None:
        """Mark invisible and look-alike characters, or stop; neither text nor layout changes."""
        self._shows_code_points = shows
        self.canvas.shows_code_points = shows
        self.viewport().update()

    @property
    def shows_code_points(self) -> bool:
        """Whether invisible and look-alike characters are marked."""
        return self._shows_code_points

    @property
    def page_style(self) -> PageStyle:
        """The fonts, sizes and colours in use."""
        return self._style

    @property
    def text(self) -> str:
        """The text that is shown, as it is in the document."""
        return self.canvas.text

    def visible_span(self) -> Span:
        """From the first to the last line that can be seen; at least one code point."""
        return self.canvas.visible_span()

    def ensure_visible(self, span: Span) -> None:
        """Scroll as little as needed to show `span`."""
        if self.canvas.ensure_visible(span):
            self._refresh()

    def mark(self) -> Mark:
        """What stands at the upper edge, for a page of the same document to `return_to`."""
        return self.canvas.scroller.mark()

    def return_to(self, mark: Mark) -> None:
        """Scroll to where the line of `mark` stands at the upper edge as it did."""
        self.canvas.scroller.return_to(mark)
        self._refresh()

    def caret_rect(self, offset: int) -> QRectF:
        """Where a caret at `offset` stands, in pixels of the viewport."""
        return self.canvas.window_rect(self.canvas.geometry.caret_rect(offset))

    def letter_left(self, offset: int) -> int:
        """One letter to the left, as the eye sees it."""
        return self.canvas.geometry.letter_left(offset)

    def letter_right(self, offset: int) -> int:
        """One letter to the right, as the eye sees it."""
        return self.canvas.geometry.letter_right(offset)

    def line_start(self, offset: int) -> int:
        """The first place on the line."""
        return self.canvas.geometry.line_start(offset)

    def line_end(self, offset: int) -> int:
        """The last place on the line."""
        return self.canvas.geometry.line_end(offset)

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

    def forget_column(self) -> None:
        """The next move up or down begins at its own column."""
        self._goal = None

    def _vertically(self, offset: int, *, lines: int) -> int:
        geometry = self.canvas.geometry
        if self._goal is None or self._goal[0] != offset:
            self._goal = (offset, geometry.caret_rect(offset).x())
        x = self._goal[1]
        move = geometry.line_above if lines < 0 else geometry.line_below
        for _ in range(abs(lines)):
            offset = move(offset, x=x)
        self._goal = (offset, x)
        return offset

    def _lines_per_page(self) -> int:
        return max(self.viewport().height() // self.canvas.layout.metrics.pitch - 1, 1)

    def _new_canvas(self, text: str, blocks: Blocks) -> Canvas:
        size = self.viewport().size()
        canvas = Canvas(text, blocks, self._style, width=size.width(), height=size.height())
        canvas.shows_code_points = self._shows_code_points
        return canvas

    def _fit(self) -> None:
        size = self.viewport().size()
        self.canvas.resize(self._style, width=size.width(), height=size.height())
        self._refresh()

    def _refresh(self) -> None:
        """Bring the scroll bar in line with the window and draw everything anew."""
        self.canvas.scroller.visible()
        bar, scroller = self.verticalScrollBar(), self.canvas.scroller
        bar.blockSignals(True)
        bar.setPageStep(max(self.viewport().height(), 1))
        bar.setSingleStep(max(self.canvas.layout.metrics.pitch // 2, 1))
        bar.setRange(0, scroller.maximum)
        bar.setValue(scroller.value)
        bar.blockSignals(False)
        self.viewport().update()
        span = self.canvas.visible_span()
        if span != self._seen:
            self._seen = span
            self.scrolled.emit()

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: N802
        """The scroll bar was moved."""
        bar, scroller = self.verticalScrollBar(), self.canvas.scroller
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
        # A painter that an error leaves active brings Qt down at the next repaint.
        with QPainter(self.viewport()) as painter:
            painter.setClipRegion(event.region())
            self.canvas.paint(painter, QRectF(event.rect()), has_focus=self.hasFocus())

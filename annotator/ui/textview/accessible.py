"""The page for screen readers: its text, caret and places, and the annotations at the caret.

Offsets here are UTF-16 units, as Qt's accessibility counts; everything else counts code points.
PySide6 6.11 does not pass on the calls with results in pointers (`selection`, `attributes`), so a
reader is told of the selection by events, and of the annotations at the caret by the description
of the page, an attribute of it and an announcement.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from weakref import ref

from PySide6.QtCore import QObject, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleAttributesInterface,
    QAccessibleEvent,
    QAccessibleInterface,
    QAccessibleTextCursorEvent,
    QAccessibleTextInterface,
    QAccessibleTextSelectionEvent,
)
from PySide6.QtWidgets import QAccessibleWidget

from annotator.core.span import Span
from annotator.ui.textview.offsets import Utf16Map
from annotator.ui.textview.scene import Scene
from annotator.ui.textview.widget import Page

ANNOTATIONS = "annotations"
"""The name of the attribute that holds the names of the annotations at the caret."""

SEPARATOR = "; "


class PageText(QAccessibleTextInterface):
    """The text of a page, its caret, and where its letters stand on the screen."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = ref(page)
        self._map: tuple[str, Utf16Map] = ("", Utf16Map.of(""))

    @property
    def page(self) -> Page:
        """The page; Qt lets go of this interface when it goes."""
        page = self._page()
        assert page is not None
        return page

    def units(self, offset: int) -> int:
        """A code point offset in UTF-16 units."""
        return self._offsets().to_units(offset)

    def points(self, unit: int) -> int:
        """A UTF-16 offset in code points; -1 and -2 stand for the end and the caret, as in Qt."""
        if unit == -2:
            return self.page.canvas.scene.caret or 0
        return self._offsets().to_points(self._offsets().units if unit < 0 else unit)

    def characterCount(self) -> int:  # noqa: N802
        """The length of the text."""
        return self._offsets().units

    def text(self, startOffset: int, endOffset: int) -> str:  # noqa: N803
        """A piece of the text, as it is in the document."""
        return self.page.text[self.points(startOffset) : self.points(endOffset)]

    def cursorPosition(self) -> int:  # noqa: N802
        """Where the caret stands."""
        return self.units(self.page.canvas.scene.caret or 0)

    def setCursorPosition(self, position: int) -> None:  # noqa: N802
        """Ask for the caret at another place, as a click there does."""
        self.page.pressed_at.emit(self.points(position), Qt.KeyboardModifier.NoModifier, 1)

    def selectionCount(self) -> int:  # noqa: N802
        """None: its ends cannot be told by this interface."""
        return 0

    def addSelection(self, startOffset: int, endOffset: int) -> None:  # noqa: N802, N803
        """Ask for another selection, as a click and a second one with Shift do."""
        page, shift = self.page, Qt.KeyboardModifier.ShiftModifier
        page.pressed_at.emit(self.points(startOffset), Qt.KeyboardModifier.NoModifier, 1)
        page.pressed_at.emit(self.points(endOffset), shift, 1)

    def setSelection(self, selectionIndex: int, startOffset: int, endOffset: int) -> None:  # noqa: N802, N803
        """The same: there is one selection."""
        self.addSelection(startOffset, endOffset)

    def removeSelection(self, selectionIndex: int) -> None:  # noqa: N802, N803
        """Leave the caret where it is with nothing selected."""
        self.setCursorPosition(self.cursorPosition())

    def characterRect(self, offset: int) -> QRect:
        """The place of a letter on the screen."""
        page, start = self.page, self.points(offset)
        if start >= len(page.text):
            rect = page.caret_rect(len(page.text))
        else:
            rects = page.canvas.geometry.span_rects(Span(start, start + 1))
            rect = page.canvas.window_rect(rects[0]) if rects else page.caret_rect(start)
        shown = rect.toAlignedRect()
        return QRect(page.viewport().mapToGlobal(shown.topLeft()), shown.size())

    def offsetAtPoint(self, point: QPoint) -> int:
        """The letter at a place on the screen."""
        canvas, viewport = self.page.canvas, self.page.viewport()
        local = QPointF(viewport.mapFromGlobal(point))
        return self.units(canvas.geometry.offset_at(canvas.page_point(local)))

    def scrollToSubstring(self, startIndex: int, endIndex: int) -> None:  # noqa: N802, N803
        """Bring a piece of the text into the window."""
        start, end = self.points(startIndex), self.points(endIndex)
        self.page.ensure_visible(Span(start, max(end, start + 1)))

    def _offsets(self) -> Utf16Map:
        if self._map[0] is not self.page.text:
            self._map = (self.page.text, Utf16Map.of(self.page.text))
        return self._map[1]


class PageAttributes(QAccessibleAttributesInterface):
    """Names the annotations at the caret of a page."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = ref(page)

    def attributeKeys(self) -> list[QAccessible.Attribute]:  # noqa: N802
        """Only attributes of our own."""
        return [QAccessible.Attribute.Custom]

    def attributeValue(self, key: QAccessible.Attribute) -> object:  # noqa: N802
        """The pairs of name and value."""
        page = self._page()
        if key != QAccessible.Attribute.Custom or page is None:
            return None
        return {ANNOTATIONS: names_at_caret(page.canvas.scene)}


class AccessiblePage(QAccessibleWidget):
    """A page as screen readers see it."""

    def __init__(self, page: Page) -> None:
        super().__init__(page, QAccessible.Role.EditableText)
        self._page = ref(page)
        self._text = PageText(page)
        self._attributes = PageAttributes(page)

    def interface_cast(self, t: QAccessible.InterfaceType) -> object:  # type: ignore[override]
        """The text and the attributes; PySide6 turns the objects into what Qt expects."""
        match t:
            case QAccessible.InterfaceType.TextInterface:
                return self._text
            case QAccessible.InterfaceType.AttributesInterface:
                return self._attributes
            case _:
                return super().interface_cast(t)

    def text(self, t: QAccessible.Text) -> str:
        """Name as always; the description also tells the annotations at the caret."""
        page = self._page()
        usual = super().text(t)
        if t != QAccessible.Text.Description or page is None:
            return usual
        names = names_at_caret(page.canvas.scene)
        return SEPARATOR.join(part for part in (usual, names) if part)

    def state(self) -> QAccessible.State:
        """A text of many lines that can be selected and read, not written."""
        state = super().state()
        state.readOnly = state.multiLine = state.selectableText = True
        return state


class Speaker(QObject):
    """Tells screen readers of a page when caret, selection or annotations at the caret change.

    `is_heard` says whether any is there; `tell` takes the events.
    """

    def __init__(
        self,
        page: Page,
        *,
        is_heard: Callable[[], bool] = QAccessible.isActive,
        tell: Callable[[QAccessibleEvent], None] = QAccessible.updateAccessibility,
    ) -> None:
        super().__init__(page)
        self._page = page
        self._is_heard = is_heard
        self._send = tell
        self._said = page.canvas.scene
        page.scene_shown.connect(self._tell)

    def _tell(self) -> None:
        if not self._is_heard():
            return
        before, scene = self._said, self._page.canvas.scene
        self._said = scene
        text = PageText(self._page)
        if scene.caret is not None and scene.caret != before.caret:
            moved = QAccessibleTextCursorEvent(self._page, text.units(scene.caret))
            self._send(moved)
        if scene.selection != before.selection:
            self._send(self._selection_event(scene, text))
        names = names_at_caret(scene)
        if names and names != names_at_caret(before):
            self._send(QAccessibleAnnouncementEvent(self._page, names))

    def _selection_event(self, scene: Scene, text: PageText) -> QAccessibleTextSelectionEvent:
        """What is selected now; an empty stretch at the caret where nothing is any more."""
        if scene.selection is None:
            caret = text.units(scene.caret or 0)
            return QAccessibleTextSelectionEvent(self._page, caret, caret)
        start, end = text.units(scene.selection.start), text.units(scene.selection.end)
        return QAccessibleTextSelectionEvent(self._page, start, end)


def names_at_caret(scene: Scene) -> str:
    """The names of what the caret stands on, as `names_at` gives them, in one line."""
    return "" if scene.caret is None else SEPARATOR.join(names_at(scene, scene.caret))


def names_at(scene: Scene, offset: int) -> Iterator[str]:
    """What there is on the code point at `offset`: annotations and suggestions, innermost first,
    then what rules have to say.
    """
    found = [(len(b.envelope), b.tooltip) for b in scene.brackets if _is_on(b.spans, offset)]
    found.extend((len(b.span), b.tooltip) for b in scene.bars if b.span.covers(offset))
    yield from (name for _, name in sorted(found))
    yield from (w.tooltip for w in scene.waves if w.tooltip and w.span.covers(offset))


def _is_on(spans: tuple[Span, ...], offset: int) -> bool:
    return any(span.covers(offset) for span in spans)


def accessible_page(_: str, widget: QObject) -> QAccessibleInterface | None:
    """The factory for `QAccessible.installFactory`: an interface for pages, nothing for others."""
    if not isinstance(widget, Page):
        return None
    Speaker(widget)
    return AccessiblePage(widget)

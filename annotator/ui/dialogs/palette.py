"""The command palette: every act by its name, in a small window at the top of the large one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from time import monotonic

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from annotator.foundation.catalogue import Catalogue
from annotator.ui.dialogs.controls import isolated, say, wrapped_label
from annotator.ui.fields import EditingKeys
from annotator.ui.keyboard.from_qt import key_press_from
from annotator.ui.labels import leading_edge
from annotator.ui.palette_entries import PaletteEntry, found_entries

WIDTH, HEIGHT = 640, 440
_TOP = 48
_MOMENT = 0.03
"""Seconds, which nobody notices."""
_PADDING, _GAP = 12, 18
_ENTRY_ROLE = Qt.ItemDataRole.UserRole
_TITLE, _GROUP, _CAPS = (Qt.ItemDataRole.UserRole + number for number in (1, 2, 3))
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_LIST_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_Index = QModelIndex | QPersistentModelIndex


class CommandPalette(QDialog):
    """Type, choose with the arrows, run with Enter. `chosen` is the id of what shall run.

    `documents` is asked for the entries of documents when something is typed for the first time;
    of very many, those that were not yet looked at join the list while one goes on typing.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        entries: Sequence[PaletteEntry],
        documents: Callable[[], Iterable[PaletteEntry]],
        *,
        recent: Sequence[str],
        platform: str,
        parent: QWidget | None,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self._catalogue = catalogue
        self._entries = entries
        self._ask_documents = documents
        self._documents: list[PaletteEntry] = []
        self._to_come: Iterator[PaletteEntry] | None = None
        self._gathering = QTimer(self)
        self._gathering.setInterval(0)
        self._gathering.timeout.connect(self._on_gathering)
        self._recent = recent
        self._platform = platform
        self._was_active = False
        self.chosen: str | None = None
        self.setObjectName("palette")
        self.setWindowTitle(catalogue.text("action.palette.open"))
        self.field = QLineEdit(self)
        EditingKeys(self.field)
        self.field.setAlignment(leading_edge() | Qt.AlignmentFlag.AlignVCenter)
        self.field.setPlaceholderText(catalogue.text("palette.ask"))
        self.field.setAccessibleName(catalogue.text("palette.ask"))
        self.list = QListWidget(self)
        self.list.setAccessibleName(catalogue.text("palette.found"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setItemDelegate(_EntryDelegate(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setUniformItemSizes(True)
        self.message = wrapped_label("", self)
        self._lay_out()
        self.field.textChanged.connect(self._on_typed)
        self.field.installEventFilter(self)
        self.list.itemClicked.connect(self._run)
        self._on_typed("")
        self._place()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def shown(self) -> list[PaletteEntry]:
        """What is listed, in order."""
        return [_entry(self.list.item(row)) for row in range(self.list.count())]

    @property
    def present(self) -> PaletteEntry | None:
        """The entry that Enter would run."""
        item = self.list.currentItem()
        return _entry(item) if item is not None else None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Lend the keys of the field to the list."""
        is_press = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if watched is self.field and is_press and self._lend(event):
            return True
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        """Whoever goes to another window has thought better of it."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange:
            if self._was_active and not self.isActiveWindow():
                self.reject()
            self._was_active = self.isActiveWindow()

    def _lend(self, event: QEvent) -> bool:
        assert isinstance(event, QKeyEvent)  # asked for key presses only
        press = key_press_from(event, self._platform)
        if event.key() in _ENTER:
            item = self.list.currentItem()
            if item is not None:
                self._run(item)
        elif event.key() in _LIST_KEYS:
            self.list.event(event)
        elif press is not None and press.chord == "Ctrl+K":
            self.reject()
        else:
            return False
        return True

    def _lay_out(self) -> None:
        frame = QFrame(self)
        frame.setObjectName("paletteFrame")
        inner = QVBoxLayout(frame)
        inner.setContentsMargins(10, 10, 10, 8)
        inner.addWidget(self.field)
        inner.addWidget(self.list, 1)
        inner.addWidget(self.message)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(frame)

    def _place(self) -> None:
        """At the top of the window behind, in its middle."""
        self.resize(WIDTH, HEIGHT)
        parent = self.parentWidget()
        if parent is not None:
            room = parent.window().geometry()
            width = min(WIDTH, room.width() - 2 * _TOP)
            height = min(HEIGHT, room.height() - 2 * _TOP)
            left = room.left() + (room.width() - width) // 2
            self.setGeometry(left, room.top() + _TOP, width, height)

    def _on_typed(self, typed: str) -> None:
        if typed.strip() and self._to_come is None:
            self._to_come = iter(self._ask_documents())
            if self._gather():
                self._gathering.start()
        self._list(typed)
        self.list.setCurrentRow(0)

    def _gather(self) -> bool:
        """Take in documents for a moment; whether there are more."""
        assert self._to_come is not None  # asked for by the first letter
        end = monotonic() + _MOMENT
        for entry in self._to_come:
            self._documents.append(entry)
            if monotonic() > end:
                return True
        return False

    def _on_gathering(self) -> None:
        if self._gather():
            return
        self._gathering.stop()
        row = self.list.currentRow()
        self._list(self.field.text())
        self.list.setCurrentRow(max(row, 0))

    def _list(self, typed: str) -> None:
        self.list.clear()
        for entry in found_entries(self._entries, self._documents, typed, self._recent):
            item = QListWidgetItem(self.list)
            item.setData(_ENTRY_ROLE, entry.id)
            item.setData(_TITLE, entry)
            spoken = ", ".join(part for part in (entry.title, entry.group, entry.caps) if part)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
        nothing = "" if self.list.count() else self._catalogue.text("palette.nothing")
        say(self.message, nothing)

    def _run(self, item: QListWidgetItem) -> None:
        entry = _entry(item)
        if entry.is_enabled:
            self.chosen = entry.id
            self.accept()
        else:
            say(self.message, self._catalogue.text("palette.not_now"), is_refusal=True)


class _EntryDelegate(QStyledItemDelegate):
    """Draws title, group and caps in one line, from the leading to the trailing edge."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """One line with some air."""
        return QSize(0, option.fontMetrics.height() + 14)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw the row; one that cannot run now is faint."""
        self.initStyleOption(option, index)
        entry = index.data(_TITLE)
        assert isinstance(entry, PaletteEntry)  # what `_on_typed` gave
        widget = self.parent()
        assert isinstance(widget, QWidget)  # the list
        widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, widget)
        group = QPalette.ColorGroup.Active
        palette = widget.palette()
        ink = palette.color(group, QPalette.ColorRole.Text)
        faint = palette.color(group, QPalette.ColorRole.PlaceholderText)
        rect = option.rect.adjusted(_PADDING, 0, -_PADDING, 0)
        metrics = option.fontMetrics
        painter.save()
        for text, color in ((entry.caps, ink if entry.is_enabled else faint), (entry.group, faint)):
            width = metrics.horizontalAdvance(text)
            painter.setPen(color)
            self._draw(painter, option, rect, text, at_end=True)
            rect = _shortened(rect, width + _GAP if text else 0, widget)
        painter.setPen(ink if entry.is_enabled else faint)
        title = metrics.elidedText(entry.title, Qt.TextElideMode.ElideRight, rect.width())
        self._draw(painter, option, rect, isolated(title), at_end=False)
        painter.restore()

    def _draw(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        rect: QRect,
        text: str,
        *,
        at_end: bool,
    ) -> None:
        is_rtl = option.direction == Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignLeft if is_rtl is at_end else Qt.AlignmentFlag.AlignRight
        # Absolute, since the painter would turn "right" round for a right-to-left text.
        flags = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(rect, flags, text)


def _shortened(rect: QRect, by: int, widget: QWidget) -> QRect:
    """The rectangle without a piece at its trailing edge."""
    is_rtl = widget.layoutDirection() == Qt.LayoutDirection.RightToLeft
    return rect.adjusted(by, 0, 0, 0) if is_rtl else rect.adjusted(0, 0, -by, 0)


def _entry(item: QListWidgetItem) -> PaletteEntry:
    entry = item.data(_TITLE)
    assert isinstance(entry, PaletteEntry)  # what `_on_typed` gave
    return entry

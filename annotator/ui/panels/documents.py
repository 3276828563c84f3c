"""The list of documents, with a sign for how far each is."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetricsF, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from annotator.core.annotations import SetStatus
from annotator.core.ids import DocumentId
from annotator.foundation.catalogue import Catalogue, isolated
from annotator.kurdish.normalize import FoldLevel, fold_text
from annotator.ui.fields import TextField
from annotator.ui.labels import plain_label, plain_tooltip
from annotator.workbench.document_lines import DocumentLine

ID_ROLE = Qt.ItemDataRole.UserRole
SIGNS = {
    SetStatus.NEW: "○",
    SetStatus.IN_PROGRESS: "◐",
    SetStatus.COMPLETE: "●",
    SetStatus.REVIEWED: "◉",
    SetStatus.APPROVED: "★",
}

PARTS_ROLE = ID_ROLE + 1
"""Sign, name and count of a row."""
_MARGINS = 24
"""Pixels that the style keeps free at both ends of a row."""

_SELECTING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier

_Index = QModelIndex | QPersistentModelIndex


class DocumentModel(QAbstractListModel):
    """The documents as rows; the sign and the count never need colour to be understood."""

    def __init__(self, catalogue: Catalogue, parent: QWidget) -> None:
        super().__init__(parent)
        self._catalogue = catalogue
        self._lines: list[DocumentLine] = []

    def show_lines(self, lines: list[DocumentLine]) -> None:
        """Show these documents; rows that only changed their status stay where they are."""
        if [line.id for line in lines] == [line.id for line in self._lines]:
            self._lines = lines
            if lines:
                self.dataChanged.emit(self.index(0), self.index(len(lines) - 1))
            return
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    def show_line(self, line: DocumentLine) -> None:
        """Show one document as it is now."""
        row = self.row_of(line.id)
        if row >= 0 and self._lines[row] != line:
            self._lines[row] = line
            self.dataChanged.emit(self.index(row), self.index(row))

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """As many as there are documents."""
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Sign, name and count; the whole name and status as tooltip and for screen readers."""
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            sign, name, count = self._parts(line)
            # Isolated, so that a Latin name keeps its order in a Sorani list and the reverse.
            return f"{sign}{isolated(name)}{count}"
        if role == PARTS_ROLE:
            return self._parts(line)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(line)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(self._spoken(line))
        if role == ID_ROLE:
            return line.id
        return None

    def _parts(self, line: DocumentLine) -> tuple[str, str, str]:
        count = f"  ({self._catalogue.number(line.annotations)})" if line.annotations else ""
        return f"{SIGNS[line.status]}  ", " ".join(line.name.split()), count

    def _spoken(self, line: DocumentLine) -> str:
        return self._catalogue.text(
            "panel.document",
            name=line.name,
            status=self._catalogue.text(f"status.{line.status.value}"),
        )

    def name_of(self, row: int) -> str:
        """The name of the document in a row."""
        return self._lines[row].name

    def row_of(self, identifier: DocumentId) -> int:
        """The row of a document, or -1."""
        return next((i for i, line in enumerate(self._lines) if line.id == identifier), -1)


class LineDelegate(QStyledItemDelegate):
    """Where a row is too short, only the name is cut: the count tells how far one is."""

    def initStyleOption(  # noqa: N802 - overrides Qt
        self, option: QStyleOptionViewItem, index: _Index
    ) -> None:
        """Cut the name to the room that sign and count leave."""
        super().initStyleOption(option, index)
        sign, name, count = index.data(PARTS_ROLE)
        metrics = QFontMetricsF(option.font)  # a tenth of a pixel too much cuts the count
        room = option.rect.width() - _MARGINS - metrics.horizontalAdvance(sign + count)
        shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, room)
        option.text = f"{sign}{isolated(shown)}{count}"


class DocumentFilter(QSortFilterProxyModel):
    """Keeps the documents whose name holds what is typed, whichever way its letters are spelled."""

    def __init__(self, model: DocumentModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._documents = model
        self._wanted = ""
        self._folded: dict[str, str] = {}
        self.setSourceModel(model)

    def want(self, text: str) -> None:
        """Keep the names that hold `text`."""
        self._wanted = text.strip().casefold()
        self.invalidate()

    def filterAcceptsRow(  # noqa: N802 - overrides Qt
        self, source_row: int, source_parent: _Index
    ) -> bool:
        """Whether the name holds the text as typed, or folded as search folds it."""
        name = self._documents.name_of(source_row)
        return self._wanted in name.casefold() or _folded(self._wanted) in self._fold(name)

    def _fold(self, name: str) -> str:
        folded = self._folded.get(name)
        if folded is None:
            folded = self._folded[name] = _folded(name)
        return folded


def _folded(text: str) -> str:
    return fold_text(text, FoldLevel.ORTHOGRAPHIC).casefold()


class DocumentsPanel(QWidget):
    """The list with its filter. Emits `document_chosen` with the id.

    A click or Enter chooses; Enter in the filter chooses the first document it leaves. Several may
    be selected with Shift or Ctrl. Delete emits `removal_wanted`, and the menu key or the right
    button `menu_wanted` with the place on the screen.
    """

    document_chosen = Signal(str)
    removal_wanted = Signal()
    menu_wanted = Signal(QPoint)

    def __init__(
        self, catalogue: Catalogue, parent: QWidget | None = None, *, platform: str
    ) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        title = plain_label(self, catalogue.text("panel.documents"), name="panelTitle")
        self._filter = TextField("", self, platform=platform)
        self._filter.setPlaceholderText(catalogue.text("panel.filter"))
        self._filter.setAccessibleName(catalogue.text("panel.filter"))
        self._filter.setClearButtonEnabled(True)
        self._model = DocumentModel(catalogue, self)
        self._proxy = DocumentFilter(self._model, self)
        self._current: DocumentId | None = None
        self._list = QListView(self)
        self._list.setModel(self._proxy)
        self._list.setAccessibleName(catalogue.text("panel.documents"))
        self._list.setItemDelegate(LineDelegate(self._list))
        self._list.setUniformItemSizes(True)
        self._list.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self._list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 10, 10, 6)
        layout.addWidget(title)
        layout.addWidget(self._filter)
        layout.addWidget(self._list)
        self._filter.textChanged.connect(self._on_filter)
        self._filter.returnPressed.connect(self._on_filter_entered)
        self._list.activated.connect(self._on_chosen)
        self._list.clicked.connect(self._on_chosen)
        self._list.customContextMenuRequested.connect(self._on_menu)

    @property
    def names(self) -> list[str]:
        """The rows as shown."""
        return [
            str(self._proxy.index(row, 0).data(Qt.ItemDataRole.DisplayRole))
            for row in range(self._proxy.rowCount())
        ]

    @property
    def selected(self) -> list[DocumentId]:
        """The selected documents, in the order of the list."""
        rows = sorted(index.row() for index in self._list.selectionModel().selectedRows())
        return [DocumentId(self._proxy.index(row, 0).data(ID_ROLE)) for row in rows]

    def select(self, documents: Iterable[DocumentId]) -> None:
        """Select these documents beside the open one."""
        for identifier in documents:
            index = self._proxy.mapFromSource(self._model.index(self._model.row_of(identifier)))
            self._list.selectionModel().select(index, QItemSelectionModel.SelectionFlag.Select)

    def wanted(self) -> list[DocumentId]:
        """What an act on documents means: the selected ones while the list has the keys."""
        return self.selected if self._list.hasFocus() else []

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete on the list is about the selected documents."""
        if event.key() == Qt.Key.Key_Delete and self._list.hasFocus() and self.selected:
            self.removal_wanted.emit()
        else:
            super().keyPressEvent(event)

    def show_lines(self, lines: list[DocumentLine], current: DocumentId | None) -> None:
        """Show these documents with the open one marked."""
        self._model.show_lines(lines)
        self._current = current
        self._mark_current()

    def show_line(self, line: DocumentLine) -> None:
        """Show one of the documents as it is now."""
        self._model.show_line(line)

    def _mark_current(self) -> None:
        if self._current is None:
            return
        index = self._proxy.mapFromSource(self._model.index(self._model.row_of(self._current)))
        # Not by `setCurrentIndex`, which heeds the keys that are held: with Ctrl it would add.
        select = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self._list.selectionModel().setCurrentIndex(index, select)
        self._list.scrollTo(index)

    def _on_filter(self, text: str) -> None:
        self._proxy.want(text)
        self._mark_current()

    def _on_filter_entered(self) -> None:
        if self._proxy.rowCount():
            self._on_activated(self._proxy.index(0, 0))

    def _on_chosen(self, index: QModelIndex) -> None:
        """A click or Enter opens; a click that selects more of them does not."""
        if not QApplication.keyboardModifiers() & _SELECTING:
            self._on_activated(index)

    def _on_menu(self, place: QPoint) -> None:
        if self.selected:
            self.menu_wanted.emit(self._list.viewport().mapToGlobal(place))

    def _on_activated(self, index: QModelIndex) -> None:
        self.document_chosen.emit(str(index.data(ID_ROLE)))

"""The list of everything that can have a key, in groups, with a filter: for sheet and editor."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct
from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QLineEdit, QTreeWidget, QTreeWidgetItem, QWidget

from annotator.foundation.catalogue import Catalogue
from annotator.kurdish.normalize import FoldLevel, fold_text
from annotator.ui.dialogs.controls import isolated
from annotator.ui.editing.legend import cap_of
from annotator.ui.fields import EditingKeys
from annotator.ui.keyboard.groups import grouped
from annotator.ui.keyboard.key_table import KeyTable
from annotator.ui.labels import leading_edge

LIST_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
"""Keys of the list that the filter above it has no use for."""

_SLOT_ROLE = Qt.ItemDataRole.UserRole
_UPWARDS = frozenset(
    {
        QTreeWidget.CursorAction.MoveUp,
        QTreeWidget.CursorAction.MovePrevious,
        QTreeWidget.CursorAction.MovePageUp,
    }
)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class KeyGroup(Struct, frozen=True):
    """A title with rows of slot, title and caps."""

    title: str
    rows: tuple[tuple[str, str, str], ...]


def key_groups(table: KeyTable, catalogue: Catalogue) -> list[KeyGroup]:
    """Everything that can have a key, the actions by group and then the scheme under its name."""
    chords = table.all_chords((*table.action_slots(), *table.places()))

    def row(slot: str) -> tuple[str, str, str]:
        caps = "   ".join(cap_of(catalogue, chord) for chord in chords[slot])
        return slot, table.title(slot, catalogue), caps

    found = [
        KeyGroup(catalogue.text(f"group.{group}"), tuple(map(row, slots)))
        for group, slots in grouped(table.action_slots())
    ]
    if table.scheme is not None:
        name = table.scheme.name.in_language(catalogue.language)
        title = catalogue.text("keys.of_scheme", name=name)
        found.append(KeyGroup(title, tuple(map(row, table.places()))))
    return found


def folded_words(text: str) -> list[str]:
    """The words of a text as they are compared: without case and without spelling variants."""
    return fold_text(text, FoldLevel.ORTHOGRAPHIC).casefold().split()


def filter_field(catalogue: Catalogue, parent: QWidget) -> QLineEdit:
    """The field above a list that keeps what holds the words typed."""
    field = QLineEdit(parent)
    EditingKeys(field)
    field.setAlignment(leading_edge() | Qt.AlignmentFlag.AlignVCenter)
    field.setPlaceholderText(catalogue.text("panel.filter"))
    field.setAccessibleName(catalogue.text("panel.filter"))
    field.setClearButtonEnabled(True)
    return field


class KeyTree(QTreeWidget):
    """Groups with their rows. Emits `row_chosen` with the slot on Enter and on a double click."""

    row_chosen = Signal(str)
    present_changed = Signal()

    def __init__(self, catalogue: Catalogue, parent: QWidget) -> None:
        super().__init__(parent)
        self.setColumnCount(2)
        self.setHeaderLabels([catalogue.text("keys.action"), catalogue.text("keys.key")])
        self.setAccessibleName(catalogue.text("action.help.keys"))
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setIndentation(12)
        self.setUniformRowHeights(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.header()
        header.setStretchLastSection(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self._wanted: list[str] = []
        self._heads: list[tuple[QTreeWidgetItem, list[QTreeWidgetItem]]] = []
        self.itemDoubleClicked.connect(self._on_double_clicked)
        self.currentItemChanged.connect(self._on_current)

    @property
    def present(self) -> str | None:
        """The slot of the present row."""
        item = self.currentItem()
        return _slot(item) if item is not None else None

    @property
    def shown(self) -> list[tuple[str, str]]:
        """Titles and caps of the rows that pass the filter."""
        return [(_plain(row, 0), _plain(row, 1)) for row in self._rows() if not row.isHidden()]

    def show_groups(self, groups: Sequence[KeyGroup]) -> None:
        """Show these; the present row stays the present one where there still is one."""
        before = self.present
        self.clear()
        self._heads = []
        for group in groups:
            head = QTreeWidgetItem(self, [isolated(group.title)])
            head.setFlags(Qt.ItemFlag.ItemIsEnabled)
            head.setFirstColumnSpanned(True)
            font = self.font()
            font.setBold(True)
            head.setFont(0, font)
            rows = []
            for slot, title, caps in group.rows:
                row = QTreeWidgetItem(head, [isolated(title), caps])
                row.setData(0, _SLOT_ROLE, slot)
                rows.append(row)
            self._heads.append((head, rows))
        self.expandAll()
        self.want(" ".join(self._wanted))
        self.go_to(before)

    def want(self, text: str) -> None:
        """Keep the rows that hold all words of a text, in title or caps."""
        self._wanted = folded_words(text)
        for head, rows in self._heads:
            for row in rows:
                row.setHidden(not self._passes(row))
            head.setHidden(all(row.isHidden() for row in rows))
        present = self.currentItem()
        if present is None or present.isHidden() or self.present is None:
            self.go_to(None)

    def go_to(self, slot: str | None) -> None:
        """Make the row of a slot the present one, else the first that is shown."""
        shown = [row for row in self._rows() if not row.isHidden()]
        found = next((row for row in shown if _slot(row) == slot), shown[0] if shown else None)
        if found is not None:
            self.setCurrentItem(found)
            self.scrollToItem(found)

    def moveCursor(  # noqa: N802 - overrides Qt
        self, action: QTreeWidget.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """The keys go from row to row and pass over the headings of groups."""
        step = self.indexAbove if action in _UPWARDS else self.indexBelow
        found = super().moveCursor(action, modifiers)
        while found.isValid() and found.data(_SLOT_ROLE) is None:
            found = step(found)
        return found if found.isValid() else self.currentIndex()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses the present row."""
        slot = self.present
        if event.key() in _ENTER and slot is not None:
            self.row_chosen.emit(slot)
        else:
            super().keyPressEvent(event)

    def _passes(self, row: QTreeWidgetItem) -> bool:
        hay = " ".join(folded_words(f"{_plain(row, 0)} {_plain(row, 1)}"))
        return all(word in hay for word in self._wanted)

    def _rows(self) -> Iterable[QTreeWidgetItem]:
        for _, rows in self._heads:
            yield from rows

    def _on_double_clicked(self, item: QTreeWidgetItem) -> None:
        slot = _slot(item)
        if slot is not None:
            self.row_chosen.emit(slot)

    def _on_current(self) -> None:
        self.present_changed.emit()


def _slot(item: QTreeWidgetItem) -> str | None:
    slot = item.data(0, _SLOT_ROLE)
    return str(slot) if slot else None


def _plain(item: QTreeWidgetItem, column: int) -> str:
    return item.text(column).removeprefix("\u2068").removesuffix("\u2069")

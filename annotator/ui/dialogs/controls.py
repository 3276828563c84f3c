"""The controls that dialogs are made of: plain texts, buttons, fields and tables."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QHelpEvent, QKeyEvent, QTextOption
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFrame,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from annotator.foundation.catalogue import Catalogue, without_isolates
from annotator.foundation.errors import AnnotatorError, Defect
from annotator.foundation.logs import note_error
from annotator.ui.buttons import push_button as push_button
from annotator.ui.fields import EditingKeys
from annotator.ui.keyboard.from_qt import key_press_from
from annotator.ui.labels import isolated as isolated, plain_label, plain_tooltip, wrap

_SCREEN_MARGIN = 40
_PADDING = 24
"""Of a cell, left and right together, in pixels, with room to spare."""

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def wrapped_label(text: str, parent: QWidget, *, role: str = "") -> QLabel:
    """A label that never takes its text for markup and breaks its lines.

    `role` is an object name the style sheet knows: ``faint``, ``refusal``, ``panelTitle``.
    """
    label = plain_label(parent, text, name=role)
    wrap(label)
    label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return label


def headline(parent: QWidget) -> QLabel:
    """The sentence above the details, in bold letters."""
    label = wrapped_label("", parent)
    font = label.font()
    font.setBold(True)
    label.setFont(font)
    return label


def snug_label(text: str, parent: QWidget) -> QLabel:
    """A wrapped label that is no higher than its lines are in the width it has."""
    label = wrapped_label(text, parent)
    policy = label.sizePolicy()
    policy.setHeightForWidth(True)
    label.setSizePolicy(policy)
    return label


def path_field(name: str, parent: QWidget) -> QLineEdit:
    """A field for a path, which begins at the left in every language."""
    field = QLineEdit(parent)
    field.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    # Absolute, because Qt turns a field round whose text begins with a Kurdish name.
    field.setAlignment(
        Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
    )
    EditingKeys(field)
    field.setAccessibleName(name)
    return field


def text_view(name: str, parent: QWidget) -> QPlainTextEdit:
    """Several lines to read, select and copy; see `follow_language` and `show_data`."""
    view = QPlainTextEdit(parent)
    EditingKeys(view)
    view.setReadOnly(True)
    view.setTabChangesFocus(True)
    view.setAcceptDrops(False)
    view.setAccessibleName(name)
    view.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return view


def follow_language(view: QPlainTextEdit) -> None:
    """Let every paragraph run in the direction of the dialog, as sentences of the language do."""
    _direct(view, view.layoutDirection())


def show_data(view: QPlainTextEdit, text: str) -> None:
    """Show a text that is not the program's; its first strong character gives the direction."""
    kinds = (unicodedata.bidirectional(character) for character in text)
    first = next((kind for kind in kinds if kind in ("L", "R", "AL")), "L")
    view.setPlainText(text)
    direction = Qt.LayoutDirection
    _direct(view, direction.LeftToRight if first == "L" else direction.RightToLeft)


def _direct(view: QPlainTextEdit, direction: Qt.LayoutDirection) -> None:
    is_right_to_left = direction == Qt.LayoutDirection.RightToLeft
    option = QTextOption(view.document().defaultTextOption())
    option.setTextDirection(direction)
    # AlignLeading is not turned round in a plain text edit.
    side = Qt.AlignmentFlag.AlignRight if is_right_to_left else Qt.AlignmentFlag.AlignLeft
    option.setAlignment(side)
    view.document().setDefaultTextOption(option)


def fit_to_screen(dialog: QDialog, width: int, height: int) -> None:
    """Give a dialog its size, or less where the screen is smaller."""
    room = QGuiApplication.primaryScreen().availableGeometry()
    dialog.resize(
        min(width, room.width() - _SCREEN_MARGIN), min(height, room.height() - _SCREEN_MARGIN)
    )


def say(label: QLabel, text: str, *, is_refusal: bool = False) -> None:
    """Show a sentence below the controls, or nothing."""
    label.setObjectName("refusal" if is_refusal else "faint")
    label.style().unpolish(label)
    label.style().polish(label)
    label.setText(text)
    label.setVisible(bool(text))


def say_error(label: QLabel, catalogue: Catalogue, error: AnnotatorError) -> None:
    """Say below the controls what went wrong."""
    note_error(error, "told", is_expected=not isinstance(error, Defect))
    say(label, catalogue.error(error), is_refusal=True)


class _RowDelegate(QStyledItemDelegate):
    """Draws the cell that has the focus like the rest of its row; tells in full what is cut."""

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """Show the whole text of a cell that does not hold it on one line."""
        text = str(index.data(Qt.ItemDataRole.UserRole) or "")
        is_cut = view.fontMetrics().horizontalAdvance(text) > option.rect.width() - _PADDING // 2
        return is_cut and super().helpEvent(event, view, option, index)

    def initStyleOption(  # noqa: N802 - overrides Qt
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Take the sign of focus away."""
        super().initStyleOption(option, index)
        option.state &= ~QStyle.StateFlag.State_HasFocus

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Break lines as they are drawn: Qt measures without the padding of the style sheet."""
        narrow = QStyleOptionViewItem(option)
        narrow.rect.setWidth(narrow.rect.width() - _PADDING)
        return super().sizeHint(narrow, index)


class Table(QTableWidget):
    """Rows of plain texts to look at.

    Tab leaves the table, Ctrl+C copies the selected rows as text. Where rows `lead_on`, Enter and
    a double click emit `row_chosen` with the row; else Enter is left to the default button.
    """

    row_chosen = Signal(int)

    def __init__(self, name: str, titles: Sequence[str], parent: QWidget, *, wide: int) -> None:
        super().__init__(0, len(titles), parent)
        self._wide = wide
        self.lead_on = False
        self.setAccessibleName(name)
        self.setHorizontalHeaderLabels(list(titles))
        self.setItemDelegate(_RowDelegate(self))
        self.verticalHeader().setVisible(False)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QTableWidget.ScrollMode.ScrollPerPixel)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(wide, QHeaderView.ResizeMode.Stretch)
        self.doubleClicked.connect(self._on_double_clicked)

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Show these rows; the present row stays the present one where there still is one."""
        row = self.currentRow()
        self.setRowCount(len(rows))
        for number, texts in enumerate(rows):
            self.show_row(number, texts)
        if rows:
            self.setCurrentCell(min(max(row, 0), len(rows) - 1), 0)

    def show_row(self, row: int, texts: Sequence[str]) -> None:
        """Show other texts in one row."""
        for column, text in enumerate(texts):
            item = QTableWidgetItem(isolated(text))
            item.setTextAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
            item.setData(Qt.ItemDataRole.UserRole, text)
            item.setToolTip(plain_tooltip(text))
            self.setItem(row, column, item)

    def set_widths(self, widths: Sequence[int]) -> None:
        """Give the columns their widths in pixels; the wide one takes what is left."""
        for column, width in enumerate(widths):
            if column != self._wide:
                self.setColumnWidth(column, width)

    def wrap(self) -> None:
        """Make rows as high as their texts need."""
        self.setWordWrap(True)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)

    @property
    def texts(self) -> list[tuple[str, ...]]:
        """The rows as they were given."""
        return [
            tuple(
                str(item.data(Qt.ItemDataRole.UserRole))
                for column in range(self.columnCount())
                if (item := self.item(row, column)) is not None
            )
            for row in range(self.rowCount())
        ]

    def selected_text(self) -> str:
        """The selected rows, one a line, with tabs between their cells."""
        texts = self.texts
        rows = sorted({index.row() for index in self.selectedIndexes()})
        lines = ("\t".join(map(_on_one_line, texts[row])) for row in rows)
        return "".join(f"{line}\n" for line in lines)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses the row, and then does not reach the default button."""
        press = key_press_from(event, QGuiApplication.platformName())
        if press is not None and press.chord == "Ctrl+C":
            QGuiApplication.clipboard().setText(self.selected_text())
        elif event.key() not in _ENTER:
            super().keyPressEvent(event)
        elif self.lead_on and self.currentRow() >= 0:
            self.row_chosen.emit(self.currentRow())
        else:
            event.ignore()

    def _on_double_clicked(self) -> None:
        if self.lead_on:
            self.row_chosen.emit(self.currentRow())


def _on_one_line(text: str) -> str:
    return " ".join(without_isolates(text).split())

"""The key sheet: every action with its keys, by group, with a filter."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHeaderView,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotator.foundation.catalogue import Catalogue
from annotator.ui.editing.legend import cap_of
from annotator.ui.keyboard.keymap import Keymap
from annotator.ui.labels import leading_edge


class KeySheet(QDialog):
    """A table of what can be done and with which keys."""

    def __init__(
        self, catalogue: Catalogue, keymap: Keymap, actions: tuple[str, ...], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(catalogue.text("action.help.keys"))
        self.resize(560, 620)
        self._rows: list[tuple[str, str]] = [
            (
                catalogue.text(f"action.{action}"),
                "   ".join(cap_of(catalogue, chord) for chord in keymap.chords_of(action)),
            )
            for action in actions
        ]
        self._filter = QLineEdit(self)
        self._filter.setAlignment(leading_edge() | Qt.AlignmentFlag.AlignVCenter)
        self._filter.setPlaceholderText(catalogue.text("panel.filter"))
        self._filter.setAccessibleName(catalogue.text("panel.filter"))
        self._table = QTableWidget(len(self._rows), 2, self)
        self._table.setAccessibleName(catalogue.text("action.help.keys"))
        self._table.setHorizontalHeaderLabels(
            [catalogue.text("keys.action"), catalogue.text("keys.key")]
        )
        self._table.verticalHeader().setVisible(False)
        self._table.setShowGrid(False)
        self._table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self._table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        header = self._table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        for row, (title, keys) in enumerate(self._rows):
            for column, text in enumerate((title, keys)):
                item = QTableWidgetItem(text)
                item.setTextAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
                self._table.setItem(row, column, item)
        layout = QVBoxLayout(self)
        layout.addWidget(self._filter)
        layout.addWidget(self._table)
        self._filter.textChanged.connect(self._on_filter)

    @property
    def shown(self) -> list[tuple[str, str]]:
        """The rows that pass the filter."""
        return [row for i, row in enumerate(self._rows) if not self._table.isRowHidden(i)]

    def _on_filter(self, text: str) -> None:
        wanted = text.strip().casefold()
        for row, (title, keys) in enumerate(self._rows):
            self._table.setRowHidden(row, wanted not in f"{title} {keys}".casefold())

"""The key sheet: everything that has a key, by group, with a filter, and to be printed."""

from __future__ import annotations

import html

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from annotator.foundation.catalogue import Catalogue
from annotator.ui.dialogs.controls import fit_to_screen, push_button
from annotator.ui.dialogs.key_tree import LIST_KEYS, KeyGroup, KeyTree, filter_field, key_groups
from annotator.ui.keyboard.key_table import KeyTable


class KeySheet(QDialog):
    """What can be done and with which keys. Emits `edit_wanted` when keys shall be changed."""

    edit_wanted = Signal()

    def __init__(self, catalogue: Catalogue, table: KeyTable, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._catalogue = catalogue
        self._groups = key_groups(table, catalogue)
        self.setWindowTitle(catalogue.text("action.help.keys"))
        self.filter = filter_field(catalogue, self)
        self.tree = KeyTree(catalogue, self)
        self.tree.show_groups(self._groups)
        self.edit = push_button(catalogue.text("action.keys.edit"), self)
        self.print = push_button(catalogue.text("keys.print"), self)
        self.close_button = push_button(catalogue.text("dialog.close"), self)
        foot = QHBoxLayout()
        foot.addWidget(self.edit)
        foot.addWidget(self.print)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.addWidget(self.filter)
        layout.addWidget(self.tree, 1)
        layout.addLayout(foot)
        self.filter.textChanged.connect(self.tree.want)
        self.edit.clicked.connect(self._on_edit)
        self.print.clicked.connect(self._on_print)
        self.close_button.clicked.connect(self.reject)
        fit_to_screen(self, 640, 680)
        self.filter.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def shown(self) -> list[tuple[str, str]]:
        """The rows that pass the filter."""
        return self.tree.shown

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows go through the list while one types in the filter."""
        if event.key() in LIST_KEYS:
            self.tree.keyPressEvent(event)
        else:
            super().keyPressEvent(event)

    def _on_edit(self) -> None:
        self.accept()
        self.edit_wanted.emit()

    def _on_print(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if QPrintDialog(printer, self).exec() == QPrintDialog.DialogCode.Accepted:
            sheet = sheet_document(self._catalogue, self._groups)
            sheet.setDefaultFont(self.font())
            sheet.print_(printer)


def sheet_document(catalogue: Catalogue, groups: list[KeyGroup]) -> QTextDocument:
    """The groups as a document for paper."""
    is_rtl = catalogue.is_right_to_left
    rows = []
    for group in groups:
        rows.append(f'<tr><td colspan="2"><b>{html.escape(group.title)}</b></td></tr>')
        for _, title, caps in group.rows:
            if caps:
                cells = [html.escape(title), html.escape(caps)]
                # Qt sets tables from left to right, whatever the language.
                told = "".join(
                    f'<td align="{"right" if is_rtl else "left"}">{cell}</td>'
                    for cell in (reversed(cells) if is_rtl else cells)
                )
                rows.append(f"<tr>{told}</tr>")
    title = html.escape(catalogue.text("action.help.keys"))
    side = "right" if is_rtl else "left"
    document = QTextDocument()
    document.setHtml(
        f'<h2 align="{side}">{title}</h2>'
        f'<table width="100%" cellspacing="4">{"".join(rows)}</table>'.replace(
            '<td colspan="2">', f'<td colspan="2" align="{side}">'
        )
    )
    return document

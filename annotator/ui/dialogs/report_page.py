"""The last page of a long step: what was done, to be read and copied as plain text."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from annotator.foundation.catalogue import Catalogue, without_isolates
from annotator.ui.dialogs.controls import (
    follow_language,
    headline,
    push_button,
    text_view,
)


class ReportPage(QWidget):
    """A headline, a text, and two buttons: copy the text, and close the dialog."""

    def __init__(self, catalogue: Catalogue, parent: QWidget) -> None:
        super().__init__(parent)
        self._headline = headline(self)
        self._view = text_view(catalogue.text("dialog.report"), self)
        follow_language(self._view)
        self.copy_button = push_button(catalogue.text("dialog.copy"), self)
        self.copy_button.clicked.connect(self._copy)
        self.close_button = push_button(catalogue.text("dialog.close"), self)
        buttons = QHBoxLayout()
        buttons.addWidget(self.copy_button)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._headline)
        layout.addWidget(self._view, 1)
        layout.addLayout(buttons)

    @property
    def text(self) -> str:
        """The headline and the text, as they are copied."""
        whole = f"{self._headline.text()}\n\n{self._view.toPlainText()}"
        return without_isolates(whole).strip() + "\n"

    def show_report(self, headline: str, text: str) -> None:
        """Show a report; Enter and Escape close it."""
        self._headline.setText(headline)
        self._view.setPlainText(text)
        self.close_button.setDefault(True)
        self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.text)

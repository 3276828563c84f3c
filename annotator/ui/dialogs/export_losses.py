"""The page of the export dialog with what a format cannot hold, before it is written."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from annotator.formats.losses import Loss
from annotator.foundation.catalogue import Catalogue, without_isolates
from annotator.ui.dialogs.controls import (
    follow_language,
    headline,
    push_button,
    text_view,
    wrapped_label,
)
from annotator.ui.dialogs.export_wording import loss_lines, repeated_lines
from annotator.workbench.exporting import ExportNumbers
from annotator.workbench.format_wording import loss_sentence

SHOWN_LOSSES = 20_000
"""So many are listed; a text of more lines would hold the window up. The file has all of them."""


class LossList:
    """Is told each loss of a preview and keeps the first of them as sentences."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self.sentences: list[str] = []

    def __call__(self, loss: Loss) -> None:
        """Keep one."""
        if len(self.sentences) < SHOWN_LOSSES:
            self.sentences.append(loss_sentence(self._catalogue, loss))


class LossesPage(QWidget):
    """How much of what is lost, then all of it line by line; back, copy, or export it so."""

    def __init__(self, catalogue: Catalogue, parent: QWidget) -> None:
        super().__init__(parent)
        self._catalogue = catalogue
        self._headline = headline(self)
        advice = wrapped_label(catalogue.text("exporting.losses_advice"), self)
        self._view = text_view(catalogue.text("exporting.losses"), self)
        follow_language(self._view)
        self.back_button = push_button(catalogue.text("exporting.back"), self)
        self.copy_button = push_button(catalogue.text("dialog.copy"), self)
        self.copy_button.clicked.connect(self._copy)
        self.go_on_button = push_button(catalogue.text("exporting.losses_accept"), self)
        buttons = QHBoxLayout()
        buttons.addWidget(self.back_button)
        buttons.addWidget(self.copy_button)
        buttons.addStretch(1)
        buttons.addWidget(self.go_on_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._headline)
        layout.addWidget(advice)
        layout.addWidget(self._view, 1)
        layout.addLayout(buttons)

    @property
    def text(self) -> str:
        """The headline and the list, as they are copied."""
        whole = f"{self._headline.text()}\n\n{self._view.toPlainText()}"
        return without_isolates(whole).strip() + "\n"

    def show_losses(self, title: str, numbers: ExportNumbers, listed: LossList) -> None:
        """Show them; Enter exports, Escape closes. `title` is that of the format."""
        total = sum(numbers.losses.values())
        text = self._catalogue.text
        self._headline.setText(text("exporting.losses_headline", format=title, losses=total))
        lines = [
            *repeated_lines(self._catalogue, numbers),
            *loss_lines(self._catalogue, numbers.losses),
            "",
            *listed.sentences,
        ]
        if total > len(listed.sentences):
            lines.append(text("exporting.losses_more", more=total - len(listed.sentences)))
        self._view.setPlainText("\n".join(lines))
        self.go_on_button.setDefault(True)
        self.go_on_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.text)

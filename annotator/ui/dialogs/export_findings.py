"""The page of the export dialog with what stands in the way, and the two ways on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from annotator.foundation.catalogue import Catalogue
from annotator.ui.dialogs.controls import Table, headline, push_button, wrapped_label
from annotator.ui.dialogs.export_wording import BlockingFinding

_COLUMNS = ("document", "annotation", "rule", "sentence")


class FindingsPage(QWidget):
    """Blocking findings as rows. Emits `finding_chosen` with the row that shall be gone to."""

    finding_chosen = Signal(int)

    def __init__(self, catalogue: Catalogue, parent: QWidget) -> None:
        super().__init__(parent)
        self._catalogue = catalogue
        self._headline = headline(self)
        advice = wrapped_label(catalogue.text("exporting.blocked_advice"), self)
        titles = [catalogue.text(f"exporting.column.{column}") for column in _COLUMNS]
        self.table = Table(catalogue.text("exporting.findings"), titles, self, wide=3)
        self.table.set_widths((180, 90, 70))
        self.table.wrap()
        self.table.lead_on = True
        self.back_button = push_button(catalogue.text("exporting.back"), self)
        self.draft_button = push_button(catalogue.text("exporting.as_draft"), self)
        self.mend_button = push_button(catalogue.text("exporting.mend"), self)
        buttons = QHBoxLayout()
        buttons.addWidget(self.back_button)
        buttons.addStretch(1)
        buttons.addWidget(self.draft_button)
        buttons.addWidget(self.mend_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._headline)
        layout.addWidget(advice)
        layout.addWidget(self.table, 1)
        layout.addLayout(buttons)
        self.table.row_chosen.connect(self.finding_chosen.emit)

    def show_findings(self, findings: Sequence[BlockingFinding]) -> None:
        """Show these; Enter goes to the first, Escape closes."""
        self._headline.setText(self._catalogue.text("exporting.blocked", errors=len(findings)))
        self.table.show_rows([one.row for one in findings])
        self.mend_button.setDefault(True)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

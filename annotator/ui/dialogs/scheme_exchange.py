"""Another scheme for the project: what it is, and what in use it would not know."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from annotator.core.scheme import Scheme
from annotator.foundation.catalogue import Catalogue
from annotator.ui.dialogs.controls import Table, fit_to_screen, push_button, wrapped_label
from annotator.workbench.scheme_exchange import UnknownLabel

_COLUMNS = ("layer", "label", "count")


class SchemeExchangeDialog(QDialog):
    """Shows the present scheme and the new one; accepted when the new one shall be used."""

    def __init__(
        self,
        catalogue: Catalogue,
        present: Scheme,
        wanted: Scheme,
        *,
        unknown: Sequence[UnknownLabel],
        parent: QWidget | None,
    ) -> None:
        super().__init__(parent)
        text = catalogue.text
        self.setWindowTitle(text("scheme_exchange.title"))
        lines = [
            text(key, name=scheme.name.in_language(catalogue.language), version=scheme.version)
            for key, scheme in (
                ("scheme_exchange.from", present),
                ("scheme_exchange.to", wanted),
            )
        ]
        key = "scheme_exchange.unknown" if unknown else "scheme_exchange.all_known"
        titles = [text(f"scheme_exchange.column.{column}") for column in _COLUMNS]
        self.table = Table(text("scheme_exchange.table"), titles, self, wide=1)
        self.table.set_widths((130, 0, 110))
        self.table.show_rows(
            [
                (
                    text(f"scheme_exchange.layer.{one.layer.value}"),
                    one.label,
                    catalogue.number(one.count),
                )
                for one in unknown
            ]
        )
        self.table.setVisible(bool(unknown))
        self.use_button = push_button(text("scheme_exchange.do"), self)
        self.use_button.setDefault(not unknown)
        self.close_button = push_button(text("dialog.cancel"), self)
        self._lay_out((*lines, text(key)))
        self.use_button.clicked.connect(self.accept)
        self.close_button.clicked.connect(self.reject)
        fit_to_screen(self, 560, 420 if unknown else 180)
        first = self.close_button if unknown else self.use_button
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self, lines: Sequence[str]) -> None:
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.use_button)
        buttons.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        for line in lines:
            layout.addWidget(wrapped_label(line, self))
        layout.addWidget(self.table, 1)
        layout.addLayout(buttons)

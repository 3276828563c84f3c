"""The backups of other projects, for a file that does not tell any more of which project it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from annotator.foundation.catalogue import Catalogue
from annotator.ui.dialogs.controls import (
    Table,
    fit_to_screen,
    push_button,
    say,
    snug_label,
    wrapped_label,
)
from annotator.workbench.backups import OtherBackup
from annotator.workbench.clock import local_time

_COLUMNS = ("other.name", "other.folder", "backup.column.time")
_COUNTS = ("backup.column.documents", "backup.column.annotations")
_WIDTHS = (190, 0, 150, 110, 110)
_FOLDER = 1


class OtherBackupsDialog(QDialog):
    """Lists the newest whole backup of every project, each read while the list is looked at.

    `chosen` is the one to be restored, or None.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        project: Path,
        found: Iterator[OtherBackup],
        *,
        parent: QWidget | None,
    ) -> None:
        super().__init__(parent)
        self._catalogue = catalogue
        self._found = found
        self._listed: list[OtherBackup] = []
        self.chosen: OtherBackup | None = None
        text = catalogue.text
        self.setWindowTitle(text("other.title"))
        self.about = snug_label(text("other.about", name=project.name), self)
        titles = [text(key) for key in (*_COLUMNS, *_COUNTS)]
        self.table = Table(text("other.title"), titles, self, wide=_FOLDER)
        self.table.set_widths(_WIDTHS)
        self.table.lead_on = True
        self.table.row_chosen.connect(lambda _: self.choose())
        self._notice = wrapped_label(text("other.reading"), self, role="faint")
        self.restore_button = push_button(text("backup.offer_accept"), self)
        self.restore_button.setEnabled(False)
        self.restore_button.clicked.connect(self.choose)
        self.close_button = push_button(text("dialog.close"), self)
        self.close_button.clicked.connect(self.reject)
        self._lay_out()
        fit_to_screen(self, 860, 460)
        self._reading = QTimer(self)
        self._reading.timeout.connect(self._read_next)
        self._reading.start(0)

    @property
    def is_reading(self) -> bool:
        """Whether there are backups left that have not been read."""
        return self._reading.isActive()

    @property
    def notice(self) -> str:
        """What is said below the table."""
        return self._notice.text()

    def choose(self) -> None:
        """Take the present row, and be done."""
        row = self.table.currentRow()
        if 0 <= row < len(self._listed):
            self.chosen = self._listed[row]
            self.accept()

    def done(self, result: int) -> None:
        """Read no further."""
        self._reading.stop()
        super().done(result)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self.restore_button)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addWidget(self.about)
        layout.addWidget(self.table, 1)
        layout.addWidget(self._notice)
        layout.addLayout(buttons)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _read_next(self) -> None:
        """Read one more, which takes a while for a large one."""
        found = next(self._found, None)
        if found is None:
            self._reading.stop()
            say(self._notice, "" if self._listed else self._catalogue.text("other.none"))
            return
        self._listed.append(found)
        self.table.show_rows([self._row(each) for each in self._listed])
        self.restore_button.setEnabled(True)

    def _row(self, found: OtherBackup) -> tuple[str, ...]:
        catalogue, origin = self._catalogue, found.origin
        return (
            "–" if origin is None else origin.name,
            "–" if origin is None else str(origin.parent),
            local_time(catalogue, found.backup.made),
            catalogue.number(found.inventory.documents),
            catalogue.number(found.inventory.annotations),
        )

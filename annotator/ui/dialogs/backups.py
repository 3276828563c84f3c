"""The backups of a project: when and why each was made, what it holds, and the way back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from annotator.foundation.catalogue import Catalogue
from annotator.foundation.errors import AnnotatorError
from annotator.foundation.logs import note
from annotator.ui.dialogs.controls import (
    Table,
    fit_to_screen,
    path_field,
    push_button,
    say,
    say_error,
    snug_label,
    wrapped_label,
)
from annotator.workbench.backups import Backup, Backups, read_backup, restore
from annotator.workbench.clock import local_time
from annotator.workbench.projects import SUFFIX

_COLUMNS = ("time", "reason", "documents", "annotations", "state")
_WIDTHS = (150, 0, 120, 120, 130)
_REASON = 1


class BackupsDialog(QDialog):
    """Lists the backups and reads each as a whole, one after the other, while it is looked at.

    `restored` is the project that was made of one of them, or None.
    """

    def __init__(
        self, catalogue: Catalogue, backups: Backups, *, project: Path, parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self._catalogue = catalogue
        self._backups = backups
        self._project = project
        self._listed: tuple[Backup, ...] = ()
        self._unread: list[int] = []
        self.restored: Path | None = None
        self.setWindowTitle(catalogue.text("backup.title_of", name=project.name))
        self.about = snug_label(
            catalogue.text("backup.about", name=project.name, folder=str(project.parent)), self
        )
        titles = [catalogue.text(f"backup.column.{name}") for name in _COLUMNS]
        self.table = Table(catalogue.text("backup.title"), titles, self, wide=_REASON)
        self.table.set_widths(_WIDTHS)
        self.table.lead_on = True
        self._notice = wrapped_label("", self, role="faint")
        self.folder_field = path_field(catalogue.text("backup.folder"), self)
        self.folder_field.setReadOnly(True)
        self.make_button = push_button(catalogue.text("backup.make"), self)
        self.restore_button = push_button(catalogue.text("backup.restore"), self)
        self.close_button = push_button(catalogue.text("dialog.close"), self)
        self._reading = QTimer(self)
        self._reading.setInterval(0)
        self._reading.timeout.connect(self._read_next)
        self._lay_out()
        self._connect()
        fit_to_screen(self, 760, 460)
        self._show_backups()

    @property
    def notice(self) -> str:
        """What is said below the table."""
        return self._notice.text()

    @property
    def is_reading(self) -> bool:
        """Whether there are backups left that have not been read."""
        return bool(self._unread)

    def make(self) -> None:
        """Make a backup now, and say so."""
        try:
            self._backups.make_now()
        except AnnotatorError as error:
            self._tell(error)
            return
        self._show_backups()
        say(self._notice, self._catalogue.text("backup.made"))

    def restore_chosen(self) -> None:
        """Ask for a name and restore the present backup under it; done when that succeeded."""
        row = self.table.currentRow()
        if not 0 <= row < len(self._listed):
            return
        title = self._catalogue.text("backup.restore")
        kinds = f"{self._catalogue.text('app.name')} (*{SUFFIX})"
        proposed = self._project.with_stem(f"{self._project.stem}-restored")
        chosen, _ = QFileDialog.getSaveFileName(self, title, str(proposed), kinds)
        if not chosen:
            return
        target = Path(chosen)
        if not target.suffix:
            target = target.with_suffix(SUFFIX)
        try:
            restore(self._listed[row].path, target)
        except AnnotatorError as error:
            self._tell(error)
            return
        self.restored = target
        self.accept()

    def done(self, result: int) -> None:
        """Read no further."""
        self._reading.stop()
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Read no further."""
        self._reading.stop()
        super().closeEvent(event)

    def _lay_out(self) -> None:
        text = self._catalogue.text
        explanation = snug_label(text("backup.explanation"), self)
        where = QHBoxLayout()
        where.addWidget(wrapped_label(text("backup.folder"), self, role="faint"))
        where.addWidget(self.folder_field, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.make_button)
        buttons.addWidget(self.restore_button)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addWidget(self.about)
        layout.addWidget(explanation)
        layout.addWidget(self.table, 1)
        layout.addWidget(self._notice)
        layout.addLayout(where)
        layout.addLayout(buttons)

    def _connect(self) -> None:
        self.make_button.clicked.connect(self.make)
        self.restore_button.clicked.connect(self.restore_chosen)
        self.close_button.clicked.connect(self.reject)
        self.table.row_chosen.connect(lambda _: self.restore_chosen())

    def _show_backups(self) -> None:
        try:
            self.folder_field.setText(str(self._backups.folder))
            self._listed = self._backups.all()
        except AnnotatorError as error:
            self._tell(error)
            return
        self.folder_field.setCursorPosition(0)
        self.table.show_rows([self._row(backup) for backup in self._listed])
        self.table.setCurrentCell(0, 0)
        self.restore_button.setEnabled(bool(self._listed))
        say(self._notice, "" if self._listed else self._catalogue.text("backup.none"))
        focused = self.table if self._listed else self.make_button
        focused.setFocus(Qt.FocusReason.OtherFocusReason)
        self._unread = list(range(len(self._listed)))
        self._reading.start()

    def _read_next(self) -> None:
        """Read one more, so that its row says what it holds and whether it is whole."""
        if not self._unread:
            self._reading.stop()
            return
        row = self._unread.pop(0)
        backup, catalogue = self._listed[row], self._catalogue
        try:
            inventory = read_backup(backup.path)
        except AnnotatorError as error:
            note("backup damaged", path=backup.path, error=error.key)
            state = catalogue.text("backup.state.damaged")
            self.table.show_row(row, self._row(backup, state=state))
            return
        self.table.show_row(
            row,
            self._row(
                backup,
                documents=catalogue.number(inventory.documents),
                annotations=catalogue.number(inventory.annotations),
                state=catalogue.text("backup.state.whole"),
            ),
        )

    def _row(
        self, backup: Backup, *, documents: str = "–", annotations: str = "–", state: str = "…"
    ) -> tuple[str, ...]:
        reason = self._catalogue.text(f"backup.reason.{backup.reason.value}")
        return local_time(self._catalogue, backup.made), reason, documents, annotations, state

    def _tell(self, error: AnnotatorError) -> None:
        say_error(self._notice, self._catalogue, error)

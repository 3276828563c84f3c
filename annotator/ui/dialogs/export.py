"""The export dialog: what, where to, what stands in the way, and what was written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from annotator.core.ids import DocumentId, RecordId, SetId
from annotator.foundation.catalogue import Catalogue
from annotator.foundation.errors import AnnotatorError
from annotator.ui.dialogs.controls import fit_to_screen, push_button, say, wrapped_label
from annotator.ui.dialogs.export_choices import ExportForm
from annotator.ui.dialogs.export_findings import FindingsPage
from annotator.ui.dialogs.export_losses import LossesPage, LossList
from annotator.ui.dialogs.export_memory import remember_export
from annotator.ui.dialogs.export_wording import (
    GOLDEN,
    BlockingFinding,
    blocking_findings,
    result_text,
)
from annotator.ui.dialogs.report_page import ReportPage
from annotator.ui.messages import confirm
from annotator.ui.progress import ProgressBox
from annotator.workbench.exporting import ExportChoices, Exporter, ExportResult
from annotator.workbench.format_offers import is_one_file


class ExportDialog(QDialog):
    """Everything from the choice of sets to the report.

    `suggested` is the target that is proposed. `written` is None until something was exported;
    `chosen_finding` tells where the user wants to go to mend something.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        exporter: Exporter,
        *,
        annotators: Sequence[str],
        suggested: Path,
        parent: QWidget | None,
    ) -> None:
        super().__init__(parent)
        self._catalogue = catalogue
        self._exporter = exporter
        self._findings: tuple[BlockingFinding, ...] = ()
        self._accepted: ExportChoices | None = None
        self.written: ExportResult | None = None
        self.chosen_finding: tuple[DocumentId, SetId, RecordId | None] | None = None
        self.setWindowTitle(catalogue.text("exporting.title"))
        self._choosing = QWidget(self)
        self.form = ExportForm(
            catalogue,
            count=exporter.chosen,
            annotators=annotators,
            suggested=suggested,
            parent=self._choosing,
        )
        self._make_buttons()
        self.findings_page = FindingsPage(catalogue, self)
        self.losses_page = LossesPage(catalogue, self)
        self.report_page = ReportPage(catalogue, self)
        self._pages = QStackedWidget(self)
        for page in (self._choosing, self.findings_page, self.losses_page, self.report_page):
            self._pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.addWidget(self._pages)
        self._connect()
        fit_to_screen(self, 860, 740)  # the format with most to choose has room; nothing jumps
        self.form.refresh()
        self.form.scope_buttons[self.form.choices.scope].setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def notice(self) -> str:
        """What is said below the choices."""
        return self._notice.text()

    def start(self) -> None:
        """Export, or show what stands in the way, or what the format cannot hold."""
        target = self.form.target
        if target is None or not self._may_replace(target):
            return
        choices = self.form.choices
        self._begin("exporting.checking")
        try:
            blocking = self._exporter.blocking(choices, self.progress)
            self._findings = blocking_findings(self._catalogue, blocking)
        except AnnotatorError as error:
            self._tell(error)
            return
        finally:
            self._end()
        if self._findings:
            self._pages.setCurrentWidget(self.findings_page)
            self.findings_page.show_findings(self._findings)
        else:
            self._look_ahead(target, choices)

    def export_draft(self) -> None:
        """Export in spite of the findings; what the format cannot hold is shown before."""
        target = self.form.target
        self.show_choices()
        if target is not None:
            self._look_ahead(target, replace(self.form.choices, is_draft=True))

    def export_with_losses(self) -> None:
        """Export in spite of what the format cannot hold."""
        target, choices = self.form.target, self._accepted
        self.show_choices()
        if target is not None and choices is not None:
            self._write(target, choices)

    def show_choices(self) -> None:
        """Go back to the choices."""
        self._pages.setCurrentWidget(self._choosing)
        self.export_button.setDefault(True)
        self.export_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def reject(self) -> None:
        """Escape and closing stop what runs; else they close, after an export as accepted."""
        if self.progress.is_running:
            self.progress.stop()
        elif self.written is not None:
            self.accept()
        else:
            super().reject()

    def _make_buttons(self) -> None:
        text = self._catalogue.text
        self._notice = wrapped_label("", self._choosing, role="refusal")
        self._notice.hide()
        self.progress = ProgressBox(self._catalogue, self._choosing)
        self.export_button = push_button(text("exporting.start"), self._choosing)
        self.export_button.setDefault(True)
        self.close_button = push_button(text("dialog.cancel"), self._choosing)
        buttons = QHBoxLayout()
        buttons.addWidget(self.progress, 1)
        buttons.addWidget(self.export_button)
        buttons.addWidget(self.close_button)
        layout = QVBoxLayout(self._choosing)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.form, 1)
        layout.addWidget(self._notice)
        layout.addLayout(buttons)

    def _connect(self) -> None:
        self.form.changed.connect(self._on_changed)
        self.export_button.clicked.connect(self.start)
        self.close_button.clicked.connect(self.reject)
        self.findings_page.back_button.clicked.connect(self.show_choices)
        self.findings_page.draft_button.clicked.connect(self.export_draft)
        self.findings_page.mend_button.clicked.connect(self.reject)
        self.findings_page.finding_chosen.connect(self._on_finding)
        self.losses_page.back_button.clicked.connect(self.show_choices)
        self.losses_page.go_on_button.clicked.connect(self.export_with_losses)
        self.report_page.close_button.clicked.connect(self.accept)

    def _on_changed(self) -> None:
        say(self._notice, "")
        self.export_button.setEnabled(self.form.is_ready)

    def _on_finding(self, row: int) -> None:
        found = self._findings[row]
        self.chosen_finding = (found.document, found.set, found.record)
        self.accept()

    def _may_replace(self, target: Path) -> bool:
        """Whether what exists may be replaced; the file dialog has asked about its own file."""
        text = self._catalogue.text
        if is_one_file(self.form.choices.format, target):
            if not target.is_file() or target == self.form.place.agreed:
                return True
            question = text("exporting.replace", path=target)
        elif _has_files(target):
            question = text("exporting.replace_folder", path=target)
        else:
            return True
        return confirm(self, self._catalogue, question, accept=text("exporting.replace_accept"))

    def _look_ahead(self, target: Path, choices: ExportChoices) -> None:
        """Write, unless something would be lost: that is shown before. Gold holds everything."""
        if choices.format.id in GOLDEN:
            self._write(target, choices)
            return
        listed = LossList(self._catalogue)
        self._begin("exporting.looking_ahead")
        try:
            numbers = self._exporter.preview(choices, self.progress, listed)
        except AnnotatorError as error:
            self._tell(error)
            return
        finally:
            self._end()
        if numbers.losses:
            self._accepted = choices
            self._pages.setCurrentWidget(self.losses_page)
            title = self._catalogue.text(choices.format.title)
            self.losses_page.show_losses(title, numbers, listed)
        else:
            self._write(target, choices)

    def _write(self, target: Path, choices: ExportChoices) -> None:
        self._begin("exporting.running")
        try:
            self.written = self._exporter.export(target, choices, self.progress)
        except AnnotatorError as error:
            self._tell(error)
        finally:
            self._end()
        if self.written is not None:
            remember_export(choices)
            self._pages.setCurrentWidget(self.report_page)
            self.report_page.show_report(*result_text(self._catalogue, self.written))

    def _tell(self, error: AnnotatorError) -> None:
        say(self._notice, self._catalogue.error(error), is_refusal=True)

    def _begin(self, key: str) -> None:
        self._set_enabled(False)
        self.progress.begin(self._catalogue.text(key))

    def _end(self) -> None:
        self.progress.end()
        self._set_enabled(True)
        self.export_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _set_enabled(self, is_enabled: bool) -> None:
        for part in (self.form, self.export_button, self.close_button):
            part.setEnabled(is_enabled)


def _has_files(folder: Path) -> bool:
    """Whether something lies in a folder; one that cannot be read is told of by the export."""
    try:
        return folder.is_dir() and any(folder.iterdir())
    except OSError:
        return False

"""The export dialog: what, where to, what stands in the way, and what was written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from annotator.core.ids import DocumentId, RecordId, SetId
from annotator.foundation.catalogue import Catalogue
from annotator.ui.dialogs.controls import fit_to_screen, push_button, say
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
from annotator.ui.dialogs.long_step import LongStepDialog
from annotator.ui.messages import confirm
from annotator.workbench.export_leftovers import NAMED, EarlierExport
from annotator.workbench.exporting import ExportChoices, Exporter, ExportResult
from annotator.workbench.format_offers import is_one_file


class ExportDialog(LongStepDialog):
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
        super().__init__(catalogue, catalogue.text("exporting.title"), parent)
        self._exporter = exporter
        self._findings: tuple[BlockingFinding, ...] = ()
        self._accepted: ExportChoices | None = None
        self.written: ExportResult | None = None
        self.chosen_finding: tuple[DocumentId, SetId, RecordId | None] | None = None
        self.form = ExportForm(
            catalogue,
            count=exporter.chosen,
            annotators=annotators,
            suggested=suggested,
            parent=self._first,
        )
        self._layout.addWidget(self.form, 1)
        self.export_button = push_button(catalogue.text("exporting.start"), self._first)
        self.export_button.setDefault(True)
        self._finish_first(self.form, start=self.export_button)
        self.findings_page = FindingsPage(catalogue, self)
        self.losses_page = LossesPage(catalogue, self)
        for page in (self.findings_page, self.losses_page):
            self._pages.addWidget(page)
        self._connect()
        fit_to_screen(self, 860, 740)  # the format with most to choose has room; nothing jumps
        self.form.refresh()
        self.form.scope_buttons[self.form.choices.scope].setFocus(Qt.FocusReason.OtherFocusReason)

    def start(self) -> None:
        """Export, or show what stands in the way, or what the format cannot hold."""
        target = self.form.target
        if target is None or not self._may_replace(target):
            return
        choices = self.form.choices

        def check() -> tuple[BlockingFinding, ...]:
            blocking = self._exporter.blocking(choices, self.progress)
            return blocking_findings(self._catalogue, self._exporter.scheme, blocking)

        findings = self._run("exporting.checking", check)
        if findings is None:
            return
        self._findings = findings
        if findings:
            self._pages.setCurrentWidget(self.findings_page)
            self.findings_page.show_findings(findings)
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
        self._pages.setCurrentWidget(self._first)
        self.export_button.setDefault(True)
        self.export_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _connect(self) -> None:
        self.form.changed.connect(self._on_changed)
        self.export_button.clicked.connect(self.start)
        self.findings_page.back_button.clicked.connect(self.show_choices)
        self.findings_page.draft_button.clicked.connect(self.export_draft)
        self.findings_page.mend_button.clicked.connect(self.reject)
        self.findings_page.finding_chosen.connect(self._on_finding)
        self.losses_page.back_button.clicked.connect(self.show_choices)
        self.losses_page.go_on_button.clicked.connect(self.export_with_losses)

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
        elif not _has_files(target):
            return True
        else:
            changed = self._run("exporting.checking", lambda: EarlierExport(target).changed())
            if changed:
                return self._may_undo(target, changed)
            question = text("exporting.replace_folder", path=target)
        return confirm(self, self._catalogue, question, accept=text("exporting.replace_accept"))

    def _may_undo(self, target: Path, changed: Sequence[str]) -> bool:
        """Whether the work may go that somebody has done in the files of an earlier export."""
        text, names = self._catalogue.text, tuple(changed[:NAMED])
        told = {"folder": target, "names": names, "count": len(changed)}
        question, accept = text("exporting.replace_changed", **told), "exporting.replace_accept"
        return confirm(self, self._catalogue, question, accept=text(accept), is_risky=True)

    def _look_ahead(self, target: Path, choices: ExportChoices) -> None:
        """Write, unless something would be lost: that is shown before. Gold holds everything."""
        if choices.format.id in GOLDEN:
            self._write(target, choices)
            return
        listed = LossList(self._catalogue)
        numbers = self._run(
            "exporting.looking_ahead",
            lambda: self._exporter.preview(choices, self.progress, listed),
        )
        if numbers is None:
            return
        if numbers.losses:
            self._accepted = choices
            self._pages.setCurrentWidget(self.losses_page)
            title = self._catalogue.text(choices.format.title)
            self.losses_page.show_losses(title, numbers, listed)
        else:
            self._write(target, choices)

    def _write(self, target: Path, choices: ExportChoices) -> None:
        self.written = self._run(
            "exporting.running",
            lambda: self._exporter.export(target, choices, self.progress),
        )
        if self.written is not None:
            remember_export(choices)
            self._show_report(*result_text(self._catalogue, self.written))

    def _settle(self) -> None:
        self.export_button.setFocus(Qt.FocusReason.OtherFocusReason)


def _has_files(folder: Path) -> bool:
    """Whether something lies in a folder; one that cannot be read is told of by the export."""
    try:
        return folder.is_dir() and any(folder.iterdir())
    except OSError:
        return False

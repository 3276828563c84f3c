"""The merge dialog: what another project file brings, what contradicts, and what came of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.foundation.catalogue import Catalogue, without_isolates
from annotator.foundation.errors import AnnotatorError
from annotator.ui.dialogs.controls import (
    Table,
    fit_to_screen,
    follow_language,
    push_button,
    say,
    text_view,
    wrapped_label,
)
from annotator.ui.dialogs.report_page import ReportPage
from annotator.ui.progress import ProgressBox
from annotator.workbench.label_titles import NO_TITLES, Titles
from annotator.workbench.merge_report import MergeReport
from annotator.workbench.merge_wording import (
    headline,
    outcome_text,
    parts_beside,
    report_text,
    side_text,
)
from annotator.workbench.merging import MergeChoices, Merger

_SETS = ("title", "person", "added", "changed", "removed")
_CONFLICTS = ("title", "person", "ours", "theirs", "outcome")


class MergeDialog(QDialog):
    """Compares at once, merges when asked, and shows the report."""

    def __init__(
        self,
        catalogue: Catalogue,
        merger: Merger,
        *,
        name: str,
        titles: Titles = NO_TITLES,
        parent: QWidget | None,
    ) -> None:
        super().__init__(parent)
        self._catalogue = catalogue
        self._merger = merger
        self._titles = titles
        self.preview: MergeReport | None = None
        self.report: MergeReport | None = None
        self.setWindowTitle(catalogue.text("merging.title"))
        self._pages = QStackedWidget(self)
        self._looking = QWidget(self)
        self._head = wrapped_label(catalogue.text("merging.file", name=name), self._looking)
        self._summary = wrapped_label("", self._looking)
        self._make_tables()
        self._make_choices()
        self._lay_out()
        self.report_page = ReportPage(catalogue, self)
        self._pages.addWidget(self._looking)
        self._pages.addWidget(self.report_page)
        layout = QVBoxLayout(self)
        layout.addWidget(self._pages)
        self._connect()
        fit_to_screen(self, 900, 640)
        QTimer.singleShot(0, self, self.compare)

    @property
    def notice(self) -> str:
        """What is said above the buttons."""
        return self._notice.text()

    @property
    def summary(self) -> str:
        """What the file brings, in one sentence."""
        return self._summary.text()

    @property
    def is_merged(self) -> bool:
        """Whether anything was merged."""
        return self.report is not None and self.report.step is not None

    def compare(self) -> None:
        """Look at the other file and show what it would bring."""
        self._begin("merging.looking")
        try:
            self.preview = self._merger.preview(self.progress)
        except AnnotatorError as error:
            say(self._notice, self._catalogue.error(error), is_refusal=True)
        finally:
            self._end()
        if self.preview is not None:
            self._show(self.preview)

    def start(self) -> None:
        """Merge; the report follows, or the reason why nothing was merged."""
        choices = MergeChoices(
            accepts_drops=self.drops_box.isChecked(), adds_labels=self.labels_box.isChecked()
        )
        self._begin("merging.running")
        try:
            self.report = self._merger.run(choices, self.progress)
        except AnnotatorError as error:
            say(self._notice, self._catalogue.error(error), is_refusal=True)
        finally:
            self._end()
        if self.report is not None:
            self._tell(self.report)

    def reject(self) -> None:
        """Escape and closing stop what runs; else they close, after a merge as accepted."""
        if self.progress.is_running:
            self.progress.stop()
        elif self.report is not None:
            self.accept()
        else:
            super().reject()

    def _make_tables(self) -> None:
        text = self._catalogue.text
        sets = [text(f"merging.column.{column}") for column in _SETS]
        self.sets = Table(text("merging.sets"), sets, self._looking, wide=0)
        self.sets.set_widths((0, 150, 80, 80, 80))
        self.sets.wrap()
        conflicts = [text(f"merging.column.{column}") for column in _CONFLICTS]
        self.conflicts = Table(text("merging.conflicts"), conflicts, self._looking, wide=4)
        self.conflicts.set_widths((150, 110, 160, 160))
        self.conflicts.wrap()
        for table in (self.sets, self.conflicts):
            table.setSelectionMode(Table.SelectionMode.ExtendedSelection)
        self.details = text_view(text("dialog.report"), self._looking)
        follow_language(self.details)

    def _make_choices(self) -> None:
        text = self._catalogue.text
        self.drops_box = QCheckBox(text("merging.accept_drops"), self._looking)
        self.labels_box = QCheckBox(text("merging.add_labels"), self._looking)
        for box in (self.drops_box, self.labels_box):
            box.hide()
        self._hint = wrapped_label(text("merging.undo_hint"), self._looking, role="faint")
        self._notice = wrapped_label("", self._looking, role="faint")
        self._notice.hide()
        self.progress = ProgressBox(self._catalogue, self._looking)
        self.copy_button = push_button(text("dialog.copy"), self._looking)
        self.copy_button.setEnabled(False)
        self.merge_button = push_button(text("merging.start"), self._looking)
        self.merge_button.setEnabled(False)
        self.close_button = push_button(text("dialog.cancel"), self._looking)

    def _lay_out(self) -> None:
        self._splitter = QSplitter(Qt.Orientation.Vertical, self._looking)
        for part in (self.sets, self.conflicts, self.details):
            self._splitter.addWidget(part)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(8)
        buttons = QHBoxLayout()
        buttons.addWidget(self.copy_button)
        buttons.addWidget(self.progress, 1)
        buttons.addWidget(self.merge_button)
        buttons.addWidget(self.close_button)
        layout = QVBoxLayout(self._looking)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._head)
        layout.addWidget(self._summary)
        layout.addWidget(self._splitter, 1)
        for box in (self.drops_box, self.labels_box, self._hint, self._notice):
            layout.addWidget(box)
        layout.addLayout(buttons)

    def _connect(self) -> None:
        self.drops_box.toggled.connect(self._allow)
        self.copy_button.clicked.connect(self._copy)
        self.merge_button.clicked.connect(self.start)
        self.close_button.clicked.connect(self.reject)
        self.report_page.close_button.clicked.connect(self.accept)

    def _show(self, report: MergeReport) -> None:
        catalogue = self._catalogue
        self._summary.setText(headline(catalogue, report))
        number = catalogue.number
        self.sets.show_rows(
            [
                (
                    news.place.title,
                    news.place.person,
                    *map(number, (news.added, news.changed, news.removed)),
                )
                for news in report.sets
            ]
        )
        self.conflicts.show_rows(
            [
                (
                    news.place.title,
                    news.place.person,
                    side_text(catalogue, news.ours, self._titles),
                    side_text(catalogue, news.theirs, self._titles),
                    outcome_text(catalogue, news),
                )
                for news in report.conflicts
            ]
        )
        beside = parts_beside(catalogue, report)
        self.details.setPlainText(beside)
        self.sets.setVisible(bool(report.sets))
        self.conflicts.setVisible(bool(report.conflicts))
        self.details.setVisible(bool(beside))
        self.drops_box.setVisible(bool(report.drops))
        self.labels_box.setVisible(self._merger.can_add(report))
        self._hint.setVisible(not report.is_empty)
        self.copy_button.setEnabled(not report.is_empty)
        self._allow()
        if self.merge_button.isEnabled():
            self.merge_button.setDefault(True)
            self.merge_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _copy(self) -> None:
        """Copy what the tables and the text below them say."""
        report = self.preview
        if report is not None:
            text = f"{self.summary}\n\n{report_text(self._catalogue, report)}"
            QApplication.clipboard().setText(without_isolates(text).strip() + "\n")

    def _allow(self) -> None:
        """A merge is possible where there is something new, and a sudden drop is meant."""
        report = self.preview
        is_meant = report is not None and (not report.drops or self.drops_box.isChecked())
        self.merge_button.setEnabled(report is not None and not report.is_empty and is_meant)

    def _tell(self, report: MergeReport) -> None:
        self._pages.setCurrentWidget(self.report_page)
        self.report_page.show_report(
            headline(self._catalogue, report),
            report_text(self._catalogue, report, self._titles),
        )

    def _begin(self, key: str) -> None:
        say(self._notice, "")
        for part in (self._splitter, self.drops_box, self.labels_box, self.close_button):
            part.setEnabled(False)
        self.merge_button.setEnabled(False)
        self.progress.begin(self._catalogue.text(key))

    def _end(self) -> None:
        self.progress.end()
        for part in (self._splitter, self.drops_box, self.labels_box, self.close_button):
            part.setEnabled(True)
        self._allow()

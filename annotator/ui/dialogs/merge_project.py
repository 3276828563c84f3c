"""The merge dialog: what another project file brings, what contradicts, and what came of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QCheckBox, QSplitter, QWidget

from annotator.foundation.catalogue import Catalogue, without_isolates
from annotator.ui.dialogs.controls import (
    Table,
    fit_to_screen,
    follow_language,
    push_button,
    text_view,
    wrapped_label,
)
from annotator.ui.dialogs.long_step import LongStepDialog
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


class MergeDialog(LongStepDialog):
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
        super().__init__(catalogue, catalogue.text("merging.title"), parent)
        self._merger = merger
        self._titles = titles
        self.preview: MergeReport | None = None
        self.report: MergeReport | None = None
        self._head = wrapped_label(catalogue.text("merging.file", name=name), self._first)
        self._summary = wrapped_label("", self._first)
        self._make_tables()
        self._make_choices()
        self._lay_out()
        self.drops_box.toggled.connect(self._settle)
        self.copy_button.clicked.connect(self._copy)
        self.merge_button.clicked.connect(self.start)
        fit_to_screen(self, 900, 640)
        QTimer.singleShot(0, self, self.compare)

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
        self.preview = self._run("merging.looking", lambda: self._merger.preview(self.progress))
        if self.preview is not None:
            self._show(self.preview)

    def start(self) -> None:
        """Merge; the report follows, or the reason why nothing was merged."""
        choices = MergeChoices(
            accepts_drops=self.drops_box.isChecked(), adds_labels=self.labels_box.isChecked()
        )
        report = self._run("merging.running", lambda: self._merger.run(choices, self.progress))
        self.report = report
        if report is not None:
            whole = report_text(self._catalogue, report, self._titles)
            self._show_report(headline(self._catalogue, report), whole)

    def _make_tables(self) -> None:
        text = self._catalogue.text
        sets = [text(f"merging.column.{column}") for column in _SETS]
        self.sets = Table(text("merging.sets"), sets, self._first, wide=0)
        self.sets.set_widths((0, 150, 80, 80, 80))
        self.sets.wrap()
        conflicts = [text(f"merging.column.{column}") for column in _CONFLICTS]
        self.conflicts = Table(text("merging.conflicts"), conflicts, self._first, wide=4)
        self.conflicts.set_widths((150, 110, 160, 160))
        self.conflicts.wrap()
        for table in (self.sets, self.conflicts):
            table.setSelectionMode(Table.SelectionMode.ExtendedSelection)
        self.details = text_view(text("dialog.report"), self._first)
        follow_language(self.details)

    def _make_choices(self) -> None:
        text = self._catalogue.text
        self.drops_box = QCheckBox(text("merging.accept_drops"), self._first)
        self.labels_box = QCheckBox(text("merging.add_labels"), self._first)
        for box in (self.drops_box, self.labels_box):
            box.hide()
        self._hint = wrapped_label(text("merging.undo_hint"), self._first, role="faint")
        self.copy_button = push_button(text("dialog.copy"), self._first)
        self.copy_button.setEnabled(False)
        self.merge_button = push_button(text("merging.start"), self._first)
        self.merge_button.setEnabled(False)

    def _lay_out(self) -> None:
        splitter = QSplitter(Qt.Orientation.Vertical, self._first)
        for part in (self.sets, self.conflicts, self.details):
            splitter.addWidget(part)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(8)
        self._layout.addWidget(self._head)
        self._layout.addWidget(self._summary)
        self._layout.addWidget(splitter, 1)
        for box in (self.drops_box, self.labels_box, self._hint):
            self._layout.addWidget(box)
        self._finish_first(
            splitter,
            self.drops_box,
            self.labels_box,
            start=self.merge_button,
            beside=(self.copy_button,),
        )

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
        self._settle()
        ways = (self.merge_button, self.drops_box, self.close_button)
        first = next(way for way in ways if way.isEnabled() and way.isVisibleTo(self))
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _copy(self) -> None:
        """Copy what the tables and the text below them say."""
        report = self.preview
        if report is not None:
            text = f"{self.summary}\n\n{report_text(self._catalogue, report)}"
            QApplication.clipboard().setText(without_isolates(text).strip() + "\n")

    def _settle(self) -> None:
        """A merge is possible where there is something new, and a sudden drop is meant."""
        report = self.preview
        is_meant = report is not None and (not report.drops or self.drops_box.isChecked())
        self.merge_button.setEnabled(report is not None and not report.is_empty and is_meant)
        self.merge_button.setDefault(self.merge_button.isEnabled())

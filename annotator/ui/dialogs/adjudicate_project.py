"""Adjudication of the whole project by one rule: what would be decided where, then the report."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from annotator.adjudication.strategies import Strategy, all_agree, first_of, majority
from annotator.core.ids import AnnotatorId, DocumentId, SetId
from annotator.foundation.catalogue import Catalogue
from annotator.ui.dialogs.controls import (
    Table,
    fit_to_screen,
    push_button,
    say,
    wrapped_label,
)
from annotator.ui.dialogs.long_step import LongStepDialog
from annotator.ui.labels import plain_label
from annotator.workbench.adjudicating_project import AdjudicationReport, ProjectAdjudicator
from annotator.workbench.adjudication_wording import report_lines

_COLUMNS = ("name", "units", "agreed", "before", "decided", "open")
_WIDTHS = (0, 90, 90, 150, 150, 110)


class ProjectAdjudicationDialog(LongStepDialog):
    """Counts at once and whenever another rule is chosen; decides when asked, as one step.

    `wanted` is the document whose adjudication shall be opened once the dialog is accepted.
    `back_up` is called before anything is written.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        project: ProjectAdjudicator,
        *,
        people: Sequence[tuple[SetId, str]],
        adjudicator: AnnotatorId,
        back_up: Callable[[], object],
        parent: QWidget | None,
    ) -> None:
        super().__init__(catalogue, catalogue.text("adjudicating_all.title"), parent)
        self._project = project
        self._people, self._adjudicator, self._back_up = dict(people), adjudicator, back_up
        self.preview: AdjudicationReport | None = None
        self.report: AdjudicationReport | None = None
        self.wanted: DocumentId | None = None
        self._make_parts()
        self._lay_out()
        self.rule_box.currentIndexChanged.connect(self.count)
        self.table.row_chosen.connect(self._choose)
        self.start_button.clicked.connect(self.start)
        fit_to_screen(self, 900, 600)
        QTimer.singleShot(0, self, self.count)

    @property
    def told(self) -> str:
        """What is said of all documents together."""
        return self._told.text()

    def count(self) -> None:
        """Compare everything, and show what the chosen rule would decide."""
        rule, project = self._rules[self.rule_box.currentIndex()], self._project
        self.preview = None
        self.preview = self._run(
            "adjudicating_all.counting", lambda: project.preview(rule, progress=self.progress)
        )
        if self.preview is not None:
            self._show()

    def start(self) -> None:
        """Decide; the report follows, or the reason why nothing was decided."""
        self._back_up()
        rule, project = self._rules[self.rule_box.currentIndex()], self._project
        self.report = self._run(
            "adjudicating_all.deciding",
            lambda: project.run(rule, adjudicator=self._adjudicator, progress=self.progress),
        )
        if self.report is not None:
            headline, *lines = self._lines(self.report)
            self._show_report(headline, "\n".join(lines))

    def _make_parts(self) -> None:
        text, page = self._catalogue.text, self._first
        self._rule = plain_label(page)
        self._rule.setText(text("adjudicating_all.rule"))
        self.rule_box = QComboBox(page)
        self.rule_box.setAccessibleName(text("adjudicating_all.rule"))
        self._rules: list[Strategy] = [all_agree, majority]
        for rule in ("agreed", "majority"):
            self.rule_box.addItem(text(f"adjudicating_all.rule.{rule}"))
        for side, name in self._people.items():
            self._rules.append(first_of(side))
            self.rule_box.addItem(text("adjudicating_all.rule.first", name=name))
        self._told = wrapped_label("", page)
        titles = [text(f"adjudicating_all.column.{column}") for column in _COLUMNS]
        self.table = Table(text("adjudicating_all.documents"), titles, page, wide=0)
        self.table.set_widths(_WIDTHS)
        self.table.lead_on = True
        self._beside = wrapped_label("", page)
        self._hint = wrapped_label(text("adjudicating_all.hint"), page, role="faint")
        self.start_button = push_button("", page)
        self.start_button.setEnabled(False)

    def _lay_out(self) -> None:
        rules = QHBoxLayout()
        rules.addWidget(self._rule)
        rules.addWidget(self.rule_box)
        rules.addStretch(1)
        self._layout.addLayout(rules)
        self._layout.addWidget(self._told)
        self._layout.addWidget(self.table, 1)
        for label in (self._beside, self._hint):
            self._layout.addWidget(label)
        self._finish_first(self.rule_box, self.table, start=self.start_button)

    def _settle(self) -> None:
        self.start_button.setEnabled(self._is_something)

    @property
    def _is_something(self) -> bool:
        return self.preview is not None and self.preview.changing > 0

    def _show(self) -> None:
        report = self.preview
        assert report is not None  # whoever counts has it
        number = self._catalogue.number
        headline, *lines = self._lines(report)
        self._told.setText(headline)
        self.table.show_rows(
            [
                (
                    each.name,
                    *map(number, (each.units, each.agreed, each.before, each.decided, each.open)),
                )
                for each in report.documents
            ]
        )
        self._beside.setText("\n".join(lines))
        self._beside.setVisible(bool(lines))
        count = report.total(lambda each: each.decided)
        self.start_button.setText(self._catalogue.text("adjudicating_all.start", count=count))
        self._settle()
        if self._is_something:
            self.start_button.setDefault(True)
            self.start_button.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            say(self._notice, self._catalogue.text("adjudicating_all.nothing"))
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lines(self, report: AdjudicationReport) -> list[str]:
        is_dry = report is self.preview
        return list(report_lines(self._catalogue, report, self._people, is_dry=is_dry))

    def _choose(self, row: int) -> None:
        if self.preview is not None:
            self.wanted = self.preview.documents[row].document
            self.accept()

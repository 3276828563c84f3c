"""The page of the import dialog for names that the scheme does not have: what becomes of each."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from annotator.core.scheme import Scheme
from annotator.foundation.catalogue import Catalogue
from annotator.ui.dialogs.controls import (
    Table,
    follow_language,
    push_button,
    say,
    text_view,
    wrapped_label,
)
from annotator.ui.dialogs.import_wording import problem_lines
from annotator.ui.progress import ProgressBox
from annotator.workbench.foreign_names import UnknownName, added_under
from annotator.workbench.import_preview import ImportPreview
from annotator.workbench.label_mapping import LEAVE_OUT, NO_MAPPING, Decision, Fate, LabelMapping
from annotator.workbench.mapping_choices import settled
from annotator.workbench.mapping_wording import headline, kind_text, option_text
from annotator.workbench.renamed_names import new_text

_COLUMNS = ("kind", "name", "count", "fate")
_FATE = 3
_PROBLEMS_ROOM = 110
_MOST_PROBLEMS = 200
"""Lines that are shown beforehand; the report tells all."""
_ROW_ROOM = 10
"""Pixels above and below a box in its row, together."""


class FateBox(QComboBox):
    """What one name may become. Emits `entered` when it gets the focus."""

    entered = Signal()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell it."""
        super().focusInEvent(event)
        self.entered.emit()


class LabelsPage(QWidget):
    """A row for each name with a box of what it may become; what is alike is chosen beforehand.

    Tab goes from box to box, and Enter imports. `wanted` is emitted when the import shall go on
    with `mapping`, `refused` when other files are to be chosen.
    """

    wanted = Signal()
    refused = Signal()

    def __init__(self, catalogue: Catalogue, parent: QWidget) -> None:
        super().__init__(parent)
        self._catalogue = catalogue
        self._preview = ImportPreview()
        self._scheme: Scheme | None = None
        self._chosen = NO_MAPPING
        self._rows: tuple[UnknownName, ...] = ()
        self.mapping: LabelMapping = NO_MAPPING
        text = catalogue.text
        self._headline = wrapped_label("", self)
        self._title = wrapped_label(text("importing.labels.title"), self, role="panelTitle")
        titles = [text(f"importing.labels.column.{column}") for column in _COLUMNS]
        self.table = Table(text("importing.labels.table"), titles, self, wide=_FATE)
        self.table.set_widths((150, 210, 90))
        self.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.problems = text_view(text("importing.labels.problems"), self)
        self.problems.setMaximumHeight(_PROBLEMS_ROOM)
        self._problems_title = wrapped_label("", self)
        self._summary = wrapped_label("", self)
        self._present = wrapped_label("", self, role="faint")
        self._hint = wrapped_label(text("importing.labels.undo_hint"), self, role="faint")
        self._notice = wrapped_label("", self, role="faint")
        self.progress = ProgressBox(catalogue, self)
        self.back_button = push_button(text("importing.labels.back"), self)
        self.import_button = push_button(text("importing.start"), self)
        self.back_button.clicked.connect(self.refused)
        self.import_button.clicked.connect(self.wanted)
        self._lay_out()

    @property
    def notice(self) -> str:
        """What is said above the buttons."""
        return self._notice.text()

    @property
    def summary(self) -> str:
        """How much is left out, and how much the scheme gets."""
        return self._summary.text()

    def box(self, row: int) -> FateBox:
        """The box of a row."""
        found = self.table.cellWidget(row, _FATE)
        assert isinstance(found, FateBox)  # every row has one
        return found

    def show_preview(self, preview: ImportPreview, scheme: Scheme, present: str | None) -> None:
        """Show the names of files; `present` gets the sets that are nobody's."""
        self._preview, self._scheme = preview, scheme
        self._chosen = NO_MAPPING
        self._headline.setText(headline(self._catalogue, preview))
        self._show_problems(preview)
        is_told = preview.wants_owner and present is not None
        said = self._catalogue.text("importing.labels.present", name=present) if is_told else ""
        say(self._present, said)
        self.refuse("")
        self._rows = ()
        self._settle()
        self.import_button.setDefault(True)
        self.box(0).setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, sentence: str) -> None:
        """Say why nothing was imported, or nothing."""
        say(self._notice, sentence, is_refusal=True)

    def set_enabled(self, is_enabled: bool) -> None:
        """Let the choices be made, or not while the import runs."""
        for part in (self.table, self.back_button, self.import_button):
            part.setEnabled(is_enabled)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self.progress, 1)
        buttons.addWidget(self.back_button)
        buttons.addWidget(self.import_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for part in (self._title, self._headline):
            layout.addWidget(part)
        layout.addWidget(self.table, 1)
        layout.addWidget(self._problems_title)
        layout.addWidget(self.problems)
        for part in (self._summary, self._present, self._hint, self._notice):
            layout.addWidget(part)
        layout.addLayout(buttons)

    def _show_problems(self, preview: ImportPreview) -> None:
        """Show what the files have besides that somebody should know before they come in."""
        lines = problem_lines(self._catalogue, preview.problems)
        title = self._catalogue.text("importing.labels.problems_count", count=len(lines))
        self._problems_title.setText(title)
        follow_language(self.problems)
        self.problems.setPlainText("\n".join(lines[:_MOST_PROBLEMS]))
        self._problems_title.setVisible(bool(lines))
        self.problems.setVisible(bool(lines))

    def _settle(self) -> None:
        """Follow what was chosen: other event types have other roles, so rows come and go."""
        assert self._scheme is not None  # a preview comes with the scheme
        self.mapping = settled(self._chosen, self._preview.names, self._scheme)
        rows = self._preview.unknown(self._scheme, self.mapping)
        if rows != self._rows:
            self._rows = rows
            self._show_rows(self._scheme)
        left_out = sum(
            each.count for each in rows if self.mapping.decisions[each.name] == LEAVE_OUT
        )
        added = sum(self.mapping.decisions[each.name].fate is Fate.NEW for each in rows)
        said = self._catalogue.text("importing.labels.summary", left_out=left_out, added=added)
        self._summary.setText(said)

    def _show_rows(self, scheme: Scheme) -> None:
        catalogue, table = self._catalogue, self.table
        table.show_rows(
            [
                (kind_text(catalogue, each.name), each.name.shown, catalogue.number(each.count), "")
                for each in self._rows
            ]
        )
        before: QWidget = table
        for row, unknown in enumerate(self._rows):
            box = self._make_box(unknown, scheme)
            box.entered.connect(partial(table.setCurrentCell, row, 0))
            table.setCellWidget(row, _FATE, box)
            table.setRowHeight(row, box.sizeHint().height() + _ROW_ROOM)
            self.setTabOrder(before, box)
            before = box
        self.setTabOrder(before, self.back_button)

    def _make_box(self, unknown: UnknownName, scheme: Scheme) -> FateBox:
        catalogue, name = self._catalogue, unknown.name
        box = FateBox(self.table)
        box.setAccessibleName(catalogue.text("importing.labels.box", name=name.shown))
        box.setSizeAdjustPolicy(FateBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for identifier in unknown.options:
            shown = option_text(catalogue, scheme, self.mapping, name, identifier)
            box.addItem(shown, Decision(Fate.OURS, identifier))
        present = self.mapping.decisions[name]
        new = present if present.fate is Fate.NEW else added_under(name, scheme, self.mapping)
        box.addItem(new_text(catalogue, name, new), new)
        box.addItem(catalogue.text("importing.labels.leave_out"), LEAVE_OUT)
        decisions = [box.itemData(index) for index in range(box.count())]
        box.setCurrentIndex(decisions.index(present))
        box.currentIndexChanged.connect(partial(self._choose, unknown, box))
        return box

    def _choose(self, unknown: UnknownName, box: FateBox, _: int) -> None:
        decision: Decision = box.currentData()
        if decision.fate is Fate.NEW:  # another name may have taken the id since it was offered
            decision = self._renew(unknown, box)
        self._chosen = self._chosen.with_decision(unknown.name, decision)
        before = self._rows
        self._settle()
        if self._rows != before:  # the boxes were made anew
            row = [each.name for each in self._rows].index(unknown.name)
            self.box(row).setFocus(Qt.FocusReason.OtherFocusReason)

    def _renew(self, unknown: UnknownName, box: FateBox) -> Decision:
        """Let the present entry of a box be a new one under an id that is free now."""
        assert self._scheme is not None  # a preview comes with the scheme
        new = added_under(unknown.name, self._scheme, self.mapping)
        box.setItemText(box.currentIndex(), new_text(self._catalogue, unknown.name, new))
        box.setItemData(box.currentIndex(), new)
        return new

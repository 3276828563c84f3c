"""The choices of an export: which format, which sets, whose, where to, and how many that are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QGridLayout,
    QLabel,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from annotator.foundation.catalogue import Catalogue
from annotator.ui.dialogs.controls import isolated, say, wrapped_label
from annotator.ui.dialogs.export_format import FormatBox
from annotator.ui.dialogs.export_memory import last_export
from annotator.ui.dialogs.export_split import SplitBox
from annotator.ui.dialogs.export_target import TargetBox
from annotator.workbench.exporting import ExportChoices, Scope
from annotator.workbench.format_offers import FormatOffer, format_offers


class ExportForm(QWidget):
    """The controls that make `ExportChoices` and a target. Emits `changed`.

    `count` tells how many sets some choices take; `suggested` is the target that is proposed.
    Format, options and split begin as they were last.
    """

    changed = Signal()

    def __init__(
        self,
        catalogue: Catalogue,
        *,
        count: Callable[[ExportChoices], int],
        annotators: Sequence[str],
        suggested: Path,
        parent: QWidget,
        offers: Sequence[FormatOffer] | None = None,
    ) -> None:
        super().__init__(parent)
        self._catalogue = catalogue
        self._count_sets = count
        self._sets = 0
        self.format = FormatBox(catalogue, offers or format_offers(), self)
        self._make_what(annotators)
        self.place = TargetBox(catalogue, suggested, self)
        self.split = SplitBox(catalogue, self)
        self.reproducible_box = QCheckBox(catalogue.text("exporting.reproducible"), self)
        self._lay_out()
        last = last_export()
        self.format.choose(last.format, last.options)
        self.split.choose(last.split)
        self._follow()
        self._connect()

    @property
    def choices(self) -> ExportChoices:
        """What to export, as the controls say."""
        return ExportChoices(
            scope=next(scope for scope, button in self.scope_buttons.items() if button.isChecked()),
            annotator=self.annotator_box.currentData(),
            is_reproducible=self.reproducible_box.isChecked(),
            format=self.format.format,
            options=self.format.options,
            split=self.split.choices,
            overwrites=True,  # it is asked before
        )

    @property
    def target(self) -> Path | None:
        """Where to write."""
        return self.place.path

    @property
    def is_ready(self) -> bool:
        """Whether there is something to export and a place for it."""
        return self.place.is_fitting and self._sets > 0

    @property
    def count(self) -> str:
        """How many sets qualify, as it is said."""
        return self._count.text()

    def refresh(self) -> None:
        """Say how many sets qualify."""
        choices = self.choices
        self._sets = self._count_sets(choices)
        key = "exporting.count" if self._sets else f"exporting.none.{choices.scope.value}"
        say(self._count, self._catalogue.text(key, count=self._sets), is_refusal=not self._sets)
        self.changed.emit()

    def _make_what(self, annotators: Sequence[str]) -> None:
        text = self._catalogue.text
        self._group = QButtonGroup(self)
        self.scope_buttons: dict[Scope, QRadioButton] = {}
        for scope in (Scope.COMPLETE, Scope.APPROVED, Scope.ALL):
            button = QRadioButton(text(f"exporting.scope.{scope.value}"), self)
            self._group.addButton(button)
            self.scope_buttons[scope] = button
        self.scope_buttons[Scope.COMPLETE].setChecked(True)
        self.annotator_box = QComboBox(self)
        self.annotator_box.setAccessibleName(text("exporting.annotator"))
        self.annotator_box.addItem(text("exporting.everybody"), None)
        for name in annotators:
            self.annotator_box.addItem(isolated(name), name)
        self._count = wrapped_label("", self)

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(10)
        grid.setHorizontalSpacing(14)
        grid.setColumnStretch(1, 1)
        scopes = QVBoxLayout()
        scopes.setSpacing(6)
        for button in self.scope_buttons.values():
            scopes.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(self._title("exporting.format", self.format.box), 0, 0, top)
        grid.addWidget(self.format, 0, 1)
        grid.addWidget(self._title("exporting.what"), 1, 0, top)
        grid.addLayout(scopes, 1, 1)
        grid.addWidget(self._title("exporting.annotator", self.annotator_box), 2, 0)
        grid.addWidget(self.annotator_box, 2, 1)
        grid.addWidget(self._count, 3, 1)
        grid.addWidget(self._title("exporting.target", self.place.field), 4, 0, top)
        grid.addWidget(self.place, 4, 1)
        grid.addWidget(self.split, 5, 1)
        grid.addWidget(self.reproducible_box, 6, 1, Qt.AlignmentFlag.AlignLeading)
        grid.setRowStretch(7, 1)

    def _title(self, key: str, buddy: QWidget | None = None) -> QLabel:
        label = wrapped_label(self._catalogue.text(key), self)
        label.setWordWrap(False)
        if buddy is not None:
            label.setBuddy(buddy)
        return label

    def _connect(self) -> None:
        for button in self.scope_buttons.values():
            button.toggled.connect(self._on_toggled)
        self.annotator_box.currentIndexChanged.connect(self.refresh)
        self.format.changed.connect(self._follow)
        self.split.changed.connect(self._follow)
        self.place.changed.connect(self.changed)

    def _follow(self) -> None:
        self.place.follow(self.format.format, is_split=self.split.choices is not None)

    def _on_toggled(self, is_checked: bool) -> None:
        if is_checked:
            self.refresh()

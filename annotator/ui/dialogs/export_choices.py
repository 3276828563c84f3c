"""The choices of an export: which sets, whose, where to, and how many that are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from annotator.foundation.catalogue import Catalogue
from annotator.ui.dialogs.controls import isolated, path_field, push_button, say, wrapped_label
from annotator.ui.dialogs.export_wording import FILE_SUFFIXES, target_key
from annotator.workbench.exporting import ExportChoices, Scope


class ExportForm(QWidget):
    """The controls that make `ExportChoices` and a target. Emits `changed`.

    `count` tells how many sets some choices take; `suggested` is the target that is proposed.
    `agreed` is the file that the user has already allowed to be replaced.
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
    ) -> None:
        super().__init__(parent)
        self._catalogue = catalogue
        self._count_sets = count
        self._suggested = suggested
        self._sets = 0
        self.agreed: Path | None = None
        self._make_what(annotators)
        self._make_target()
        self._lay_out()
        self._connect()

    @property
    def choices(self) -> ExportChoices:
        """What to export, as the controls say."""
        return ExportChoices(
            scope=next(scope for scope, button in self.scope_buttons.items() if button.isChecked()),
            annotator=self.annotator_box.currentData(),
            is_reproducible=self.reproducible_box.isChecked(),
        )

    @property
    def target(self) -> Path | None:
        """Where to write; what is no full path lies beside the suggestion."""
        text = self.target_field.text().strip()
        return self._suggested.parent / Path(text).expanduser() if text else None

    @property
    def is_ready(self) -> bool:
        """Whether there is something to export and a place for it."""
        return self.target is not None and self._sets > 0

    @property
    def count(self) -> str:
        """How many sets qualify, as it is said."""
        return self._count.text()

    def refresh(self) -> None:
        """Say how many sets qualify and what is written where."""
        choices = self.choices
        self._sets = self._count_sets(choices)
        key = "exporting.count" if self._sets else f"exporting.none.{choices.scope.value}"
        say(self._count, self._catalogue.text(key, count=self._sets), is_refusal=not self._sets)
        self._show_target()

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

    def _make_target(self) -> None:
        text = self._catalogue.text
        self.target_field = path_field(text("exporting.target"), self)
        self.target_field.setText(str(self._suggested))
        self.file_button = push_button(text("dialog.choose_file"), self)
        self.folder_button = push_button(text("dialog.choose_folder"), self)
        self._target_note = wrapped_label("", self, role="faint")
        self.reproducible_box = QCheckBox(text("exporting.reproducible"), self)

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
        where = QHBoxLayout()
        where.setSpacing(8)
        for part in (self.target_field, self.file_button, self.folder_button):
            where.addWidget(part)
        grid.addWidget(self._title("exporting.what"), 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addLayout(scopes, 0, 1)
        grid.addWidget(self._title("exporting.annotator", self.annotator_box), 1, 0)
        grid.addWidget(self.annotator_box, 1, 1)
        grid.addWidget(self._count, 2, 1)
        grid.addWidget(self._title("exporting.target", self.target_field), 3, 0)
        grid.addLayout(where, 3, 1)
        grid.addWidget(self._target_note, 4, 1)
        grid.addWidget(self.reproducible_box, 5, 1, Qt.AlignmentFlag.AlignLeading)
        grid.setRowStretch(6, 1)

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
        self.target_field.textChanged.connect(self._show_target)
        self.file_button.clicked.connect(self._choose_file)
        self.folder_button.clicked.connect(self._choose_folder)

    def _show_target(self) -> None:
        target = self.target
        say(self._target_note, self._catalogue.text(target_key(target)) if target else "")
        self.changed.emit()

    def _on_toggled(self, is_checked: bool) -> None:
        if is_checked:
            self.refresh()

    def _choose_file(self) -> None:
        text = self._catalogue.text
        lines, readable = text("formats.title_gold"), text("formats.title_gold_readable")
        name, chosen = QFileDialog.getSaveFileName(
            self,
            text("exporting.target"),
            str(self.target or self._suggested),
            f"{lines} (*.jsonl);;{readable} (*.json)",
        )
        if not name:
            return
        path = Path(name)
        if path.suffix.lower() in FILE_SUFFIXES:
            self.agreed = path
        else:
            path = path.with_name(path.name + (".json" if "*.json)" in chosen else ".jsonl"))
        self.target_field.setText(str(path))

    def _choose_folder(self) -> None:
        title = self._catalogue.text("exporting.target")
        name = QFileDialog.getExistingDirectory(self, title, str(self._suggested.parent))
        if name:
            self.target_field.setText(name)

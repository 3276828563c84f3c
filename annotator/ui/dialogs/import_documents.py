"""The import dialog: choose files, see what is in them, import, read the report."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QSplitter,
    QWidget,
)

from annotator.formats.base import FieldMapping
from annotator.formats.registry import FORMATS
from annotator.foundation.catalogue import Catalogue
from annotator.foundation.errors import AnnotatorError
from annotator.ui.dialogs.controls import fit_to_screen, push_button, say
from annotator.ui.dialogs.import_details import FileDetails
from annotator.ui.dialogs.import_files import FileTable
from annotator.ui.dialogs.import_labels import LabelsPage
from annotator.ui.dialogs.import_unit import UnitChoice
from annotator.ui.dialogs.import_wording import report_text
from annotator.ui.dialogs.long_step import LongStepDialog
from annotator.ui.labels import plain_label
from annotator.ui.progress import ProgressBox
from annotator.workbench.import_preview import UnknownNames
from annotator.workbench.importing import READABLE, ImportChoices, Importer, ImportReport


class ImportDialog(LongStepDialog):
    """Everything from choosing files to the report. `report` is None until something was imported.

    `folder` is where the choice of files begins, `present` the name of who works in the project.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        importer: Importer,
        *,
        folder: Path,
        parent: QWidget | None,
        present: str | None = None,
    ) -> None:
        super().__init__(catalogue, catalogue.text("importing.title"), parent)
        self._importer = importer
        self._present = present
        self._folder = folder
        self.report: ImportReport | None = None
        self.setAcceptDrops(True)
        self._make_choice_row()
        self.files = FileTable(catalogue, self._first)
        self.details = FileDetails(catalogue, self.files, self._first)
        self.fields, self.text_panel = self.details.fields, self.details.text_panel
        self.unit_choice = UnitChoice(catalogue, self._first)
        self.import_button = push_button(catalogue.text("importing.start"), self._first)
        self._lay_out()
        self.labels_page = LabelsPage(catalogue, self)
        self._pages.addWidget(self.labels_page)
        self._connect()
        fit_to_screen(self, 940, 660)
        self._on_changed()
        self.files_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def add_paths(self, paths: Iterable[Path]) -> None:
        """Add files and folders, as the buttons and a drop do."""
        self._run("importing.looking", lambda: self.files.add(paths, self.progress))

    def start(self) -> None:
        """Import what was chosen; the report follows, or the reason why nothing was imported.

        Where files use names that the scheme does not have, it is asked first what they become.
        """
        came = self._run("importing.running", self._import)
        if isinstance(came, UnknownNames):
            self._pages.setCurrentWidget(self.labels_page)
            self.labels_page.show_preview(came.preview, self._importer.scheme, self._present)
        else:
            self._take_report(came)

    def start_mapped(self) -> None:
        """Import with what was chosen for the names that the scheme does not have."""
        page = self.labels_page
        choices = replace(self._choices, mapping=page.mapping)
        page.set_enabled(False)
        page.progress.begin(self._catalogue.text("importing.running"))
        try:
            self._take_report(self._import_with(choices, page.progress))
        except AnnotatorError as error:
            page.refuse(self._catalogue.error(error))
        finally:
            page.progress.end()
            page.set_enabled(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and folders may be dropped while they are being chosen."""
        is_shown = self._pages.currentWidget() is self._first
        is_choosing = is_shown and not self.progress.is_running
        if is_choosing and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what was dropped."""
        event.acceptProposedAction()
        self.add_paths(
            [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        )

    def _make_choice_row(self) -> None:
        text = self._catalogue.text
        self.files_button = push_button(text("importing.choose_files"), self._first)
        self.folder_button = push_button(text("importing.choose_folder"), self._first)
        self.remove_button = push_button(text("importing.remove"), self._first)
        self._format_label = plain_label(self._first, text("importing.format"))
        self.format_box = _format_box(self._catalogue, self._first)
        self._format_label.setBuddy(self.format_box)

    def _lay_out(self) -> None:
        choice = QHBoxLayout()
        for button in (self.files_button, self.folder_button, self.remove_button):
            choice.addWidget(button)
        choice.addStretch(1)
        choice.addWidget(self._format_label)
        choice.addWidget(self.format_box)
        splitter = QSplitter(Qt.Orientation.Vertical, self._first)
        splitter.addWidget(self.files)
        splitter.addWidget(self.details)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(8)
        splitter.setSizes([200, 320])
        self._layout.addLayout(choice)
        self._layout.addWidget(splitter, 1)
        self._layout.addWidget(self.unit_choice)
        choosing = (self.files_button, self.folder_button, self.remove_button, self.format_box)
        self._finish_first(*choosing, splitter, self.unit_choice, start=self.import_button)

    def _connect(self) -> None:
        self.files_button.clicked.connect(self._choose_files)
        self.folder_button.clicked.connect(self._choose_folder)
        self.remove_button.clicked.connect(self.files.remove_current)
        self.format_box.currentIndexChanged.connect(self._on_format)
        self.files.changed.connect(self._on_changed)
        self.files.currentCellChanged.connect(self.details.show_present)
        self.fields.mapping_changed.connect(self._on_mapping)
        self.text_panel.encoding_chosen.connect(self.files.choose_encoding)
        self.import_button.clicked.connect(self.start)
        self.labels_page.wanted.connect(self.start_mapped)
        self.labels_page.refused.connect(self._choose_again)

    def _choose_files(self) -> None:
        text = self._catalogue.text
        patterns = " ".join(f"*{suffix}" for suffix in dict.fromkeys(READABLE))
        names, _ = QFileDialog.getOpenFileNames(
            self,
            text("importing.choose_files"),
            str(self._folder),
            f"{text('importing.filter_readable')} ({patterns});;{text('importing.filter_all')} (*)",
        )
        self._take(names)

    def _choose_folder(self) -> None:
        title = self._catalogue.text("importing.choose_folder")
        name = QFileDialog.getExistingDirectory(self, title, str(self._folder))
        self._take([name] if name else [])

    def _choose_again(self) -> None:
        self._pages.setCurrentWidget(self._first)
        self.import_button.setDefault(True)
        self.files.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def _choices(self) -> ImportChoices:
        return replace(self.files.choices, present=self._present, unit=self.unit_choice.unit)

    def _import(self) -> ImportReport | UnknownNames:
        try:
            return self._import_with(self._choices, self.progress)
        except UnknownNames as unknown:
            return unknown

    def _import_with(self, choices: ImportChoices, progress: ProgressBox) -> ImportReport:
        return self._importer.run(self.files.found, choices, progress, progress.count_items)

    def _take_report(self, report: ImportReport | None) -> None:
        if report is not None:
            self.report = report
            self._show_report(*report_text(self._catalogue, report))

    def _take(self, names: list[str]) -> None:
        if names:
            self._folder = Path(names[0]).parent
            self.add_paths([Path(name) for name in names])

    def _on_format(self) -> None:
        chosen = self.format_box.currentData()
        self._run("importing.looking", lambda: self.files.read_as(chosen, self.progress))

    def _on_mapping(self, mapping: FieldMapping | None) -> None:
        self.files.choose_mapping(mapping)

    def _on_changed(self) -> None:
        has_files = bool(self.files.candidates)
        self.import_button.setDefault(has_files)
        self.files_button.setDefault(not has_files)
        self.unit_choice.show_for(self.files.candidates)
        say(self._notice, "")
        self._allow()
        self.details.show_present()

    def _settle(self) -> None:
        self._allow()
        self.files.setFocus(Qt.FocusReason.OtherFocusReason)

    def _allow(self) -> None:
        """Let files be imported where there are some; say their number where nothing else is."""
        count = len(self.files.candidates)
        for part in (self.remove_button, self.import_button):
            part.setEnabled(count > 0)
        if count and not self.notice:
            say(self._notice, self._catalogue.text("importing.count", count=count))


def _format_box(catalogue: Catalogue, parent: QWidget) -> QComboBox:
    """The formats that can be read, and first that names and beginnings of files tell them."""
    box = QComboBox(parent)
    box.setAccessibleName(catalogue.text("importing.format"))
    box.addItem(catalogue.text("importing.format_by_name"), None)
    for kind in FORMATS:
        if kind.can_read:
            box.addItem(catalogue.text(kind.title), kind.id)
    return box

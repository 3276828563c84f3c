"""The acts that open a dialog: projects, import, export, annotator, guide, keys, about."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from annotator import __version__
from annotator.core.history import Act
from annotator.core.ids import RecordId
from annotator.foundation.catalogue import Catalogue
from annotator.ui.desk import Desk
from annotator.ui.main_window import MainWindow
from annotator.ui.messages import ask_text
from annotator.workbench.backups import BackupReason
from annotator.workbench.clock import Clock
from annotator.workbench.project_changes import ProjectChanged
from annotator.workbench.projects import SUFFIX, create_project
from annotator.workbench.schemes import bundled_schemes
from annotator.workbench.workspace import Workspace

if TYPE_CHECKING:
    from annotator.ui.dialogs.guide import GuideWindow
    from annotator.ui.dialogs.new_project import NewProject


class ProjectActs:
    """Runs the dialogs over the present window.

    `open_project` is how a project gets opened, `back_up` makes a backup of the open one.
    """

    def __init__(
        self,
        clock: Clock,
        present: Callable[[], QWidget | None],
        open_project: Callable[[Path], None],
        back_up: Callable[[BackupReason], None],
    ) -> None:
        self._clock = clock
        self._present = present
        self._open_project = open_project
        self._back_up = back_up

    def new(self, desk: Desk, workspace: Workspace | None) -> None:
        """Ask for a new project, make it and open it."""
        from annotator.ui.dialogs.new_project import NewProjectDialog

        dialog = NewProjectDialog(
            desk.catalogue,
            self._create,
            schemes=bundled_schemes(desk.catalogue.language),
            folder=documents_folder(),
            annotator="" if workspace is None else workspace.annotator.name,
            parent=self._present(),
        )
        dialog.exec()
        if dialog.created is not None:
            self._open_project(dialog.created)

    def open(self, catalogue: Catalogue, workspace: Workspace | None) -> None:
        """Ask for a project file, beside the one that is open, and open it."""
        folder = documents_folder() if workspace is None else workspace.path.parent
        title = catalogue.text("action.project.open")
        kinds = f"{catalogue.text('app.name')} (*{SUFFIX})"
        chosen, _ = QFileDialog.getOpenFileName(self._present(), title, str(folder), kinds)
        if chosen:
            self._open_project(Path(chosen))

    def open_demo(self, folder: Path) -> None:
        """Open the demo project; it is made the first time."""
        from annotator.workbench.demo import open_demo

        self._open_project(open_demo(folder, self._clock))

    def save_copy(self, workspace: Workspace, window: MainWindow) -> None:
        """Save a verified copy of the project under another name."""
        catalogue = window.desk.catalogue
        title = catalogue.text("action.project.save_copy")
        kinds = f"{catalogue.text('app.name')} (*{SUFFIX})"
        proposed = workspace.path.with_stem(f"{workspace.path.stem}-copy")
        chosen, _ = QFileDialog.getSaveFileName(window, title, str(proposed), kinds)
        if not chosen:
            return
        target = Path(chosen)
        if not target.suffix:
            target = target.with_suffix(SUFFIX)
        workspace.project.save_copy(target)
        if workspace.is_read_only or workspace.project.is_broken:
            self._open_project(target)  # to go on with it is what it was saved for
        else:
            window.tell("notice.copy_saved", path=target)

    def import_documents(self, workspace: Workspace, window: MainWindow) -> None:
        """Import documents, and open the first new one when none was open."""
        from annotator.ui.dialogs.import_documents import ImportDialog
        from annotator.workbench.importing import Importer

        self._back_up(BackupReason.IMPORT)
        dialog = ImportDialog(
            window.desk.catalogue,
            Importer(workspace.project, self._clock),
            folder=workspace.path.parent,
            parent=window,
            present=workspace.annotator.name,
        )
        dialog.exec()
        if dialog.report is None:
            return
        if dialog.report.has_new_scheme:
            step = workspace.changes.steps()[0]
            workspace.changes.changed.tell(ProjectChanged(Act.DO, step.seq, step.edit))
        workspace.documents_changed.tell(None)
        opened = workspace.open_document
        if opened is not None and dialog.report.sets:
            # Annotations may have come into the set on the page.
            workspace.open(opened.document.id, opened.header)
        elif opened is None and dialog.report.imported:
            workspace.open(dialog.report.imported[0])

    def export(self, workspace: Workspace, window: MainWindow) -> None:
        """Export annotation sets; a finding chosen there is gone to."""
        from annotator.ui.dialogs.export import ExportDialog
        from annotator.workbench.exporting import Exporter

        dialog = ExportDialog(
            window.desk.catalogue,
            Exporter(workspace.project, self._clock),
            annotators=[person.name for person in workspace.project.people.all()],
            suggested=workspace.path.with_suffix(".jsonl"),
            parent=window,
        )
        dialog.exec()
        if dialog.chosen_finding is not None:
            document, set_id, record = dialog.chosen_finding
            person = workspace.person_of(set_id)
            if person is not None and person.id != workspace.annotator.id:
                workspace.change_annotator(person.name)
            header = workspace.project.annotations.header(document, set_id)
            workspace.open(document, header if person is None else None)
            if record is not None:
                window.go_to(RecordId(record))

    def change_annotator(self, workspace: Workspace, window: MainWindow) -> None:
        """Ask who works now."""
        catalogue = window.desk.catalogue
        question = catalogue.text("ask.annotator")
        name = ask_text(window, catalogue, question, present=workspace.annotator.name)
        if name is not None:
            workspace.change_annotator(name)

    def show_guide(self, desk: Desk, *, page: str | None = None) -> None:
        """Show the user guide beside the window; the one that is open comes to the front."""
        from annotator.ui.dialogs.guide import GuideWindow

        parent = self._present()
        window = self.guide
        if window is None:
            window = GuideWindow(desk.catalogue, desk.keymap, page=page, parent=parent)
        window.show()
        window.activateWindow()

    @property
    def guide(self) -> GuideWindow | None:
        """The guide over the present window, once it has been opened there."""
        from annotator.ui.dialogs.guide import GuideWindow

        parent = self._present()
        found = parent.findChild(GuideWindow) if parent is not None else None
        return found if isinstance(found, GuideWindow) else None

    @property
    def guide_page(self) -> str | None:
        """The name of the page of the guide that is being read, if one is."""
        window = self.guide
        return window.page.name if window is not None and window.isVisible() else None

    def show_about(self, desk: Desk) -> None:
        """Say what this is, and under which licences."""
        from annotator.ui.dialogs.about import AboutDialog

        AboutDialog(desk.catalogue, version=__version__, parent=self._present()).exec()

    def _create(self, wanted: NewProject) -> None:
        create_project(
            wanted.path, clock=self._clock, scheme=wanted.scheme, annotator=wanted.annotator
        ).close()


def documents_folder() -> Path:
    """Where users keep their documents, by the system's own word."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(place) if place else Path.home()

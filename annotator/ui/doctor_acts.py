"""The acts that call the doctor: from the menu, and where a damaged file was to be opened."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from annotator.foundation.catalogue import Catalogue
from annotator.ui.project_acts import documents_folder
from annotator.workbench.clock import Clock
from annotator.workbench.projects import SUFFIX
from annotator.workbench.workspace import Workspace


class DoctorActs:
    """Runs the doctor's dialog over the present window; `open_project` opens a repaired copy."""

    def __init__(
        self,
        clock: Clock,
        present: Callable[[], QWidget | None],
        workspace: Callable[[], Workspace | None],
        open_project: Callable[[Path], None],
    ) -> None:
        self._clock = clock
        self._present = present
        self._workspace = workspace
        self._open_project = open_project

    def choose(self, catalogue: Catalogue) -> None:
        """Ask for a project file, the one that is open proposed, and examine it."""
        workspace = self._workspace()
        start = documents_folder() if workspace is None else workspace.path
        title = catalogue.text("doctor.choose")
        kinds = f"{catalogue.text('app.name')} (*{SUFFIX})"
        chosen, _ = QFileDialog.getOpenFileName(self._present(), title, str(start), kinds)
        if chosen:
            self.examine(catalogue, Path(chosen))

    def examine(self, catalogue: Catalogue, path: Path) -> None:
        """Examine a file, and open the repaired copy when that is asked for."""
        from annotator.ui.dialogs.doctor import DoctorDialog
        from annotator.workbench.doctoring import Patient

        workspace = self._workspace()
        is_open = workspace is not None and workspace.path.resolve() == path.resolve()
        project = workspace.project if workspace is not None and is_open else None
        patient = Patient(path, project)
        dialog = DoctorDialog(catalogue, patient, self._clock, parent=self._present())
        dialog.examine()
        dialog.exec()
        dialog.stop()
        if dialog.opens_copy and dialog.copy is not None:
            self._open_project(dialog.copy)

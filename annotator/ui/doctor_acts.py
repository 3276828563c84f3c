"""The acts that call the doctor: from the menu, and where a damaged file was to be opened."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from annotator.foundation.catalogue import Catalogue
from annotator.foundation.errors import UserError
from annotator.ui.dialogs.doctor import DoctorDialog
from annotator.ui.messages import confirm
from annotator.workbench.clock import Clock
from annotator.workbench.doctoring import Patient
from annotator.workbench.projects import SUFFIX
from annotator.workbench.workspace import Workspace

_DAMAGES = frozenset({"store.damaged", "store.other_schema", "store.side_file"})


def is_damage(error: UserError) -> bool:
    """Whether an error says that a project file is not as it was stored."""
    return error.key in _DAMAGES or error.key.endswith("_damaged")


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

    def choose(self, catalogue: Catalogue, folder: Path) -> None:
        """Ask for a project file, the one that is open proposed, and examine it."""
        workspace = self._workspace()
        start = folder if workspace is None else workspace.path
        title = catalogue.text("doctor.choose")
        kinds = f"{catalogue.text('app.name')} (*{SUFFIX})"
        chosen, _ = QFileDialog.getOpenFileName(self._present(), title, str(start), kinds)
        if chosen:
            self.examine(catalogue, Path(chosen))

    def examine(self, catalogue: Catalogue, path: Path) -> None:
        """Examine a file, and open the repaired copy when that is asked for."""
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

    def at_hand(
        self, opening: Callable[..., Workspace], catalogue: Catalogue, path: Path
    ) -> Callable[[bool], Workspace | None]:
        """`opening`, called with whether it takes over, by somebody who has the doctor at hand.

        Where the file is damaged that is told with the doctor offered, and None comes back. Every
        other error is raised.
        """

        def attempt(takes_over: bool) -> Workspace | None:
            try:
                return opening(takes_over=takes_over)
            except UserError as error:
                if not is_damage(error):
                    raise
                said = catalogue.error(error)
            self._offer(catalogue, path, said)
            return None

        return attempt

    def _offer(self, catalogue: Catalogue, path: Path, said: str) -> None:
        accept = catalogue.text("doctor.open_doctor")
        if confirm(self._present(), catalogue, said, accept=accept):
            self.examine(catalogue, path)

"""Backups in the window: made in pauses, shown on demand, offered when a file is damaged."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from annotator.foundation.catalogue import Catalogue
from annotator.foundation.errors import AnnotatorError, UserError
from annotator.foundation.logs import note_error
from annotator.foundation.paths import state_folder
from annotator.ui.main_window import MainWindow
from annotator.ui.messages import confirm
from annotator.workbench.clock import Clock
from annotator.workbench.opening import is_damage
from annotator.workbench.workspace import Workspace

if TYPE_CHECKING:
    from annotator.workbench.backups import BackupReason, Backups

_O = TypeVar("_O")

FIRST_MS = 3_000
"""How long after a project was opened the backup of what was found in it begins."""

LOOK_MS = 60_000
"""How often is looked whether a backup of the work is due."""

PAUSE_MS = 15
"""Between two pieces of a backup, for keys and painting."""

TELLINGS = 3
"""How often the last line tells of a failure, a minute apart, before it is left at that."""

PIECE_SECONDS = 0.004
"""How long a key may have to wait for a piece to end."""


class BackupActs(QObject):
    """Looks after the backups of the open project.

    `open_project` is how one gets opened, `examine` how the doctor looks at one.
    """

    def __init__(
        self,
        clock: Clock,
        window: Callable[[], MainWindow | None],
        open_project: Callable[[Path], None],
        *,
        examine: Callable[[Catalogue, Path], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._workspace: Workspace | None = None
        self._backups: Backups | None = None
        self._clock = clock
        self._window = window
        self._open_project = open_project
        self._examine = examine
        self._trouble: AnnotatorError | None = None
        self._tellings = 0
        self._first = self._timer(FIRST_MS, self._on_first)
        self._work = self._timer(PAUSE_MS, self._on_work)
        self._look = self._timer(LOOK_MS, self.look)
        self._look.setSingleShot(False)

    @property
    def backups(self) -> Backups | None:
        """The backups of the open project; made when they are asked for first."""
        from annotator.workbench.backups import Backups

        if self._backups is None and self._workspace is not None:
            project = self._workspace.project
            self._backups = Backups(project, root=state_folder(), clock=self._clock)
            self._backups.failed.add(self._on_failed)
        return self._backups

    def guarded(
        self,
        project: Path,
        opening: Callable[[], _O | None],
        parent: QWidget | None,
        catalogue: Catalogue,
    ) -> _O | None:
        """What `opening` opens, or None when the user says no to it.

        Of a damaged project the newest whole backup and the doctor are offered. Whichever way the
        user goes, there is nothing left to be opened here. Raises `UserError` for all else.
        """
        try:
            return opening()
        except UserError as error:
            if not is_damage(error):
                raise
            damage = error
        self._offer(project, damage, parent, catalogue)
        return None

    def begin(self, workspace: Workspace) -> None:
        """Look after this project from now on."""
        self.end()
        self._workspace = workspace
        self._first.start()
        self._look.start()

    def end(self) -> None:
        """Leave the project alone, before it is closed."""
        for timer in (self._first, self._work, self._look):
            timer.stop()
        self._trouble = None
        self._workspace = None
        if self._backups is not None:
            self._backups.stop()
            self._backups = None

    def look(self) -> None:
        """Tell of a failure once more, and begin a backup of the work when one is due."""
        self._tell()
        if self.backups is None or self.backups.is_at_work:
            return
        if self.backups.begin_if_due():
            self._work.start()

    def before(self, reason: BackupReason) -> None:
        """A backup now, before something that changes much; a failure is told and stops nothing."""
        if self.backups is not None:
            self.backups.before(reason)

    def make_now(self) -> None:
        """A backup now, before something that cannot be taken back. Raises `UserError`."""
        if self.backups is not None:
            self.backups.make_now()

    def show(self, workspace: Workspace, window: MainWindow) -> None:
        """Show the backups; one that was restored is opened when the user wants it."""
        from annotator.ui.dialogs.backups import BackupsDialog
        from annotator.workbench.kept_work import stands_for

        if self.backups is None:
            return
        catalogue = window.desk.catalogue
        project = stands_for(workspace.path)
        dialog = BackupsDialog(catalogue, self.backups, project=project, parent=window)
        dialog.exec()
        if dialog.restored is None:
            return
        question = catalogue.text("backup.restored", path=dialog.restored)
        accept, decline = map(catalogue.text, ("backup.open_restored", "backup.not_now"))
        if confirm(window, catalogue, question, accept=accept, decline=decline):
            self._open_project(dialog.restored)

    def _offer(
        self, project: Path, damage: UserError, parent: QWidget | None, catalogue: Catalogue
    ) -> None:
        """Tell of the damage, and go the way the user chooses.

        Raises `damage` where nothing shows that the file ever was a project.
        """
        from annotator.ui.damage_offer import offer_ways_on

        offer_ways_on(
            project,
            damage,
            parent,
            catalogue,
            open_project=self._open_project,
            examine=self._examine,
        )

    def _timer(self, milliseconds: int, act: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(act)
        return timer

    def _on_first(self) -> None:
        from annotator.workbench.backups import BackupReason

        if self.backups is not None and self.backups.begin(BackupReason.OPEN):
            self._work.start()

    def _on_work(self) -> None:
        if self.backups is not None and self.backups.advance(PIECE_SECONDS):
            self._work.start()

    def _on_failed(self, error: AnnotatorError) -> None:
        note_error(error, "backup failed", is_expected=True)
        self._trouble, self._tellings = error, TELLINGS
        self._tell()

    def _tell(self) -> None:
        """Tell of a failure in the last line, and again when the next edit has wiped it away."""
        window = self._window()
        if self._trouble is None or window is None:
            return
        said = window.desk.catalogue.error(self._trouble)
        window.tell("backup.failed", sentence=said)
        self._tellings -= 1
        if not self._tellings:
            self._trouble = None

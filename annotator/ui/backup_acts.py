"""Backups in the window: made in pauses, shown on demand, offered when a file is damaged."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from annotator.foundation.catalogue import Catalogue
from annotator.foundation.errors import AnnotatorError, UserError
from annotator.foundation.logs import note_error
from annotator.foundation.paths import state_folder
from annotator.ui.main_window import MainWindow
from annotator.ui.messages import choose, confirm
from annotator.workbench.backups import (
    Backup,
    BackupReason,
    Backups,
    Inventory,
    has_other_backups,
    is_damage,
    newest_good,
    other_backups,
    restore_beside,
    told_by,
)
from annotator.workbench.clock import Clock, local_time
from annotator.workbench.kept_work import stands_for
from annotator.workbench.workspace import Workspace

_O = TypeVar("_O")

FIRST_MS = 3_000
"""How long after a project was opened the backup of what was found in it begins."""

LOOK_MS = 60_000
"""How often is looked whether a backup of the work is due."""

PAUSE_MS = 15
"""Between two pieces of a backup, for keys and painting."""

TELLINGS = 3
"""How often the last line tells of a failure, a minute apart, before it is left at that."""

RESTORE, OTHERS, EXAMINE = "backup.offer_accept", "other.show", "doctor.open_doctor"
"""The ways on from a damaged file, which are the keys of their titles."""

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
        self.backups: Backups | None = None
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
        self.backups = Backups(workspace.project, root=state_folder(), clock=self._clock)
        self.backups.failed.add(self._on_failed)
        self._first.start()
        self._look.start()

    def end(self) -> None:
        """Leave the project alone, before it is closed."""
        for timer in (self._first, self._work, self._look):
            timer.stop()
        self._trouble = None
        if self.backups is not None:
            self.backups.stop()
            self.backups = None

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
        """Tell of the damage, and go the way the user chooses; the file stays as it is.

        Raises `damage` where nothing shows that the file ever was a project.
        """
        from annotator.workbench.doctoring import was_project

        root = state_folder()
        found = newest_good(project, root)
        is_known = found is not None or has_other_backups(project, root, of_same_name=True)
        if not is_known and not was_project(project):
            raise damage
        said, ways = [catalogue.error(damage)], [EXAMINE]
        if found is not None:
            said.extend(_told_of(catalogue, project, *found))
            ways.insert(0, RESTORE)
        elif has_other_backups(project, root):
            said.append(catalogue.text("other.hint", button=catalogue.text(OTHERS)))
            ways.insert(0, OTHERS)
        said.append(catalogue.text("doctor.offer"))
        way = choose(parent, catalogue, "\n\n".join(said), ways)
        if way == RESTORE and found is not None:
            self._open_project(restore_beside(found[0].path, project))
        elif way == OTHERS:
            self._restore_other(project, parent, catalogue)
        elif way == EXAMINE:
            self._examine(catalogue, project)

    def _restore_other(self, project: Path, parent: QWidget | None, catalogue: Catalogue) -> None:
        """Restore one of the backups of other projects beside a file, and open it."""
        from annotator.ui.dialogs.other_backups import OtherBackupsDialog

        listed = other_backups(project, state_folder())
        dialog = OtherBackupsDialog(catalogue, project, listed, parent=parent)
        dialog.exec()
        if dialog.chosen is not None:
            self._open_project(restore_beside(dialog.chosen.backup.path, project))

    def _timer(self, milliseconds: int, act: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(act)
        return timer

    def _on_first(self) -> None:
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


def _told_of(
    catalogue: Catalogue, project: Path, backup: Backup, inventory: Inventory
) -> Iterator[str]:
    """What there is to restore, and what the damaged file tells in comparison."""
    yield catalogue.text(
        "backup.offer",
        time=local_time(catalogue, backup.made),
        reason=catalogue.text(f"backup.reason.{backup.reason.value}"),
        documents=inventory.documents,
        annotations=inventory.annotations,
    )
    told = told_by(project)
    if told is not None:
        yield catalogue.text(
            "backup.offer_compare", documents=told.documents, annotations=told.annotations
        )

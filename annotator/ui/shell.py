"""The running program: its workspace, its desk, its window, and the acts of all of it.

One shell lives as long as the program. It makes a new window when the project, the language or
the theme changes; without a project it shows the start page.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from annotator.foundation.errors import AnnotatorError, Refused
from annotator.foundation.paths import state_folder
from annotator.ui.backup_acts import BackupActs
from annotator.ui.carrying_over import carry_over
from annotator.ui.desk import Desk
from annotator.ui.document_acts import document_acts
from annotator.ui.keeping import Keeping
from annotator.ui.late_acts import (
    late_dialogs,
    late_doctor,
    late_families,
    late_keys,
    late_palette,
    late_reports,
    open_menus,
    project_of,
    start_window,
)
from annotator.ui.look_acts import LookActs, dress
from annotator.ui.main_window import MainWindow
from annotator.ui.messages import show_error
from annotator.ui.opening import Opening
from annotator.ui.recent_projects import recent_projects, remember_project
from annotator.ui.scheme_following import SchemeFollowing
from annotator.ui.window_state import come_forward
from annotator.workbench.clock import Clock
from annotator.workbench.opening import has_kept_work, is_same_project
from annotator.workbench.projects import SUFFIX
from annotator.workbench.reading_copy import remove_left_copies
from annotator.workbench.workspace import Workspace

if TYPE_CHECKING:
    from annotator.ui.start_window import StartWindow


class Shell(QObject):
    """Owns the workspace and the window, and runs what concerns more than one document."""

    def __init__(self, application: QApplication, desk: Desk, clock: Clock) -> None:
        super().__init__(application)
        self._application = application
        self._clock = clock
        self.desk = desk
        self.workspace: Workspace | None = None
        self.window: MainWindow | None = None
        self.start_window: StartWindow | None = None
        there = (lambda: self.desk, lambda: self.workspace)
        self._doctor = late_doctor(clock, self._present, there[1], self.open_project)
        self._backups = BackupActs(
            clock,
            lambda: self.window,
            self.open_project,
            examine=lambda *which: self._doctor.ready.examine(*which),
            parent=self,
        )
        self._dialogs = late_dialogs(clock, self._present, self.open_project, self._backups.before)
        self._look = LookActs(
            application,
            lambda: self.desk,
            wear=self._wear,
            redress=self._redress,
            present=self._present,
        )
        self._keys = late_keys(*there, redress=self._redress, present=self._present)
        self.reports = late_reports(clock, lambda: (self.desk, self.workspace), self._present)
        self._opening = Opening(clock, lambda: self.desk, wear=self._wear, present=self._present)
        self.keeping = Keeping(self, lambda: self.window)
        self._scheme = SchemeFollowing(there[0], self._redress, lambda: self.window)
        palette = late_palette(
            lambda: self.desk,
            workspace=lambda: self.workspace,
            window=lambda: self.window,
            present=self._present,
            run=self.run,
        )
        self._acts: dict[str, Callable[[], None]] = {
            **self._program_acts(),
            **document_acts(self._both),
            **late_families(
                self._both, clock, back_up=self._backups.before, back_up_now=self._backups.make_now
            ),
            **self._look.acts(),
            "help.keys": lambda: self._keys.ready.show_sheet(),
            "keys.edit": lambda: self._keys.ready.edit(),
            "help.report": lambda: self.reports.ready.show(),
            "palette.open": lambda: palette.ready.open(),
        }

    @property
    def actions(self) -> frozenset[str]:
        """The ids of the acts that run here."""
        return frozenset(self._acts)

    def dress(self) -> None:
        """Give the application the desk's language, colours and font."""
        dress(self._application, self.desk)

    def start(self, paths: list[Path]) -> None:
        """Open what the command line or the last session says, else the start page.

        What cannot be opened is told in a box over the start page.
        """
        remove_left_copies()
        try:
            self._open_first(paths)
        except AnnotatorError as error:
            self.show_start_page()
            show_error(self._present(), self.desk.catalogue, error)
        if self.window is None and self.start_window is None:
            self.show_start_page()
        if self.desk.trouble is not None:
            self._keys.ready.tell_trouble()

    def open_project(self, path: Path, *, annotator: str | None = None) -> None:
        """Open a project in the window; the one before is closed when this one opened.

        Asks where there is more than one way; when the user wants none, nothing happens, and of a
        project that is open already the window comes to the front. Of a damaged one a backup and
        the doctor are offered. Raises `UserError` when it cannot be opened; then nothing has
        changed.
        """
        if self.workspace is not None and is_same_project(path, self.workspace.path):
            if self.window is not None:
                come_forward(self.window)
            return
        opened = self._backups.guarded(
            path,
            lambda: self._opening.open(path, annotator),
            self._present(),
            self.desk.catalogue,
        )
        if opened is None:
            return
        if self.window is not None:
            self.window.settle()
        self.close()
        self._scheme.follow(opened.workspace)
        self.workspace = opened.workspace
        self.keeping.begin(opened)
        self._backups.begin(opened.workspace)
        remember_project(path.resolve())
        self._new_window()

    def show_start_page(self) -> None:
        """Show what can be opened when nothing is."""
        window = start_window(self.desk, recent_projects())
        window.action_wanted.connect(self.run)
        window.project_chosen.connect(self._on_project_chosen)
        self._look.follow_system(window)
        old, self.start_window = self.start_window, window
        if old is not None:
            window.setGeometry(old.geometry())
        window.show()
        _dispose(old)

    def run(self, action: str) -> None:
        """Do an act of the program; what goes wrong is told in the window."""
        self._attempt(self._scheme.after(self._acts.get(action, _refuse)))

    def quit(self) -> None:
        """Close the window and with it the program."""
        for window in (self.window, self.start_window):
            if window is not None:
                window.close()

    def close(self) -> None:
        """Close the project; the place is remembered."""
        self._backups.end()
        if self.window is not None:
            self.window.detach()
        workspace, self.workspace = self.workspace, None
        if workspace is not None:
            try:
                workspace.close()
            finally:
                self.keeping.end()

    def _program_acts(self) -> dict[str, Callable[[], None]]:
        """Projects, people, help, and the window itself."""
        dialogs = self._dialogs
        return {
            "project.new": lambda: dialogs.ready.new(self.desk, self.workspace),
            "project.open": lambda: dialogs.ready.open(self.desk.catalogue, self.workspace),
            "project.demo": lambda: dialogs.ready.open_demo(state_folder()),
            "project.import": lambda: dialogs.ready.import_documents(*self._both()),
            "project.export": lambda: dialogs.ready.export(*self._both()),
            "project.publish": lambda: self.keeping.publish(self._both()[1]),
            "project.place": lambda: self._opening.ask_again(*self._both()),
            "project.save_copy": lambda: dialogs.ready.save_copy(*self._both()),
            "project.doctor": lambda: self._doctor.ready.choose(self.desk.catalogue),
            "project.backups": lambda: self._backups.show(*self._both()),
            "annotator.change": lambda: dialogs.ready.change_annotator(*self._both()),
            "help.guide": lambda: dialogs.ready.show_guide(self.desk),
            "help.about": lambda: dialogs.ready.show_about(self.desk),
            "menu.open": lambda: open_menus(self._present()),
            "app.quit": self.quit,
        }

    def _both(self) -> tuple[Workspace, MainWindow]:
        """What most acts work on, with nothing left to be typed. Raises `Refused` for neither."""
        if self.workspace is None or self.window is None:
            raise Refused("refused.no_document")
        self.window.settle()
        return self.workspace, self.window

    def _present(self) -> MainWindow | StartWindow | None:
        return self.window or self.start_window

    def _attempt(self, act: Callable[[], object]) -> None:
        try:
            act()
        except Refused as refusal:
            self._tell_refusal(refusal)
        except AnnotatorError as error:
            show_error(self._present(), self.desk.catalogue, error)

    def _tell_refusal(self, refusal: Refused) -> None:
        sentence = self.desk.catalogue.error(refusal)
        if self.window is not None:
            self.window.status.show_notice(sentence, is_refusal=True)
        else:
            show_error(self._present(), self.desk.catalogue, refusal)

    def _wear(self, desk: Desk) -> None:
        """Give the window another look; its words and colours stay."""
        self.desk = desk
        if self.window is not None:
            self.window.wear(desk)

    def _redress(self, desk: Desk) -> None:
        """Make the window anew, because words, colours or keys have changed."""
        self.desk = desk
        if self.window is not None:
            self.window.settle()
        self.dress()
        page = self._dialogs.ready.guide_page if self._dialogs.is_made else None
        if self.window is not None:
            self._new_window()
        elif self.start_window is not None:
            self.show_start_page()
        if page is not None:
            self._dialogs.ready.show_guide(self.desk, page=page)

    def _new_window(self) -> None:
        """Another window in place of the present one, with the same layout and place."""
        old = self.window
        assert self.workspace is not None  # windows are made for an open project only
        if old is not None:
            old.detach()
            old.save_layout()
        window = MainWindow(self.workspace, self.desk)
        window.action_wanted.connect(self.run)
        self._look.follow_system(window)
        self.window = window
        if old is not None and not old.isMaximized() and not old.isFullScreen():
            window.setGeometry(old.geometry())
        window.reopen()
        window.show()
        carry_over(old, window)
        _dispose(old)
        _dispose(self.start_window)
        self.start_window = None
        window.closing.connect(self.close)
        self.keeping.show()

    def _open_first(self, paths: list[Path]) -> None:
        recent = recent_projects()
        if paths and paths[0].suffix.lower() == SUFFIX:
            self.open_project(paths[0])
        elif paths:
            path = project_of(paths, self._clock, self._present(), self.desk.catalogue)
            if path is not None:
                self.open_project(path)
        elif recent and (recent[0].is_file() or has_kept_work(recent[0])):
            self.open_project(recent[0])

    def _on_project_chosen(self, path: str) -> None:
        self._attempt(lambda: self.open_project(Path(path)))


def _refuse() -> None:
    """What an act of the editor does while no document is open."""
    raise Refused("refused.no_document")


def _dispose(window: QWidget | None) -> None:
    """Close a window that another one has replaced, without the consequences of closing."""
    if window is not None:
        window.blockSignals(True)
        window.hide()
        window.deleteLater()

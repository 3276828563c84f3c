"""The acts of the whole program: projects, documents, language, theme; the window only asks.

One shell lives as long as the program. It owns the workspace and makes a new window when the
language or the theme changes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QSettings
from PySide6.QtWidgets import QApplication

from annotator.core.ids import DocumentId
from annotator.foundation.catalogue import LANGUAGES, load_catalogue
from annotator.foundation.errors import AnnotatorError, Refused
from annotator.ui.desk import Desk
from annotator.ui.i18n import apply_language
from annotator.ui.main_window import MainWindow
from annotator.ui.messages import show_error
from annotator.ui.theme import THEMES, apply_theme, theme_named
from annotator.workbench.articles import project_for_articles
from annotator.workbench.clock import Clock
from annotator.workbench.projects import SUFFIX
from annotator.workbench.workspace import Workspace, open_workspace

INTERFACE_POINTS = 10.0
LANGUAGE_SETTING, THEME_SETTING, PROJECT_SETTING = "language", "theme", "last_project"


class Shell(QObject):
    """The running program: its workspace, its desk and its window."""

    def __init__(self, application: QApplication, desk: Desk, clock: Clock) -> None:
        super().__init__(application)
        self._application = application
        self._clock = clock
        self.desk = desk
        self.workspace: Workspace | None = None
        self.window: MainWindow | None = None
        self._acts: dict[str, Callable[[], None]] = {
            "set.complete": self.complete,
            "document.next": lambda: self.go(1),
            "document.previous": lambda: self.go(-1),
            "language.switch": self.switch_language,
            "theme.switch": self.switch_theme,
            "view.zoom_in": lambda: self.zoom(1),
            "view.zoom_out": lambda: self.zoom(-1),
            "view.zoom_reset": lambda: self.zoom(0),
            "app.quit": self.quit,
        }

    def dress(self) -> None:
        """Give the application the desk's language, colours and font."""
        apply_language(self._application, self.desk.catalogue)
        apply_theme(
            self._application,
            self.desk.theme,
            family=self.desk.fonts.interface,
            points=INTERFACE_POINTS,
        )

    def open_project(self, path: Path, *, annotator: str | None = None) -> None:
        """Open a project in the window; the one before is closed when this one opened.

        Raises `UserError` when it cannot be opened; then nothing has changed.
        """
        workspace = open_workspace(path, annotator=annotator, clock=self._clock)
        self._leave_workspace()
        self.workspace = workspace
        QSettings().setValue(PROJECT_SETTING, str(path.resolve()))
        self._new_window()

    def start(self, paths: list[Path]) -> None:
        """Open what the command line or the last session says, else the start page."""
        if not paths:
            last = str(QSettings().value(PROJECT_SETTING) or "")
            if last and Path(last).is_file():
                self.open_project(Path(last))
            else:
                self.open_project(Path(last))
        elif paths[0].suffix.lower() == SUFFIX:
            self.open_project(paths[0])
        else:
            self.open_project(project_for_articles(paths, self._clock))

    def run(self, action: str) -> None:
        """Do an act of the program; what goes wrong is told in the window."""
        act = self._acts.get(action)
        if act is None:
            return
        try:
            act()
        except Refused as refusal:
            if self.window is not None:
                sentence = self.desk.catalogue.error(refusal)
                self.window.status.show_notice(sentence, is_refusal=True)
        except AnnotatorError as error:
            if self.window is not None:
                show_error(self.window, self.desk.catalogue, error)

    def complete(self) -> None:
        """Mark the open document complete and open the next unfinished one."""
        workspace, window = self._both()
        editor = window.editor
        if editor is None:
            raise Refused("refused.no_document")
        name = editor.document.document.name
        workspace.complete(editor.focus)
        following = workspace.next_unfinished()
        if following is None:
            window.tell("notice.all_completed", name=name)
            return
        workspace.open(following)
        window.tell("notice.completed", name=name)

    def go(self, step: int) -> None:
        """Open the next (1) or previous (-1) document."""
        workspace, _ = self._both()
        identifier = workspace.neighbour(step)
        if identifier is None:
            raise Refused("notice.no_neighbour")
        workspace.open(DocumentId(identifier))

    def zoom(self, steps: int) -> None:
        """Larger or smaller letters on the page; 0 for the usual size."""
        _, window = self._both()
        window.view.zoom(steps)

    def switch_language(self) -> None:
        """Speak the next language, without a restart."""
        current = LANGUAGES.index(self.desk.catalogue.language)
        language = LANGUAGES[(current + 1) % len(LANGUAGES)]
        self.desk = replace(self.desk, catalogue=load_catalogue(language))
        QSettings().setValue(LANGUAGE_SETTING, language)
        self._redress()

    def switch_theme(self) -> None:
        """Light or dark, the other one."""
        name = THEMES[(THEMES.index(self.desk.theme.name) + 1) % len(THEMES)]
        self.desk = replace(self.desk, theme=theme_named(name))
        QSettings().setValue(THEME_SETTING, name)
        self._redress()

    def quit(self) -> None:
        """Close the window and with it the program."""
        if self.window is not None:
            self.window.close()

    def close(self) -> None:
        """Close the project; the place is remembered."""
        self._leave_workspace()

    def _both(self) -> tuple[Workspace, MainWindow]:
        if self.workspace is None or self.window is None:
            raise Refused("refused.no_document")
        return self.workspace, self.window

    def _redress(self) -> None:
        self.dress()
        if self.window is not None:
            self._new_window()

    def _new_window(self) -> None:
        """Another window in place of the present one, with the same geometry and place."""
        old = self.window
        assert self.workspace is not None  # windows are made for an open project only
        window = MainWindow(self.workspace, self.desk)
        window.action_wanted.connect(self.run)
        self.window = window
        if old is not None:
            old.action_wanted.disconnect(self.run)
            window.setGeometry(old.geometry())
            if old.editor is not None and old.workspace is self.workspace:
                self.workspace.remember_place(old.editor.focus)
        window.reopen()
        window.show()
        if old is not None:
            old.closing.disconnect()
            old.close()
            old.deleteLater()
        window.closing.connect(self.close)

    def _leave_workspace(self) -> None:
        if self.workspace is not None:
            self.workspace.close()
            self.workspace = None

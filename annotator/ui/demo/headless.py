"""The whole main job without a display: project, import, annotation by keys, export, picture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication

from annotator.core.annotations import Event, Mention, Quote
from annotator.foundation.errors import Defect, UserError
from annotator.ui.demo.hand import Hand
from annotator.ui.demo.pilot import Pilot
from annotator.ui.demo.typist import Typist
from annotator.ui.editing.editor import Editor
from annotator.ui.shell import Shell
from annotator.workbench.clock import Clock
from annotator.workbench.demo import (
    ANNOTATED_DOCUMENT,
    DEMO_ANNOTATOR,
    annotated_sample,
    sample_texts,
)
from annotator.workbench.exporting import GOLD_FILE, export_project
from annotator.workbench.importing import FoundFiles, Importer
from annotator.workbench.projects import SUFFIX, create_project

SIZE = (1280, 800)


class HeadlessDemo:
    """Does the main job into one folder, telling each step."""

    def __init__(self, shell: Shell, folder: Path, clock: Clock, say: Callable[..., None]) -> None:
        self._shell = shell
        self._folder = folder
        self._clock = clock
        self._say = say
        self._suffix = ""

    def run(self) -> None:
        """Make the project, annotate, export, take the picture.

        Raises `UserError` when the folder cannot be written.
        """
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UserError("export.no_folder", path=str(self._folder)) from error
        path = self._make_project()
        self._shell.open_project(path)
        self._annotate()
        self._take_picture()
        self._shell.quit()
        self._export(path)

    def _make_project(self) -> Path:
        path = self._free_path()
        with create_project(path, clock=self._clock, annotator=DEMO_ANNOTATOR) as project:
            report = Importer(project, self._clock).run(FoundFiles(sample_texts()))
        self._say("demo.project", path=path, documents=len(report.imported))
        return path

    def _free_path(self) -> Path:
        """A name that is not taken: nothing of an earlier demo is ever written over."""
        number = 1
        while (path := self._folder / f"demo{self._suffix}{SUFFIX}").exists():
            number += 1
            self._suffix = f"-{number}"
        return path

    def _annotate(self) -> None:
        workspace, window = self._shell.workspace, self._shell.window
        assert workspace is not None  # open_project has just made both
        assert window is not None
        workspace.open(ANNOTATED_DOCUMENT)
        window.resize(*SIZE)
        window.activateWindow()
        QApplication.processEvents()
        typist = Typist(window)
        Pilot(Hand(typist, self._editor), annotated_sample()).fly()
        records = list(self._editor().annotations.annotations())
        typist.press("Ctrl+Home")
        self._say(
            "demo.annotated",
            document=ANNOTATED_DOCUMENT,
            keys=typist.presses,
            mentions=sum(isinstance(record, Mention) for record in records),
            events=sum(isinstance(record, Event) for record in records),
            quotes=sum(isinstance(record, Quote) for record in records),
        )

    def _take_picture(self) -> None:
        window = self._shell.window
        assert window is not None  # still open
        window.make_surroundings()
        window.view.legend.update()  # it says now what the keys do
        QApplication.processEvents()
        path = self._folder / f"screenshot{self._suffix}.png"
        if not window.grab().save(str(path)):
            raise UserError("demo.no_picture", path=str(path))
        self._say("demo.screenshot", path=path)
        Typist(window).press("Ctrl+Enter")

    def _export(self, path: Path) -> None:
        target = self._folder / f"gold{self._suffix}"
        result = export_project(path, target, self._clock)
        self._say("demo.exported", sets=result.sets, path=target / GOLD_FILE)

    def _editor(self) -> Editor:
        window = self._shell.window
        if window is None or window.editor is None:
            raise Defect("defect.pilot_lost", offset=0, caret=0)
        return window.editor

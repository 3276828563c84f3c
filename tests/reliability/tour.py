"""A tour through the whole window with names that look like markup: every act, dialog and tooltip.

``python -m tests.reliability.tour FOLDER`` takes it in a process of its own, to be watched from
outside; all it writes lies in FOLDER, which holds ``mark.png``, the picture the names ask for.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPoint, QSettings, Qt
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QDialog,
    QFileDialog,
    QInputDialog,
    QLabel,
    QMenuBar,
    QMessageBox,
    QToolTip,
    QWidget,
)

from annotator.adjudication.choices import Leave
from annotator.app import make_application
from annotator.core.annotations import Mention
from annotator.core.edits import Change, Edit, Focus
from annotator.core.ids import RecordId
from annotator.core.span import Fragments
from annotator.foundation.paths import resource
from annotator.store.project_file import ProjectFile
from annotator.ui.dialogs.adjudicate_project import ProjectAdjudicationDialog
from annotator.ui.dialogs.adjudication import AdjudicationDialog
from annotator.ui.dialogs.export import ExportDialog
from annotator.ui.dialogs.import_documents import ImportDialog
from annotator.workbench.clock import system_clock
from annotator.workbench.importing import Importer, find_files
from annotator.workbench.people import annotator_named
from annotator.workbench.projects import create_project
from annotator.workbench.workspace import Workspace
from tests.journeys.stage import Stage

PICTURE = "mark.png"
LAST = ("project.demo", "language.switch", "theme.switch", "app.quit")
MARKUP = re.compile("<[a-z!/]|&[a-z]+;")
_MOST_ROWS = 40


def nasty(folder: Path) -> str:
    """A name that asks for a picture wherever it is taken for markup."""
    return f"<img src='{(folder / PICTURE).as_uri()}'><b>x</b> R&D &lt; %s {{name}} \u202egpj"


def nasty_file(suffix: str) -> str:
    """The same as the name of a file, which can hold no slash."""
    return f"<img src='{PICTURE}'><b>&{{x}}{suffix}"


def nasty_project(folder: Path) -> Path:
    """A project in which file, scheme, people, documents and metadata have such names."""
    name = nasty(folder)
    scheme = json.loads(resource("schemes", "ckb-news.json").read_text(encoding="utf-8"))
    (folder / "scheme.json").write_text(json.dumps(_renamed(scheme, name)), encoding="utf-8")
    record = {"title": name, "outlet": name, "author": name, "date": name}
    lines = [
        json.dumps({"id": f"a{n}", "text": f"{name} شاری هەولێر گوتی: «باشە». {n}", **record})
        for n in (1, 2)
    ]
    source = folder / nasty_file(".jsonl")
    source.write_text("\n".join(lines), encoding="utf-8")
    path = folder / nasty_file(".nishan")
    scheme_file = str(folder / "scheme.json")
    with create_project(path, clock=system_clock, scheme=scheme_file, annotator=name) as project:
        Importer(project, system_clock).run(find_files([source]))
        for number in (2, 3):  # so that there is something to adjudicate
            _annotate(project, f"{name} {number}").change_annotator(name)
    return path


def _annotate(project: ProjectFile, name: str) -> Workspace:
    """Somebody marks the first word of each document, not like others do, and completes it."""
    person = annotator_named(project, name, system_clock)
    workspace = Workspace(project, person, clock=system_clock)
    labels = [label.id for label in workspace.scheme.labels]
    for entry in project.documents.entries():
        opened = workspace.open(entry.id)
        label = labels[len(project.people.all()) % len(labels)]
        mention = Mention(RecordId("T1"), label, Fragments((opened.segmentation.tokens[0],)))
        opened.perform(Edit("edit.add_mention", (Change(None, mention),)))
        workspace.complete(Focus(0, 0))
    return workspace


def _renamed(value: object, name: str, field: str = "") -> object:
    """The scheme with the name before every wording that people see."""
    if isinstance(value, dict):
        return {key: _renamed(inner, name, key) for key, inner in value.items()}
    if isinstance(value, list):
        return [_renamed(inner, name) for inner in value]
    return f"{name} {value}" if field in ("ckb", "en") else value


class Tour:
    """Does every act once on such a project and looks at all that is to be seen meanwhile.

    `faults` are what could be taken for markup or for a key's sign; `dialogs` what was seen.
    """

    def __init__(self, folder: Path) -> None:
        self.faults: list[str] = []
        self.dialogs: set[str] = set()
        self._folder = folder

    def take(self, desk: Stage) -> None:
        """Every act with something selected, the disturbing ones last."""
        self._be_looked_at_instead_of_waiting()
        desk.typist.press("Ctrl+End Right 3")
        desk.window.inspector.focus_field("entity")
        desk.typist.type_text(nasty(self._folder))
        desk.typist.press("Escape Q")
        desk.window.settle()
        self.look(desk.window)
        acts = sorted((set(desk.shell.desk.acts) | set(desk.shell.actions)) - set(LAST))
        for act in (*acts, *LAST):
            if desk.editor is not None:
                desk.editor.enter(None)
            desk.window.run_action(act)
            self.look(desk.window)

    def look(self, widget: QWidget) -> None:
        """Draw a window, show its tooltips, and note what is not plain."""
        QApplication.processEvents()
        if not widget.isVisible():
            return
        widget.grab()
        where = type(widget).__name__
        for label in widget.findChildren(QLabel):
            # Qt's own print dialog and the label of tooltips are windows of their own.
            is_here = label.window() is widget.window() and label.text()
            if is_here and label.textFormat() is not Qt.TextFormat.PlainText:
                self.faults.append(f"{where}: a label guesses about {label.text()[:60]}")
        for text in _tooltips(widget):
            QToolTip.showText(QPoint(0, 0), text, widget)
            if MARKUP.search(text) and not _is_escaped(text):
                self.faults.append(f"{where}: a tooltip is markup: {text[:60]}")
        for action in getattr(widget, "menu_actions", {}).values():
            if "R&D" in action.text():
                self.faults.append(f"{where}: an entry has lost its &: {action.text()[:60]}")

    def _see(self, dialog: QDialog) -> int:
        """Stands in for `exec`: the dialog is shown, looked at, used and closed."""
        self.dialogs.add(type(dialog).__name__)
        dialog.show()
        self.look(dialog)
        if isinstance(dialog, ImportDialog):
            bad = self._folder / nasty_file(".txt")
            bad.write_bytes(b"\xff")
            dialog.add_paths([bad, self._folder / nasty_file(".jsonl")])
            self.look(dialog)
            dialog.start()
        elif isinstance(dialog, ExportDialog):
            dialog.start()
        elif isinstance(dialog, AdjudicationDialog):
            dialog.take_agreed()
            dialog.choose(Leave)
        elif isinstance(dialog, ProjectAdjudicationDialog):
            dialog.rule_box.setCurrentIndex(dialog.rule_box.count() - 1)
            self.look(dialog)
            dialog.start()
        self.look(dialog)
        dialog.close()
        return 0

    def _be_looked_at_instead_of_waiting(self) -> None:
        for kind in (QDialog, QMessageBox, QInputDialog):
            kind.exec = lambda dialog: self._see(dialog)
        QPrintDialog.exec = lambda dialog: 0
        QFileDialog.getOpenFileName = lambda *_: ("", "")
        QFileDialog.getOpenFileNames = lambda *_: ([], "")
        QFileDialog.getSaveFileName = lambda *_: ("", "")
        QMenuBar.setActiveAction = lambda *_: None


def _tooltips(widget: QWidget) -> Iterator[str]:
    for part in (widget, *widget.findChildren(QWidget)):
        if part.toolTip():
            yield part.toolTip()
        if isinstance(part, QAbstractItemView) and part.model() is not None:
            model = part.model()
            is_list = isinstance(model, QAbstractListModel)
            columns = 1 if is_list else model.columnCount(QModelIndex())
            for row in range(min(model.rowCount(QModelIndex()), _MOST_ROWS)):
                for column in range(columns):
                    told = model.index(row, column).data(Qt.ItemDataRole.ToolTipRole)
                    if told:
                        yield told


def _is_escaped(text: str) -> bool:
    inside = text.removeprefix("<qt>").removesuffix("</qt>").replace("<br>", "")
    return text.startswith("<qt>") and "<" not in inside


def main(folder: Path) -> int:
    """Take the tour in a process of its own; the exit code is the number of faults."""
    os.chdir(folder)
    application = make_application()
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(folder))
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    application.setOrganizationName("Nishan")
    tour = Tour(folder)
    desk = Stage(nasty_project(folder), language="en")
    tour.take(desk)
    for fault in tour.faults:
        sys.stdout.write(f"{fault}\n")
    sys.stdout.write(f"dialogs: {' '.join(sorted(tour.dialogs))}\n")
    sys.stdout.flush()
    return min(len(tour.faults), 99)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))

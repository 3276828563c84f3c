"""The act that merges another project file into the open one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from annotator.ui.main_window import MainWindow
from annotator.workbench.backups import BackupReason
from annotator.workbench.clock import Clock
from annotator.workbench.label_titles import titles_in
from annotator.workbench.projects import SUFFIX
from annotator.workbench.workspace import Workspace


def merge_acts(
    both: Callable[[], tuple[Workspace, MainWindow]],
    clock: Clock,
    back_up: Callable[[BackupReason], object],
) -> dict[str, Callable[[], None]]:
    """The act by its id; `both` are workspace and window, and raises `Refused` for neither."""
    return {"project.merge": lambda: merge_project(*both(), clock, back_up)}


def merge_project(
    workspace: Workspace,
    window: MainWindow,
    clock: Clock,
    back_up: Callable[[BackupReason], object],
) -> None:
    """Ask for another project file, show what it would bring, and merge it when that is wanted.

    Raises `AnnotatorError` where the other file cannot be opened or compared.
    """
    from annotator.ui.dialogs.merge_project import MergeDialog
    from annotator.workbench.merging import merger_of

    catalogue = window.desk.catalogue
    title = catalogue.text("merging.title")
    kinds = f"{catalogue.text('app.name')} (*{SUFFIX})"
    chosen, _ = QFileDialog.getOpenFileName(window, title, str(workspace.path.parent), kinds)
    if not chosen:
        return
    path = Path(chosen)
    back_up(BackupReason.MERGE)
    with merger_of(
        path,
        workspace.project,
        clock=clock,
        changes=workspace.changes,
        door=workspace.door,
        page=lambda: workspace.open_document,
    ) as merger:
        titles = titles_in(workspace.scheme, catalogue.language)
        dialog = MergeDialog(catalogue, merger, name=path.name, titles=titles, parent=window)
        dialog.exec()
    if dialog.is_merged and workspace.open_document is None:
        workspace.open_last()

"""The acts that take steps of the project back: its history, and undo and redo for all of it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from annotator.core.history import Act
from annotator.core.project_edits import ProjectStep
from annotator.foundation.errors import Refused
from annotator.ui.coming_back import documents_back, show_again
from annotator.ui.dropping import may_drop
from annotator.ui.main_window import MainWindow
from annotator.ui.waiting import wait_cursor
from annotator.workbench.history_wording import result_sentence
from annotator.workbench.label_titles import titles_in
from annotator.workbench.losses import Losses
from annotator.workbench.project_changes import ProjectChanged
from annotator.workbench.workspace import Workspace

Both = Callable[[], tuple[Workspace, MainWindow]]
"""Workspace and window; raises `Refused` for neither."""


def history_acts(both: Both) -> dict[str, Callable[[], None]]:
    """The acts by their ids."""
    return {
        "project.history": lambda: show_history(*both()),
        "project.undo": lambda: turn_newest(*both(), Act.UNDO),
        "project.redo": lambda: turn_newest(*both(), Act.REDO),
    }


def show_history(workspace: Workspace, window: MainWindow) -> None:
    """Show every step of the project."""
    from annotator.ui.dialogs.history import HistoryDialog

    changes = workspace.changes
    dialog = HistoryDialog(
        window.desk.catalogue,
        changes.steps,
        lambda step, act: turn(workspace, window, step, act, parent=dialog),
        window,
        titles=titles_in(workspace.scheme, window.desk.catalogue.language),
    )
    dialog.exec()


def turn_newest(workspace: Workspace, window: MainWindow, act: Act) -> None:
    """Take the newest step back that stands, or bring back the one that was taken back last.

    Raises `Refused` where there is none.
    """
    changes = workspace.changes
    step = changes.next_undo() if act is Act.UNDO else changes.next_redo()
    if step is None:
        raise Refused(f"refused.nothing_to_{act.value}")
    done = turn(workspace, window, step, act, parent=window)
    if done is not None:
        catalogue = window.desk.catalogue
        titles = titles_in(workspace.scheme, catalogue.language)
        show_again(workspace, window, documents_back(done.edit, act))
        window.status.show_notice(result_sentence(catalogue, done, titles))


def turn(
    workspace: Workspace, window: MainWindow, step: ProjectStep, act: Act, *, parent: QWidget
) -> ProjectChanged | None:
    """Take a step back or bring it back; None where much would go and the user said no."""
    drop = Losses(workspace.project).of_turn(step, act)
    if not may_drop(parent, window.desk.catalogue, drop):
        return None
    changes = workspace.changes
    with wait_cursor():
        return changes.undo(step.seq) if act is Act.UNDO else changes.redo(step.seq)

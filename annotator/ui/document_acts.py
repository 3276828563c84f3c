"""The acts on the open document and the window it is in: complete, go on, print, zoom."""

from __future__ import annotations

from collections.abc import Callable

from annotator.core.annotations import SetStatus
from annotator.foundation.errors import Refused, UserError
from annotator.ui.editing.editor import Editor
from annotator.ui.main_window import MainWindow
from annotator.workbench.workspace import Workspace


def document_acts(
    both: Callable[[], tuple[Workspace, MainWindow]],
) -> dict[str, Callable[[], None]]:
    """The acts by their ids; `both` are workspace and window, and raises `Refused` for neither."""
    return {
        "mark_all.project": lambda: mark_everywhere(*both()),
        "set.complete": lambda: complete(*both()),
        "set.approve": lambda: set_status(*both(), SetStatus.APPROVED),
        "set.reopen": lambda: set_status(*both(), SetStatus.IN_PROGRESS),
        "document.next": lambda: go(both()[0], 1),
        "document.previous": lambda: go(both()[0], -1),
        "document.print": lambda: print_document(both()[1]),
        "document.pdf": lambda: save_document(*both()),
        "pane.next": lambda: both()[1].panes.go(1),
        "pane.previous": lambda: both()[1].panes.go(-1),
        "view.zoom_in": lambda: both()[1].view.zoom(1),
        "view.zoom_out": lambda: both()[1].view.zoom(-1),
        "view.zoom_reset": lambda: both()[1].view.zoom(0),
    }


def mark_everywhere(workspace: Workspace, window: MainWindow) -> None:
    """Mark what is meant in the other documents as well."""
    from annotator.ui.marking_in_project import mark_in_project

    mark_in_project(workspace, window)


def print_document(window: MainWindow) -> None:
    """Print the open document."""
    from annotator.ui.paper_acts import print_on_paper

    print_on_paper(window)


def save_document(workspace: Workspace, window: MainWindow) -> None:
    """Save the open document as PDF."""
    from annotator.ui.paper_acts import save_as_pdf

    save_as_pdf(workspace, window)


def complete(workspace: Workspace, window: MainWindow) -> None:
    """Mark the open document complete and open the next unfinished one."""
    editor = _editor(window)
    name = editor.document.document.name
    try:
        workspace.complete(editor.focus)
    except UserError as error:
        window.fail(error)
        return
    following = workspace.next_unfinished()
    if following is None:
        window.tell("notice.all_completed", name=name)
        return
    workspace.open(following)
    window.tell("notice.completed", name=name)


def set_status(workspace: Workspace, window: MainWindow, status: SetStatus) -> None:
    """Approve the open document, or take it up again."""
    editor = _editor(window)
    try:
        workspace.set_status(status, editor.focus)
    except UserError as error:
        window.fail(error)
        return
    shown = window.desk.catalogue.text(f"status.{status.value}")
    window.tell("notice.status", name=editor.document.document.name, status=shown)


def go(workspace: Workspace, step: int) -> None:
    """Open the next (1) or previous (-1) document. Raises `Refused` where there is none."""
    identifier = workspace.neighbour(step)
    if identifier is None:
        raise Refused("notice.no_neighbour")
    workspace.open(identifier)


def _editor(window: MainWindow) -> Editor:
    if window.editor is None:
        raise Refused("refused.no_document")
    return window.editor

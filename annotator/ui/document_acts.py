"""The acts on the open document as a whole: complete, approve, take up again, go to another."""

from __future__ import annotations

from annotator.core.annotations import SetStatus
from annotator.foundation.errors import Refused, UserError
from annotator.ui.editing.editor import Editor
from annotator.ui.main_window import MainWindow
from annotator.workbench.workspace import Workspace


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

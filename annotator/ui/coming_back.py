"""Documents that come back into the project are what one goes on with."""

from __future__ import annotations

from collections.abc import Iterable

from annotator.core.history import Act
from annotator.core.ids import DocumentId
from annotator.core.project_edits import ProjectEdit, Thing
from annotator.ui.main_window import MainWindow
from annotator.workbench.workspace import Workspace


def show_again(workspace: Workspace, window: MainWindow, documents: Iterable[DocumentId]) -> None:
    """Open the first of these documents that is there, and select them all in the list.

    Raises `UserError` where it is damaged.
    """
    wanted = set(documents)
    here = [line.id for line in workspace.lines() if line.id in wanted]
    if here:
        opened = workspace.open_document
        if opened is None or opened.document.id != here[0]:
            workspace.open(here[0])
        window.documents.select(here)


def documents_back(edit: ProjectEdit, act: Act) -> list[DocumentId]:
    """The documents that an act brought back which had been in the trash."""
    came = act is not Act.UNDO
    return [
        DocumentId(presence.id)
        for presence in edit.presences
        if presence.thing is Thing.DOCUMENT and presence.is_here is came
    ]

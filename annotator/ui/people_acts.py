"""The act that shows who annotates in a project."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from annotator.core.set_header import Annotator
from annotator.foundation.errors import Refused
from annotator.ui.dropping import may_drop
from annotator.ui.history_acts import Both
from annotator.ui.main_window import MainWindow
from annotator.ui.trash_acts import with_way_back
from annotator.workbench.losses import Losses
from annotator.workbench.trash import Trash
from annotator.workbench.workspace import Workspace

if TYPE_CHECKING:
    from annotator.ui.dialogs.people import PersonLine


def people_acts(both: Both) -> dict[str, Callable[[], None]]:
    """The acts by their ids."""
    return {"people.manage": lambda: show_people(*both())}


def show_people(workspace: Workspace, window: MainWindow) -> None:
    """Show the annotators of the project."""
    from annotator.ui.dialogs.people import PeopleDialog

    dialog = PeopleDialog(
        window.desk.catalogue,
        lambda: people_lines(workspace),
        lambda person: remove_person(workspace, window, person, parent=dialog),
        window,
    )
    dialog.exec()


def people_lines(workspace: Workspace) -> list[PersonLine]:
    """The annotators in order of addition."""
    from annotator.ui.dialogs.people import PersonLine

    trash = Trash(workspace.project, workspace.changes)
    return [
        PersonLine(person, *trash.count_of(person), is_present=person == workspace.annotator)
        for person in workspace.project.people.all()
    ]


def remove_person(
    workspace: Workspace, window: MainWindow, person: Annotator, *, parent: QWidget
) -> str | None:
    """Move an annotator to the trash, unless it is the one who works now.

    None where the user thought better of it. Raises `Refused`.
    """
    if person == workspace.annotator:
        raise Refused("refused.works_now", name=person.name)
    catalogue = window.desk.catalogue
    if not may_drop(parent, catalogue, Losses(workspace.project).of_person(person)):
        return None
    Trash(workspace.project, workspace.changes).remove_person(person)
    return with_way_back(window.desk, catalogue.text("people.removed", name=person.name))

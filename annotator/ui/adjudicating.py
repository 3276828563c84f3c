"""Adjudicating the open document, and the whole project."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from annotator.core.ids import SetId
from annotator.core.set_header import SetKind
from annotator.foundation.catalogue import Catalogue
from annotator.foundation.errors import Refused
from annotator.ui.desk import Desk
from annotator.ui.dialogs.adjudicate_project import ProjectAdjudicationDialog
from annotator.ui.dialogs.adjudication import AdjudicationDialog
from annotator.ui.main_window import MainWindow
from annotator.workbench.adjudicating import Adjudication, open_adjudication
from annotator.workbench.adjudicating_project import ProjectAdjudicator
from annotator.workbench.adjudication_sayings import Sayings
from annotator.workbench.backups import BackupReason
from annotator.workbench.open_document import OpenDocument
from annotator.workbench.workspace import Workspace


def adjudicate(workspace: Workspace, window: MainWindow) -> None:
    """Compare the annotators of the open document and let somebody decide.

    Once something is decided, gold is on the page. Raises `Refused` where no document is open or
    there is nothing to compare.
    """
    opened = workspace.open_document
    if opened is None:
        raise Refused("refused.no_document")
    adjudication = open_adjudication(workspace, opened.document.id)
    before = adjudication.units
    dialog = adjudication_dialog(
        workspace, window.desk, adjudication, points=window.view.points, parent=window
    )
    dialog.exec()
    wanted = dialog.wanted
    dialog.deleteLater()
    if wanted is not None or adjudication.units is not before:
        _show_gold(workspace, window, adjudication.gold)
    if wanted is not None:
        window.go_to(wanted)
    window.focus_page()


def adjudication_dialog(
    workspace: Workspace,
    desk: Desk,
    adjudication: Adjudication,
    *,
    points: float,
    parent: QWidget | None,
) -> AdjudicationDialog:
    """The dialog about one document; `points` is the size of letters on the page."""
    sides = adjudication.comparison.sides
    names = [(side.id, _name(workspace, side.id)) for side in sides]
    sayings = Sayings(
        catalogue=desk.catalogue,
        scheme=workspace.scheme,
        text=adjudication.gold.document.text,
        sets={side.id: side.annotations for side in sides},
        numbers={side: number for number, (side, _) in enumerate(names, 1)},
    )
    return AdjudicationDialog(
        desk,
        adjudication,
        sayings,
        names=names,
        note=_note(desk.catalogue, workspace, adjudication),
        points=points,
        parent=parent,
    )


def adjudicate_all(
    workspace: Workspace, window: MainWindow, back_up: Callable[[BackupReason], object]
) -> None:
    """Show what a rule would decide in the whole project, and decide it when that is wanted."""
    headers = workspace.project.annotations.headers()
    sides = dict.fromkeys(each.id for each in headers if each.kind is SetKind.ANNOTATOR)
    dialog = ProjectAdjudicationDialog(
        window.desk.catalogue,
        ProjectAdjudicator(
            workspace.project,
            changes=workspace.changes,
            door=workspace.door,
            clock=workspace.clock,
            page=lambda: workspace.open_document,
        ),
        people=[(side, _name(workspace, side)) for side in sides],
        adjudicator=workspace.annotator.id,
        back_up=lambda: back_up(BackupReason.WORK),
        parent=window,
    )
    dialog.exec()
    wanted = dialog.wanted
    dialog.deleteLater()
    if wanted is not None:
        workspace.open(wanted)
        adjudicate(workspace, window)
    window.focus_page()


def _show_gold(workspace: Workspace, window: MainWindow, gold: OpenDocument) -> None:
    """Put gold on the page, where somebody has decided; the own set is in the list."""
    if workspace.open_document is not gold:
        workspace.open(gold.document.id, gold.header)
        window.tell("notice.gold_on_page")


def _name(workspace: Workspace, side: SetId) -> str:
    person = workspace.person_of(side)
    return str(side) if person is None else person.name


def _note(catalogue: Catalogue, workspace: Workspace, adjudication: Adjudication) -> str:
    """Who has no vote, and in which layers."""
    told = []
    for each in adjudication.comparison.voteless:
        name = _name(workspace, each.side)
        if each.layer is None:
            told.append(catalogue.text("adjudicating.unfinished", name=name))
        else:
            layer = catalogue.text(f"adjudication.kind.{each.layer.value}")
            told.append(catalogue.text("adjudicating.unfinished_layer", name=name, layer=layer))
    return "\n".join(told)

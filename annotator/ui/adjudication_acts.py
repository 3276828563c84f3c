"""The act that adjudicates the open document."""

from __future__ import annotations

from collections.abc import Callable

from annotator.core.ids import SetId
from annotator.foundation.catalogue import Catalogue
from annotator.foundation.errors import Refused
from annotator.ui.dialogs.adjudication import AdjudicationDialog
from annotator.ui.history_acts import Both
from annotator.ui.main_window import MainWindow
from annotator.workbench.adjudicating import Adjudication, open_adjudication
from annotator.workbench.adjudication_sayings import Sayings
from annotator.workbench.open_document import OpenDocument
from annotator.workbench.workspace import Workspace


def adjudication_acts(both: Both) -> dict[str, Callable[[], None]]:
    """The act by its id."""
    return {"project.adjudicate": lambda: adjudicate(*both())}


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
    names = [(side.id, _name(workspace, side.id)) for side in adjudication.comparison.sides]
    sayings = Sayings(
        catalogue=window.desk.catalogue,
        scheme=workspace.scheme,
        text=opened.document.text,
        sets={side.id: side.annotations for side in adjudication.comparison.sides},
        numbers={side: number for number, (side, _) in enumerate(names, 1)},
    )
    dialog = AdjudicationDialog(
        window.desk,
        adjudication,
        sayings,
        names=names,
        note=_note(window.desk.catalogue, workspace, adjudication),
        points=window.view.points,
        parent=window,
    )
    dialog.exec()
    wanted = dialog.wanted
    dialog.deleteLater()
    if wanted is not None or adjudication.units is not before:
        _show_gold(workspace, window, adjudication.gold)
    if wanted is not None:
        window.go_to(wanted)
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

"""The acts that change the scheme of a project, and the window that follows.

A window is built for one scheme. So when the scheme has changed, the shell makes it anew; not in
the middle of an act, whose dialogs lie over the window, but when the act is over.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFileDialog, QWidget

from annotator.foundation.errors import Refused
from annotator.ui.dropping import may_drop
from annotator.ui.history_acts import Both
from annotator.ui.main_window import MainWindow
from annotator.ui.trash_acts import with_way_back
from annotator.ui.waiting import wait_cursor
from annotator.workbench.label_lines import LabelLine, LabelState, label_lines
from annotator.workbench.losses import Losses
from annotator.workbench.relabelling import Relabeller
from annotator.workbench.scheme_exchange import replace_scheme, unknown_labels
from annotator.workbench.schemes import read_scheme_text, scheme_from_text
from annotator.workbench.trash import Trash
from annotator.workbench.workspace import Workspace


def scheme_change_acts(both: Both) -> dict[str, Callable[[], None]]:
    """The acts by their ids."""
    return {
        "scheme.labels": lambda: show_labels(*both()),
        "scheme.replace": lambda: exchange_scheme(*both()),
    }


def show_labels(workspace: Workspace, window: MainWindow) -> None:
    """Show the labels of the project, to be offered or not, or changed to others."""
    from annotator.ui.dialogs.labels import LabelsDialog

    language = window.desk.catalogue.language
    dialog = LabelsDialog(
        window.desk.catalogue,
        lambda: label_lines(workspace.project, language),
        switch=lambda line: switch_label(workspace, window, line),
        change=lambda line: change_label(workspace, window, line, parent=dialog),
        parent=window,
    )
    dialog.exec()


def switch_label(workspace: Workspace, window: MainWindow, line: LabelLine) -> str:
    """Offer a label no more, or again. Raises `Refused` for the last one that is offered."""
    trash = Trash(workspace.project, workspace.changes)
    text = window.desk.catalogue.text
    if line.state is LabelState.OFFERED:
        trash.remove_label(line.id, line.name)
        return with_way_back(window.desk, text("labels.dropped", name=line.name))
    trash.restore_label(line.id, line.name)
    return text("labels.offered", name=line.name)


def change_label(
    workspace: Workspace, window: MainWindow, line: LabelLine, *, parent: QWidget
) -> str | None:
    """Ask what a label shall become and change all of it; None where the user did not want to."""
    from annotator.ui.dialogs.relabelling import RelabelDialog

    catalogue = window.desk.catalogue
    relabeller = Relabeller(workspace.project, workspace.changes, workspace.door)
    lines = label_lines(workspace.project, catalogue.language)
    targets = [each for each in lines if each.state is LabelState.OFFERED and each.id != line.id]
    dialog = RelabelDialog(
        catalogue,
        line,
        targets,
        plan=lambda target: relabeller.plan(line.id, target),
        parent=parent,
    )
    if dialog.exec() != RelabelDialog.DialogCode.Accepted or dialog.chosen is None:
        return None
    plan = dialog.chosen
    drop = Losses(workspace.project).of_label(plan.changed)
    if not may_drop(parent, catalogue, drop, is_relabelling=True):
        return None
    with wait_cursor():
        relabeller.perform(plan, workspace.open_document)
    told = catalogue.text("relabelling.done", changed=plan.changed, refused=plan.refused)
    return with_way_back(window.desk, told)


def exchange_scheme(workspace: Workspace, window: MainWindow) -> None:
    """Ask for a scheme file, show what it would not know, and use it.

    Raises `UserError` where it is no scheme, `Refused` where it is the present one.
    """
    from annotator.ui.dialogs.scheme_exchange import SchemeExchangeDialog

    catalogue = window.desk.catalogue
    chosen, _ = QFileDialog.getOpenFileName(
        window,
        catalogue.text("action.scheme.replace"),
        str(workspace.path.parent),
        f"{catalogue.text('dialog.filter_scheme')} (*.json)",
    )
    if not chosen:
        return
    text = read_scheme_text(chosen)
    scheme = scheme_from_text(text)
    if scheme.sha256 == workspace.plain_scheme.sha256:
        raise Refused("refused.same_scheme")
    dialog = SchemeExchangeDialog(
        catalogue,
        workspace.plain_scheme,
        scheme,
        unknown=unknown_labels(workspace.project, scheme),
        parent=window,
    )
    if dialog.exec() == SchemeExchangeDialog.DialogCode.Accepted:
        name, language = scheme.name.in_language(catalogue.language), catalogue.language
        replace_scheme(workspace.project, workspace.changes, text, language=language)
        told = catalogue.text("scheme_exchange.done", name=name, version=scheme.version)
        window.status.show_notice(with_way_back(window.desk, told))

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


class SchemeFollowing:
    """Makes the window anew after the scheme has changed: at once, or when the act is over.

    `lay_over` gives a workspace the keys of the user, `redress` makes the `window` anew.
    """

    def __init__(
        self,
        lay_over: Callable[[Workspace], None],
        redress: Callable[[], None],
        window: Callable[[], MainWindow | None],
    ) -> None:
        self._lay_over = lay_over
        self._redress = redress
        self._window = window
        self._workspace: Workspace | None = None
        self._acts = 0
        self._has_changed = False

    def follow(self, workspace: Workspace) -> None:
        """Lay the keys over the scheme of a workspace, now and whenever it changes."""
        self._workspace = workspace
        self._has_changed = False
        workspace.scheme_changed.add(self._on_changed)
        self._lay_over(workspace)

    def after(self, act: Callable[[], object]) -> Callable[[], None]:
        """The act, followed by a new window where it has changed the scheme."""

        def run() -> None:
            self._acts += 1
            try:
                act()
            finally:
                self._acts -= 1
                self._follow_up()

        return run

    def _on_changed(self, _: None) -> None:
        if self._workspace is not None:
            self._lay_over(self._workspace)
        self._has_changed = True
        self._follow_up()

    def _follow_up(self) -> None:
        if self._has_changed and not self._acts:
            self._has_changed = False
            old = self._window()
            notice = "" if old is None else old.status.notice
            self._redress()
            fresh = self._window()
            if fresh is not None:
                fresh.status.show_notice(notice)


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

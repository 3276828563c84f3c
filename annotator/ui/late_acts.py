"""The acts without which the window can be there: their modules are loaded when one is done first.

A family of acts has its ids here, by which it is known before it is loaded; a test holds them
against what the family offers. A `Late` part is made when it is asked for first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from annotator.ui.late import Late

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow, QWidget

    from annotator.foundation.catalogue import Catalogue
    from annotator.ui.desk import Desk
    from annotator.ui.doctor_acts import DoctorActs
    from annotator.ui.key_acts import KeyActs
    from annotator.ui.main_window import MainWindow
    from annotator.ui.palette_acts import PaletteActs
    from annotator.ui.project_acts import ProjectActs
    from annotator.ui.report_acts import ReportActs
    from annotator.ui.start_window import StartWindow
    from annotator.workbench.backups import BackupReason
    from annotator.workbench.clock import Clock
    from annotator.workbench.workspace import Workspace

Acts: TypeAlias = Mapping[str, Callable[[], None]]

ADJUDICATION: Final = ("project.adjudicate", "project.adjudicate_all")
KEEPING: Final = (
    "project.history",
    "project.undo",
    "project.redo",
    "document.remove",
    "project.trash",
    "people.manage",
    "scheme.labels",
    "scheme.replace",
)
MERGE: Final = ("project.merge",)


def family(ids: Sequence[str], load: Callable[[], Acts]) -> dict[str, Callable[[], None]]:
    """The acts of a family by their ids; `load` gives them when one of them is done first."""
    loaded = cache(load)
    return {identifier: partial(_do, loaded, identifier) for identifier in ids}


def _do(loaded: Callable[[], Acts], identifier: str) -> None:
    loaded()[identifier]()


def late_families(
    both: Callable[[], tuple[Workspace, MainWindow]],
    clock: Clock,
    *,
    back_up: Callable[[BackupReason], object],
    back_up_now: Callable[[], object],
) -> dict[str, Callable[[], None]]:
    """The acts of all families. `both` are workspace and window, and raises `Refused` for neither.

    `back_up` makes a backup that may fail, `back_up_now` one that
    must be there before something that cannot be taken back.
    """

    def adjudicating() -> Acts:
        from annotator.ui.adjudication_acts import adjudication_acts

        return adjudication_acts(both, back_up)

    def keeping() -> Acts:
        from annotator.ui.keeping_acts import keeping_acts

        return keeping_acts(both, back_up_now)

    def merging() -> Acts:
        from annotator.ui.merge_acts import merge_acts

        return merge_acts(both, clock, back_up)

    return {
        **family(ADJUDICATION, adjudicating),
        **family(KEEPING, keeping),
        **family(MERGE, merging),
    }


def start_window(desk: Desk, recent: Sequence[Path]) -> StartWindow:
    """The window while no project is open."""
    from annotator.ui.start_window import StartWindow

    return StartWindow(desk, recent)


def project_of(
    articles: list[Path], clock: Clock, parent: QWidget | None, catalogue: Catalogue
) -> Path | None:
    """The project of articles that were named when the program was started.

    None where somebody else has it open and the user leaves it at that. Raises `UserError`.
    """
    from annotator.ui.taking_over import opened
    from annotator.workbench.articles import project_for_articles, project_path

    return opened(
        lambda takes_over: project_for_articles(articles, clock, takes_over=takes_over),
        parent,
        catalogue,
        path=project_path(articles[0].resolve()),
    )


def late_doctor(
    clock: Clock,
    present: Callable[[], QWidget | None],
    workspace: Callable[[], Workspace | None],
    open_project: Callable[[Path], None],
) -> Late[DoctorActs]:
    """The acts that call the doctor."""

    def make() -> DoctorActs:
        from annotator.ui.doctor_acts import DoctorActs

        return DoctorActs(clock, present, workspace, open_project)

    return Late(make)


def late_dialogs(
    clock: Clock,
    present: Callable[[], QWidget | None],
    open_project: Callable[[Path], None],
    back_up: Callable[[BackupReason], None],
) -> Late[ProjectActs]:
    """The acts that open the dialogs of a project."""

    def make() -> ProjectActs:
        from annotator.ui.project_acts import ProjectActs

        return ProjectActs(clock, present, open_project, back_up)

    return Late(make)


def late_keys(
    desk: Callable[[], Desk],
    workspace: Callable[[], Workspace | None],
    *,
    redress: Callable[[Desk], None],
    present: Callable[[], QWidget | None],
) -> Late[KeyActs]:
    """The acts that show the keys and change them."""

    def make() -> KeyActs:
        from annotator.ui.key_acts import KeyActs

        return KeyActs(desk, workspace, redress=redress, present=present)

    return Late(make)


def late_palette(
    desk: Callable[[], Desk],
    *,
    workspace: Callable[[], Workspace | None],
    window: Callable[[], MainWindow | None],
    present: Callable[[], QWidget | None],
    run: Callable[[str], None],
) -> Late[PaletteActs]:
    """The palette."""

    def make() -> PaletteActs:
        from annotator.ui.palette_acts import PaletteActs

        return PaletteActs(desk, workspace=workspace, window=window, present=present, run=run)

    return Late(make)


def open_menus(window: QMainWindow | None) -> None:
    """Open the first menu of a window, from where the arrows lead to all of them."""
    from annotator.ui import late_menus

    late_menus.open_menus(window)


def late_reports(
    clock: Clock,
    here: Callable[[], tuple[Desk, Workspace | None]],
    present: Callable[[], QWidget | None],
) -> Late[ReportActs]:
    """What tells of faults, and the report about them."""

    def make() -> ReportActs:
        from annotator.ui.report_acts import ReportActs

        return ReportActs(clock, here, present)

    return Late(make)

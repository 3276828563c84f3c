"""What is offered where a project is damaged: its newest backup, those of others, the doctor."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtWidgets import QWidget

from annotator.foundation.catalogue import Catalogue
from annotator.foundation.errors import UserError
from annotator.foundation.paths import state_folder
from annotator.ui.dialogs.other_backups import OtherBackupsDialog
from annotator.ui.messages import choose
from annotator.workbench.backups import (
    Backup,
    Inventory,
    has_other_backups,
    newest_good,
    other_backups,
    restore_beside,
    told_by,
)
from annotator.workbench.clock import local_time
from annotator.workbench.doctoring import was_project

RESTORE, OTHERS, EXAMINE = "backup.offer_accept", "other.show", "doctor.open_doctor"
"""The ways on from a damaged file, which are the keys of their titles."""


def offer_ways_on(
    project: Path,
    damage: UserError,
    parent: QWidget | None,
    catalogue: Catalogue,
    *,
    open_project: Callable[[Path], None],
    examine: Callable[[Catalogue, Path], None],
) -> None:
    """Tell of the damage, and go the way the user chooses; the file stays as it is.

    Raises `damage` where nothing shows that the file ever was a project.
    """
    root = state_folder()
    found = newest_good(project, root)
    is_known = found is not None or has_other_backups(project, root, of_same_name=True)
    if not is_known and not was_project(project):
        raise damage
    said, ways = [catalogue.error(damage)], [EXAMINE]
    if found is not None:
        said.extend(_told_of(catalogue, project, *found))
        ways.insert(0, RESTORE)
    elif has_other_backups(project, root):
        said.append(catalogue.text("other.hint", button=catalogue.text(OTHERS)))
        ways.insert(0, OTHERS)
    said.append(catalogue.text("doctor.offer"))
    way = choose(parent, catalogue, "\n\n".join(said), ways)
    if way == RESTORE and found is not None:
        open_project(restore_beside(found[0].path, project))
    elif way == OTHERS:
        _restore_other(project, parent, catalogue, open_project)
    elif way == EXAMINE:
        examine(catalogue, project)


def _restore_other(
    project: Path,
    parent: QWidget | None,
    catalogue: Catalogue,
    open_project: Callable[[Path], None],
) -> None:
    """Restore one of the backups of other projects beside a file, and open it."""
    listed = other_backups(project, state_folder())
    dialog = OtherBackupsDialog(catalogue, project, listed, parent=parent)
    dialog.exec()
    if dialog.chosen is not None:
        open_project(restore_beside(dialog.chosen.backup.path, project))


def _told_of(
    catalogue: Catalogue, project: Path, backup: Backup, inventory: Inventory
) -> Iterator[str]:
    """What there is to restore, and what the damaged file tells in comparison."""
    yield catalogue.text(
        "backup.offer",
        time=local_time(catalogue, backup.made),
        reason=catalogue.text(f"backup.reason.{backup.reason.value}"),
        documents=inventory.documents,
        annotations=inventory.annotations,
    )
    told = told_by(project)
    if told is not None:
        yield catalogue.text(
            "backup.offer_compare", documents=told.documents, annotations=told.annotations
        )

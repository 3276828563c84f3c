"""The ways to open a project: itself, a copy to look at, a copy to work on; one place to choose.

The window asks the user and calls one of these; what it needs to know for the question comes from
here as well.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from annotator.foundation.errors import UserError
from annotator.store.damage import is_damage
from annotator.store.location import Location
from annotator.store.location_facts import locate
from annotator.store.lock_file import LOCK_LEFT, LOCKED, heartbeat
from annotator.store.opening import can_be_written
from annotator.workbench.clock import Clock
from annotator.workbench.kept_work import kept_work_for
from annotator.workbench.people import who_works
from annotator.workbench.workspace import Workspace, open_workspace

if TYPE_CHECKING:
    from annotator.workbench.reading_copy import ReadingCopy
    from annotator.workbench.working_copy import WorkingCopy

__all__ = [
    "LOCKED",
    "LOCK_LEFT",
    "OUTDATED",
    "RECOVERY_NEEDED",
    "Opened",
    "has_kept_work",
    "is_damage",
    "is_same_project",
    "open_for_reading",
    "open_itself",
    "open_on_copy",
    "pulse",
    "shared_place",
]

RECOVERY_NEEDED = frozenset({"store.recovery_needed"})
"""How a project is refused that must be put right where nothing can be written."""
OUTDATED = frozenset({"store.read_only"})
"""How one is refused that must first be brought to the newest schema there."""


class Opened(Struct, frozen=True):
    """An open project, and the copy that it is, if it is one."""

    workspace: Workspace
    reading: ReadingCopy | None = None
    working: WorkingCopy | None = None


def open_itself(
    path: Path, *, annotator: str | None, clock: Clock, takes_over: bool = False
) -> Opened:
    """Open a project where it lies. Raises `UserError` when it cannot be opened."""
    workspace = open_workspace(path, annotator=annotator, clock=clock, takes_over=takes_over)
    return Opened(workspace)


def open_for_reading(path: Path, *, annotator: str | None, clock: Clock) -> Opened:
    """Open a copy of a project as it is now, to be looked at. Raises `UserError`."""
    from annotator.workbench.reading_copy import take_reading_copy

    copy = take_reading_copy(path, clock)
    return Opened(_workspace_on(copy, annotator, clock), reading=copy)


def open_on_copy(
    path: Path, *, annotator: str | None, clock: Clock, takes_over: bool = False
) -> Opened:
    """Open a project in a copy on this computer, to be put back. Raises `UserError`."""
    from annotator.workbench.taking_home import open_working_copy

    copy = open_working_copy(path, clock, takes_over=takes_over)
    return Opened(_workspace_on(copy, annotator, clock), working=copy)


def _workspace_on(
    copy: ReadingCopy | WorkingCopy, annotator: str | None, clock: Clock
) -> Workspace:
    """A workspace on a copy, which is closed where there can be none."""
    try:
        who = who_works(copy.project, annotator, clock)
        return Workspace(copy.project, who, clock=clock)
    except BaseException:
        copy.project.close()
        copy.close()
        raise


def shared_place(path: Path) -> Location | None:
    """The share or synced folder a project lies in where it could be worked on, else None."""
    real = path.resolve()
    if has_kept_work(path):
        return locate(real)
    if not real.exists() or not can_be_written(real):
        return None
    location = locate(real)
    return location if location.is_shared else None


def has_kept_work(path: Path) -> bool:
    """Whether work on a project waits on this computer to be put back."""
    return kept_work_for(path.resolve()) is not None


def pulse(path: Path) -> bytes | None:
    """What shows that somebody at work on a project lives: another answer later on."""
    with suppress(UserError):
        return heartbeat(path.resolve())
    return None


def is_same_project(one: Path, other: Path) -> bool:
    """Whether two paths name one file, whatever links, dots and capitals they go by."""
    with suppress(OSError):
        return os.path.samefile(one, other)
    return os.path.normcase(one.resolve()) == os.path.normcase(other.resolve())

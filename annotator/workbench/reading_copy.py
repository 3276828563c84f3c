"""Looking at a project that cannot be opened itself: in a copy of this moment, for reading only."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from annotator.foundation.atomic import file_error
from annotator.foundation.errors import UserError
from annotator.foundation.paths import state_folder
from annotator.store.lock_file import LockFile, acquire
from annotator.store.migrations import load_migrations
from annotator.store.project_file import ProjectFile
from annotator.store.snapshot import take_snapshot
from annotator.workbench.clock import Clock

FOLDER = "reading"
_UNLOCKED_FOR_SECONDS = 3600.0


class ReadingCopy(Struct, frozen=True):
    """A project open in a copy, and the lock that tells other programs to leave it alone."""

    project: ProjectFile
    taken: datetime
    _folder: Path
    _lock: LockFile

    def close(self) -> None:
        """Remove the copy; the project itself is closed before."""
        self._lock.release()
        shutil.rmtree(self._folder, ignore_errors=True)


def take_reading_copy(path: Path, clock: Clock) -> ReadingCopy:
    """Copy a project as it is now and open the copy for reading.

    Raises `UserError` where it cannot be read, is damaged, or changes all the time.
    """
    real = path.resolve()
    root = state_folder() / FOLDER
    try:
        root.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(dir=root))
    except OSError as error:
        raise file_error(error, root) from error
    lock: LockFile | None = None
    try:
        lock = acquire(folder / real.name)
        copy = take_snapshot(real, folder, load_migrations())
        taken = clock()
        return ReadingCopy(ProjectFile.open_copy(path, copy, taken=taken), taken, folder, lock)
    except BaseException:
        if lock is not None:
            lock.release()
        shutil.rmtree(folder, ignore_errors=True)
        raise


def remove_left_copies() -> None:
    """Remove the copies of programs that did not end properly; those in use stay."""
    for folder in (state_folder() / FOLDER).glob("*/"):
        with suppress(OSError, UserError):
            _remove_unless_in_use(folder)


def _remove_unless_in_use(folder: Path) -> None:
    names = [name for name in os.listdir(folder) if name.startswith(".~lock.")]
    if not names and time.time() - folder.stat().st_mtime < _UNLOCKED_FOR_SECONDS:
        return  # somebody may be about to lock it
    for name in names:
        acquire(folder / name.removeprefix(".~lock.").removesuffix("#")).release()
    shutil.rmtree(folder, ignore_errors=True)

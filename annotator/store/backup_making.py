"""Making one backup, at once or a few milliseconds at a time while somebody works.

Pages are copied into a temporary file and forced to the disk piece by piece; then every text and
body in it is read back and compared with its digest, and the whole with what the project held when
the last page was copied. Only then does the file get the name of a backup.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Generator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import apsw

from annotator.foundation.errors import Defect, UserError
from annotator.store.atomic import publish, sync, temporary_path
from annotator.store.backup import SUFFIX, Backup, backup_name, backups_in, remember_origin
from annotator.store.backup_thinning import BackupReason
from annotator.store.connection import Connection
from annotator.store.copy_check import check_in_steps
from annotator.store.failures import os_failure, sql_failure
from annotator.store.inventory import Inventory, inventory_of
from annotator.store.migrations import Migrations

RESERVE = 200_000_000
"""Bytes that a backup leaves free: the last room on a disk belongs to work."""

FORGOTTEN_SECONDS = 3_600.0
"""How old an unfinished backup is when nobody can be at work on it any more."""

_PAGES = 64
_STEPS_BETWEEN_SYNCS = 16
_PRAGMAS = (
    # The temporary file is worth nothing before it is whole, and is forced to the disk by hand.
    "PRAGMA journal_mode=OFF",
    "PRAGMA synchronous=OFF",
)
_SIZE = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"


class BackupMaking:
    """One backup on its way. Ends by `advance` returning False, by an error, or by `abandon`.

    `project` is the file that `source` has open, `folder` where its backups lie. Afterwards
    `backup` is the new backup and `inventory` what it holds.
    """

    def __init__(
        self,
        source: Connection,
        migrations: Migrations,
        *,
        project: Path,
        folder: Path,
        reason: BackupReason,
        made: datetime,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        self.backup: Backup | None = None
        self.inventory: Inventory | None = None
        self._source = source
        self._migrations = migrations
        self._project = project
        self._folder = folder
        self._reason = reason
        self._made = made
        self._ticks = ticks
        self._steps = self._work()

    def advance(self, seconds: float) -> bool:
        """Work on for so long; whether there is more to do.

        Raises `UserError` when the backup cannot be made; then nothing is left of it.
        """
        until = self._ticks() + seconds
        return any(self._ticks() >= until for _ in self._steps)

    def finish(self) -> Backup:
        """Do all that is left. Raises like `advance`, and `Defect` inside a transaction."""
        if self._source.is_in_transaction:
            self.abandon()
            raise Defect("store.nested_transaction")
        for _ in self._steps:
            pass
        if self.backup is None:
            raise Defect("backup.abandoned")
        return self.backup

    def abandon(self) -> None:
        """Give up; nothing is left of it."""
        self._steps.close()

    def _work(self) -> Generator[None]:
        self._prepare()
        temporary = temporary_path(self._folder / f"backup{SUFFIX}")
        try:
            yield from self._copy(temporary)
            yield from self._check(temporary)
            self._publish(temporary)
        finally:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)

    def _prepare(self) -> None:
        folder = self._folder
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            remove_forgotten(folder)
            free = shutil.disk_usage(folder).free
        except OSError as error:
            raise os_failure(error, folder) from error
        if free < self._source.rows(_SIZE)[0][0] + RESERVE:
            raise UserError("backup.no_room", folder=str(folder))
        remember_origin(folder, self._project)

    def _copy(self, temporary: Path) -> Generator[None]:
        target = _made(temporary)
        try:
            copying = self._source.backing_up_into(target, pages=_PAGES)
            try:
                for number, _ in enumerate(copying, 1):
                    yield
                    if number % _STEPS_BETWEEN_SYNCS == 0:
                        self._sync(temporary)
            finally:
                copying.close()
            # No step lies between the last page and this: it is what the copy has to hold.
            self.inventory = inventory_of(self._source)
        finally:
            target.close()
        yield
        self._sync(temporary)

    def _check(self, temporary: Path) -> Generator[None]:
        flags = apsw.SQLITE_OPEN_READONLY
        copy = Connection.to_file(temporary, flags=flags, is_read_only=True)
        copy.path = self._project  # whose damage it is that is found in the copy
        try:
            copy.settle_in()
            self._migrations.refuse_other_schema(copy, version=self._migrations.newest)
            yield from check_in_steps(copy)
            if inventory_of(copy) != self.inventory:
                raise UserError("backup.differs", name=self._project.name)
        finally:
            copy.close()

    def _publish(self, temporary: Path) -> None:
        assert self.inventory is not None  # it was taken with the last page
        generation = self.inventory.generation
        number = max((backup.number for backup in backups_in(self._folder)), default=0) + 1
        final = self._folder / backup_name(
            made=self._made, reason=self._reason, generation=generation, number=number
        )
        publish(temporary, final)
        self.backup = next(found for found in backups_in(self._folder) if found.path == final)

    def _sync(self, temporary: Path) -> None:
        try:
            sync(temporary)
        except OSError as error:
            raise os_failure(error, temporary) from error


def _made(temporary: Path) -> apsw.Connection:
    try:
        target = apsw.Connection(str(temporary))
        for pragma in _PRAGMAS:
            target.execute(pragma)
    except apsw.Error as error:
        raise sql_failure(error, temporary) from error
    return target


def remove_forgotten(folder: Path) -> None:
    """Remove what interrupted backups have left, but not what another process is at work on."""
    now = time.time()
    for leftover in folder.glob(f".~backup{SUFFIX}.*.tmp*"):
        with suppress(OSError):
            if abs(now - leftover.stat().st_mtime) > FORGOTTEN_SECONDS:
                os.unlink(leftover)

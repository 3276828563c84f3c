"""The project file: opened, checked and locked, it hands out its tables."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from annotator.foundation.errors import UserError
from annotator.store.annotations import Annotations
from annotator.store.connection import Connection, Transaction
from annotator.store.documents import Documents
from annotator.store.identity import file_identity, what_became_of
from annotator.store.integrity import check_fully
from annotator.store.inventory import Inventory, inventory_of
from annotator.store.journal import Journal
from annotator.store.lock_file import LockFile, acquire, lock_path
from annotator.store.meta import Meta
from annotator.store.migrations import Migrations, load_migrations
from annotator.store.opening import build, can_be_written, copy_to, open_connection
from annotator.store.people import People
from annotator.store.places import Places
from annotator.store.schemes import Schemes

if TYPE_CHECKING:
    from annotator.store.backup_making import BackupMaking
    from annotator.store.backup_thinning import BackupReason
    from annotator.store.label_use import LabelUse
    from annotator.store.lineages import Lineages
    from annotator.store.project_journal import ProjectJournal
    from annotator.store.purging import Purging
    from annotator.store.suggestions import Suggestions


class ProjectFile:
    """An open project. Made by `create` and `open`, ended by `close` or ``with``.

    After a failed write or fsync it is *broken*: reading goes on, every later transaction is
    refused, and `save_copy` saves what the file holds. Where file or folder cannot be written it
    is *read-only* and has no lock. `taken` is the moment of a copy that is open in its place.
    """

    def __init__(
        self, path: Path, connection: Connection, lock: LockFile | None, migrations: Migrations
    ) -> None:
        self.path = path
        self._connection = connection
        self._lock = lock
        self._migrations = migrations
        self._has_written = False
        self._identity = file_identity(connection.path)
        self.taken: datetime | None = None
        self.documents = Documents(connection)
        self.annotations = Annotations(connection)
        self.schemes = Schemes(connection)
        self.people = People(connection)
        self.journal = Journal(connection)
        self.places = Places(connection)
        self.meta = Meta(connection)

    # What opening and showing a project does not ask for is loaded when somebody does.

    @cached_property
    def project_journal(self) -> ProjectJournal:
        """What was done to the project as a whole."""
        from annotator.store.project_journal import ProjectJournal

        return ProjectJournal(self._connection)

    @cached_property
    def suggestions(self) -> Suggestions:
        """What was decided about suggestions."""
        from annotator.store.suggestions import Suggestions

        return Suggestions(self._connection)

    @cached_property
    def lineages(self) -> Lineages:
        """Where sets that were merged came from."""
        from annotator.store.lineages import Lineages

        return Lineages(self._connection)

    @cached_property
    def label_use(self) -> LabelUse:
        """How often labels are used."""
        from annotator.store.label_use import LabelUse

        return LabelUse(self._connection)

    @cached_property
    def purging(self) -> Purging:
        """Taking things out of the file for good."""
        from annotator.store.purging import Purging

        return Purging(self._connection)

    @classmethod
    def create(
        cls, path: Path, *, scheme_json: str, name: str, now: str, annotator: str | None = None
    ) -> ProjectFile:
        """Make a project and open it; it appears under its name when it is whole.

        `annotator` is the name of the first person in it.
        Raises `UserError` where the file exists, is being made by somebody else, or cannot be made.
        """
        real = path.resolve()
        if not real.parent.is_dir():
            raise UserError("store.missing", name=real.parent.name, folder=str(real.parent.parent))
        migrations = load_migrations()
        lock = acquire(real)
        try:
            build(
                real, migrations, scheme_json=scheme_json, name=name, now=now, annotator=annotator
            )
            return cls._opened(path, real, lock, migrations)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def open(cls, path: Path, *, takes_over: bool = False) -> ProjectFile:
        """Open a project for this process alone, and check it.

        Raises `UserError` when it is missing, foreign, newer than this program, damaged, or open
        elsewhere. `takes_over` ignores a lock that another computer has left
        (``store.lock_left``); ask the user first.
        """
        return cls.open_with(path, load_migrations(), takes_over=takes_over)

    @classmethod
    def open_with(
        cls, path: Path, migrations: Migrations, *, takes_over: bool = False
    ) -> ProjectFile:
        """Like `open`, with other migrations than those of this program."""
        real = path.resolve()
        if not can_be_written(real):
            return cls._opened(path, real, None, migrations)
        try:
            lock = acquire(real, takes_over=takes_over)
        except UserError as error:
            if error.key != "store.no_permission":
                raise
            # Windows tells only by trying that a folder cannot be written
            return cls._opened(path, real, None, migrations)
        try:
            return cls._opened(path, real, lock, migrations)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def open_copy(cls, path: Path, copy: Path, *, taken: datetime | None = None) -> ProjectFile:
        """Open `copy` in place of the project `path`, whose name it goes by.

        With the moment when it was `taken` it is for reading only. Raises `UserError`.
        """
        migrations = load_migrations()
        lock = acquire(copy) if taken is None else None
        try:
            project = cls._opened(path, copy, lock, migrations)
        except BaseException:
            if lock is not None:
                lock.release()
            raise
        project.taken = taken
        return project

    @classmethod
    def _opened(
        cls, path: Path, real: Path, lock: LockFile | None, migrations: Migrations
    ) -> ProjectFile:
        connection = open_connection(real, migrations, is_read_only=lock is None)
        return cls(path.absolute(), connection, lock, migrations)

    @property
    def is_read_only(self) -> bool:
        """Whether the file or its folder does not allow changes."""
        return self._connection.is_read_only

    @property
    def is_writing(self) -> bool:
        """Whether a transaction is open: the file on the disk may hold half of it."""
        return self._connection.is_in_transaction

    @property
    def is_broken(self) -> bool:
        """Whether a failed write has ended writing for this session."""
        return self._connection.is_broken

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """All that is written inside is written when the ``with`` ends, or nothing.

        When it ends without an error, what was written survives a crash and a power cut. Raises
        `Defect` inside another transaction, `UserError` where writing is not possible.
        """
        self.refresh_lock()
        self._refuse_if_gone()
        with self._connection.transaction() as tx:
            if not self._has_written:
                self.meta.advance_generation(tx)
            yield tx
        self._has_written = True

    def refresh_lock(self) -> None:
        """Tell other computers that this one is at work; call it every ten seconds or more often.

        Raises `UserError` when somebody has taken the project over; nothing is written after that.
        """
        if self._lock is not None and not self._lock.beat():
            self._connection.is_broken = True
            raise UserError("store.lock_lost", name=self.path.name, lock=lock_path(self.path).name)

    def _refuse_if_gone(self) -> None:
        """Refuse to write into a file that has lost its name: what is written there is lost."""
        real = self._connection.path
        key = what_became_of(real, self._identity)
        if key is not None and not self.is_read_only:
            self._connection.is_broken = True
            raise UserError(key, name=self.path.name, folder=str(real.parent))

    def check(self) -> None:
        """Read and verify everything. Raises the `UserError` that names the first damage."""
        check_fully(self._connection)

    def save_copy(self, target: Path) -> None:
        """Write a verified copy under a new name. Raises `UserError` where it exists or cannot."""
        copy_to(
            self._connection, target.resolve(), self._migrations, version=self._migrations.newest
        )

    def copying_pages(self, target: Path) -> Iterator[None]:
        """Copy the file as it is, for the doctor to look at, some pages at a time.

        The file itself cannot be read a second time while it is open here: closing that would take
        the system's lock away. Nothing is verified. Raises `UserError`.
        """
        return self._connection.copying_pages(target)

    def inventory(self) -> Inventory:
        """What the project holds, counted; quick enough to be asked between two keys."""
        return inventory_of(self._connection)

    def begin_backup(self, folder: Path, *, reason: BackupReason, made: datetime) -> BackupMaking:
        """A backup to be made in steps in this folder; end it before the project is closed."""
        from annotator.store.backup_making import BackupMaking

        return BackupMaking(
            self._connection,
            self._migrations,
            project=self.path,
            folder=folder,
            reason=reason,
            made=made,
        )

    def close(self) -> None:
        """Close the file and free it for others; closing twice does no harm."""
        try:
            self._connection.close()
        finally:
            if self._lock is not None:
                self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

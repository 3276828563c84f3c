"""The one connection to a project file: statements, transactions and what may still be written.

Settings follow ``reliability.md`` part 4.1: a rollback journal that is truncated, exclusive use and
an fsync of the folder too, so that what COMMIT has acknowledged survives a crash and a power cut.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

import apsw

from annotator.foundation.errors import AnnotatorError, Defect, UserError
from annotator.store.failures import is_unsafe, sql_failure

Row: TypeAlias = tuple[Any, ...]
SqlValue: TypeAlias = int | float | bytes | str | None
Bindings: TypeAlias = Sequence[SqlValue]
Place: TypeAlias = tuple[str, str, int]
"""Table, column and integer key of one value."""

DEADLINE_SECONDS = 60.0
"""How long one statement may run; a malicious file can make a simple SELECT run for ever."""

_LIMITS = (
    (apsw.SQLITE_LIMIT_LENGTH, 64_000_000),
    (apsw.SQLITE_LIMIT_SQL_LENGTH, 100_000),
    (apsw.SQLITE_LIMIT_ATTACHED, 0),
    (apsw.SQLITE_LIMIT_TRIGGER_DEPTH, 1),
    (apsw.SQLITE_LIMIT_VDBE_OP, 100_000),
)
_CONFIGURATION = (
    (apsw.SQLITE_DBCONFIG_DEFENSIVE, 1),
    (apsw.SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0),
    (apsw.SQLITE_DBCONFIG_ENABLE_VIEW, 0),
    (apsw.SQLITE_DBCONFIG_ENABLE_TRIGGER, 0),
    (apsw.SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0),
    (apsw.SQLITE_DBCONFIG_DQS_DML, 0),
    (apsw.SQLITE_DBCONFIG_DQS_DDL, 0),
)
_SAFETY = (
    "PRAGMA cell_size_check=ON",
    "PRAGMA mmap_size=0",
    "PRAGMA foreign_keys=ON",
    "PRAGMA fullfsync=ON",
    "PRAGMA checkpoint_fullfsync=ON",
)
_STEPS_BETWEEN_LOOKS = 10_000


class Connection:
    """An open database. Every error that leaves it is one of the program's own."""

    def __init__(
        self,
        database: apsw.Connection,
        path: Path,
        *,
        is_read_only: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.path = path
        self.is_read_only = is_read_only
        self.is_broken = False
        self._database = database
        self._clock = clock
        self._deadline = clock() + DEADLINE_SECONDS
        self._current: Transaction | None = None
        self._is_closed = False
        database.set_busy_timeout(0)
        database.set_progress_handler(self._is_overdue, _STEPS_BETWEEN_LOOKS)
        for limit, value in _LIMITS:
            database.limit(limit, value)
        for option, value in _CONFIGURATION:
            database.config(option, value)
        for pragma in _SAFETY:
            self.rows(pragma)

    @classmethod
    def to_file(cls, path: Path, *, flags: int, is_read_only: bool = False) -> Connection:
        """Open a file with SQLite's open `flags`. Raises `UserError` where it cannot be opened."""
        try:
            database = apsw.Connection(str(path), flags=flags)
        except apsw.Error as error:
            raise sql_failure(error, path) from error
        try:
            return cls(database, path, is_read_only=is_read_only)
        except AnnotatorError:
            database.close()
            raise

    def rows(self, sql: str, bindings: Bindings = ()) -> list[Row]:
        """The rows a statement gives.

        Raises `UserError` for what the file or the disk does, `Defect` for a wrong statement or a
        broken constraint.
        """
        self._deadline = self._clock() + DEADLINE_SECONDS
        try:
            return self._database.execute(sql, tuple(bindings)).fetchall()
        except apsw.Error as error:
            raise self._failure(error) from error
        except UnicodeDecodeError as error:  # a text that is not UTF-8 any more
            self.is_broken = True
            raise UserError("store.damaged", name=self.path.name) from error

    def repeat(self, sql: str, bindings: Iterable[Bindings]) -> int:
        """Run a statement that gives no rows once for each of the bindings; the rows it changed.

        Raises like `rows`.
        """
        self._deadline = self._clock() + DEADLINE_SECONDS
        before = self._database.total_changes()
        try:
            self._database.executemany(sql, bindings)
        except apsw.Error as error:
            raise self._failure(error) from error
        return self._database.total_changes() - before

    def _failure(self, error: apsw.Error) -> AnnotatorError:
        if is_unsafe(error):
            self.is_broken = True
        return sql_failure(error, self.path)

    def row(self, sql: str, bindings: Bindings = ()) -> Row | None:
        """The first row a statement gives, or None."""
        found = self.rows(sql, bindings)
        return found[0] if found else None

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """All that is written inside is written, or nothing.

        Raises `Defect` inside another transaction, `UserError` where the file may not be written.
        """
        if self._current is not None:
            raise Defect("store.nested_transaction")
        self._refuse_writing()
        self.rows("BEGIN IMMEDIATE")
        transaction = self._current = Transaction(self)
        try:
            yield transaction
            transaction.require_open()
            self.rows("COMMIT")
        except BaseException:
            self._roll_back()
            raise
        finally:
            transaction.is_over = True
            self._current = None

    def settle_in(self) -> None:
        """Take the file for this process alone and set how commits reach the disk.

        Raises ``store.already_open`` when another process has it.
        """
        if self.is_read_only:
            self.rows("BEGIN")
            self.rows("SELECT count(*) FROM sqlite_schema")
            self.rows("COMMIT")
            return
        self.rows("PRAGMA locking_mode=EXCLUSIVE")
        if self.row("PRAGMA journal_mode=TRUNCATE") != ("truncate",):
            raise Defect("store.sql", name=self.path.name, detail="journal_mode")
        self.rows("PRAGMA synchronous=EXTRA")
        self.rows("BEGIN EXCLUSIVE")
        self.rows("COMMIT")

    def write_over(self, place: Place, pieces: Iterable[bytes]) -> None:
        """Write pieces over a text that is as many bytes long. Raises like `rows`."""
        try:
            with self._database.blob_open("main", *place, True) as blob:
                for piece in pieces:
                    blob.write(piece)
        except apsw.Error as error:
            raise self._failure(error) from error

    def changes(self) -> int:
        """How many rows the last statement changed."""
        return self._database.changes()

    def last_key(self) -> int:
        """The integer key of the row that was inserted last."""
        return self._database.last_insert_rowid()

    def back_up_into(self, target: apsw.Connection) -> None:
        """Copy every page into another database. Raises `UserError`."""
        for _ in self.backing_up_into(target):
            pass

    def backing_up_into(self, target: apsw.Connection, *, pages: int = 256) -> Generator[None]:
        """Copy every page into another database, some at a time, with a yield in between.

        What this connection writes meanwhile is in the copy as well: it is of the moment of the
        last step, after which there is no yield. During a transaction nothing is copied. Raises
        `UserError`.
        """
        try:
            with target.backup("main", self._database, "main") as backup:
                while not backup.done:
                    if not self.is_in_transaction:
                        backup.step(pages)
                    if not backup.done:  # from then on the copy does not follow any more
                        yield
        except apsw.Error as error:
            raise sql_failure(error, self.path) from error

    def copying_pages(self, target: Path, *, pages: int = 256) -> Iterator[None]:
        """Copy every page, sound or not, into a new file, some at a time. Raises `UserError`."""
        try:
            database = apsw.Connection(str(target))
            try:
                with database.backup("main", self._database, "main") as backup:
                    while not backup.done:
                        backup.step(pages)
                        yield
            finally:
                database.close()
        except apsw.Error as error:
            raise sql_failure(error, self.path) from error

    def interrupt(self) -> None:
        """End the statement that runs in another thread; it raises ``store.too_slow`` there."""
        self._database.interrupt()

    def close(self) -> None:
        """Close the file and remove the empty journal beside it; twice does no harm."""
        if self._is_closed:
            return
        self._is_closed = True
        if not self.is_read_only and not self.is_broken:
            self._remove_journal()
        try:
            self._database.close()
        except apsw.Error as error:
            raise sql_failure(error, self.path) from error

    def _remove_journal(self) -> None:
        try:
            # SQLite removes a journal that it did not open itself only in normal locking mode
            self.rows("PRAGMA locking_mode=NORMAL")
            self.rows("SELECT count(*) FROM sqlite_schema")
            self.rows("PRAGMA journal_mode=DELETE")
        except AnnotatorError:
            self.is_broken = True  # the next opening finds the journal and checks everything

    def _refuse_writing(self) -> None:
        if self.is_broken:
            raise UserError("store.broken", name=self.path.name)
        if self.is_read_only:
            raise UserError("store.read_only", name=self.path.name)

    def _roll_back(self) -> None:
        try:
            if self._database.in_transaction:
                self._database.execute("ROLLBACK")
        except apsw.Error:
            self.is_broken = True

    def _is_overdue(self) -> bool:
        return self._clock() > self._deadline

    @property
    def is_in_transaction(self) -> bool:
        """Whether SQLite has a transaction open; it ends one by itself after some errors."""
        return self._database.in_transaction


class Transaction:
    """Leave to write: every method that writes asks for one, and it ends with its ``with``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.is_over = False

    def require_open(self) -> None:
        """Raise `Defect` when this transaction has ended or SQLite has rolled it back."""
        if self.is_over or not self._connection.is_in_transaction:
            raise Defect("store.transaction_over")

    def execute(self, sql: str, bindings: Bindings = ()) -> int:
        """Run a writing statement; the number of rows it changed."""
        self.require_open()
        self._connection.rows(sql, bindings)
        return self._connection.changes()

    def insert_all(self, sql: str, rows: Iterable[Bindings]) -> int:
        """Run an INSERT for each of the rows, which is faster than one by one; how many it put in.

        The deadline is one for all of them.
        """
        self.require_open()
        return self._connection.repeat(sql, rows)

    def insert(self, sql: str, bindings: Bindings = ()) -> int:
        """Run an INSERT; the integer key of the new row."""
        self.execute(sql, bindings)
        return self._connection.last_key()

    def write_over(self, place: Place, pieces: Iterable[bytes]) -> None:
        """Write a text in pieces, so that nobody holds all of it, over one as many bytes long."""
        self.require_open()
        self._connection.write_over(place, pieces)

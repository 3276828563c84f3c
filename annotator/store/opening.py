"""How a project file is opened, made and copied: the sequence of ``reliability.md`` part 4.1.

Whoever opens holds the lock file first, looks at the header before SQLite does, and trusts the
content only after schema and pages have been checked.
"""

from __future__ import annotations

import errno
import os
import shutil
import uuid
from itertools import count
from pathlib import Path

import apsw

from annotator.foundation.errors import AnnotatorError, UserError
from annotator.store import meta
from annotator.store.atomic import (
    publish,
    put_side_files_aside,
    remove_leftovers,
    temporary_path,
)
from annotator.store.connection import Connection
from annotator.store.failures import os_failure, sql_failure
from annotator.store.header import SIDE_FILES, read_version, was_left_unclean
from annotator.store.integrity import check_fully, check_quickly
from annotator.store.inventory import inventory_of
from annotator.store.migrations import Migrations
from annotator.store.people import People
from annotator.store.schemes import Schemes

_NOT_OURS = frozenset({"store.damaged", "store.foreign", "store.other_schema"})
"""What is said of a file into which the journal of another one was played."""


def can_be_written(path: Path) -> bool:
    """Whether file and folder allow changes; the folder, because the journal lies in it."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def open_connection(path: Path, migrations: Migrations, *, is_read_only: bool) -> Connection:
    """A checked connection to an existing project file, brought to the newest schema.

    Raises `UserError` and leaves the file as it was when it is foreign, newer, damaged, in use, or
    holds anything beside our tables. A file of an older schema is copied before it is migrated.
    """
    read_version(path, newest=migrations.newest)
    is_unclean = was_left_unclean(path)
    flags = apsw.SQLITE_OPEN_READONLY if is_read_only else apsw.SQLITE_OPEN_READWRITE
    if not is_read_only:
        remove_leftovers(path)
        if is_unclean:
            _rehearse(path, migrations)
    connection = Connection.to_file(path, flags=flags, is_read_only=is_read_only)
    try:
        connection.settle_in()
        version = _settled_version(connection, migrations)
        migrations.refuse_other_schema(connection, version=version)
        check_quickly(connection)
        if version < migrations.newest:
            _migrate(connection, migrations, version=version)
        if is_unclean:
            check_fully(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def build(
    path: Path,
    migrations: Migrations,
    *,
    scheme_json: str,
    name: str,
    now: str,
    annotator: str | None = None,
) -> None:
    """Make a new project file; call with its lock held. Raises `UserError` if `path` exists."""
    if path.exists():
        raise UserError("store.exists", name=path.name)
    remove_leftovers(path)
    temporary = temporary_path(path)
    try:
        flags = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE
        connection = Connection.to_file(temporary, flags=flags)
        try:
            connection.settle_in()
            with connection.transaction() as tx:
                migrations.migrate(tx, version=0)
                table = meta.Meta(connection)
                table.set(tx, meta.UUID, str(uuid.uuid4()))
                table.set(tx, meta.NAME, name)
                table.set(tx, meta.CREATED, now)
                table.set(tx, meta.GENERATION, "0")
                Schemes(connection).replace(tx, scheme_json, at=now)
                if annotator is not None:
                    People(connection).add(tx, annotator, at=now)
        finally:
            connection.close()
        put_side_files_aside(path)
        publish(temporary, path)
    finally:
        remove_leftovers(path)


def copy_to(connection: Connection, target: Path, migrations: Migrations, *, version: int) -> None:
    """A verified copy of an open project under a new name. Raises `UserError` if it exists."""
    from annotator.store.copy_check import check_at_once

    if target.exists():
        raise UserError("store.exists", name=target.name)
    temporary = temporary_path(target)
    try:
        _copy_pages(connection, temporary, target)
        copy = Connection.to_file(temporary, flags=apsw.SQLITE_OPEN_READONLY, is_read_only=True)
        copy.path = connection.path  # whose damage it is that is found in the copy
        try:
            migrations.refuse_other_schema(copy, version=version)
            check_at_once(copy)
            if inventory_of(copy) != inventory_of(connection):
                raise UserError("backup.differs", name=target.name)
        finally:
            copy.close()
        put_side_files_aside(target)
        publish(temporary, target)
    finally:
        remove_leftovers(target)


def _settled_version(connection: Connection, migrations: Migrations) -> int:
    """The schema of the file once SQLite has taken back what was half done.

    A migration that was cut short has written the newer number into the header already.
    """
    version = int(connection.rows("PRAGMA user_version")[0][0])
    if not 1 <= version <= migrations.newest:
        raise UserError("store.damaged", name=connection.path.name)
    return version


def _rehearse(path: Path, migrations: Migrations) -> None:
    """Let SQLite put a copy right before it may touch the file itself.

    A journal that belongs to another copy of the project (somebody has put an earlier one back)
    would destroy the file. Raises ``store.side_file`` then. Without space for the copy SQLite's own
    checks must do; a disk that fails says nothing about the journal.
    """
    trial = temporary_path(path)
    try:
        for suffix in ("", *SIDE_FILES):
            source = path.with_name(path.name + suffix)
            if source.exists():
                shutil.copyfile(source, trial.with_name(trial.name + suffix))
        _try_out(trial, migrations)
    except UserError as error:
        if error.key == "store.full":
            return
        if error.key not in _NOT_OURS:
            raise UserError(error.key, name=path.name) from error
        raise UserError("store.side_file", name=path.name, journal=_side_file(path)) from error
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise os_failure(error, path) from error
    finally:
        remove_leftovers(path)


def _try_out(trial: Path, migrations: Migrations) -> None:
    connection = Connection.to_file(trial, flags=apsw.SQLITE_OPEN_READWRITE)
    try:
        connection.settle_in()
        version = _settled_version(connection, migrations)
        migrations.refuse_other_schema(connection, version=version)
        check_quickly(connection)
    finally:
        connection.close()


def _side_file(path: Path) -> str:
    names = (path.name + suffix for suffix in SIDE_FILES)
    return next((name for name in names if path.with_name(name).exists()), path.name)


def _copy_pages(connection: Connection, temporary: Path, target: Path) -> None:
    try:
        database = apsw.Connection(str(temporary))
        try:
            connection.back_up_into(database)
        finally:
            database.close()
    except apsw.Error as error:
        raise sql_failure(error, target) from error


def _migrate(connection: Connection, migrations: Migrations, *, version: int) -> None:
    if not connection.is_read_only:
        _copy_before_migrating(connection, migrations, version=version)
    with connection.transaction() as tx:
        migrations.migrate(tx, version=version)
    migrations.refuse_other_schema(connection, version=migrations.newest)


def _copy_before_migrating(connection: Connection, migrations: Migrations, *, version: int) -> None:
    """Leave a copy of this schema beside the project, where the program that made it finds it.

    An earlier attempt may have made it and then failed; a copy that holds something else stays.
    """
    path = connection.path
    for number in count(1):
        suffix = "" if number == 1 else f"-{number}"
        copy = path.with_name(f"{path.stem}.version-{version}{suffix}{path.suffix}")
        if not copy.exists():
            copy_to(connection, copy, migrations, version=version)
            return
        if _holds_the_same(copy, connection):
            return


def _holds_the_same(copy: Path, connection: Connection) -> bool:
    from annotator.store.copy_check import check_at_once

    try:
        other = Connection.to_file(copy, flags=apsw.SQLITE_OPEN_READONLY, is_read_only=True)
        try:
            check_at_once(other)
            return inventory_of(other) == inventory_of(connection)
        finally:
            other.close()
    except AnnotatorError:
        return False

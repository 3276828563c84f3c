"""Backups of a project: where they lie, what they hold, and how one is restored.

A backup is a whole project file in a folder of its project, which is not where the project lies: a
stick that is lost takes no backups along. Every file there under a backup's name was read back
before it got that name. `backup_making` makes them, `backup_thinning` says which may go.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import apsw
from msgspec import Struct

from annotator.foundation.atomic import write_text
from annotator.foundation.errors import AnnotatorError, UserError
from annotator.store import meta
from annotator.store.backup_thinning import BackupReason
from annotator.store.connection import Connection
from annotator.store.copy_check import check_at_once
from annotator.store.doctor.told_id import told_id
from annotator.store.header import read_version
from annotator.store.inventory import Inventory, inventory_of, project_id
from annotator.store.migrations import load_migrations
from annotator.store.opening import copy_to

BACKUPS_FOLDER = "backups"
SUFFIX = ".nishan"

_STAMP = "%Y%m%dT%H%M%SZ"
_REASONS = "|".join(reason.value for reason in BackupReason)
_NAME = re.compile(rf"(\d{{8}}T\d{{6}}Z)-({_REASONS})-g(\d{{1,12}})-(\d{{1,12}})\.nishan", re.ASCII)
_ORIGINS = "project.json"
_MOST_ORIGINS = 8


class Backup(Struct, frozen=True):
    """One backup, as its name tells it.

    `number` counts up with every backup of a project and orders them, whatever the clock says;
    `made` is by the clock of then, `size` in bytes.
    """

    path: Path
    made: datetime
    reason: BackupReason
    generation: int
    number: int
    size: int


def backup_name(*, made: datetime, reason: BackupReason, generation: int, number: int) -> str:
    """The name of a backup: safe on every system, and in order of time in a list."""
    stamp = made.astimezone(UTC).strftime(_STAMP)
    return f"{stamp}-{reason.value}-g{generation}-{number}{SUFFIX}"


def folder_of(root: Path, project: str) -> Path:
    """Where the backups of a project lie; `root` is the program's state folder."""
    return root / BACKUPS_FOLDER / project


def backups_in(folder: Path) -> tuple[Backup, ...]:
    """The backups of a folder, the newest first; none where there is no folder."""
    found = []
    with suppress(OSError):
        for path in folder.iterdir():
            match = _NAME.fullmatch(path.name)
            with suppress(OSError, ValueError):
                if match is not None and path.is_file() and not path.is_symlink():
                    found.append(_backup(path, match))
    return tuple(sorted(found, key=lambda backup: (backup.number, backup.path.name), reverse=True))


def _backup(path: Path, match: re.Match[str]) -> Backup:
    stamp, reason, generation, number = match.groups()
    return Backup(
        path=path,
        made=datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC),
        reason=BackupReason(reason),
        generation=int(generation),
        number=int(number),
        size=path.stat().st_size,
    )


def read_backup(path: Path, *, is_checked: bool = True) -> Inventory:
    """What a backup, or any other project file that nobody has open, holds.

    Raises `UserError` where it is no whole project; only with `is_checked` is all of it read.
    """
    with _opened(path, is_checked=is_checked) as (connection, _):
        return inventory_of(connection)


def restore(path: Path, target: Path) -> Inventory:
    """Copy a backup to a new name, where it is a project like any other.

    The backup is read and checked as a whole, and so is the copy before it gets its name. Raises
    `UserError` when either is not whole, and where `target` exists: nothing is overwritten.
    """
    target = target.resolve()
    if not target.parent.is_dir():
        folder = target.parent
        raise UserError("store.missing", name=folder.name, folder=str(folder.parent))
    with _opened(path, is_checked=True) as (connection, version):
        copy_to(connection, target, load_migrations(), version=version)
        return inventory_of(connection)


@contextmanager
def _opened(path: Path, *, is_checked: bool) -> Iterator[tuple[Connection, int]]:
    """A backup of this or an older schema, for reading only."""
    migrations = load_migrations()
    version = read_version(path, newest=migrations.newest)
    flags = apsw.SQLITE_OPEN_READONLY
    connection = Connection.to_file(path, flags=flags, is_read_only=True)
    try:
        connection.settle_in()
        migrations.refuse_other_schema(connection, version=version)
        if is_checked:
            check_at_once(connection)
        yield connection, version
    finally:
        connection.close()


def remember_origin(folder: Path, project: Path) -> None:
    """Note which file these backups are of, for the day on which it cannot tell by itself."""
    known = _origins(folder)
    if known[:1] == [str(project)]:
        return
    paths = [str(project), *(path for path in known if path != str(project))][:_MOST_ORIGINS]
    write_text(folder / _ORIGINS, json.dumps({"paths": paths}, ensure_ascii=False) + "\n")


def folder_for(root: Path, project: Path) -> Path | None:
    """Where the backups of a file lie that may be damaged or in use; None where there are none.

    The file is asked first. What it says is not trusted with more than the choice of a folder.
    """
    asked = _asked(project)
    if asked is not None and folder_of(root, asked).is_dir():
        return folder_of(root, asked)
    return next((f for f in _folders(root) if str(project) in _origins(f)), None)


def other_folders(root: Path, name: str) -> tuple[tuple[Path, Path | None], ...]:
    """Every folder with backups, and the file they are of where that is known.

    Those of files of this name come first, then those with the newest backup.
    """
    found = []
    for folder in _folders(root):
        made = max((backup.made for backup in backups_in(folder)), default=None)
        if made is not None:
            origins = [Path(path) for path in _origins(folder)]
            same = [path for path in origins if path.name.casefold() == name.casefold()]
            origin = next(iter((*same, *origins)), None)
            found.append((not same, -made.timestamp(), folder, origin))
    return tuple((folder, origin) for _, _, folder, origin in sorted(found, key=lambda f: f[:3]))


def _folders(root: Path) -> list[Path]:
    with suppress(OSError):
        return sorted(path for path in (root / BACKUPS_FOLDER).iterdir() if path.is_dir())
    return []


def _asked(path: Path) -> str | None:
    """The id that a file tells, by SQLite, or by its pages where SQLite does not read them."""
    try:
        connection = Connection.to_file(path, flags=apsw.SQLITE_OPEN_READONLY, is_read_only=True)
        try:
            return project_id(meta.Meta(connection).get(meta.UUID), name=path.name)
        finally:
            connection.close()
    except AnnotatorError:
        return told_id(path)


def _origins(folder: Path) -> list[str]:
    try:
        found = json.loads((folder / _ORIGINS).read_text(encoding="utf-8"))["paths"]
        return [str(path) for path in found]
    except (OSError, ValueError, KeyError, TypeError):
        return []

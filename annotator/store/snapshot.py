"""A copy of a project that another program has open: bytes that were all there at one moment.

The holder has locked its file for SQLite, not for the file system, so its bytes can be read; but
they may change meanwhile. So everything is read twice: what has not changed between the end of the
first reading and the second one is the state of that moment. Then the copy is opened, put right
from its own journal where there is a live one, and checked in full.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from annotator.foundation.errors import UserError
from annotator.store.failures import os_failure
from annotator.store.header import SIDE_FILES, read_version, was_left_unclean
from annotator.store.integrity import check_fully
from annotator.store.migrations import Migrations
from annotator.store.opening import open_connection

ATTEMPTS = 10
_FIRST_WAIT_SECONDS = 0.02
_CHUNK = 1 << 20


def take_snapshot(
    path: Path,
    folder: Path,
    migrations: Migrations,
    *,
    wait: Callable[[float], None] = time.sleep,
) -> Path:
    """Copy a project into an empty folder, checked and brought to the newest schema.

    The original is only read. Raises `UserError`: ``store.too_busy`` where it has not stood still
    in ten attempts, otherwise what is wrong with it, or that there is no space.
    """
    copy = folder / path.name
    for attempt in range(ATTEMPTS):
        read_version(path, newest=migrations.newest)
        if _copy_what_stands_still(path, copy):
            _check(copy, migrations)
            return copy
        wait(_FIRST_WAIT_SECONDS * 2 ** min(attempt, 6))
    raise UserError("store.too_busy", name=path.name)


def digest_of(path: Path) -> str:
    """The SHA-256 of a file in hexadecimal digits. Raises `OSError`."""
    with path.open("rb") as stream:
        import hashlib  # it brings OpenSSL, which is fast with whole files and slow to load

        return hashlib.file_digest(stream, "sha256").hexdigest()


def copy_bytes(source: Path, target: Path) -> str:
    """Copy a file; the SHA-256 of what was read. Raises `OSError`."""
    import hashlib

    digest = hashlib.sha256()
    with source.open("rb") as reader, target.open("wb") as writer:
        while chunk := reader.read(_CHUNK):
            digest.update(chunk)
            writer.write(chunk)
    return digest.hexdigest()


def _copy_what_stands_still(path: Path, copy: Path) -> bool:
    """Whether the copy is what was there at one moment: the file and its live side files."""
    try:
        first = {
            suffix: copy_bytes(_beside(path, suffix), _beside(copy, suffix))
            for suffix in _live_parts(path)
        }
        for suffix in SIDE_FILES:
            if suffix not in first:
                _beside(copy, suffix).unlink(missing_ok=True)
        return first == {suffix: digest_of(_beside(path, suffix)) for suffix in _live_parts(path)}
    except FileNotFoundError:
        if path.exists():
            return False  # a side file went away between two looks
        raise UserError("store.missing", name=path.name, folder=str(path.parent)) from None
    except OSError as error:
        raise os_failure(error, path) from error


def _live_parts(path: Path) -> list[str]:
    """The endings of the files that make up the project now; an empty journal says nothing."""
    if not was_left_unclean(path):
        return [""]
    return ["", *(suffix for suffix in SIDE_FILES if _beside(path, suffix).exists())]


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


def _check(copy: Path, migrations: Migrations) -> None:
    with suppress(OSError):
        copy.chmod(0o600)  # a copy of a write-protected file is still to be put right
    connection = open_connection(copy, migrations, is_read_only=False)
    try:
        check_fully(connection)
    finally:
        connection.close()

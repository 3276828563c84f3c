"""The first hundred bytes of a project file, judged before SQLite touches it.

Opening a foreign or newer file with our settings could change its bytes, so what it is and which
version it has is read from the header alone (https://sqlite.org/fileformat.html, part 1.3).
"""

from __future__ import annotations

import stat
from pathlib import Path

from annotator.foundation.errors import UserError
from annotator.store.failures import os_failure

APPLICATION_ID = int.from_bytes(b"NISH", "big")
"""What ``PRAGMA application_id`` of every project file says."""

SIDE_FILES = ("-journal", "-wal")
"""What SQLite adds to the name of a file for the files beside it."""

_MAGIC = b"SQLite format 3\x00"
_HEADER_BYTES = 100
_VERSION_AT = 60
_APPLICATION_AT = 68
_JOURNAL_MAGIC = bytes.fromhex("d9d505f920a163d7")


def read_version(path: Path, *, newest: int) -> int:
    """The schema number of a project file that this program can open.

    Raises `UserError` for a path that is missing, a folder or unreadable, for a file that is no
    project or damaged at its head, and for one written by a program newer than schema `newest`.
    """
    header = _first_bytes(path)
    if not header.startswith(_MAGIC):
        raise UserError("store.foreign", name=path.name)
    if len(header) < _HEADER_BYTES:
        raise UserError("store.damaged", name=path.name)
    if _number(header, _APPLICATION_AT) != APPLICATION_ID:
        raise UserError("store.foreign", name=path.name)
    version = _number(header, _VERSION_AT)
    if version > newest:
        raise UserError("store.newer", name=path.name, version=version, supported=newest)
    if version < 1:
        raise UserError("store.damaged", name=path.name)
    return version


def was_left_unclean(path: Path) -> bool:
    """Whether a side file tells that the last session did not end properly."""
    journal = path.with_name(path.name + "-journal")
    log = path.with_name(path.name + "-wal")
    try:
        with journal.open("rb") as stream:
            if stream.read(len(_JOURNAL_MAGIC)) == _JOURNAL_MAGIC:
                return True
    except OSError:
        pass  # no journal, or one that nobody can read: SQLite will say so itself
    return log.is_file() and log.stat().st_size > 0


def _first_bytes(path: Path) -> bytes:
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise UserError("store.directory", name=path.name)
        if not stat.S_ISREG(mode):  # a pipe or device could block the program for ever
            raise UserError("store.foreign", name=path.name)
        with path.open("rb") as stream:
            return stream.read(_HEADER_BYTES)
    except OSError as error:
        raise os_failure(error, path) from error


def _number(header: bytes, at: int) -> int:
    return int.from_bytes(header[at : at + 4], "big")

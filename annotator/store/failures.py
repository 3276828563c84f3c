"""What can go wrong with a file, told in one sentence each: SQLite's and the system's errors."""

from __future__ import annotations

import errno
from pathlib import Path

import apsw

from annotator.foundation.errors import AnnotatorError, Defect, UserError

_SENTENCES: dict[type[apsw.Error], str] = {
    apsw.BusyError: "store.already_open",
    apsw.LockedError: "store.already_open",
    apsw.FullError: "store.full",
    apsw.IOError: "store.io",
    apsw.CantOpenError: "store.cannot_open",
    apsw.PermissionsError: "store.no_permission",
    apsw.ReadOnlyError: "store.read_only",
    apsw.NotADBError: "store.foreign",
    apsw.CorruptError: "store.damaged",
    apsw.FormatError: "store.damaged",
    apsw.TooBigError: "store.too_big",
    apsw.InterruptError: "store.too_slow",
}

_STRANGE_HEADER = "unsupported file format"
"""What SQLite says, as if it were a wrong statement, of a header it has not written itself."""

_UNSAFE = (apsw.IOError, apsw.CorruptError, apsw.NotADBError, apsw.CantOpenError)
"""After these the file must not be written again in this session."""

_NO_SPACE = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})
_RECOVERY_NEEDED = frozenset(
    {apsw.SQLITE_READONLY_ROLLBACK, apsw.SQLITE_READONLY_RECOVERY, apsw.SQLITE_READONLY_CANTLOCK}
)


def sql_failure(error: apsw.Error, path: Path) -> AnnotatorError:
    """The error to show for one that SQLite raised; a `Defect` where the program is at fault."""
    if getattr(error, "extendedresult", 0) in _RECOVERY_NEEDED:
        return UserError("store.recovery_needed", name=path.name)
    key = _SENTENCES.get(type(error))
    if key is None and str(error) == _STRANGE_HEADER:
        key = "store.damaged"
    if key is None:
        return Defect("store.sql", name=path.name, detail=str(error))
    return UserError(key, name=path.name)


def is_unsafe(error: apsw.Error) -> bool:
    """Whether nothing may be written after this error.

    A failed write or fsync leaves the operating system's pages marked clean although they never
    reached the disk, so that trying again reports a success that is none ("fsyncgate").
    """
    return isinstance(error, _UNSAFE)


def os_failure(error: OSError, path: Path) -> UserError:
    """The error to show for one that the operating system raised."""
    match error:
        case FileNotFoundError() | NotADirectoryError():
            return UserError("store.missing", name=path.name, folder=str(path.absolute().parent))
        case PermissionError():
            return UserError("store.no_permission", name=_told_name(path))
        case IsADirectoryError():
            return UserError("store.directory", name=path.name)
        case FileExistsError():
            return UserError("store.exists", name=path.name)
    if error.errno == errno.EROFS:
        return UserError("store.no_permission", name=_told_name(path))
    if error.errno in _NO_SPACE:
        return UserError("store.full", name=path.name)
    return UserError("store.io", name=path.name)


def _told_name(path: Path) -> str:
    """The name of a file, or the whole path of a folder: that of backups ends with a number."""
    return path.name if path.suffix else str(path)

"""Writing a file so that at every instant the old or the new one is there, whole.

The new content goes to a temporary file in the same folder, is forced to the disk, may be read
back, and takes the old file's name in one step; then the folder is forced to the disk as well. If
anything fails on the way, the temporary file goes and the old file has not been touched. What a
crash leaves goes when the same file is written the next time.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from annotator.foundation.errors import UserError
from annotator.foundation.file_claim import claimed, remove_if_abandoned

_NAME_LENGTH = 60
_TEMPORARY_NAMES = 9
_DEFAULT_MODE = 0o666
_PERMISSIONS = 0o777

_KEYS = {
    "ENOSPC": "file.disk_full",
    "EDQUOT": "file.disk_full",
    "EACCES": "file.not_permitted",
    "EPERM": "file.not_permitted",
    "EROFS": "file.read_only_medium",
    "ENOENT": "file.not_found",
    "ENOTDIR": "file.not_found",
    "EISDIR": "file.is_folder",
    "ENAMETOOLONG": "file.name_too_long",
    "EFBIG": "file.too_big_for_medium",
    "EIO": "file.medium_failed",
    "ENODEV": "file.medium_failed",
    "ENXIO": "file.medium_failed",
    "ETXTBSY": "file.in_use",
    "EBUSY": "file.in_use",
}
"""Sentences by the name of the error; numbers differ between systems, and some lack a name."""
_WINDOWS_SHARING = (32, 33)
"""ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION: another program has the file open."""
_SYNC_UNKNOWN = frozenset({"EINVAL", "ENOTSUP", "EOPNOTSUPP", "EACCES", "EBADF"})
"""What file systems answer that cannot force a folder to the disk; they order it themselves."""


def file_error(error: OSError, path: Path) -> UserError:
    """What the operating system says about a file, as something to tell the user."""
    key = _KEYS.get(_name(error), "file.failed")
    if getattr(error, "winerror", None) in _WINDOWS_SHARING:
        key = "file.in_use"
    values = {"path": str(path)}
    if key == "file.failed":
        values["reason"] = error.strerror or type(error).__name__
    return UserError(key, **values)


def _name(error: OSError) -> str:
    return errno.errorcode.get(error.errno or 0, "")


@contextmanager
def atomic_write(path: Path, *, check: Callable[[Path], None] | None = None) -> Iterator[BinaryIO]:
    """Open a stream whose bytes become the file `path` when the block ends without an error.

    `check` gets the path of the temporary file once its bytes are on the disk, to read them back;
    what it raises abandons the write, as does any error in the block. A link is followed, so that
    the file it names is replaced. Raises `UserError` for what the operating system refuses.
    """
    target = Path(os.path.realpath(path))
    temporary: Path | None = None
    try:
        refuse_unwritable(target)
        temporary, descriptor = _open_temporary(target)
        with claimed(descriptor):
            with open(descriptor, "wb") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            keep_permissions(target, temporary)
            if check is not None:
                check(temporary)
            os.replace(temporary, target)
        temporary = None
        sync_folder(target.parent)
    except OSError as error:
        raise file_error(error, _concerned(error, path, target)) from error
    finally:
        if temporary is not None:
            with suppress(OSError):
                temporary.unlink()


def write_text(path: Path, text: str) -> None:
    """Write a small text file of the user's whole, with the folder where it is missing.

    Raises `UserError` for what the operating system refuses.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise file_error(error, path.parent) from error
    with atomic_write(path) as stream:
        stream.write(text.encode())


def _concerned(error: OSError, path: Path, target: Path) -> Path:
    """The file an error is about: another one when the block failed to read it, and the folder
    where that is what is missing.
    """
    if isinstance(error, FileNotFoundError) and not target.parent.exists():
        return target.parent
    named = error.filename
    if not isinstance(named, str) or Path(named).parent == target.parent:
        return path
    return Path(named)


def refuse_unwritable(target: Path) -> None:
    """Replacing needs no permission on the old file; one that is write-protected stays."""
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(target))


def _open_temporary(target: Path) -> tuple[Path, int]:
    """Create ``.~name.tmp`` beside the target, and clean up what crashes have left there.

    A file of that name that another program is writing now is not touched; the next of nine names
    is taken.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    stem = f".~{target.name[:_NAME_LENGTH]}"
    numbered = (f"{stem}.{number}.tmp" for number in range(2, _TEMPORARY_NAMES + 1))
    names = [target.with_name(name) for name in (f"{stem}.tmp", *numbered)]
    for temporary in names:
        remove_if_abandoned(temporary)
    for temporary in names:
        with suppress(FileExistsError):
            return temporary, os.open(temporary, flags, _DEFAULT_MODE)
    raise UserError("file.temporary_left", path=str(names[0]))


def keep_permissions(target: Path, temporary: Path) -> None:
    """Give a file the permissions of the one that it replaces."""
    if target.exists():
        with suppress(PermissionError):
            os.chmod(temporary, target.stat().st_mode & _PERMISSIONS)


def sync_folder(folder: Path) -> None:
    """Force the new name to the disk; Windows neither needs nor knows this."""
    if _is_windows():
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if _name(error) not in _SYNC_UNKNOWN:
            raise
    finally:
        os.close(descriptor)


def _is_windows() -> bool:
    return os.name == "nt"

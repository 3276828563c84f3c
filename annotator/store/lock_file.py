"""The lock file beside an open project: who has it open, on which computer, since when.

How to think about it: SQLite's own lock holds within one computer, but two computers on a network
share do not see each other's. So a file ``.~lock.<name>#`` is made with O_EXCL, which the server
decides. Its *owner* is named inside; its modification time is the *heartbeat*. On one computer the
operating system's lock on that file tells for certain whether the owner lives, also when a process
number was given out twice; from another computer only the heartbeat tells, and silence is reported
to the user instead of being taken for death. Clocks of two computers may differ, so before a lock
is taken over `heartbeat` is looked at twice: one that has moved in between belongs to somebody who
lives.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
import time
from collections.abc import Callable
from pathlib import Path

from annotator.foundation.errors import UserError
from annotator.foundation.machine import host_name, machine_id
from annotator.store.failures import os_failure
from annotator.store.location_facts import locate
from annotator.store.lock_owner import Owner

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

HEARTBEAT_SECONDS = 10.0
SILENT_AFTER_SECONDS = 60.0
_LOCKED_BYTE_AT = 1 << 30
"""Far behind the content: a locked byte cannot be read on Windows."""
LOCKED = frozenset({"store.locked", "store.locked_unsigned", "store.already_open"})
"""How `acquire` refuses a project that somebody is at work on."""
LOCK_LEFT = frozenset({"store.lock_left", "store.lock_left_unsigned"})
"""How it refuses one that another computer seems to have left behind."""
_BYTES_READ = 4096
# A lock file that is a link, a pipe or a device has been put there by somebody else.
_SAFELY = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_ATTEMPTS = 5
_PATIENCE = 50


def lock_path(project: Path) -> Path:
    """Where the lock file of a project lies."""
    return project.with_name(f".~lock.{project.name}#")


class LockFile:
    """A lock that this process holds until `release`."""

    def __init__(
        self,
        path: Path,
        handle: int,
        content: bytes,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.path = path
        self._content = content
        self._handle = handle
        self._clock = clock
        self._next_beat = clock() + HEARTBEAT_SECONDS
        self._is_held = True

    def beat(self) -> bool:
        """Renew the heartbeat when it is due; False when somebody else has taken the lock."""
        if not self._is_held:
            return False
        if self._clock() < self._next_beat:
            return True
        try:
            if self.path.read_bytes() != self._content:
                self._is_held = False
                return False
            os.utime(self.path)
        except FileNotFoundError:
            self._is_held = False
            return False
        except OSError:
            return True  # the drive may be gone for a moment; writing the project will tell
        self._next_beat = self._clock() + HEARTBEAT_SECONDS
        return True

    def release(self) -> None:
        """Remove the lock file, unless somebody else holds it by now."""
        if self._handle < 0:
            return
        if self._is_held and _is_same_file(self._handle, self.path):
            if sys.platform == "win32":
                self._close()  # Windows does not remove open files
            with contextlib.suppress(OSError):
                self.path.unlink()
        self._is_held = False
        self._close()

    def _close(self) -> None:
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1


def acquire(project: Path, *, takes_over: bool = False) -> LockFile:
    """Lock a project for this process.

    Raises `UserError` with a key of `LOCKED` for an owner that is at work; one of `LOCK_LEFT` for
    an owner on another computer that has been silent for a minute, whom `takes_over` replaces;
    ``store.no_permission`` where the folder cannot be written.
    """
    path = lock_path(project)
    owner = Owner.here()
    for _ in range(_ATTEMPTS):
        handle = _create(path, project)
        if handle is None:
            handle = _take_from_the_dead(path, project, takes_over=takes_over)
        if handle is None:
            continue  # the file went away or was replaced between two looks
        try:
            content = _sign(handle, owner)
        except OSError as error:
            LockFile(path, handle, b"").release()
            raise os_failure(error, project) from error
        return LockFile(path, handle, content)
    raise UserError("store.already_open", name=project.name)


def heartbeat(project: Path) -> bytes | None:
    """What a lock file says and when it was touched last, to be compared with a later look.

    None where there is no lock any more. Raises `UserError` where it cannot be looked at.
    """
    try:
        handle = os.open(lock_path(project), os.O_RDONLY | _SAFELY)
        try:
            return b"%d %b" % (os.fstat(handle).st_mtime_ns, _read(handle))
        finally:
            os.close(handle)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise os_failure(error, project) from error


def _sign(handle: int, owner: Owner) -> bytes:
    """Write the owner into the lock file; what it then holds.

    On a full disk it stays empty: the file alone keeps others away, and a project must open where
    no byte is free.
    """
    content = owner.encode()
    try:
        os.ftruncate(handle, 0)
        os.lseek(handle, 0, os.SEEK_SET)
        os.write(handle, content)
        os.fsync(handle)
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        os.ftruncate(handle, 0)
        return b""
    return content


def _create(path: Path, project: Path) -> int | None:
    """The handle of a lock file that was not there before; None to look again."""
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | _SAFELY
    try:
        handle = os.open(path, flags, 0o644)
    except OSError as error:
        # sshfs answers EPERM where the file exists, so the error number alone does not tell; nor
        # does looking, for the file may have gone again by then
        if isinstance(error, FileExistsError) or os.path.lexists(path):
            return None
        raise os_failure(error, project) from error
    # Whoever looks at the new, still empty file holds the system's lock for that instant only, or
    # takes it for that of a dead one: then it is theirs, and gone when they have let go of it.
    for _ in range(_PATIENCE):
        if _system_lock(handle) is not False:
            if _is_same_file(handle, path):
                return handle
            break
        time.sleep(0.002)
    os.close(handle)
    return None


def _take_from_the_dead(path: Path, project: Path, *, takes_over: bool) -> int | None:
    """The handle of an existing lock file whose owner is gone; None to look again."""
    try:
        handle = os.open(path, os.O_RDWR | _SAFELY)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _locked("store.locked", project, None) from error
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise _locked("store.locked", project, None)
        is_free = _system_lock(handle)
        if not _is_same_file(handle, path):
            os.close(handle)
            return None
        _refuse_unless_dead(handle, project, is_free=is_free, takes_over=takes_over)
    except UserError:
        os.close(handle)
        raise
    return handle


def _refuse_unless_dead(
    handle: int, project: Path, *, is_free: bool | None, takes_over: bool
) -> None:
    content = _read(handle)
    owner = Owner.parse(content)
    if is_free and owner is not None and _is_of_this_computer(owner, project):
        return
    # Killed before it signed. Where only this computer writes, the free lock tells that it is gone;
    # one that is about to lock the file finds that it is ours now.
    if is_free and not content and not locate(project).is_shared:
        return
    # A heartbeat of tomorrow says nothing either: one of the two clocks is wrong.
    silence = abs(time.time() - os.fstat(handle).st_mtime)
    if is_free is False or silence < SILENT_AFTER_SECONDS:
        raise _locked("store.locked", project, owner)
    if not takes_over:
        raise _locked("store.lock_left", project, owner)


def _is_of_this_computer(owner: Owner, project: Path) -> bool:
    """Whether the system's lock tells for certain that the owner is gone.

    Two computers may be called the same; then that lock says nothing where both can write.
    """
    if owner.host != host_name():
        return False
    return owner.machine == machine_id() != "" or not locate(project).is_shared


def _locked(key: str, project: Path, owner: Owner | None) -> UserError:
    name, lock = project.name, lock_path(project).name
    if owner is None:
        return UserError(f"{key}_unsigned", name=name, lock=lock)
    return UserError(key, name=name, user=owner.user, host=owner.host, since=owner.began, lock=lock)


def _read(handle: int) -> bytes:
    os.lseek(handle, 0, os.SEEK_SET)
    return os.read(handle, _BYTES_READ)


def _is_same_file(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except OSError:
        return False


def _system_lock(handle: int) -> bool | None:
    """Lock the file in the operating system.

    True when it is ours now, False when another process has it, None where the file system cannot
    lock. The lock ends with the process, however it ends.
    """
    try:
        if sys.platform == "win32":
            os.lseek(handle, _LOCKED_BYTE_AT, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        return None
    return True

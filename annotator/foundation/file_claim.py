"""Telling a file that somebody is writing from one that a crash has left behind.

On POSIX systems the writer holds the system's lock on the file, which ends with its process however
that ends. Windows needs none: there nobody can remove a file that is open.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

if sys.platform != "win32":
    import fcntl


@contextmanager
def claimed(descriptor: int) -> Iterator[None]:
    """Claim an open file for the time of the block, also when it is closed and renamed inside.

    Where the file system cannot lock, nobody will take the file for abandoned either.
    """
    if sys.platform == "win32":
        yield
        return
    held = os.dup(descriptor)
    try:
        with suppress(OSError):
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(held)


def remove_if_abandoned(path: Path) -> None:
    """Remove a file unless somebody is writing it, or nobody can tell."""
    with suppress(OSError):
        if sys.platform == "win32" or _is_free(path):
            path.unlink()


def _is_free(path: Path) -> bool:
    if not path.is_file() or path.is_symlink():
        return False
    if sys.platform == "win32":
        return True
    descriptor = os.open(path, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    finally:
        os.close(descriptor)
    return True

"""Files that appear whole or not at all: written under a temporary name beside the final one."""

from __future__ import annotations

import contextlib
import glob
import os
from pathlib import Path

from annotator.store.failures import os_failure
from annotator.store.header import SIDE_FILES


def temporary_path(final: Path) -> Path:
    """A fresh name in the same folder, so that renaming cannot cross file systems."""
    return final.with_name(f".~{final.name}.{os.urandom(6).hex()}.tmp")


def remove_leftovers(final: Path) -> None:
    """Remove what an interrupted creation of `final` has left; call with its lock held."""
    for leftover in final.parent.glob(f".~{glob.escape(final.name)}.*.tmp*"):
        with contextlib.suppress(OSError):
            leftover.unlink()


def put_side_files_aside(final: Path) -> None:
    """Rename what SQLite would take for the journal of a file that is about to appear.

    It belongs to a file that was there before, and replayed into this one it would destroy it.
    Raises `UserError`.
    """
    for suffix in SIDE_FILES:
        stale = final.with_name(final.name + suffix)
        try:
            if os.path.lexists(stale):
                stale.rename(stale.with_name(f"{stale.name}.{os.urandom(3).hex()}.aside"))
        except OSError as error:
            raise os_failure(error, stale) from error


def publish(temporary: Path, final: Path) -> None:
    """Give a finished file its name, so that it survives a power cut. Never overwrites.

    Raises `UserError`; the temporary file stays for `remove_leftovers`.
    """
    try:
        sync(temporary)
        if final.exists():
            raise FileExistsError(final)
        temporary.rename(final)
        if os.name == "posix":  # elsewhere a folder cannot be opened
            sync(final.parent, os.O_RDONLY)
    except OSError as error:
        raise os_failure(error, final) from error


def sync(path: Path, flags: int = os.O_RDWR) -> None:
    """Force a file to the disk, or with ``O_RDONLY`` a folder. Raises `OSError`."""
    handle = os.open(path, flags | getattr(os, "O_BINARY", 0))
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

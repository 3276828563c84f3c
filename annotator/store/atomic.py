"""Files that appear whole or not at all: written under a temporary name beside the final one."""

from __future__ import annotations

import contextlib
import glob
import os
import secrets
from pathlib import Path

from annotator.store.failures import os_failure


def temporary_path(final: Path) -> Path:
    """A fresh name in the same folder, so that renaming cannot cross file systems."""
    return final.with_name(f".~{final.name}.{secrets.token_hex(6)}.tmp")


def remove_leftovers(final: Path) -> None:
    """Remove what an interrupted creation of `final` has left; call with its lock held."""
    for leftover in final.parent.glob(f".~{glob.escape(final.name)}.*.tmp*"):
        with contextlib.suppress(OSError):
            leftover.unlink()


def publish(temporary: Path, final: Path) -> None:
    """Give a finished file its name, so that it survives a power cut. Never overwrites.

    Raises `UserError`; the temporary file stays for `remove_leftovers`.
    """
    try:
        _sync(temporary, os.O_RDWR)
        if final.exists():
            raise FileExistsError(final)
        temporary.rename(final)
        if os.name == "posix":  # elsewhere a folder cannot be opened
            _sync(final.parent, os.O_RDONLY)
    except OSError as error:
        raise os_failure(error, final) from error


def _sync(path: Path, flags: int) -> None:
    handle = os.open(path, flags | getattr(os, "O_BINARY", 0))
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

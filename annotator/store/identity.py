"""Whether a path still names the file that is open: drives are pulled out, files are replaced.

An open file lives on without its name, and takes whatever is written into it along when it is
closed. A program that syncs a folder replaces a file in just this way.
"""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias

from annotator.store.location import LocationKind
from annotator.store.location_facts import locate

Identity: TypeAlias = tuple[int, int]
"""The numbers of a device and of a file on it."""


def file_identity(path: Path) -> Identity | None:
    """What tells a file from every other while it is open; None where the system does not say."""
    try:
        found = path.stat()
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if found.st_ino else None


def what_became_of(path: Path, before: Identity | None) -> str | None:
    """The key of what happened to a file that is open: None, ``store.gone``, ``store.replaced``.

    File systems of the network may number their files anew, so there another number says nothing.
    """
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return "store.gone"
    except OSError:
        return None  # writing will tell
    if before is None or not found.st_ino or (found.st_dev, found.st_ino) == before:
        return None
    return None if locate(path).kind is LocationKind.NETWORK else "store.replaced"

"""What an earlier export has left in a folder, told by its manifest."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import TypeAlias

from annotator.formats.base import MAX_BYTES, JsonObject, JsonValue
from annotator.formats.dataset_card import CARD_MARK
from annotator.formats.gold_manifest import FORMAT
from annotator.foundation.errors import UserError
from annotator.workbench.reading import MANIFEST_FILE

NAMED = 3
"""How many of many files a sentence names."""

_HEAD = 1024
_UNFINISHED = f".~*.tmp/{MANIFEST_FILE}"
"""What an export lies in until its files have taken their names; a crash leaves it there."""

_State: TypeAlias = tuple[int, int, int]


class EarlierExport:
    """The export that is in a folder, as its manifest told when this was made.

    What somebody has put there is not of it, and of what is of it, what was changed since is told
    apart by its SHA-256. A file is read once, and again only when the file system tells that it
    has become another one. Where an export broke off between two files, those of both are of it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._told: dict[str, set[str]] = {}
        self._seen: dict[str, tuple[_State, bool]] = {}
        manifest = _manifest(folder / MANIFEST_FILE)
        self._is_there = bool(manifest)
        for one in (manifest, *map(_manifest, sorted(folder.glob(_UNFINISHED)))):
            for name, sha256 in _told(one):
                self._told.setdefault(name, set()).add(sha256)

    def refuse(self, names: Iterable[str]) -> None:
        """Raises `UserError` where somebody's work is in the way of writing these.

        That is a file of the export that was changed since, whether one of these or not: nobody
        would know any more that it came from here. Or one of these is there, and not of an export.
        """
        if changed := self.changed():
            shown, path = tuple(changed[:NAMED]), str(self._folder)
            raise UserError("export.changed_files", folder=path, names=shown, count=len(changed))
        ours = {*self._told, *((MANIFEST_FILE,) if self._is_there else ())}
        there = [self._folder / name for name in names if name not in ours]
        foreign = [path for path in there if os.path.lexists(path) and not is_card(path)]
        if foreign:
            raise UserError("export.foreign_files", path=str(foreign[0]), count=len(foreign))

    def changed(self) -> list[str]:
        """The files that are there and no longer as they were written, in order of name."""
        paths = ((name, self._folder / name) for name in sorted(self._told))
        return [name for name, path in paths if _is_there(path) and not self.is_unchanged(name)]

    def unchanged(self) -> set[str]:
        """The files that are still as they were written."""
        return {name for name in self._told if self.is_unchanged(name)}

    def is_unchanged(self, name: str) -> bool:
        """Whether a file is of the export and still as it was written."""
        path = self._folder / name
        try:
            if name not in self._told or path.is_symlink() or not path.is_file():
                return False
            told = path.stat()
            state = (told.st_ino, told.st_size, told.st_mtime_ns)
            if name not in self._seen or self._seen[name][0] != state:
                self._seen[name] = state, file_sha256(path) in self._told[name]
            return self._seen[name][1]
        except (OSError, ValueError):
            return False


def is_card(path: Path) -> bool:
    """Whether a file is a dataset card that an export has written."""
    try:
        with path.open("rb") as stream:
            return CARD_MARK.encode() in stream.read(_HEAD)
    except OSError:
        return False


def file_sha256(path: Path) -> str:
    """The SHA-256 of what is in a file, read piece by piece. Raises `OSError`."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _is_there(path: Path) -> bool:
    """A name that no file can have is nowhere."""
    try:
        return os.path.lexists(path)
    except ValueError:
        return False


def _manifest(path: Path) -> JsonObject:
    try:
        if path.stat().st_size > MAX_BYTES:
            return {}
        told = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) and told.get("format") == FORMAT else {}


def _told(manifest: JsonObject) -> Iterator[tuple[str, str]]:
    """Names and hashes; a manifest that somebody has written otherwise tells nothing."""
    losses: JsonValue = manifest.get("losses")
    files: JsonValue = manifest.get("files")
    listed = list(files) if isinstance(files, list) else []
    if isinstance(losses, dict):
        listed.append(losses.get("file"))
    for entry in listed:
        if isinstance(entry, dict):
            name, sha256 = entry.get("name"), entry.get("sha256")
            if isinstance(name, str) and isinstance(sha256, str) and _is_inside(name):
                yield name, sha256


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and not set(name) & set("\\:")

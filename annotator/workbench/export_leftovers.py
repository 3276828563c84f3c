"""What an earlier export has left in a folder, told by its manifest."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from annotator.formats.base import MAX_BYTES, JsonObject, JsonValue
from annotator.formats.dataset_card import CARD_MARK
from annotator.formats.gold_manifest import FORMAT
from annotator.foundation.errors import UserError
from annotator.workbench.reading import MANIFEST_FILE

_HEAD = 1024


def left_by_export(folder: Path) -> set[str]:
    """The files of the export that is in a folder, those that are still as they were written.

    What somebody has changed, or put there, is not among them.
    """
    manifest = _manifest(folder / MANIFEST_FILE)
    return {name for name, sha256 in _told(manifest) if _is_unchanged(folder, name, sha256)}


def refuse_foreign(folder: Path, names: Iterable[str]) -> None:
    """Raises `UserError` where one of these is there and the manifest of no export tells of it.

    One that has been changed since is told of as well, and an export that broke off between two
    files has changed one itself.
    """
    manifest = _manifest(folder / MANIFEST_FILE)
    ours = {name for name, _ in _told(manifest)} | ({MANIFEST_FILE} if manifest else set())
    there = [folder / name for name in names if name not in ours]
    foreign = [path for path in there if os.path.lexists(path) and not is_card(path)]
    if foreign:
        raise UserError("export.foreign_files", path=str(foreign[0]), count=len(foreign))


def is_card(path: Path) -> bool:
    """Whether a file is a dataset card that an export has written."""
    try:
        with path.open("rb") as stream:
            return CARD_MARK.encode() in stream.read(_HEAD)
    except OSError:
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


def _is_unchanged(folder: Path, name: str, sha256: str) -> bool:
    path = folder / name
    try:
        if path.is_symlink() or not path.is_file():
            return False
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest() == sha256
    except (OSError, ValueError):
        return False

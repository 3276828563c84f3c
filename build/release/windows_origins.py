"""Where each file of the frozen Windows program came from: of the Windows it was made on, nothing.

Under Wine PyInstaller could take what Wine has in the place of Windows, or what was put there so
that Qt starts. So each file must be one that we gave, byte by byte.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from release.checks import sha256_of
from release.windows_launcher import LAUNCHERS
from release.work import Stopped

MADE_BY_PYINSTALLER = frozenset(
    {"_internal/base_library.zip", *(launcher.name for launcher in LAUNCHERS)}
)
"""What is in no package: the modules that Python starts with, and the two programs."""

_OF_WINE = re.compile(rb"Wine (builtin|placeholder) DLL")
_HEAD = 0x80  # bytes of a file, among which Wine signs its own
_OF_WINDOWS = re.compile(r"(api|ext)-ms-.+|(icu|icuuc|icuin|mscms|ucrtbase)\.dll", re.IGNORECASE)


def strangers(files: Mapping[str, bytes], known: Collection[str]) -> tuple[str, ...]:
    """What of a bundle we did not give, as sentences; `known` are SHA-256 of what we gave."""
    return tuple(sentence for path in sorted(files) for sentence in _told(path, files[path], known))


def _told(path: str, content: bytes, known: Collection[str]) -> Iterator[str]:
    if _OF_WINE.search(content[:_HEAD]):
        yield f"{path} is of Wine."
    if _OF_WINDOWS.fullmatch(path.rpartition("/")[2]):
        yield f"{path} is for Windows to have."
    is_made = path in MADE_BY_PYINSTALLER
    if not is_made and hashlib.sha256(content).hexdigest() not in known:
        yield f"{path} came from nowhere."


def require_origins(bundle: Path, room: Path) -> None:
    """Raise `Stopped` where the bundle has a file that the room did not have."""
    known = {sha256_of(path) for path in room.rglob("*") if path.is_file()}
    paths = {path.relative_to(bundle).as_posix(): path for path in bundle.rglob("*")}
    files = {name: path.read_bytes() for name, path in paths.items() if path.is_file()}
    found = strangers(files, known)
    if found:
        raise Stopped("The frozen program holds what it should not:\n" + "\n".join(found))

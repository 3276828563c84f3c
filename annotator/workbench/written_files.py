"""Which single files exports have written on this computer, and what was in them.

A folder has a manifest that tells. Beside one file lies nothing, so that it can be given away as
it is; what was in it is noted here, to know a file again that nobody has changed since.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from annotator.foundation.atomic import write_text
from annotator.foundation.errors import UserError
from annotator.foundation.paths import state_folder
from annotator.workbench.export_leftovers import EarlierExport, file_sha256

NOTES = "exports.json"
_MOST_NOTED = 1000


class WrittenFiles:
    """Knows files again by name and SHA-256, wherever somebody has moved their folder."""

    def __init__(self, notes: Path) -> None:
        self._notes = notes

    def refuse_others(self, paths: Iterable[Path]) -> None:
        """Raises `UserError` where one of these has something in it that no export has written.

        What was changed since counts as that, and what was written on another computer.
        """
        for path in paths:
            if _holds_something(path) and not self._is_unchanged(path):
                raise UserError("export.foreign_file", path=str(path))

    def note(self, written: Mapping[Path, str]) -> None:
        """Remember what files will be, by their SHA-256, before they take their names.

        So they are known whether a crash comes before or after that. The oldest of many notes are
        forgotten. Where nothing can be noted, the next export to the place is refused.
        """
        new = [_line(path, sha256) for path, sha256 in written.items()]
        kept = [line for line in self._noted() if line not in new]
        text = json.dumps([*kept, *new][-_MOST_NOTED:], ensure_ascii=False, indent=0)
        with suppress(UserError):
            write_text(self._notes, f"{text}\n")

    def _is_unchanged(self, path: Path) -> bool:
        """One that an export has put into a folder is told by the manifest there."""
        with suppress(OSError):
            if _line(path, file_sha256(path)) in self._noted():
                return True
        return EarlierExport(path.parent).is_unchanged(path.name)

    def _noted(self) -> list[object]:
        noted: object = None
        with suppress(OSError, ValueError, RecursionError):
            noted = json.loads(self._notes.read_bytes())
        return noted if isinstance(noted, list) else []


def _line(path: Path, sha256: str) -> str:
    """As ``sha256sum`` prints it; a file system may take a name in other letters."""
    return f"{sha256}  {path.name.casefold()}"


def files_written_here() -> WrittenFiles:
    """What is noted in the state folder of the user."""
    return WrittenFiles(state_folder() / NOTES)


def _holds_something(path: Path) -> bool:
    with suppress(OSError, ValueError):
        return path.is_file() and path.stat().st_size > 0
    return False

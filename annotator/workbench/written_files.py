"""Which single files exports have written on this computer, and what was in them.

A folder has a manifest that tells. Beside one file lies nothing, so that it can be given away as
it is; what was in it is noted here, to know a file again that nobody has changed since.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from annotator.foundation.atomic import write_text
from annotator.foundation.errors import UserError
from annotator.foundation.paths import state_folder
from annotator.workbench.export_leftovers import EarlierExport, file_sha256

NOTES = "exports.json"
_MOST_NOTED = 500


class WrittenFiles:
    """Knows files again by their place and the SHA-256 of what was written."""

    def __init__(self, notes: Path) -> None:
        self._notes = notes

    def refuse_others(self, paths: Iterable[Path]) -> None:
        """Raises `UserError` where one of these has something in it that no export has written.

        What was changed since counts as that, and what was written on another computer.
        """
        for path in paths:
            if _holds_something(path) and not self._is_unchanged(path):
                raise UserError("export.foreign_file", path=str(path))

    def note(self, path: Path, sha256: str) -> None:
        """Remember what was written last; the oldest of many is forgotten.

        Where nothing can be noted, the next export to this place asks.
        """
        noted = self._noted()
        place = os.path.realpath(path)
        noted.pop(place, None)
        noted[place] = sha256
        kept = dict(list(noted.items())[-_MOST_NOTED:])
        with suppress(UserError):
            write_text(self._notes, f"{json.dumps(kept, ensure_ascii=False, indent=0)}\n")

    def _is_unchanged(self, path: Path) -> bool:
        """One that an export has put into a folder is told by the manifest there."""
        with suppress(OSError):
            if self._noted().get(os.path.realpath(path)) == file_sha256(path):
                return True
        return EarlierExport(path.parent).is_unchanged(path.name)

    def _noted(self) -> dict[str, object]:
        noted: object = None
        with suppress(OSError, ValueError, RecursionError):
            noted = json.loads(self._notes.read_bytes())
        return noted if isinstance(noted, dict) else {}


def files_written_here() -> WrittenFiles:
    """What is noted in the state folder of the user."""
    return WrittenFiles(state_folder() / NOTES)


def _holds_something(path: Path) -> bool:
    with suppress(OSError, ValueError):
        return path.is_file() and path.stat().st_size > 0
    return False

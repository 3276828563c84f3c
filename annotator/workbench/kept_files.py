"""Files that are read while others are written, and must still be there afterwards."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TypeAlias

from annotator.foundation.errors import UserError

_Place: TypeAlias = tuple[int, int]


class KeptFiles:
    """Knows files again by any of their names: other letters, a link, a folder above."""

    def __init__(self, paths: Iterable[Path] = ()) -> None:
        self._places: set[_Place] = set()
        for path in paths:
            self.add(path)

    def add(self, path: Path) -> None:
        """One more file; one that is not there needs no keeping."""
        place = _place(path)
        if place is not None:
            self._places.add(place)

    def refuse(self, paths: Iterable[Path]) -> None:
        """Raises `UserError` where one of these, to be replaced or removed, is to be kept."""
        if not self._places:
            return
        for path in paths:
            if _place(path) in self._places:
                raise UserError("convert.would_be_gone", path=str(path))


def _place(path: Path) -> _Place | None:
    with suppress(OSError, ValueError):
        told = path.stat()
        return told.st_dev, told.st_ino
    return None


NOTHING_KEPT = KeptFiles()
"""For what is written out of a project."""

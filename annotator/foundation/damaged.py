"""A file of the user's that cannot be understood is kept beside the one that replaces it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path

from annotator.foundation.atomic import file_error


def put_aside(path: Path) -> Path:
    """Rename a damaged file and say what it is called now; no earlier one is overwritten.

    ``name.json`` becomes ``name-damaged.json``, then ``name-damaged-2.json`` and so on. Raises
    `UserError` for what the operating system refuses; then the file is where it was.
    """
    try:
        aside = _claim(path)
        try:
            os.replace(path, aside)
        except OSError:
            with suppress(OSError):
                aside.unlink()
            raise
    except OSError as error:
        raise file_error(error, path) from error
    return aside


def _claim(path: Path) -> Path:
    """A free name, taken by an empty file, since renaming overwrites on some systems."""
    for aside in _names(path):
        with suppress(FileExistsError):
            aside.open("xb").close()
            break
    return aside


def _names(path: Path) -> Iterator[Path]:
    yield path.with_stem(f"{path.stem}-damaged")
    for number in count(2):
        yield path.with_stem(f"{path.stem}-damaged-{number}")

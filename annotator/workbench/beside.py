"""Files beside a file that is imported: what a format of several files reads of its own folder.

A foreign file tells the names, so they are taken as plain names and nothing else: no folder, no
link, no device, and no more bytes than a file may have.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterable
from pathlib import Path

from annotator.foundation.errors import UserError

_PLAIN = re.compile(r"[^/\\:\x00-\x1f]{1,255}")
_ANNOTATIONS, _TEXT = ".ann", ".txt"


def files_beside(
    path: Path, limit: int, failed: Callable[[OSError, Path], UserError]
) -> Callable[[str], bytes | None]:
    """Gives the first ``limit + 1`` bytes of a file in the folder of `path`.

    None where the name is no plain one, or that of no regular file. What it gives raises what
    `failed` makes of a file that is there and cannot be read.
    """

    def read(name: str) -> bytes | None:
        if not _PLAIN.fullmatch(name) or not name.strip("."):
            return None
        sibling = path.parent / name
        try:
            if not stat.S_ISREG(sibling.lstat().st_mode):
                return None
            # Between the two somebody may put a link there; most systems can refuse it.
            flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
            with os.fdopen(os.open(sibling, flags), "rb") as stream:
                return stream.read(limit + 1)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise failed(error, sibling) from error

    return read


def texts_of_annotations(names: Iterable[str]) -> frozenset[str]:
    """Of file names those that come in with the annotations beside them (``X.txt``, ``X.ann``)."""
    return frozenset(
        name[: -len(_ANNOTATIONS)] + _TEXT
        for name in names
        if name.lower().endswith(_ANNOTATIONS) and not name.startswith(".")
    )

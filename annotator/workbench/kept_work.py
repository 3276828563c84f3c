"""Where working copies lie, and what is noted beside each: for whom it stands, and what is back.

One folder for each: the project file under its own name, and ``copy.json``.
"""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from msgspec import Struct
from msgspec.structs import asdict

from annotator.foundation.atomic import file_error, write_text
from annotator.foundation.paths import state_folder
from annotator.store.header import was_left_unclean
from annotator.store.snapshot import digest_of

NOTE = "copy.json"
FOLDER = "working"


class Note(Struct, frozen=True, kw_only=True):
    """What is known of a working copy, also after a crash.

    `there` is the digest of what lay at the target last, `here` that of the copy when the two
    agreed, `sent` that of what may be on its way. `published` is UTC in ISO 8601, or empty.
    `file` is what the copy is called.
    """

    target: str
    file: str
    here: str
    there: str
    sent: str = ""
    published: str = ""


class KeptWork(Struct, frozen=True):
    """A working copy on the disk; nobody may have it open."""

    folder: Path
    note: Note

    @property
    def path(self) -> Path:
        """The project file to work on."""
        return self.folder / self.note.file

    @property
    def is_ahead(self) -> bool:
        """Whether there is work in it that has not been put back. Raises `OSError`."""
        if not self.path.exists():
            return False
        if was_left_unclean(self.path):
            return True
        return digest_of(self.path) != self.note.here

    def write(self, note: Note) -> KeptWork:
        """Note something else. Raises `UserError`."""
        import json

        text = json.dumps(asdict(note), ensure_ascii=False, indent=2)
        write_text(self.folder / NOTE, f"{text}\n")
        return KeptWork(self.folder, note)

    def remove(self) -> None:
        """Remove the copy, the note last, so that what remains is still known."""
        for path in sorted(self.folder.iterdir(), key=lambda path: path.name == NOTE):
            with suppress(OSError):
                path.unlink()
        shutil.rmtree(self.folder, ignore_errors=True)


def kept_work() -> Iterator[KeptWork]:
    """Every working copy there is."""
    for path in sorted((state_folder() / FOLDER).glob(f"*/{NOTE}")):
        import json  # only where there is one: it is slow to load

        with suppress(OSError, ValueError, TypeError, AttributeError, RecursionError):
            fields = json.loads(path.read_text(encoding="utf-8"))
            known = {name: str(fields.get(name, "")) for name in Note.__struct_fields__}
            if known["target"] and known["file"] == Path(known["file"]).name != "":
                yield KeptWork(path.parent, Note(**known))


def keep(folder: Path, note: Note) -> KeptWork:
    """Note for the first time what a folder holds. Raises `UserError`."""
    return KeptWork(folder, note).write(note)


def kept_work_for(target: Path) -> KeptWork | None:
    """The working copy that stands for a project, or None; `target` is without links."""
    return next((kept for kept in kept_work() if kept.note.target == str(target)), None)


def stands_for(path: Path) -> Path:
    """The project that a file is the working copy of, or the file itself where it is none."""
    here = path.resolve()
    targets = (Path(kept.note.target) for kept in kept_work() if kept.path.resolve() == here)
    return next(targets, path)


def new_folder() -> Path:
    """A folder for one more working copy. Raises `UserError`."""
    folder = state_folder() / FOLDER / str(uuid.uuid4())
    try:
        folder.mkdir(parents=True, mode=0o700)
    except OSError as error:
        raise file_error(error, folder) from error
    return folder

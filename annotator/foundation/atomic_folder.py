"""Writing the files of a folder so that all of them are there, or none.

They go to a temporary folder first, and reach the disk there. A new folder is that one, renamed.
In a folder that exists, each file takes its name in one step, and when one of them cannot, those
before it get their old content back; what else lies there is not touched. What a crash leaves, and
a disk on which nothing can be put back, goes when the same folder is written the next time.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from msgspec import Struct, field

from annotator.foundation.atomic import (
    file_error,
    keep_permissions,
    refuse_unwritable,
    sync_folder,
)
from annotator.foundation.errors import Defect, UserError
from annotator.foundation.file_claim import claimed, remove_if_abandoned

_NAME_LENGTH = 60
_TEMPORARY_NAMES = 9
_MOST_WAITING = 64
"""Files that are forced to the disk together; each is open until then."""
_SYNCED_TOGETHER = 8
_CLAIM = ".claim"
_KEPT = ".kept"


class FolderFile(Struct, frozen=True):
    """A file that was written: its size in bytes and their SHA-256."""

    size: int
    sha256: str


class NewFolder(Struct):
    """The files of a folder on their way to the disk."""

    path: Path
    """The temporary folder."""
    claim: ExitStack
    """What keeps others from taking it for abandoned."""
    files: dict[str, FolderFile] = field(default_factory=dict)
    """What was written, by names with ``/`` between folder and file, in that order."""
    gone: set[str] = field(default_factory=set)
    """Names that shall not be there afterwards."""
    stays: bool = False
    """Whether it is left, as a crash leaves it: some old content could not be put back."""
    _waiting: list[BinaryIO] = field(default_factory=list)
    """Files that are written, and not yet forced to the disk."""

    @contextmanager
    def file(self, name: str) -> Iterator[BinaryIO]:
        """A new file of this name, open for writing. Raises `Defect` for a name given before."""
        parts = PurePosixPath(name).parts
        if not parts or name.startswith(("/", ".")) or "\\" in name or ".." in parts:
            raise Defect("defect.file_name", name=name)
        if name in self.files:
            raise Defect("defect.file_twice", name=name)
        target = self.path.joinpath(*parts)
        if len(parts) > 1:
            target.parent.mkdir(parents=True, exist_ok=True)
        stream = open(target, "xb")  # noqa: SIM115  # open until it is on the disk
        self._waiting.append(stream)
        yield stream
        stream.flush()
        with open(target, "rb") as written:
            digest = hashlib.file_digest(written, "sha256").hexdigest()
        self.files[name] = FolderFile(target.stat().st_size, digest)
        if len(self._waiting) == _MOST_WAITING:
            self.sync()

    def sync(self) -> None:
        """Force to the disk what was written. Raises `OSError`.

        Many files at a time: for the disk it is hardly more work than one of them.
        """
        descriptors = [stream.fileno() for stream in self._waiting]
        if len(descriptors) < _SYNCED_TOGETHER:
            for descriptor in descriptors:
                os.fsync(descriptor)
        else:
            with ThreadPoolExecutor(_SYNCED_TOGETHER) as pool:
                list(pool.map(os.fsync, descriptors))
        self.close()

    def close(self) -> None:
        """Let go of what was written, wherever it is."""
        while self._waiting:
            with suppress(OSError):  # what a full disk does not take, it is told of before
                self._waiting.pop().close()


@contextmanager
def atomic_folder(path: Path) -> Iterator[NewFolder]:
    """A folder whose files are at `path` when the block ends without an error.

    Raises `UserError` for what the operating system refuses, ``export.file_in_the_way`` where
    there is a file, and ``export.no_folder`` where no folder can be; then, and after any error in
    the block, all is as it was before.
    """
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_dir():
        raise UserError("export.file_in_the_way", path=str(path))
    with ExitStack() as stack:
        stack.enter_context(_parents(target.parent))
        is_new = not target.exists()
        try:
            place = target.with_name(f".~{target.name[:_NAME_LENGTH]}") if is_new else target / ".~"
            folder = stack.enter_context(_temporary(place))
            stack.callback(folder.close)
            yield folder
            folder.sync()
            if is_new:
                _rename(folder, target)
            else:
                _Replacing(folder, target).run()
        except OSError as error:
            raise file_error(error, path) from error


@contextmanager
def _parents(folder: Path) -> Iterator[None]:
    """Make the folders that are missing above; those that are empty at the end go again."""
    made: list[Path] = []
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    try:
        for one in reversed(missing):
            one.mkdir()
            made.append(one)
        if not folder.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))
    except OSError as error:
        _remove_empty(made)
        raise UserError("export.no_folder", path=str(folder)) from error
    try:
        yield
    finally:
        _remove_empty(made)


def _remove_empty(folders: Iterable[Path]) -> None:
    for folder in reversed(list(folders)):
        with suppress(OSError):
            folder.rmdir()


@contextmanager
def _temporary(stem: Path) -> Iterator[NewFolder]:
    """A temporary folder that nobody else writes; what crashes have left of it goes."""
    names = [stem.with_name(f"{stem.name}.tmp")]
    names += [stem.with_name(f"{stem.name}.{n}.tmp") for n in range(2, _TEMPORARY_NAMES + 1)]
    for name in names:
        _remove_abandoned(name)
    path = _first_free(names)
    with ExitStack() as claim:
        folder = NewFolder(path, claim)
        try:
            descriptor = os.open(path / _CLAIM, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
            claim.enter_context(claimed(descriptor))
            claim.callback(os.close, descriptor)
            yield folder
        finally:
            claim.close()
            if not folder.stays:
                shutil.rmtree(path, ignore_errors=True)


def _first_free(names: list[Path]) -> Path:
    for name in names:
        with suppress(FileExistsError):
            name.mkdir()
            return name
    raise UserError("file.temporary_left", path=str(names[0]))


def _remove_abandoned(folder: Path) -> None:
    claim = folder / _CLAIM
    if not claim.is_file():
        return
    remove_if_abandoned(claim)
    if not claim.exists():
        shutil.rmtree(folder, ignore_errors=True)


def _rename(folder: NewFolder, target: Path) -> None:
    folder.claim.close()
    (folder.path / _CLAIM).unlink()
    _sync_folders(folder.path, folder.files)
    os.rename(folder.path, target)
    sync_folder(target.parent)


class _Replacing:
    """Puts the new files into a folder that exists, or all the old ones back."""

    def __init__(self, folder: NewFolder, target: Path) -> None:
        self._folder = folder
        self._target = target
        self._kept: dict[Path, Path | None] = {}
        self._made: list[Path] = []

    def run(self) -> None:
        """Replace one file after the other."""
        names = {name: Path(os.path.realpath(self._target / name)) for name in self._folder.files}
        gone = [self._target / name for name in sorted(self._folder.gone - names.keys())]
        for path in names.values():
            refuse_unwritable(path)
        try:
            for name, path in names.items():
                self._make_parents(path.parent)
                self._keep(path)
                keep_permissions(path, self._folder.path / name)
                os.replace(self._folder.path / name, path)
            for path in gone:
                if path.is_file() or path.is_symlink():
                    self._keep(path)
                    path.unlink()
        except BaseException:
            self._take_back()
            raise
        _sync_folders(self._target, self._folder.files)

    def _make_parents(self, folder: Path) -> None:
        missing = [one for one in (folder, *folder.parents) if not one.exists()]
        for one in reversed(missing):
            one.mkdir()
            self._made.append(one)

    def _keep(self, path: Path) -> None:
        """Hold the old content under a second name, or as a copy where there are no links."""
        kept = self._folder.path / _KEPT / str(len(self._kept))
        if not path.exists():
            self._kept[path] = None
            return
        kept.parent.mkdir(exist_ok=True)
        try:
            os.link(path, kept)
        except OSError:
            shutil.copy2(path, kept)
        self._kept[path] = kept

    def _take_back(self) -> None:
        for path, kept in self._kept.items():
            try:
                if kept is not None:
                    os.replace(kept, path)
                else:
                    path.unlink(missing_ok=True)
            except OSError:  # the disk fails for good: what was there is in the temporary folder
                self._folder.stays = True
        _remove_empty(self._made)


def _sync_folders(folder: Path, names: Mapping[str, object]) -> None:
    inner = {folder.joinpath(*PurePosixPath(name).parts).parent for name in names}
    for one in sorted(inner | {folder}, reverse=True):
        sync_folder(one)

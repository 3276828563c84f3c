"""Files out of a ZIP archive of somebody else: read into memory, never unpacked onto a disk.

An archive that breaks one rule is refused as a whole: names that leave the folder, links and
devices, archives inside that nobody wants, encryption, entries that share their bytes or have one
name, and sizes or ratios of a bomb.
"""

from __future__ import annotations

import re
import stat
import zlib
from collections.abc import Callable, Collection
from io import BytesIO
from typing import TYPE_CHECKING

from annotator.foundation.errors import UserError

if TYPE_CHECKING:
    import zipfile

MAX_RATIO = 200
MAX_ENTRIES = 10_000
_ARCHIVE = re.compile(r"\.(zip|gz|bz2|xz|7z|rar|tar|jar)$", re.IGNORECASE)
_ENCRYPTED = 0x1
_PACKED = (0, 8)
"""Stored and deflated; of other ways nothing bounds the memory that unpacking takes."""
_PROJECT = "exportedproject"
"""How the file begins that lies in the export of a whole project of INCEpTION or WebAnno."""


def _read_errors() -> tuple[type[Exception], ...]:
    """What reading a damaged archive may raise."""
    import zipfile

    return (
        zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError,
        ValueError,
    )  # fmt: skip


def is_zip(data: bytes) -> bool:
    """Whether bytes begin as an archive does."""
    return data[:4] in (b"PK\x03\x04", b"PK\x05\x06")


class ZipFiles:
    """The files of an archive by name; `limit` is the number of bytes of all of them.

    `wanted` says of which names there are to be files: others are passed over, and so is what a
    Mac adds to a folder. Archives are refused, but for those that are wanted; in the export of a
    whole project they are passed over as well, and what is not wanted has any size there.
    """

    def __init__(
        self,
        data: bytes,
        name: str,
        limit: int,
        *,
        wanted: Callable[[str], bool] = lambda name: _ARCHIVE.search(name) is None,
    ) -> None:
        """Raises `UserError` for an archive that breaks a rule, or is none."""
        import zipfile  # seldom used, and slow to load

        self._name = name
        try:
            self._archive = zipfile.ZipFile(BytesIO(data))
            entries = self._archive.infolist()
        except _read_errors() as error:
            raise self._refused("damaged") from error
        self.is_project = any(map(_is_project, (entry.filename for entry in entries)))
        self._refuse_entries(entries, wanted)
        self._entries = {
            one.filename: one
            for one in entries
            if not one.is_dir() and not _is_of_mac(one) and wanted(one.filename)
        }
        self._refuse_sizes(self._entries.values() if self.is_project else entries, limit)

    @property
    def size(self) -> int:
        """The bytes of all files."""
        return sum(one.file_size for one in self._entries.values())

    @property
    def names(self) -> tuple[str, ...]:
        """The names of files, in order."""
        return tuple(sorted(self._entries))

    def read(self, name: str) -> bytes:
        """The bytes of a file. Raises `UserError` where they are damaged or not as many as told."""
        entry = self._entries[name]
        try:
            with self._archive.open(entry) as stream:
                data = stream.read(entry.file_size + 1)
        except _read_errors() as error:
            raise self._refused("damaged") from error
        if len(data) != entry.file_size:
            raise self._refused("damaged")
        return data

    def _refuse_entries(
        self, entries: list[zipfile.ZipInfo], wanted: Callable[[str], bool]
    ) -> None:
        names = {entry.filename.lower() for entry in entries}
        offsets = {entry.header_offset for entry in entries}
        if len(entries) > MAX_ENTRIES:
            raise self._refused("size")
        if len(names) < len(entries) or len(offsets) < len(entries):
            raise self._refused("twice")
        for entry in entries:
            if _leaves_folder(entry):
                raise self._refused("name")
            is_archive = _ARCHIVE.search(entry.filename) and not wanted(entry.filename)
            if not _is_plain(entry) or (is_archive and not self.is_project):
                raise self._refused("kind")

    def _refuse_sizes(self, entries: Collection[zipfile.ZipInfo], limit: int) -> None:
        is_bomb = any(one.file_size > MAX_RATIO * max(one.compress_size, 1) for one in entries)
        if is_bomb or sum(one.file_size for one in entries) > limit:
            raise self._refused("size")

    def _refused(self, reason: str) -> UserError:
        return UserError(f"formats.zip_{reason}", name=self._name)


def _leaves_folder(entry: zipfile.ZipInfo) -> bool:
    # The library changes what it finds in a name, so the name as it was counts as well.
    for name in (entry.filename, entry.orig_filename):
        parts = re.split(r"[/\\]", name)
        if ".." in parts or parts[0] == "" or ":" in name or "\0" in name or "\\" in name:
            return True
    return False


def _is_plain(entry: zipfile.ZipInfo) -> bool:
    kind = stat.S_IFMT(entry.external_attr >> 16)
    is_packed_safely = entry.compress_type in _PACKED
    is_file = kind in (0, stat.S_IFREG, stat.S_IFDIR)
    return is_file and is_packed_safely and not entry.flag_bits & _ENCRYPTED


def _is_project(name: str) -> bool:
    file = name.rpartition("/")[2].lower()
    return file.startswith(_PROJECT) and file.endswith(".json")


def _is_of_mac(entry: zipfile.ZipInfo) -> bool:
    *folders, name = entry.filename.split("/")
    return "__MACOSX" in folders or name.startswith("._")

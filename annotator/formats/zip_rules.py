"""Files out of a ZIP archive of somebody else: read into memory, never unpacked onto a disk.

An archive that breaks one rule is refused as a whole: names that leave the folder, links and
devices, archives inside that nobody wants, encryption, entries that share their bytes or have one
name, and sizes or ratios of a bomb.
"""

from __future__ import annotations

import re
import stat
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING

from annotator.foundation.errors import UserError

if TYPE_CHECKING:
    import zipfile

MAX_RATIO = 200
MAX_ENTRIES = 10_000
_ARCHIVE = re.compile(r"\.(zip|gz|bz2|xz|7z|rar|tar|jar)$", re.IGNORECASE)
_ENCRYPTED = 0x1
_PROJECT = "exportedproject.json"
"""What lies in the export of a whole project of INCEpTION, which is an archive of archives."""


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

    Archives in it are refused, but for those of which `inner` says that they are wanted. In the
    export of a whole project others are passed over, and so is what a Mac adds to a folder.
    """

    def __init__(
        self,
        data: bytes,
        name: str,
        limit: int,
        *,
        inner: Callable[[str], bool] = lambda name: False,
    ) -> None:
        """Raises `UserError` for an archive that breaks a rule, or is none."""
        import zipfile  # seldom used, and slow to load

        self._name = name
        self._inner = inner
        try:
            self._archive = zipfile.ZipFile(BytesIO(data))
            entries = self._archive.infolist()
        except _read_errors() as error:
            raise self._refused("damaged") from error
        self._refuse_entries(entries, limit)
        self._entries = {
            one.filename: one
            for one in entries
            if not one.is_dir() and not _is_of_mac(one) and self._is_file(one)
        }
        self.size = sum(one.file_size for one in entries)

    def _is_file(self, entry: zipfile.ZipInfo) -> bool:
        """Whether it is no archive, or one that is wanted."""
        return not _ARCHIVE.search(entry.filename) or self._inner(entry.filename)

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

    def _refuse_entries(self, entries: list[zipfile.ZipInfo], limit: int) -> None:
        names = {entry.filename.lower() for entry in entries}
        offsets = {entry.header_offset for entry in entries}
        if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > limit:
            raise self._refused("size")
        if len(names) < len(entries) or len(offsets) < len(entries):
            raise self._refused("twice")
        for entry in entries:
            if _leaves_folder(entry):
                raise self._refused("name")
            is_fit = _PROJECT in names or self._is_file(entry)
            if not _is_plain(entry) or not is_fit:
                raise self._refused("kind")
            if entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
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
    return kind in (0, stat.S_IFREG, stat.S_IFDIR) and not entry.flag_bits & _ENCRYPTED


def _is_of_mac(entry: zipfile.ZipInfo) -> bool:
    *folders, name = entry.filename.split("/")
    return "__MACOSX" in folders or name.startswith("._")

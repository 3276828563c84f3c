"""The portable archive: the bundle in one folder, for distributions without Debian packages."""

from __future__ import annotations

import platform
import tarfile
from pathlib import Path

from release.work import NAME, Work

PRESET = "-4"
"""Of xz: a little larger than the best, in half of the time and a fraction of the memory."""

THREADS = "-T2"
"""Always as many, since what comes out depends on whether there is more than one."""


def make_archive(work: Work, bundle: Path) -> Path:
    """Pack the bundle as ``nishan-VERSION-linux-x86_64.tar.xz``; always the same bytes."""
    folder = f"{NAME}-{work.version}"
    plain = work.packages / f"{folder}-linux-{platform.machine()}.tar"
    with tarfile.open(plain, mode="w", format=tarfile.GNU_FORMAT) as archive:
        for path in (bundle, *sorted(bundle.rglob("*"))):
            name = Path(folder, path.relative_to(bundle)).as_posix()
            archive.add(path, name, recursive=False, filter=lambda one: _anonymous(one, work))
    work.run(("xz", THREADS, PRESET, plain), "The archive cannot be packed")
    return plain.with_name(f"{plain.name}.xz")


def _anonymous(entry: tarfile.TarInfo, work: Work) -> tarfile.TarInfo:
    """The entry of a file as root's, of the moment of the commit."""
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = "root"
    entry.mtime = work.source_date
    return entry

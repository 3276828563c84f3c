"""Linux: a Debian package, and a portable archive for every other distribution."""

from __future__ import annotations

import os
from pathlib import Path

from release.bill import NAME as BILL, copy_bill, write_bill
from release.checks import self_test
from release.freeze import freeze
from release.frozen_parts import frozen_parts
from release.licences import write_licences
from release.linux_archive import make_archive
from release.linux_libraries import library_parts
from release.linux_package import make_package
from release.linux_root import check_archive, check_package
from release.work import PROGRAM, Stopped, Work, say

QT_FOLDER = "_internal/PySide6/Qt"
LARGEST = 10
COMPRESSED_LIMIT = 90_000_000
"""Bytes that a package may have."""


def build(work: Work) -> tuple[Path, ...]:
    """Freeze the program, let it test itself, and pack it. Raises `Stopped`."""
    bundle = freeze(work)
    _describe(work, bundle)
    _tell_sizes(bundle)
    _date(work, bundle)
    bill = copy_bill(work, bundle / BILL)
    packages = (make_package(work, bundle), make_archive(work, bundle))
    large = [path.name for path in packages if path.stat().st_size > COMPRESSED_LIMIT]
    if large:
        raise Stopped(f"Larger than {COMPRESSED_LIMIT / 1e6:.0f} MB: {', '.join(large)}.")
    return (*packages, bill)


def check(work: Work, packages: tuple[Path, ...]) -> None:
    """Use the package in a bare Debian and the archive here. Raises `Stopped`."""
    package, archive, _ = packages
    check_archive(work, archive)
    check_package(work, package)


def _describe(work: Work, bundle: Path) -> None:
    """Put licences and bill of materials into the bundle, after it has shown that it works."""
    versions = self_test(work, [bundle / PROGRAM], "of the frozen program")
    told = ", ".join(f"{name} {version}" for name, version in versions.items())
    say(f"  the frozen program works: {told}")
    parts = (*frozen_parts(work, bundle, versions), *library_parts(bundle / "_internal"))
    write_licences(work, bundle, parts, qt=QT_FOLDER)
    write_bill(work, parts, bundle / BILL)


def _tell_sizes(bundle: Path) -> None:
    files = [path for path in bundle.rglob("*") if path.is_file() and not path.is_symlink()]
    sizes = sorted(((path.stat().st_size, path.name) for path in files), reverse=True)
    largest = ", ".join(f"{name} {size / 1e6:.1f}" for size, name in sizes[:LARGEST])
    say(f"  the bundle has {sum(size for size, _ in sizes) / 1e6:.0f} MB; largest: {largest}")


def _date(work: Work, bundle: Path) -> None:
    """Date everything to the commit, and let everybody read it."""
    for path in (bundle, *bundle.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
        os.utime(path, (work.source_date, work.source_date), follow_symlinks=False)

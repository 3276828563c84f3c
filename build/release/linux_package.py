"""The Debian package: the bundle, and what makes it a program of the desktop."""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

from release.linux_libraries import depends, recommends
from release.work import NAME, PROGRAM, Work, say

HOME = Path("usr/lib") / NAME
METAINFO = "org.nishan.Nishan.metainfo.xml"

CONTROL = """\
Package: {name}
Version: {version}
Architecture: {architecture}
Maintainer: Nîşan <nishan@localhost>
Section: science
Priority: optional
Installed-Size: {kilobytes}
Depends: {depends}
Recommends: {recommends}
Description: annotation of Central Kurdish texts with the keyboard
 Nîşan marks entities, events and quotes in Central Kurdish (Sorani) news,
 from right to left, and exports gold for the training of other programs.
 It works without a network and brings its own Python and Qt.
"""

COPYRIGHT = """\
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: Nîşan

Files: *
Copyright: the authors of Nîşan
License: Apache-2.0
 The text of the licence is in /usr/share/common-licenses/Apache-2.0.
Comment: What comes with the program, Qt under the LGPL-3 among it, is listed with its
 licences in /{home}/licences; /{home}/sbom.cdx.json is the bill of materials.
"""


def make_package(work: Work, bundle: Path) -> Path:
    """Make ``nishan_VERSION_amd64.deb``. Raises `Stopped` where something of it is not valid."""
    root = work.empty_folder("deb")
    shutil.copytree(bundle, root / HOME, symlinks=True)
    _link(root / "usr/bin" / PROGRAM, Path("../lib") / NAME / PROGRAM)
    _desktop_files(work, root / "usr/share")
    _validate(work, root / "usr/share")
    _control(work, root)
    _date(work, root)
    architecture = work.run(("dpkg", "--print-architecture"), "dpkg is needed").strip()
    target = work.packages / f"{NAME}_{work.version}_{architecture}.deb"
    command = ("dpkg-deb", "--root-owner-group", "-Zxz", "-z4", "--build", root, target)
    work.run(command, "The Debian package cannot be made")
    return target


def _link(path: Path, target: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(target)


def _desktop_files(work: Work, share: Path) -> None:
    sources = work.source("linux")
    date = datetime.fromtimestamp(work.source_date, UTC).date().isoformat()
    metainfo = (sources / "nishan.metainfo.xml").read_text(encoding="utf-8")
    texts = {
        f"applications/{NAME}.desktop": (sources / "nishan.desktop").read_text(encoding="utf-8"),
        f"mime/packages/{NAME}.xml": (sources / "nishan.mime.xml").read_text(encoding="utf-8"),
        f"metainfo/{METAINFO}": metainfo.replace("@VERSION@", work.version).replace("@DATE@", date),
        f"doc/{NAME}/copyright": COPYRIGHT.format(home=HOME.as_posix()),
        f"icons/hicolor/scalable/apps/{NAME}.svg": (
            work.checkout / "resources" / "icons" / "nishan.svg"
        ).read_text(encoding="utf-8"),
    }
    for name, text in texts.items():
        path = share / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    changes = (work.checkout / "CHANGELOG.md").read_bytes()
    (share / "doc" / NAME / "changelog.gz").write_bytes(gzip.compress(changes, 9, mtime=0))


def _validate(work: Work, share: Path) -> None:
    """Ask the tools of the desktop whether they understand what they are given."""
    checks = (
        ("desktop-file-validate", share / f"applications/{NAME}.desktop"),
        ("appstreamcli", "validate", "--no-net", share / "metainfo" / METAINFO),
    )
    for command in checks:
        if shutil.which(command[0]) is None:
            say(f"  not checked, for want of {command[0]}: {Path(command[-1]).name}")
            continue
        work.run(command, "A file for the desktop is not valid")


def _control(work: Work, root: Path) -> None:
    files = sorted(path for path in root.rglob("*") if path.is_file() and not path.is_symlink())
    kilobytes = sum(path.stat().st_size for path in files) // 1024
    folder = root / "DEBIAN"
    folder.mkdir()
    text = control_text(
        version=work.version,
        architecture=work.run(("dpkg", "--print-architecture"), "dpkg is needed").strip(),
        kilobytes=kilobytes,
        depends=depends(root / HOME),
        recommends=recommends(),
    )
    (folder / "control").write_text(text, encoding="utf-8")
    sums = (f"{_md5(path)}  {path.relative_to(root).as_posix()}\n" for path in files)
    (folder / "md5sums").write_text("".join(sums), encoding="utf-8")


def control_text(
    *, version: str, architecture: str, kilobytes: int, depends: str, recommends: str
) -> str:
    """The control file of the package."""
    return CONTROL.format(
        name=NAME,
        version=version,
        architecture=architecture,
        kilobytes=kilobytes,
        depends=depends,
        recommends=recommends,
    )


def _md5(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()


def _date(work: Work, root: Path) -> None:
    for path in (root, *root.rglob("*")):
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o755)
        os.utime(path, (work.source_date, work.source_date), follow_symlinks=False)

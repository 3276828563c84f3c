"""What a frozen bundle is made of: the packages, and what PyInstaller and Qt bring along."""

from __future__ import annotations

import re
import sys
import sysconfig
from collections.abc import Mapping
from pathlib import Path

from release.parts import Part, common_parts, font_parts, package_parts
from release.work import Stopped, Work

_ICU = re.compile(r"libicudata\.(?:so\.)?(\d+)")


def frozen_parts(work: Work, bundle: Path, versions: Mapping[str, str]) -> tuple[Part, ...]:
    """The parts of a bundle by the environment that it was frozen from. Raises `Stopped`.

    `versions` are those that the finished program told of itself.
    """
    site = Path(sysconfig.get_path("purelib"))
    lock = (work.checkout / "requirements.lock").read_text(encoding="utf-8")
    return (
        *package_parts(site, lock),
        *font_parts(work.checkout / "resources" / "fonts"),
        *common_parts(versions, python_licence=_python_licence()),
        bootloader_part(site),
        *icu_parts(work, bundle),
    )


def bootloader_part(site: Path) -> Part:
    """The program that starts Python in a bundle; its makers let it go with any other."""
    for folder in site.glob("pyinstaller-*.dist-info"):
        version = folder.name.removesuffix(".dist-info").partition("-")[2]
        return Part(
            name="PyInstaller bootloader",
            version=version,
            licence="GPL-2.0-or-later WITH Bootloader-exception",
            address=f"pkg:pypi/pyinstaller@{version}",
            text=next(folder.rglob("COPYING.txt")).read_text(encoding="utf-8"),
        )
    raise Stopped("PyInstaller is not in this environment.")


def icu_parts(work: Work, bundle: Path) -> tuple[Part, ...]:
    """The library of Unicode that Qt loads, where it is a file of its own, as on Linux."""
    found = sorted(
        {match[1] for path in bundle.rglob("libicudata.*") if (match := _ICU.match(path.name))}
    )
    text = work.source("licences", "ICU-73.txt").read_text(encoding="utf-8")
    return tuple(
        Part(
            name="ICU",
            version=version,
            licence="Unicode-DFS-2016",
            address=f"pkg:generic/icu@{version}",
            text=text,
        )
        for version in found
    )


def _python_licence() -> str:
    """The licence of the Python that was frozen, which lies where its modules lie."""
    series = "python{}.{}".format(*sys.version_info[:2])
    places = (
        Path(sysconfig.get_path("stdlib")) / "LICENSE.txt",
        Path("/usr/share/doc") / series / "copyright",
    )
    for place in places:
        if place.is_file():
            return place.read_text(encoding="utf-8")
    raise Stopped("The licence of Python is not at hand.")

"""Libraries of the system: those in the bundle, and those that the bundle expects."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable
from pathlib import Path

from debian_packages import NEWER_NAMES, OFFSCREEN, missing_from_ldd

from release.parts import Part

_OF_WHEELS = ("libQt6", "libicu", "libpyside6", "libshiboken6", "libpython3")
"""What packages of Python bring, not the system."""

BESIDE = ("libc6", "libfreetype6", "libgcc-s1", "libstdc++6", "libx11-6", "libx11-xcb1", "libxcb1",
          "zlib1g")  # fmt: skip
RECOMMENDED = ("libcups2", "libwayland-cursor0", "libwayland-egl1", "shared-mime-info", "xkb-data")
_ONLY_RECOMMENDED = ("libcups.so", "libwayland-")
_NEWER = {**NEWER_NAMES, "libcups2": "libcups2t64"}
_GLIBC = re.compile(r"\bGLIBC_(\d+)\.(\d+)\b")


def library_parts(folder: Path) -> tuple[Part, ...]:
    """The libraries of Debian in a bundle, with the version and the licence of their package."""
    names = sorted(
        path.name
        for path in folder.glob("lib*.so*")
        if not path.is_symlink() and not path.name.startswith(_OF_WHEELS)
    )
    packages: dict[str, list[str]] = {}
    for name in names:
        packages.setdefault(_package_of(name) or name, []).append(name)
    return tuple(_part(package, held) for package, held in packages.items())


def _part(package: str, names: Iterable[str]) -> Part:
    version = _asked("dpkg-query", "-W", "-f=${Version}", package).strip()
    copyright_file = Path("/usr/share/doc") / package / "copyright"
    text = copyright_file.read_text("utf-8", "replace") if copyright_file.is_file() else ""
    return Part(
        name=package,
        version=version or "unknown",
        licence="see its text",
        is_spdx=False,
        address=f"pkg:deb/debian/{package}@{version}" if version else "",
        text=text or f"{', '.join(names)}: from the computer that this bundle was made on.",
    )


def _package_of(library: str) -> str:
    """The package that holds a library, or nothing where no package does."""
    told = _asked("dpkg-query", "-S", f"*/{library}*")
    return told.split(":")[0].split(",")[0].strip()


def _asked(*command: str) -> str:
    try:
        return subprocess.run(command, capture_output=True, text=True).stdout
    except OSError:
        return ""


def depends(bundle: Path) -> str:
    """What the Debian package depends on, by the names of older and newer releases."""
    libraries = [name for name in (*OFFSCREEN, *BESIDE) if name not in ("libxkbcommon0", "libc6")]
    major, minor = newest_glibc(bundle)
    return ", ".join([f"libc6 (>= {major}.{minor})", *map(either, sorted(libraries))])


def recommends() -> str:
    """What printing and Wayland need besides."""
    return ", ".join(map(either, RECOMMENDED))


def unmet(told: str) -> tuple[str, ...]:
    """The libraries that ``ldd`` does not find in an installed bundle, and that nobody recommends.

    A self-test draws where nobody sees it, and so asks for none of those of the screen.
    """
    missing = sorted(missing_from_ldd(told))
    return tuple(name for name in missing if not name.startswith(_ONLY_RECOMMENDED))


def either(package: str) -> str:
    """A package by the name of newer releases, or else by that of older ones."""
    newer = _NEWER.get(package)
    return f"{newer} | {package}" if newer else package


def newest_glibc(bundle: Path) -> tuple[int, int]:
    """The oldest version of the C library that has everything the bundle calls."""
    files = [path for path in bundle.rglob("*") if path.is_file() and not path.is_symlink()]
    binaries = [path for path in files if _is_elf(path)]
    told = _asked("readelf", "-W", "-V", *map(str, binaries))
    return max(((int(a), int(b)) for a, b in _GLIBC.findall(told)), default=(2, 34))


def _is_elf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"

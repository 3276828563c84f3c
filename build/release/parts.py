"""What a bundle is made of, with versions and licences read from the things themselves."""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.message import Message
from email.parser import HeaderParser
from pathlib import Path

from release.trim import WITHOUT
from release.work import Stopped

_PIN = re.compile(r"^([a-z0-9._-]+)==(\S+)", re.MULTILINE)
_LICENCE_FILE = re.compile(r"(licen[cs]e|copying|notice)", re.IGNORECASE)
_CLASSIFIER = "License :: OSI Approved :: "
_SHORT = 60
_WINDOWS_ENGLISH, _FAMILY, _FONT_VERSION = 3, 1, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One thing in a bundle: a package, a library, a font, the program itself.

    `licence` is an SPDX expression where `is_spdx`, else what the thing says. `address` is a
    package URL. `holds` are parts that were compiled into it.
    """

    name: str
    version: str
    licence: str = ""
    is_spdx: bool = True
    kind: str = "library"
    address: str = ""
    text: str = ""
    holds: tuple[Part, ...] = ()


def package_parts(site: Path, lock: str) -> tuple[Part, ...]:
    """The Python packages of a bundle: those of the lock that are installed in `site`.

    Raises `Stopped` where a package of the lock is of another version there.
    """
    pins = dict(_PIN.findall(lock))
    found = {}
    for folder in sorted(site.glob("*.dist-info")):
        part = _package(folder)
        name = re.sub(r"[-_.]+", "-", part.name).lower()
        if name in pins and name not in WITHOUT:
            found[name] = part
    wrong = [name for name, part in found.items() if part.version not in _versions(lock, name)]
    if wrong:
        raise Stopped(f"Not of the version that is locked: {', '.join(wrong)}.")
    return tuple(found.values())


def _versions(lock: str, name: str) -> set[str]:
    return {version for found, version in _PIN.findall(lock) if found == name}


def _package(folder: Path) -> Part:
    told = HeaderParser().parsestr((folder / "METADATA").read_text(encoding="utf-8"))
    expression = told.get("License-Expression")
    name, version = str(told["Name"]), str(told["Version"])
    return Part(
        name=name,
        version=version,
        licence=str(expression) if expression else _stated_licence(told),
        is_spdx=bool(expression),
        address=f"pkg:pypi/{name.lower()}@{version}",
        text="\n\n".join(_texts(folder)),
        holds=tuple(_compiled_in(folder / "sboms")),
    )


def _stated_licence(told: Message) -> str:
    classifiers = told.get_all("Classifier") or ()
    named = [str(one).removeprefix(_CLASSIFIER) for one in classifiers if _CLASSIFIER in str(one)]
    stated = " ".join(str(told.get("License") or "").split())
    return " or ".join(named) or (stated if len(stated) <= _SHORT else stated.split(" Version")[0])


def _texts(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and _LICENCE_FILE.search(path.name):
            yield path.read_text(encoding="utf-8", errors="replace").strip()


def _compiled_in(folder: Path) -> Iterator[Part]:
    """What the makers of a package say of the libraries in it (PEP 770)."""
    for path in sorted(folder.glob("*.json")):
        for component in json.loads(path.read_text(encoding="utf-8")).get("components", ()):
            if component.get("scope") == "excluded":  # it built the library, and is not in it
                continue
            licences = [one.get("expression", "") for one in component.get("licenses", ())]
            yield Part(
                name=component["name"],
                version=component.get("version", ""),
                licence=" AND ".join(filter(None, licences)),
                address=component.get("purl", "").split("?")[0],
            )


def font_parts(folder: Path) -> tuple[Part, ...]:
    """The families of the bundled fonts, with the licence that lies beside them."""
    families = {}
    for path in sorted(folder.glob("*.ttf")):
        names = font_names(path.read_bytes())
        version = names.get(_FONT_VERSION, "").removeprefix("Version ").split(";")[0]
        licence = path.with_name(path.stem.split("-")[0] + "-OFL.txt")
        families[names[_FAMILY]] = Part(
            name=names[_FAMILY],
            version=version,
            licence="OFL-1.1",
            kind="data",
            text=licence.read_text(encoding="utf-8"),
        )
    return tuple(families.values())


def font_names(font: bytes) -> Mapping[int, str]:
    """The table ``name`` of a TrueType font: texts by their number (1 family, 5 version)."""
    (tables,) = struct.unpack_from(">H", font, 4)
    for number in range(tables):
        tag, _, offset, _ = struct.unpack_from(">4sIII", font, 12 + 16 * number)
        if tag == b"name":
            return dict(_names_at(font, offset))
    return {}


def _names_at(font: bytes, offset: int) -> Iterator[tuple[int, str]]:
    _, count, strings = struct.unpack_from(">HHH", font, offset)
    for number in range(count):
        record = struct.unpack_from(">HHHHHH", font, offset + 6 + 12 * number)
        platform, _, _, name, length, place = record
        if platform == _WINDOWS_ENGLISH:
            start = offset + strings + place
            yield name, font[start : start + length].decode("utf-16-be")


def common_parts(versions: Mapping[str, str], *, python_licence: str) -> tuple[Part, ...]:
    """Python, Qt and SQLite, by the versions that the finished program told of itself."""
    python = versions["python"].split()[0]
    sqlite = versions["sqlite"].split()[0]
    qt = versions["qt"]
    return (
        Part(
            name="Python",
            version=python,
            licence="PSF-2.0",
            address=f"pkg:generic/python@{python}",
            text=python_licence,
        ),
        Part(
            name="Qt",
            version=qt,
            licence="LGPL-3.0-only",
            kind="framework",
            address=f"pkg:generic/qt@{qt}",
        ),
        Part(
            name="SQLite",
            version=sqlite,
            licence="blessing",
            address=f"pkg:generic/sqlite@{sqlite}",
            text="SQLite is in the public domain.",
        ),
    )

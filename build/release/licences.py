"""The licences of what is in a bundle, as texts for people in a folder of the bundle."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from release.parts import Part
from release.work import Stopped, Work

FOLDER = "licences"

_HEAD = """\
Nîşan {version} is licensed under the Apache License 2.0; see Nishan.txt.

In this folder are the licences of what comes with it, one file for each part. Parts that were
compiled into another one are listed under it.

Qt and Qt for Python are used under the GNU Lesser General Public License, version 3 (LGPL-3.0.txt,
which adds to GPL-3.0.txt). Their libraries are files of their own, in {qt}: you may replace them
by others that fit, made by you. Their source code is offered by The Qt Company with the versions
named below. What Qt itself contains is listed in its documentation under "Licenses Used in Qt".

"""


def write_licences(work: Work, bundle: Path, parts: Iterable[Part], *, qt: str) -> Path:
    """Write the folder of licences; `qt` says where in the bundle Qt lies.

    Raises `Stopped` where the licence of a part is not at hand.
    """
    folder = bundle / FOLDER
    folder.mkdir(exist_ok=True)
    _write(folder / "Nishan.txt", (work.checkout / "LICENSE").read_text(encoding="utf-8"))
    texts = {path.stem: path for path in sorted(work.source("licences").glob("*.txt"))}
    for stem in ("LGPL-3.0", "GPL-3.0"):
        _write(folder / f"{stem}.txt", texts[stem].read_text(encoding="utf-8"))
    lines = [_HEAD.format(version=work.version, qt=qt)]
    for part in sorted(parts, key=lambda part: part.name.lower()):
        file = folder / file_name(part)
        _write(file, part.text or _common_text(work, part))
        lines.append(f"{part.name} {part.version}: {part.licence} ({file.name})\n")
        lines += [f"    {one.name} {one.version}: {one.licence}\n" for one in part.holds]
    _write(folder / "README.txt", "".join(lines))
    return folder


def file_name(part: Part) -> str:
    """The file with the licence of a part; an LGPL part has that of the licence."""
    if "LGPL-3.0" in part.licence and not part.text:
        return "LGPL-3.0.txt"
    return re.sub(r"[^A-Za-z0-9.+-]+", "-", part.name) + ".txt"


def _common_text(work: Work, part: Part) -> str:
    """A licence in its usual words, for a part that comes without a text."""
    for sign, name in (("LGPL-3.0", "LGPL-3.0"), ("Apache", "Apache-2.0"), ("MIT", "MIT")):
        if sign in part.licence:
            path = work.source("licences", f"{name}.txt")
            source = work.checkout / "LICENSE" if name == "Apache-2.0" else path
            return source.read_text(encoding="utf-8").replace("@PART@", part.name)
    raise Stopped(f"The licence of {part.name} ({part.licence or 'unknown'}) is not at hand.")


def _write(path: Path, text: str) -> None:
    path.write_text(text.rstrip() + "\n", encoding="utf-8", newline="\n")

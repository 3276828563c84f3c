"""What Windows users download: an installer, and an archive that runs from where it lies."""

from __future__ import annotations

import sys
import time
import zipfile
from pathlib import Path

from release.icons import installer_picture
from release.windows_launcher import four_numbers
from release.windows_signing import Signature, sign
from release.work import NAME, Work

PORTABLE_MARK = "portable.txt"
_MARK_TEXT = (
    "Nîşan keeps its settings beside this file as long as it is here.\r\n"
    "نیشان ڕێکخستنەکانی لە تەنیشت ئەم پەڕگەیە هەڵدەگرێت، تا لێرە بێت.\r\n"
)
_FIRST_YEAR = 1980  # archives know no earlier one


def make_installer(work: Work, bundle: Path, icon: Path, signature: Signature | None) -> Path:
    """The installer of the bundle, with a picture of its own. Raises `Stopped`."""
    target = work.packages / f"{NAME}-{work.version}-{work.system}-setup.exe"
    files = work.folder("installer") / "files.nsh"
    files.write_text(file_list(bundle), encoding="utf-8-sig")
    defined = {
        "VERSION": work.version,
        "NUMBERS": four_numbers(work.version),
        "FILES": str(files),
        "ICON": str(icon),
        "PICTURE": str(installer_picture(work)),
        "OUT": str(target),
    }
    if signature is not None:
        defined["SIGN"] = f'"{sys.executable}" -m release.windows_signing'
    words = [f"-D{name}={value}" for name, value in defined.items()]
    work.run(
        ("makensis", "-V2", "-WX", "-INPUTCHARSET", "UTF8", *words, "nishan.nsi"),
        "The installer cannot be made",
        folder=work.source("windows"),
        environment={"PYTHONPATH": str(work.source())},
    )
    sign(work, target, signature)
    return target


def file_list(bundle: Path) -> str:
    """What the installer installs, as its script says it, in order of name.

    Left to itself the compiler takes files in the order of the disk, another on each.
    """
    lines = []
    for folder in (bundle, *sorted(path for path in bundle.rglob("*") if path.is_dir())):
        files = sorted(path for path in folder.iterdir() if path.is_file())
        home = "\\".join(("$INSTDIR", *folder.relative_to(bundle).parts))
        if files:
            lines += [f'SetOutPath "{home}"', *(f'File "{path}"' for path in files)]
    return "\n".join((*lines, ""))


def make_portable(work: Work, bundle: Path) -> Path:
    """The archive of the bundle that keeps its settings to itself."""
    target = work.packages / f"{NAME}-{work.version}-{work.system}-portable.zip"
    top = f"Nishan-{work.version}"
    files = {path.relative_to(bundle).as_posix(): path for path in bundle.rglob("*")}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, path in sorted(files.items()):
            if path.is_file():
                archive.writestr(_entry(f"{top}/{name}", work.source_date), path.read_bytes())
        mark = _entry(f"{top}/{PORTABLE_MARK}", work.source_date)
        archive.writestr(mark, _MARK_TEXT.encode("utf-8-sig"))
    return target


def _entry(name: str, date: int) -> zipfile.ZipInfo:
    told = time.gmtime(date)
    entry = zipfile.ZipInfo(name, (max(told.tm_year, _FIRST_YEAR), *told[1:6]))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 0  # as from Windows, whatever system this runs on
    entry.external_attr = 0
    return entry

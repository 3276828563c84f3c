"""What the Windows bundle is made of, told with licences in the bundle itself."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from release import windows_python
from release.bill import NAME as BILL, write_bill
from release.freeze import INTERNAL
from release.frozen_parts import bootloader_part
from release.licences import FOLDER, write_licences
from release.parts import Part, common_parts, font_parts, package_parts
from release.portable_executable import file_version
from release.windows_bundle import APP, PYTHON, SITE
from release.work import Work

_RUNTIME = "vcruntime140.dll"
_RUNTIME_TEXT = """\
This is Microsoft's distributable code. It came with Python and with Qt for Python; its conditions
stand in Python.txt under "Additional Conditions for this Windows binary build".
"""
_FOLDER_OF = re.compile(r"([A-Za-z0-9_.]+)-([^-]+)\.dist-info")


def describe(work: Work, bundle: Path) -> None:
    """Put licences and bill of materials into the bundle. Raises `Stopped`.

    What packages say of themselves is read from what came with them, which then goes but for the
    page that tells their versions.
    """
    lock = (work.checkout / "requirements.lock").read_text(encoding="utf-8")
    licence = (bundle / PYTHON / "LICENSE.txt").read_text(encoding="utf-8")
    ours = work.source("windows", "mingw-w64-licence.txt").read_text(encoding="utf-8")
    parts = (
        *package_parts(bundle / SITE, lock),
        *font_parts(bundle / APP / "resources" / "fonts"),
        *common_parts(versions_in(bundle / SITE), python_licence=licence),
        runtime_part(bundle / PYTHON),
        Part(name="mingw-w64 runtime", version="", licence="ZPL-2.1", text=ours),
    )
    write_licences(work, bundle, parts, qt=f"{SITE}/PySide6")
    write_bill(work, parts, bundle / FOLDER / BILL)
    for folder in (bundle / SITE).glob("*.dist-info"):
        for path in folder.iterdir():
            if path.is_dir():
                shutil.rmtree(path)
            elif path.name != "METADATA":
                path.unlink()


def describe_frozen(work: Work, bundle: Path, *, python: Path, site: Path) -> None:
    """Put licences and bill of materials into the bundle that PyInstaller made.

    `python` and `site` are the folders that it took Python and the packages from. Raises `Stopped`.
    """
    lock = (work.checkout / "requirements.lock").read_text(encoding="utf-8")
    licence = (python / "LICENSE.txt").read_text(encoding="utf-8")
    parts = (
        *package_parts(site, lock),
        *font_parts(work.checkout / "resources" / "fonts"),
        *common_parts(versions_in(site), python_licence=licence),
        runtime_part(python),
        bootloader_part(site),
    )
    folder = write_licences(work, bundle, parts, qt=f"{INTERNAL}/PySide6")
    write_bill(work, parts, folder / BILL)


def versions_in(site: Path) -> dict[str, str]:
    """The versions of Python, Qt and SQLite, by the packages that lie in a folder.

    Qt for Python counts as Qt does, and APSW as SQLite does, with one number more.
    """
    names = (path.name for path in site.glob("*.dist-info"))
    found = {match[1]: match[2] for match in map(_FOLDER_OF.fullmatch, names) if match}
    return {
        "python": windows_python.VERSION,
        "qt": found["pyside6_essentials"],
        "sqlite": found["apsw"].rpartition(".")[0],
    }


def runtime_part(python: Path) -> Part:
    """What Microsoft's compiler adds to Python, by what lies in the folder of Python."""
    return Part(
        name="Microsoft Visual C++ Runtime",
        version=file_version((python / _RUNTIME).read_bytes()),
        licence="LicenseRef-Microsoft-Distributable-Code",
        text=_RUNTIME_TEXT,
    )

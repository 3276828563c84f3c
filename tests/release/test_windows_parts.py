"""The bundle tells what is in it, with licences, and keeps of packages only their versions."""

import json
import re
import shutil

import pytest
from release import windows_python
from release.windows_parts import describe, describe_frozen, versions_in

from tests.architecture.sources import CHECKOUT
from tests.release.room import work_in
from tests.release.windows_programs import program

LOCK = (CHECKOUT / "requirements.lock").read_text(encoding="utf-8")
PINS = dict(re.findall(r"^([a-z0-9-]+)==(\S+)", LOCK, re.MULTILINE))
PACKAGES = {name.replace("-", "_"): PINS[name] for name in ("pyside6-essentials", "apsw", "orjson")}
VERSION = b"\xbd\x04\xef\xfe\0\0\1\0" + b"\x2a\0\x0e\0" + b"\0\0\x26\x89"


@pytest.fixture
def bundle(tmp_path):
    folder = tmp_path / "bundle"
    for name, version in PACKAGES.items():
        info = folder / "site" / f"{name}-{version}.dist-info"
        (info / "licenses").mkdir(parents=True)
        told = f"Metadata-Version: 2.4\nName: {name}\nVersion: {version}\n"
        (info / "METADATA").write_text(f"{told}License-Expression: MIT\n")
        (info / "licenses" / "LICENSE").write_text(f"The licence of {name}.")
        (info / "RECORD").write_text("")
    (folder / "python").mkdir()
    (folder / "python" / "LICENSE.txt").write_text("The licence of Python.")
    (folder / "python" / "vcruntime140.dll").write_bytes(program() + VERSION)
    shutil.copytree(CHECKOUT / "resources" / "fonts", folder / "app" / "resources" / "fonts")
    return folder


def test_versions_are_those_that_lie_there(bundle):
    assert versions_in(bundle / "site") == {
        "python": windows_python.VERSION,
        "qt": PINS["pyside6-essentials"],
        "sqlite": PINS["apsw"].removesuffix(".0"),
    }


def test_licences_and_bill_are_in_the_bundle(tmp_path, bundle):
    describe(work_in(tmp_path), bundle)
    licences = bundle / "licences"
    assert (licences / "Python.txt").read_text() == "The licence of Python.\n"
    assert (licences / "orjson.txt").read_text() == "The licence of orjson.\n"
    assert "Zope Public License" in (licences / "mingw-w64-runtime.txt").read_text()
    bill = json.loads((licences / "sbom.cdx.json").read_text())
    told = {part["name"]: part["version"] for part in bill["components"]}
    assert told["Microsoft Visual C++ Runtime"] == "14.42.35110.0"
    assert {"Qt", "SQLite", "Noto Naskh Arabic", "mingw-w64 runtime"} <= told.keys()


def test_of_a_package_only_its_version_stays(tmp_path, bundle):
    describe(work_in(tmp_path), bundle)
    left = {path.name for path in bundle.glob("site/*.dist-info/*")}
    assert left == {"METADATA"}


def test_the_frozen_program_tells_what_it_was_made_from(tmp_path, bundle):
    site = bundle / "site"
    info = site / "pyinstaller-6.22.dist-info"
    (info / "licenses").mkdir(parents=True)
    (info / "METADATA").write_text("Name: pyinstaller\nVersion: 6.22\n")
    (info / "licenses" / "COPYING.txt").write_text("The licence of the bootloader.")
    frozen = tmp_path / "frozen"
    frozen.mkdir()
    describe_frozen(work_in(tmp_path), frozen, python=bundle / "python", site=site)
    licences = frozen / "licences"
    told = (licences / "PyInstaller-bootloader.txt").read_text()
    assert told == "The licence of the bootloader.\n"
    assert "in _internal/PySide6:" in (licences / "README.txt").read_text()
    bill = json.loads((licences / "sbom.cdx.json").read_text())
    names = {part["name"] for part in bill["components"]}
    assert {"Qt", "orjson", "Microsoft Visual C++ Runtime", "PyInstaller bootloader"} <= names
    assert not {"mingw-w64 runtime", "pyinstaller"} & names

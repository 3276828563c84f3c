"""Versions and licences are read from the things themselves."""

import json

import pytest
from release.parts import common_parts, font_parts, package_parts
from release.work import Stopped

from tests.architecture.sources import CHECKOUT

LOCK = "orjson==3.13.0 \\\n    --hash=sha256:0\nnumpy==2.4.6 \\\n    --hash=sha256:0\n"


def package(site, name, version, *, headers="", text="", sbom=None):
    folder = site / f"{name}-{version}.dist-info"
    (folder / "licenses").mkdir(parents=True)
    metadata = f"Metadata-Version: 2.4\nName: {name}\nVersion: {version}\n{headers}\nAbout\n"
    (folder / "METADATA").write_text(metadata, encoding="utf-8")
    if text:
        (folder / "licenses" / "LICENSE").write_text(text, encoding="utf-8")
    if sbom:
        (folder / "sboms").mkdir()
        (folder / "sboms" / "x.json").write_text(json.dumps({"components": sbom}))


def test_a_package_has_version_licence_text_and_what_was_compiled_in(tmp_path):
    crate = {"name": "ryu", "version": "1.0", "licenses": [{"expression": "MIT"}]}
    tool = {"name": "cc", "version": "1.2", "scope": "excluded"}
    package(
        tmp_path,
        "orjson",
        "3.13.0",
        headers="License-Expression: MIT\n",
        text="Be free.",
        sbom=[{**crate, "purl": "pkg:cargo/ryu@1.0?download_url=x"}, tool],
    )
    package(tmp_path, "numpy", "2.4.6")
    package(tmp_path, "pip", "23.2")
    [part] = package_parts(tmp_path, LOCK)
    assert (part.name, part.version, part.licence, part.text) == (
        "orjson", "3.13.0", "MIT", "Be free.",
    )  # fmt: skip
    assert part.address == "pkg:pypi/orjson@3.13.0"
    assert [(one.name, one.licence, one.address) for one in part.holds] == [
        ("ryu", "MIT", "pkg:cargo/ryu@1.0")
    ]


@pytest.mark.parametrize(
    ("headers", "licence"),
    [
        ("Classifier: License :: OSI Approved :: MIT License\n", "MIT License"),
        ("License: BSD-3-Clause\n", "BSD-3-Clause"),
        (f"License: Apache License\n   Version 2.0, January 2004 {'x' * 60}\n", "Apache License"),
    ],
)
def test_older_packages_state_their_licence_otherwise(tmp_path, headers, licence):
    package(tmp_path, "orjson", "3.13.0", headers=headers)
    [part] = package_parts(tmp_path, LOCK)
    assert (part.licence, part.is_spdx) == (licence, False)


def test_another_version_than_the_locked_one_stops_the_build(tmp_path):
    package(tmp_path, "orjson", "3.12.0")
    with pytest.raises(Stopped, match="Not of the version that is locked: orjson"):
        package_parts(tmp_path, LOCK)


def test_fonts_tell_family_and_version():
    parts = font_parts(CHECKOUT / "resources" / "fonts")
    assert [part.name for part in parts] == ["Noto Naskh Arabic", "Vazirmatn"]
    assert all(part.version[0].isdigit() and part.licence == "OFL-1.1" for part in parts)
    assert all("SIL OPEN FONT LICENSE" in part.text.upper() for part in parts)


def test_python_qt_and_sqlite_are_of_the_versions_that_were_told():
    told = {"python": "3.11.7 CPython", "sqlite": "3.54.1 (APSW 3.54.1.0)", "qt": "6.11.3"}
    parts = common_parts(told, python_licence="PSF")
    assert {part.name: part.version for part in parts} == {
        "Python": "3.11.7", "SQLite": "3.54.1", "Qt": "6.11.3",
    }  # fmt: skip

"""A bundle is whole where each library finds those it loads, and each module is a file."""

import zipfile

import pytest
from release.windows_contents import (
    absent,
    modules_listed,
    modules_of,
    programs_in,
    require_sound,
    unresolved,
)
from release.work import Stopped

from tests.release.stand_in import put
from tests.release.windows_programs import program


def test_libraries_are_found_where_windows_looks():
    assert (
        unresolved(
            {
                "Nishan.exe": program(imports=("KERNEL32.dll", "api-ms-win-crt-heap-l1-1-0.dll")),
                "python/python313.dll": program(imports=("VCRUNTIME140.dll",)),
                "python/VCRUNTIME140.dll": program(),
                "site/orjson/orjson.pyd": program(imports=("python313.dll",)),
                "site/PySide6/Qt6Core.dll": program(),
                "site/PySide6/plugins/platforms/qwindows.dll": program(imports=("Qt6Core.dll",)),
            }
        )
        == ()
    )


def test_the_frozen_program_has_all_in_one_folder():
    files = {
        "annotator.exe": program(imports=("user32.dll",)),
        "_internal/python313.dll": program(imports=("VCRUNTIME140.dll",)),
        "_internal/VCRUNTIME140.dll": program(),
        "_internal/lxml/etree.pyd": program(imports=("python313.dll",)),
        "_internal/PySide6/Qt6Core.dll": program(),
        "_internal/PySide6/plugins/platforms/qwindows.dll": program(imports=("Qt6Core.dll",)),
    }
    assert unresolved(files, python="_internal", site="_internal") == ()
    assert "_internal/lxml/etree.pyd needs python313.dll." in unresolved(files)


def test_what_has_program_code_is_known_by_its_name(tmp_path):
    names = ("a.exe", "b/c.dll", "b/d.pyd", "b/e.py", "b/dll")
    assert sorted(programs_in(put(tmp_path / "x", *names))) == ["a.exe", "b/c.dll", "b/d.pyd"]


def test_modules_are_read_from_the_list_of_pyinstaller():
    told = "Contents of 'PYZ.pyz' (PYZ):\n annotator\n annotator.cli\nOptions in 'x':\n"
    assert modules_listed(told) == {"annotator", "annotator.cli"}


def test_every_module_of_a_package_is_wanted_but_the_one_for_python(tmp_path):
    names = ("ours/__init__.py", "ours/__main__.py", "ours/cli/__init__.py", "ours/cli/a.py")
    assert modules_of(put(tmp_path, *names) / "ours") == {"ours", "ours.cli", "ours.cli.a"}


def test_what_is_missing_is_told_with_who_needs_it():
    found = unresolved(
        {
            "site/orjson/orjson.pyd": program(imports=("Qt6Core.dll", "OPENGL32SW.dll")),
            "site/PySide6/Qt6Core.dll": program(late=("vcomp140.dll",)),
            "site/lxml/etree.pyd": program(machine=0x14C),
            "site/lxml/sax.pyd": b"text",
        }
    )
    assert found == (
        "site/PySide6/Qt6Core.dll needs vcomp140.dll.",
        "site/lxml/etree.pyd is for another processor.",
        "site/lxml/sax.pyd is no program for 64-bit Windows: no MZ header.",
        "site/orjson/orjson.pyd needs opengl32sw.dll.",
        "site/orjson/orjson.pyd needs qt6core.dll.",
    )


def test_modules_are_found_in_every_form():
    names = [
        "annotator/cli/__init__.py",
        "lxml/etree.cp313-win_amd64.pyd",
        "apsw/__init__.cp313-win_amd64.pyd",
        "rensa/rensa.pyd",
        "toposort.py",
    ]
    wanted = ["annotator.cli", "lxml.etree", "apsw", "rensa.rensa", "toposort", "lxml.sax", "cli"]
    assert absent(wanted, names) == ("cli", "lxml.sax")


@pytest.fixture
def bundle(tmp_path):
    folder = tmp_path / "bundle"
    (folder / "app").mkdir(parents=True)
    (folder / "app" / "a.py").write_text("a")
    return folder


def write_archive(path, *names):
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(f"Nishan-1/{name}", "x")
    return path


def test_an_archive_holds_the_bundle_and_its_mark(bundle, tmp_path):
    require_sound(write_archive(tmp_path / "a.zip", "app/a.py", "mark"), bundle, "mark")


@pytest.mark.parametrize("names", [("app/a.py",), ("mark",), ("app/a.py", "mark", "more")])
def test_an_archive_with_more_or_less_is_refused(bundle, tmp_path, names):
    with pytest.raises(Stopped):
        require_sound(write_archive(tmp_path / "a.zip", *names), bundle, "mark")


def test_a_damaged_archive_is_refused(bundle, tmp_path):
    path = write_archive(tmp_path / "a.zip", "app/a.py", "mark")
    path.write_bytes(path.read_bytes().replace(b"app/a.pyx", b"app/a.pyy"))
    with pytest.raises(Stopped):
        require_sound(path, bundle, "mark")

"""What PyInstaller is told, read with stand-ins in its place: it is not where tests run."""

import platform
import runpy
import sys
from types import ModuleType, SimpleNamespace

import pytest
from release.windows_launcher import ICON, LOOKS_OF_FROZEN

from tests.architecture.sources import CHECKOUT

BUILD = CHECKOUT / "build"
LOOKS = CHECKOUT.joinpath(*LOOKS_OF_FROZEN)


@pytest.fixture
def told(monkeypatch):
    """Reads the specification as on a system, and gives what it told PyInstaller."""

    def read(system):
        found = SimpleNamespace(analysis={}, programs=[], collected=())

        def analyse(_scripts, **words):
            found.analysis = words
            return SimpleNamespace(scripts=[], pure=[], binaries=[], datas=[])

        def make(*_parts, **words):
            found.programs.append(words)
            return words["name"]

        def collect(*parts, **_words):
            found.collected = parts

        offered = {
            "building.api": {"COLLECT": collect, "EXE": make, "PYZ": list},
            "building.build_main": {"Analysis": analyse},
            "building.osx": {"BUNDLE": lambda *_parts, **_words: None},
            "depend.bindepend": {"get_imports": lambda _path: ()},
            "utils.hooks": {"collect_data_files": lambda _: [], "copy_metadata": lambda _: []},
        }
        for name, things in offered.items():
            module = ModuleType(f"PyInstaller.{name}")
            module.__dict__.update(things)
            monkeypatch.setitem(sys.modules, module.__name__, module)
        monkeypatch.setattr(platform, "system", lambda: system)
        monkeypatch.setattr(sys, "path", [*sys.path])
        runpy.run_path(str(BUILD / "annotator.spec"), init_globals={"SPECPATH": str(BUILD)})
        return found

    return read


@pytest.mark.parametrize(("system", "console"), [("Linux", True), ("Darwin", False)])
def test_elsewhere_there_is_one_program(told, system, console):
    found = told(system)
    assert [(one["name"], one["console"]) for one in found.programs] == [("annotator", console)]


def test_windows_gets_both_programs_with_the_looks_of_the_launchers(told):
    found = told("Windows")
    assert [(one["name"], one["console"]) for one in found.programs] == [
        ("Nishan", False),
        ("annotator", True),
    ]
    assert {*found.collected[:2]} == {"Nishan", "annotator"}
    for one in found.programs:
        assert one["resources"] == [str(LOOKS / f"{one['name']}.exe")]
        assert one["icon"] == str(LOOKS / ICON)
        assert one["manifest"] == str(BUILD / "windows" / "launcher.manifest")


@pytest.mark.parametrize("system", ["Linux", "Windows", "Darwin"])
def test_modules_that_nothing_imports_by_name_are_named(told, system):
    assert "PySide6.support.deprecated" in told(system).analysis["hiddenimports"]

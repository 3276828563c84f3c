"""What is left out of bundles, and that the program does not import it."""

import ast
import re
from functools import cache

import pytest
from release.trim import (
    LEFT_TO_SYSTEM,
    PLUGINS,
    WITHOUT,
    is_left_to_system,
    is_wanted,
    needed,
    plugin_of,
)

from tests.architecture.sources import CHECKOUT, modules

OFFERED_WHERE_INSTALLED = {"spacy", "pyarrow", "numpy"}
WITH_SPACY = "annotator/formats/spacy_bin.py"
"""The only module for NumPy, which is there where spaCy is."""
PLUGIN = "PySide6/Qt/plugins/platforms/libqxcb.so"


def imported(tree):
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(module=str(name), level=0):
                yield name


@cache
def names():
    """Everything that some module of the program imports."""
    return frozenset(one for tree in modules().values() for one in imported(tree))


def test_no_module_of_the_program_imports_what_bundles_lack():
    """Whoever imports pyqtgraph first takes it off the list, and looks at the bundle's size."""
    found = {
        name
        for name in WITHOUT
        if any(one == name or one.startswith(f"{name}.") for one in names())
    }
    assert found == OFFERED_WHERE_INSTALLED
    numbers = [path for path, tree in modules().items() if "numpy" in imported(tree)]
    assert numbers == [WITH_SPACY]


def test_every_module_of_qt_that_is_imported_is_in_the_bundle():
    found = {one for one in names() if "PySide6." in one}
    assert found == {
        f"PySide6.{name}" for name in ("QtCore", "QtGui", "QtPrintSupport", "QtWidgets")
    }
    assert found & {*WITHOUT} == set()


@pytest.mark.parametrize(
    ("path", "plugin"),
    [
        (PLUGIN, "platforms/qxcb"),
        ("PySide6\\plugins\\platforms\\qwindows.dll", "platforms/qwindows"),
        ("PySide6/Qt/lib/libQt6Core.so.6", None),
        ("PySide6/Qt/plugins/readme", None),
    ],
)
def test_plugins_are_known_by_their_place(path, plugin):
    assert plugin_of(path) == plugin


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (PLUGIN, True),
        ("PySide6/Qt/plugins/platforms/libqeglfs.so", False),
        ("PySide6/Qt/plugins/platformthemes/libqgtk3.so", False),
        ("PySide6/Qt/translations/qtbase_ar.qm", False),
        ("PySide6/opengl32sw.dll", False),
        ("PySide6/Qt/lib/libQt6Core.so.6", True),
        ("pyside6_essentials-6.11.3.dist-info/METADATA", True),
        ("pyside6_essentials-6.11.3.dist-info/RECORD", False),
        ("resources/fonts/Vazirmatn-Regular.ttf", True),
    ],
)
def test_what_nobody_asks_for_is_left_out(path, expected):
    assert is_wanted(path) is expected


def test_each_system_has_its_window_and_a_display_that_nobody_sees():
    assert {"platforms/qxcb", "platforms/qwayland", "platforms/qoffscreen"} <= {*PLUGINS}
    assert {"platforms/qwindows", "platforms/qcocoa"} <= {*PLUGINS}


def test_the_system_keeps_its_own_libraries_and_no_others():
    assert all(is_left_to_system(f"{name}.so.1") for name in LEFT_TO_SYSTEM)
    assert not is_left_to_system("libxcb-cursor.so.0")
    assert not is_left_to_system("PySide6/Qt/lib/libQt6XcbQpa.so.6")


def test_a_library_stays_when_a_root_needs_it_directly_or_not():
    linked = {"program": {"a"}, "a": {"b"}, "b": {"a", "libc"}, "c": {"a"}}
    assert needed(["program"], ["a", "b", "c"], lambda name: linked.get(name, ())) == {"a", "b"}


def test_the_spec_goes_by_these_lists_and_strips_nothing():
    spec = (CHECKOUT / "build" / "annotator.spec").read_text(encoding="utf-8")
    assert "excludes=list(WITHOUT)" in spec
    assert len(re.findall("strip=False", spec)) == 2
    assert "strip=True" not in spec

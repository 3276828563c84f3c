"""What PyInstaller says of missing libraries, and what of it matters."""

import pytest
from release.freeze import command_for, missing_libraries, require_plugins, require_whole
from release.trim import NEEDED_PLUGINS, PLUGINS
from release.work import Stopped

SAID = """\
1 INFO: PyInstaller: 6.22.3
2 WARNING: Library not found: could not resolve '{}', dependency of '{}'.
3 WARNING: Hidden import "lxml.html.builder" not found!
"""
XCB = "site/PySide6/Qt/plugins/platforms/libqxcb.so"


def test_a_library_of_a_plugin_that_is_bundled_stops_the_build():
    told = SAID.format("libxcb-icccm.so.4", XCB)
    assert missing_libraries(told) == ("libxcb-icccm.so.4, for libqxcb.so",)
    with pytest.raises(Stopped, match=r"missing: libxcb-icccm\.so\.4, for libqxcb\.so"):
        require_whole(told)


@pytest.mark.parametrize(
    ("library", "user"),
    [
        ("libgtk-3.so.0", "site/PySide6/Qt/plugins/platformthemes/libqgtk3.so"),
        ("libcups.so.2", "site/PySide6/Qt/plugins/printsupport/libcupsprintersupport.so"),
    ],
)
def test_what_is_dropped_or_left_to_the_system_may_be_missing(library, user):
    require_whole(SAID.format(library, user))


@pytest.mark.parametrize("system", NEEDED_PLUGINS)
def test_a_plugin_that_no_self_test_would_miss_stops_the_build(system):
    """A bundle without the plugin of the screen tests itself offscreen, and all is well."""
    assert {*NEEDED_PLUGINS[system]} <= {*PLUGINS}
    paths = [f"PySide6/Qt/plugins/{plugin}.so" for plugin in NEEDED_PLUGINS[system]]
    require_plugins([*paths, "annotator", "x/plugins/other/libthing.so"], system)
    for gone in paths:
        name = gone.removeprefix("PySide6/Qt/plugins/").removesuffix(".so")
        with pytest.raises(Stopped, match=name):
            require_plugins([path for path in paths if path != gone], system)


def test_the_command_writes_where_it_is_told_and_asks_nothing():
    words = command_for("python", source="x.spec", into="made", while_working="work")
    assert words[:3] == ("python", "-m", "PyInstaller")
    assert {"--noconfirm", "--distpath=made", "--workpath=work"} <= {*words}
    assert words[-1] == "x.spec"

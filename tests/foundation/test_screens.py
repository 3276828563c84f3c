"""A screen that is named and not there is noticed; one that cannot be looked for is believed in."""

import pytest

from annotator.foundation import screens
from annotator.foundation.screens import silent_screen

LINES = """\
Num       RefCount Protocol Flags    Type St Inode Path
00000000: 00000002 00000000 00010000 0001 01 13665 @{folder}/X1
00000001: 00000002 00000000 00010000 0001 01 13666 {folder}/X2
00000002: 00000003 00000000 00000000 0001 03 13667
"""


@pytest.fixture
def runtime(tmp_path, monkeypatch):
    """X listens as 1 by name only, as 2, and as 3 where it cannot be seen; Wayland as 0."""
    folder = tmp_path / "X11"
    folder.mkdir()
    (folder / "X3").touch()
    (tmp_path / "wayland-0").touch()
    sockets = tmp_path / "sockets"
    sockets.write_text(LINES.format(folder=folder), encoding="utf-8")
    monkeypatch.setattr(screens, "X11_SOCKETS", folder)
    monkeypatch.setattr(screens, "OPEN_SOCKETS", sockets)
    return tmp_path


@pytest.mark.parametrize(
    "display",
    [":1", ":1.0", "unix:2", ":3", "localhost:10.0", "[::1]:10.0", "tcp/host:0"],
)
def test_a_screen_that_is_there_or_elsewhere_is_no_trouble(runtime, display):
    assert silent_screen({"DISPLAY": display}) is None


def test_a_screen_that_is_not_there_is_named(runtime):
    assert silent_screen({"DISPLAY": ":99"}) == ":99"
    assert silent_screen({"DISPLAY": ":99", "WAYLAND_DISPLAY": "wayland-9"}) == ":99"
    assert silent_screen({"WAYLAND_DISPLAY": "wayland-0"}) == "wayland-0"
    assert silent_screen({}) == ""


def test_wayland_is_found_where_it_lies(runtime):
    here = {"WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": str(runtime)}
    assert silent_screen(here) is None
    assert silent_screen({**here, "DISPLAY": ":99"}) is None
    assert silent_screen({**here, "WAYLAND_DISPLAY": "wayland-9"}) == "wayland-9"
    assert silent_screen({"WAYLAND_DISPLAY": str(runtime / "wayland-0")}) is None


def test_who_names_the_platform_knows(runtime):
    assert silent_screen({"QT_QPA_PLATFORM": "offscreen"}) is None
    assert silent_screen({"WAYLAND_SOCKET": "7"}) is None


def test_where_sockets_cannot_be_looked_for_the_screen_is_believed_in(runtime, monkeypatch):
    monkeypatch.setattr(screens, "OPEN_SOCKETS", runtime / "nothing")
    assert silent_screen({"DISPLAY": ":99"}) is None

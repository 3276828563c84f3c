"""Where there is no Wine to try things out under, the reason is told."""

import os
import sys

import pytest
from release.wine import until, why_not

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows needs no Wine")


@pytest.fixture
def root(tmp_path, monkeypatch):
    """A folder for Wine of somebody who is root, with no tool on the path to fill it."""
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    return tmp_path / "wine"


def test_no_folder_is_named():
    assert "NISHAN_WINE_ROOT" in (why_not("") or "")


def test_nobody_but_root_can_enter_it(root, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert "only root" in (why_not(str(root)) or "")


def test_an_empty_folder_needs_the_tool_that_fills_it(root):
    assert "mmdebstrap" in (why_not(str(root)) or "")


def test_a_folder_with_wine_will_do(root):
    (root / "usr" / "bin").mkdir(parents=True)
    # As Debian has it: from outside the link leads nowhere.
    (root / "usr" / "bin" / "wine").symlink_to("/etc/alternatives/wine-that-is-not-here")
    assert why_not(str(root)) is None


def test_waiting_ends_with_what_is_waited_for():
    assert until(lambda: True, seconds=5)
    assert not until(lambda: False, seconds=0)

"""The frozen Windows program is made only where it is asked for, and only where Wine is."""

import pytest
from release import windows_frozen
from release.windows_frozen import root_of_wine
from release.work import Stopped

import build as entry
from tests.release.room import work_in


def test_it_is_made_only_by_its_name(monkeypatch):
    asked = []
    monkeypatch.setattr(entry, "release", lambda system, *, checks: asked.append((system, checks)))
    assert entry.main(["windows", "windows-frozen", "--check"]) == 0
    assert asked == [("windows", True), ("windows-frozen", True)]
    assert "windows-frozen" not in entry.SYSTEMS.values()


def test_without_wine_nothing_is_begun(tmp_path, monkeypatch):
    monkeypatch.delenv("NISHAN_WINE_ROOT", raising=False)
    monkeypatch.delenv("NISHAN_SIGN_CERTIFICATE", raising=False)
    monkeypatch.delenv("NISHAN_SIGN_KEY", raising=False)
    monkeypatch.setattr(windows_frozen, "make_room", lambda _: pytest.fail("it was begun"))
    with pytest.raises(Stopped, match="NISHAN_WINE_ROOT names no folder"):
        windows_frozen.build(work_in(tmp_path, system="windows-frozen"))


def test_the_folder_for_wine_is_the_one_that_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("NISHAN_WINE_ROOT", str(tmp_path))
    monkeypatch.setattr(windows_frozen, "why_not", lambda _: None)
    assert root_of_wine() == tmp_path

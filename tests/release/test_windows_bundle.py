"""Modules are compiled by the series of Python that is in the bundle, or not at all."""

import sys

import pytest
from release.windows_bundle import same_series, set_dates

from tests.release.room import DATE, work_in


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script of a shell")
@pytest.mark.parametrize(("told", "is_taken"), [("3.13", True), ("3.12", False), ("3.130", False)])
def test_only_the_same_series_compiles(tmp_path, monkeypatch, told, is_taken):
    python = tmp_path / "python3.13"
    python.write_text(f"#!/bin/sh\necho {told}\n")
    python.chmod(0o755)
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert same_series() == (str(python) if is_taken else None)


def test_everything_is_dated_to_the_commit(tmp_path):
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "a.py").write_text("")
    set_dates(work_in(tmp_path.parent / "elsewhere"), tmp_path)
    assert {path.stat().st_mtime for path in tmp_path.rglob("*")} == {DATE}

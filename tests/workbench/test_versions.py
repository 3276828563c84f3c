"""What is told of the versions."""

import sys

from annotator import __version__
from annotator.workbench import versions
from annotator.workbench.versions import installed_toolkit, program_versions


def test_the_versions_tell_program_parts_and_form(monkeypatch):
    found = program_versions()
    assert found["annotator"] == __version__
    assert found["pyside"].startswith("6.")
    assert found["form"] == "source"
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert program_versions()["form"] == "bundle"


def test_without_the_window_its_toolkit_is_not_told(monkeypatch):
    def missing(_):
        raise versions.PackageNotFoundError

    monkeypatch.setattr(versions, "version", missing)
    assert installed_toolkit() == {}
    assert program_versions()["pyside"] == "–"

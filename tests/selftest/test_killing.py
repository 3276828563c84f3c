"""How the program is started once more."""

import sys

from annotator.selftest.killing import own_command, write_until_killed
from annotator.workbench.clock import system_clock
from annotator.workbench.projects import create_project


def test_a_checkout_starts_its_module_and_a_bundle_itself(monkeypatch):
    assert own_command() == [sys.executable, "-m", "annotator"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert own_command() == [sys.executable]


def test_without_a_document_there_is_nothing_to_write(tmp_path):
    path = tmp_path / "empty.nishan"
    create_project(path, clock=system_clock, annotator="Nîşan").close()
    assert write_until_killed(path, tmp_path / "progress") == 1
